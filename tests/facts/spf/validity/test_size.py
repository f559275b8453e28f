"""Sizes of records and answers, and where a record is cut into strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.message
import dns.rrset
import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.spf.validity.size import advice_on_size, answer_octets, glued
from tests.facts.spf.validity.test_tree import tree

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

LONG = "v=spf1 " + "ip4:192.0.2.1 " * 33


@pytest.mark.parametrize(
    "texts", [('"v=spf1 -all"',), ('"v=spf1 -all"', '"abc" "def"'), ('"' + "x" * 255 + '"',)]
)
def test_octets_are_those_on_the_wire(texts: tuple[str, ...]) -> None:
    query = dns.message.make_query("example.com", "TXT", use_edns=False)
    response = dns.message.make_response(query)
    response.answer.append(dns.rrset.from_text("example.com.", 3600, "IN", "TXT", *texts))
    answer = told("example.com TXT", " | ".join(texts))[1]
    assert answer_octets(answer) == len(response.to_wire())  # type: ignore[arg-type]  # it was not told to fail


@pytest.mark.parametrize(
    ("strings", "at"),
    [
        pytest.param((b"v=spf1 -all",), "", id="one string"),
        pytest.param((b"v=spf1 include:a.b ", b"include:c.d -all"), "", id="a space before"),
        pytest.param((b"v=spf1 include:a.b", b" include:c.d -all"), "", id="a space behind"),
        pytest.param((b"v=spf1 include:a", b".b -all"), "", id="within a name"),
        pytest.param(
            (b"v=spf1 include:a.b", b"include:c.d -all"), "include:a.binclude:c.d", id="i"
        ),
        pytest.param((b"v=spf1 ip4:192.0.2.1", b"~all"), "ip4:192.0.2.1~all", id="all"),
        pytest.param((b"v=spf1 " + b"x" * 248, b"include:c.d -all"), "", id="a full string"),
        pytest.param((b"v=spf1", b"-all"), "v=spf1-all", id="the version"),
    ],
)
def test_glued_strings(strings: tuple[bytes, ...], at: str) -> None:
    assert glued(strings) == at


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        pytest.param('"v=spf1 -all"', [], id="short"),
        pytest.param(
            f'"{LONG[:240]}" "{LONG[240:]}-all"',
            [("long-record", "the record has 473 octets"), ("long-answer", "")],
            id="long record",
        ),
        pytest.param(
            '"v=spf1 -all" | "' + "x" * 240 + '" | "' + "y" * 240 + '"',
            [("long-answer", "an answer with 3 TXT records of example.com has 559 octets")],
            id="many texts",
        ),
        pytest.param(
            '"v=spf1 include:a.b" "include:c.d"',
            [
                (
                    "glued-strings",
                    "between two strings of the record no space stands at include:a.binclude:c.d",
                )
            ],
            id="glued",
        ),
        pytest.param("NODATA", [], id="nothing"),
    ],
)
def test_advice(said: str, advice: list[tuple[str, str]], answered: Answered) -> None:
    more = ("a.binclude TXT: NODATA",)
    found = list(advice_on_size(tree(answered, f"example.com TXT: {said}", *more).root))
    wanted = [(tag, text) for tag, text in advice if text]
    assert [one for one in found if one in wanted or one[0] not in dict(advice)] == wanted
