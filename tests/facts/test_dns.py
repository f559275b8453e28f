"""Answers of DNS: how they are written down by hand, shown, and normalised."""

from __future__ import annotations

import dns.name
import dns.rdata
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dns import (
    SHOWN_RECORDS,
    DnsAnswer,
    DnsQuery,
    NameServer,
    Source,
    Status,
    name_server,
    told,
)
from mailcheck.facts.records import normal_name, record
from mailcheck.question import Unobserved


def answer(asked: str, said: str, denier: str = "") -> DnsAnswer:
    fact = told(asked, said, denier=denier)[1]
    assert isinstance(fact, DnsAnswer)
    return fact


@pytest.mark.parametrize(
    ("asked", "said", "status", "texts", "aliases"),
    [
        pytest.param("a.example MX", "NODATA", "nodata", (), (), id="no data"),
        pytest.param("a.example MX", "NXDOMAIN", "nxdomain", (), (), id="no such name"),
        pytest.param(
            "a.example MX", "REFUSED-BY-AUTHORITY", "refused", (), (), id="refused by its servers"
        ),
        pytest.param(
            "a.example MX",
            "10 MX1.Example. | 20 mx2.example.",
            "data",
            ("10 mx1.example.", "20 mx2.example."),
            (),
            id="two records",
        ),
        pytest.param(
            "a.example A",
            "-> b.example | -> c.example | 192.0.2.1",
            "data",
            ("192.0.2.1",),
            ("b.example", "c.example"),
            id="a chain of aliases",
        ),
        pytest.param("a.example A", "-> b.example", "nodata", (), ("b.example",), id="alias alone"),
        pytest.param(
            "a.example A",
            "-> b.example | NXDOMAIN",
            "nxdomain",
            (),
            ("b.example",),
            id="alias of nothing",
        ),
        pytest.param(
            "a.example AAAA", "2001:DB8::1", "data", ("2001:db8::1",), (), id="capitals in AAAA"
        ),
        pytest.param(
            "a.example TXT", '"MS=MS1"', "data", ('"MS=MS1"',), (), id="a text all in capitals"
        ),
        pytest.param(
            "a.example MX", "10 MX.EXAMPLE.", "data", ("10 mx.example.",), (), id="MX in capitals"
        ),
    ],
)
def test_answers_are_written_as_people_say_them(
    asked: str, said: str, status: Status, texts: tuple[str, ...], aliases: tuple[str, ...]
) -> None:
    found = answer(asked, said)
    assert (found.status, found.texts, found.aliases) == (status, texts, aliases)


@pytest.mark.parametrize("word", ["TIMEOUT", "SERVFAIL", "NOT-IN-LAB"])
def test_a_cause_in_capitals_is_an_answer_that_could_not_be_had(word: str) -> None:
    asks, found = told("a.example MX", word)
    assert asks == DnsQuery("a.example", "MX")
    assert isinstance(found, Unobserved)
    assert found.cause == word.lower()


def test_the_denier_of_a_refusal_is_the_zone_that_is_refused() -> None:
    assert answer("a.b.example A", "REFUSED-BY-AUTHORITY", "b.example").cut == "b.example"
    assert answer("a.b.example A", "NXDOMAIN", "b.example").denier == "b.example"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        pytest.param(
            answer("a.example MX", "NXDOMAIN", "example"),
            "a.example MX → NXDOMAIN (denied by example)",
            id="denied",
        ),
        pytest.param(
            answer("a.example A", "-> b.example | 192.0.2.1"),
            "a.example A → alias of b.example → 192.0.2.1, TTL 3600",
            id="alias",
        ),
        pytest.param(
            DnsAnswer(
                "a.example",
                "MX",
                "nodata",
                authoritative=True,
                source=Source("ns1.example (192.0.2.53)", "TCP", 3.2),
            ),
            "a.example MX → NODATA, authoritative, from ns1.example (192.0.2.53), over TCP, 3 ms",
            id="source",
        ),
        pytest.param(
            DnsAnswer(
                "a.b.example",
                "NS",
                "referral",
                cut="b.example",
                delegated_to=("ns1.b.example", "ns2.b.example"),
            ),
            "a.b.example NS → referral for b.example to ns1.b.example, ns2.b.example",
            id="referral",
        ),
        pytest.param(
            DnsAnswer(
                "a.example",
                "NS",
                "referral",
                cut="example",
                delegated_to=tuple(f"{letter}.gtld.example" for letter in "abcdefghijklm"),
            ),
            "a.example NS → referral for example to a.gtld.example, b.gtld.example, "
            "c.gtld.example, d.gtld.example and 9 more",
            id="referral to a dozen servers",
        ),
    ],
)
def test_an_answer_shows_itself_on_one_line(found: DnsAnswer, line: str) -> None:
    assert str(found.evidence[0]) == line


def test_a_flood_of_texts_is_counted_and_not_shown() -> None:
    texts = " | ".join(f'"{i:05}{"x" * 240}"' for i in range(260))
    [line] = answer("a.example TXT", texts).evidence
    assert len(line.result) < 300 * SHOWN_RECORDS
    assert line.result.endswith(f"… and {260 - SHOWN_RECORDS} more")


@given(st.lists(st.binary(min_size=1, max_size=255), min_size=1, max_size=4))
def test_no_text_of_a_server_breaks_a_line(strings: list[bytes]) -> None:
    raw = b"".join(bytes([len(s)]) + s for s in strings)
    rdata = dns.rdata.from_wire("IN", "TXT", raw, 0, len(raw))
    [line] = DnsAnswer("a.example", "TXT", "data", (rdata,)).evidence
    assert line.result.isprintable()


def test_names_from_the_wire_are_normal() -> None:
    assert normal_name(dns.name.from_text("MX1.Example.COM.")) == "mx1.example.com"
    assert normal_name(dns.name.root) == "."


def test_names_of_records_lose_case_and_texts_keep_it() -> None:
    found = DnsAnswer("a.example", "CNAME", "data", (record("CNAME", "WWW.Example."),))
    assert found.texts == ("www.example.",)
    assert answer("a.example TXT", '"Ab"').texts == ('"Ab"',)


def test_the_name_of_a_server_is_only_for_showing() -> None:
    assert name_server("192.0.2.53", "ns1.example") == name_server("192.0.2.53")
    assert name_server("192.0.2.53") != NameServer(name_server("192.0.2.53").address, port=54)
    shown = NameServer(name_server("192.0.2.53").address, "ns1.example", 5353)
    assert str(shown) == "ns1.example (192.0.2.53 port 5353)"
