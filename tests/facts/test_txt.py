"""Texts: put together from their strings, and cut into strings again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dns.rdata
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.txt import Texts, TextsFact, as_published, texts, txt_record

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param('"v=spf1 " "-all"', (b"v=spf1 -all",), id="nothing between strings"),
        pytest.param('"a" | "b"', (b"a", b"b"), id="records stay apart"),
        pytest.param('""', (b"",), id="an empty text"),
        pytest.param(r'"\200\"\\"', (b'\xc8"\\',), id="octets that are no text"),
        pytest.param("NODATA", (), id="none"),
    ],
)
def test_one_text_for_each_record(
    answered: Callable[..., Any], said: str, expected: tuple[bytes, ...]
) -> None:
    fact = answered(Texts("n.example"), told("n.example TXT", said))
    assert isinstance(fact, TextsFact)
    assert fact.texts == expected


@given(st.binary(max_size=700))
def test_a_record_holds_the_text_it_is_made_from(text: bytes) -> None:
    line = txt_record("n.example", text)
    assert line.isascii()
    assert line.isprintable()
    start = "n.example.  3600  IN  TXT  "
    assert line.startswith(start)
    rdata = dns.rdata.from_text("IN", "TXT", line.removeprefix(start))
    assert texts(DnsAnswer("n.example", "TXT", "data", (rdata,))).texts == (text,)


@pytest.mark.parametrize(
    ("typed", "octets"),
    [
        ("a b", b"a b"),
        ('"a b"', b"a b"),
        ('"a" "b"', b"ab"),
        ('"a" b', b'"a" b'),
        (r'"\097\"\\"', b'a"\\'),
        (r"\097", rb"\097"),
        ('"', b'"'),
        ("\udc80", b"\xed\xb2\x80"),
    ],
)
def test_zone_file_form_is_recognised(typed: str, octets: bytes) -> None:
    assert as_published(typed) == octets
