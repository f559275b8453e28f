"""TXT of N includes "T"."""

from __future__ import annotations

import json

import pytest

from mailcheck.checks.domain.txt_includes import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.records import record
from mailcheck.testing import ending, judged, run_examples

ASKED = "example.com TXT"


def said(text: str, *, whole: bool = False) -> str:
    """Write the item that asks for *text*."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    sentence = f'TXT of example.com includes "{escaped}"'
    return json.dumps({sentence: {"whole": True}} if whole else sentence)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("text", "published", "ends"),
    [
        pytest.param("MS=ms1", '"MS=ms1"', "met", id="the whole text"),
        pytest.param("v=DMARC1", '"v=DMARC1; p=none"', "met", id="a part of it"),
        pytest.param("MS=ms1", '"v=spf1 -all" | "MS=ms1"', "met", id="one of several records"),
        pytest.param("include:a.example", '"v=spf1 incl" "ude:a.example"', "met", id="two strings"),
        pytest.param("a b", '"a" "b"', "text-missing", id="no space comes between strings"),
        pytest.param("ab", '"a" | "b"', "text-missing", id="never across records"),
        pytest.param("MS=ms1", '"ms=MS1"', "text-missing", id="case differs"),
        pytest.param("MS=ms1", '""', "text-missing", id="an empty record"),
        pytest.param("MS=ms1", '-> a.example | "MS=ms1"', "met", id="through an alias"),
        pytest.param('"MS=ms1"', '"MS=ms1"', "met", id="quoted as in a zone file"),
        pytest.param('"v=spf1 " "-all"', '"v=spf1 -all"', "met", id="two strings of a zone file"),
        pytest.param(r'"v=DMARC1\; p=none"', '"v=DMARC1; p=none"', "met", id="escaped semicolon"),
        pytest.param('say "hi"', r'"say \"hi\""', "met", id="quotes inside the text"),
        pytest.param("검색", r'"\234\178\128\236\131\137"', "met", id="text beyond ASCII is UTF-8"),
        pytest.param(
            "MS=ms1", '"a" | ...', "inconclusive: too-many-records", id="more than are read"
        ),
        pytest.param("MS=ms1", '"MS=ms1" | ...', "met", id="among those that are read"),
        pytest.param("MS=ms1", "NODATA", "no-txt", id="no TXT"),
        pytest.param("MS=ms1", "NXDOMAIN", "no-such-domain", id="no such name"),
        pytest.param("MS=ms1", "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
        pytest.param("MS=ms1", "TIMEOUT", "inconclusive: timeout", id="silent"),
    ],
)
def test_one_record_must_hold_the_text(text: str, published: str, ends: str) -> None:
    assert ending(judged(CHECK, said(text), told(ASKED, published))) == (ends,)


@pytest.mark.parametrize(
    ("published", "ends"),
    [
        pytest.param('"MS=ms1"', "met", id="the text and nothing more"),
        pytest.param('"MS=" "ms1"', "met", id="in two strings"),
        pytest.param('"MS=ms12"', "text-missing", id="a longer token"),
        pytest.param('" MS=ms1"', "text-missing", id="a space before"),
        pytest.param(r'"\"MS=ms1\""', "text-missing", id="in quotation marks of its own"),
    ],
)
def test_the_whole_record(published: str, ends: str) -> None:
    assert ending(judged(CHECK, said("MS=ms1", whole=True), told(ASKED, published))) == (ends,)


def test_quotation_marks_in_the_record_itself_earn_advice() -> None:
    verdict = judged(CHECK, said("MS=ms1"), told(ASKED, r'"\"MS=ms1\""'))
    assert verdict
    assert [advice.tag for advice in verdict.advice] == ["literal-quotes"]


def test_no_advice_where_another_record_has_the_text_without_them() -> None:
    verdict = judged(CHECK, said("MS=ms1"), told(ASKED, r'"\"MS=ms1\"" | "MS=ms1"'))
    assert verdict.advice == ()


@pytest.mark.parametrize(
    ("published", "whole", "hint"),
    [
        ('"ms=MS1"', False, "in other upper and lower case"),
        ('"MS=ms12"', True, "one holds it and more"),
        ('"v=spf1 -all"', False, "the TXT record of example.com lacks MS=ms1"),
        ('"a" | "b"', False, "each of the 2 TXT records of example.com lacks MS=ms1"),
    ],
)
def test_the_reason_says_what_comes_closest(published: str, hint: str, *, whole: bool) -> None:
    verdict = judged(CHECK, said("MS=ms1", whole=whole), told(ASKED, published))
    assert verdict.reasons[0].text.endswith(hint)


def test_64_kilobytes_of_other_texts_are_not_repeated() -> None:
    flood = " | ".join(f'"{i:03}{"x" * 250}"' for i in range(256))
    verdict = judged(CHECK, said("MS=" + "m" * 5000), told(ASKED, flood))
    assert verdict.tags == ("text-missing",)
    assert len(verdict.reasons[0].text) < 300


def test_control_characters_do_not_reach_the_reason() -> None:
    verdict = judged(CHECK, said("a\x1b[31m"), told(ASKED, '"b"'))
    assert "\x1b" not in verdict.reasons[0].text


@pytest.mark.parametrize(
    "text",
    ["MS=ms1", 'say "hi"', "back\\slash", "검색", "x" * 600],
    ids=["plain", "quotes", "backslash", "beyond ASCII", "longer than a string"],
)
def test_the_remedy_publishes_what_the_sentence_asks(text: str) -> None:
    [remedy] = judged(CHECK, said(text), told(ASKED, "NODATA")).remedies
    [line] = remedy.publish
    rdata = line.removeprefix("example.com.  3600  IN  TXT  ")
    assert record("TXT", rdata).strings  # type: ignore[attr-defined]  # a TXT record has strings
    assert judged(CHECK, said(text, whole=True), told(ASKED, rdata))


@pytest.mark.parametrize("text", ["", " ", '""'])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, said(text))


def test_a_policy_name_with_an_underscore() -> None:
    asked = told("_dmarc.xn--c1yn36f.example TXT", '"v=DMARC1; p=none"')
    assert judged(CHECK, 'TXT of _dmarc.點看.example includes "v=DMARC1"', asked)


@pytest.mark.parametrize(
    ("name", "text", "published", "instruction"),
    [
        pytest.param(
            "example.com", "v=spf1 mx -all", True, "in place of any other record", id="SPF"
        ),
        pytest.param(
            "_dmarc.example.com", "v=DMARC1; p=none", True, "begins with v=DMARC1:", id="DMARC"
        ),
        pytest.param(
            "_dmarc.example.com", "p=reject", False, "Put p=reject into the record", id="a part"
        ),
        pytest.param("example.com", "MS=ms1", True, "Beside the other TXT records", id="a token"),
    ],
)
def test_the_remedy_never_makes_a_second_policy(
    name: str, text: str, instruction: str, *, published: bool
) -> None:
    """Receivers take two of them for an error (RFC 7208 §4.5, RFC 7489 §6.6.3)."""
    verdict = judged(CHECK, f'TXT of {name} includes "{text}"', told(f"{name} TXT", '"v=other"'))
    [remedy] = verdict.remedies
    assert instruction in remedy.instruction
    assert bool(remedy.publish) is published
