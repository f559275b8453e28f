"""What was probably meant by a record, or by a text that is nearly one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.spf.record.meaning import (
    CLOSE,
    LONGEST,
    close_to_a_record,
    corrections,
    one_meant,
    record_meant,
    told_close,
    written_with_equals,
)
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.writing import changed


@pytest.mark.parametrize(
    ("terms", "meaning"),
    [
        pytest.param("include a.b", "include:a.b", id="a space for the colon"),
        pytest.param("include : a.b", "include:a.b", id="spaces around it"),
        pytest.param("include = a.b", "include:a.b", id="around ="),
        pytest.param("include, a.b", "include:a.b", id="a comma"),
        pytest.param("a :b.c", "a:b.c", id="before the colon"),
        pytest.param("mx /24", "mx/24", id="before the length"),
        pytest.param("ip4:192.0.2.0 /24", "ip4:192.0.2.0/24", id="of a network"),
        pytest.param("- all", "-all", id="behind the sign"),
        pytest.param("\xe2\x80\x93 all", "-all", id="behind a dash"),
        pytest.param("mx , a", "mx a", id="nothing but a comma"),
        pytest.param("include:a.b,c.d", "include:a.b include:c.d", id="readable, and no name"),
        pytest.param("ip4=192.0.2.1", "ip4:192.0.2.1", id="readable, and ignored"),
        pytest.param("exp=a.b exp=c.d", "exp=a.b", id="an explanation twice"),
        pytest.param("redirect=a.b redirect=A.b", "redirect=a.b", id="a redirect twice"),
        pytest.param("redirect=a.b redirect=c.d", None, id="two redirects"),
        pytest.param("include:_spf a.b", None, id="a space in a name"),
        pytest.param("mx moo", None, id="who knows"),
        pytest.param("exp=a.b,c", None, id="a comma in the domain of a modifier"),
        pytest.param("inc:a.b all", None, id="everybody would pass"),
        pytest.param("include:a.b- all", None, id="a sign in the wrong place"),
        pytest.param("inc:a.b +all", "include:a.b +all", id="everybody, as it says"),
    ],
)
def test_corrections(terms: str, meaning: str | None) -> None:
    record = read_record(b"v=spf1 " + terms.encode("latin-1"))
    found = corrections(record)
    assert (found and changed(record, found)) == (f"v=spf1 {meaning}" if meaning else None)


def test_a_record_in_order_has_none() -> None:
    assert corrections(read_record(b"v=spf1 a mx include:a.b ra=x -all")) == {}


def test_mechanisms_that_are_modifiers() -> None:
    record = read_record(b"v=spf1 include=a.b mx=moo x=a.b -all")
    assert [(m.text, term) for m, term in written_with_equals(record)] == [
        ("include=a.b", "include:a.b")
    ]


MEANT = "v=spf1 include:a.b -all"


@pytest.mark.parametrize(
    "text",
    [
        " v=spf1 include:a.b -all",
        "v=spf1;include:a.b;-all",
        "v=spf1include:a.b -all",
        "v=spf 1 include:a.b -all",
        "v=spf2 include:a.b -all",
        "v=SPF1. include:a.b -all",
        "v = spf1 include:a.b -all",
        "v:spf1 include:a.b -all",
        "vspf1 include:a.b -all",
        "spf1 include:a.b -all",
        "spf include:a.b -all",
        "spf2.0/mfrom,pra include:a.b -all",
        '"v=spf1 include:a.b -all"',
        '"v=spf1 include:a.b" "-all"',
        "\u201cv=spf1 include:a.b \u2013all\u201d",
        "\ufeffv=spf1\u00a0include:a.b -all",
        "v=spf1\tinclude:a.b\t-all",
        "SPF: v=spf1 include:a.b -all",
        'example.com. 3600 IN TXT "v=spf1 include:a.b -all"',
        "site-verification=xv=spf1 include:a.b -all",
    ],
)
def test_a_text_that_comes_close(text: str) -> None:
    octets = text.encode()
    assert close_to_a_record([b"x", octets]) == octets
    assert record_meant(octets) == MEANT


WRITTEN = (
    "mx",
    "include:_spf.a.example",
    "ip4:192.0.2.0/24",
    "a:mail.b.example/24",
    "redirect=_spf.c.example",
    "-all",
    "~all",
)
NAMED = ("a.example", "192.0.2.0/24", "b.example", "c.example")


@given(
    st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=4, unique=True),
    st.integers(0, 80),
    st.sampled_from(",;:.=/ \"'-~+@<>()[]*%#\u201c\u2013\u00a0\ufeff"),
)
def test_one_character_too_many_loses_nobody_and_opens_nothing(
    terms: list[str], at: int, character: str
) -> None:
    whole = " ".join(("v=spf1", *terms))
    slipped = whole[:at] + character + whole[at:]
    text = record_meant(slipped.encode())
    if text:
        assert not read_record(text.encode()).faults
        assert " all" not in text
        assert all(name in text for name in NAMED if name in slipped)


@pytest.mark.parametrize(
    "text", ["v=spf10 -all", "v=spf1;", "v=spf1;all", "v=spf1/mx -all", "v=spf1mx moo"]
)
def test_one_whose_meaning_is_not_clear(text: str) -> None:
    assert close_to_a_record([text.encode()]) == text.encode()
    assert record_meant(text.encode()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v=DMARC1; p=none",
        "spf-verification=abc",
        "spftest=abc",
        "spf policy of ours",
        "see v=spf1 below",
        "v=spf1mx -all" + " " * LONGEST,
    ],
)
def test_a_text_that_does_not(text: str) -> None:
    assert close_to_a_record([text.encode()]) == b""


def test_a_close_text_is_told_as_people_typed_it() -> None:
    assert told_close("\u201cv=spf1".encode()) == f"{CLOSE}\u201cv=spf1"
    assert told_close(b"v=spf1\x1b##[x") == CLOSE + r"v=spf1\x1b#\x23[x"
    assert told_close(b"") == ""


def test_several_records_are_put_right_and_together() -> None:
    assert one_meant([b"v=spf1 mx -al", b"v=spf1 include:a.b -all"]) == "v=spf1 mx include:a.b -all"
    assert one_meant([b"v=spf1 mx moo", b"v=spf1 include:a.b -all"]) == ""


@pytest.mark.parametrize("text", ["v=spf1 " + "a " * 1000, '"' * 2000, " " * 2000, "txt " * 500])
def test_hostile_texts_cost_no_time(text: str) -> None:
    begun = time.process_time()
    close_to_a_record([text.encode()] * 20)
    assert time.process_time() - begun < 1
