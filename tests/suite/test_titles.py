"""Titles: stable, unique in a file, and fit for a node id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.names import HeloName
from mailcheck.suite.titles import shown, spelled, title_of
from mailcheck.template import Token, tokens_of
from tests.suite.conftest import CATALOGUE, TxtIncludes

if TYPE_CHECKING:
    from tests.suite.conftest import Load


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("domain EXAMPLE.com. has mx", "domain example.com has MX", id="normal-form"),
        pytest.param(
            "domain 후이즈검색.한국 has MX", "domain 후이즈검색.한국 has MX", id="u-labels"
        ),
        pytest.param(
            "domain xn--c79as89aj0e29b77z.xn--3e0b707e has MX",
            "domain 후이즈검색.한국 has MX",
            id="a-labels-are-shown-as-u-labels",
        ),
        pytest.param(
            "IP 2001:db8::25 has PTR",
            "IP 2001:0db8:0000:0000:0000:0000:0000:0025 has PTR",
            id="ipv6-written-out",
        ),
        pytest.param(
            "EHLO name [203.0.113.25] resolves", "EHLO name 203.0.113.25 resolves", id="literal"
        ),
        pytest.param(
            "EHLO name [IPv6:2001:db8::1] resolves",
            "EHLO name IPv6:2001:0db8:0000:0000:0000:0000:0000:0001 resolves",
            id="ipv6-literal",
        ),
        pytest.param(
            "domain a.example has MX: {at_least: 2}",
            "domain a.example has MX [at_least=2]",
            id="option",
        ),
        pytest.param(
            "domain a.example has MX: {at_least: 1}", "domain a.example has MX", id="default"
        ),
        pytest.param("IP has PTR: {ip: 192.0.2.1}", "IP 192.0.2.1 has PTR", id="slot-as-an-option"),
        pytest.param(
            "IP 192.0.2.1 has PTR: {matching: yes}",
            "IP 192.0.2.1 has PTR [matching=true]",
            id="truth",
        ),
        pytest.param(
            "domain a.example has MX: {severity: advised, tags: a, note: b}",
            "domain a.example has MX",
            id="how-it-counts-is-no-part-of-it",
        ),
        pytest.param(
            "resolvers agree on mx of a.example: {resolvers: [8.8.8.8, 1.1.1.1]}",
            "resolvers agree on MX of a.example [resolvers=8.8.8.8, 1.1.1.1]",
            id="list",
        ),
        pytest.param(
            'TXT of a.example includes "v=spf1 -all"',
            'TXT of a.example includes "v=spf1 -all"',
            id="text",
        ),
        pytest.param(
            'TXT of a.example includes "v=spf1"', "TXT of a.example includes v=spf1", id="word"
        ),
        pytest.param(
            f"TXT of a.example includes {'x' * 61}",
            f"TXT of a.example includes {'x' * 50}…c508e75f",
            id="long-text-is-cut-with-a-hash",
        ),
        pytest.param(
            'TXT of a.example includes "a[b]::c"',
            "TXT of a.example includes a(b):c…5ab56c94",
            id="brackets-and-colons-are-replaced",
        ),
    ],
)
def test_a_title_says_what_is_asked_of_whom(load: Load, item: str, expected: str) -> None:
    [requirement] = load(f"mailcheck: 1\nchecks:\n  - {item}\n").requirements
    assert expected == requirement.title


def test_titles_that_would_be_the_same_are_told_apart(load: Load) -> None:
    text = """\
mailcheck: 1
checks:
  - EHLO name [203.0.113.25] resolves
  - EHLO name 203.0.113.25 resolves
"""
    first, second = (requirement.title for requirement in load(text).requirements)
    assert first == "EHLO name 203.0.113.25 resolves"
    assert re.fullmatch(r"EHLO name 203\.0\.113\.25…[0-9a-f]{8} resolves", second)


ALIKE = [
    pytest.param("EHLO name {} resolves", "203.0.113.25", "[203.0.113.25]", id="brackets"),
    pytest.param("EHLO name {} resolves", "[IPv6:2001:db8::1]", "[2001:db8::1]", id="tag"),
    pytest.param("EHLO name {} resolves", "[IPv6:::ffff:192.0.2.1]", "[192.0.2.1]", id="mapped"),
    pytest.param("EHLO name {} resolves", "xn--mnchen-3ya", "xn--mnchen-3YA", id="case"),
    pytest.param("TXT of a.example includes {}", "xn--mnchen-3ya", "münchen", id="text"),
]


@pytest.mark.parametrize(("sentence", "one", "other"), ALIKE)
def test_a_title_does_not_depend_on_its_neighbours(
    load: Load, sentence: str, one: str, other: str
) -> None:
    """Taking one out renames no other: what a report knows of it stays known."""

    def titles(*values: str) -> list[str]:
        lines = "".join(f"  - '{sentence.format(value)}'\n" for value in values)
        return [r.title for r in load(f"mailcheck: 1\nchecks:\n{lines}").requirements]

    both = titles(one, other)
    assert both == [*titles(one), *titles(other)] == [*reversed(titles(other, one))]
    assert len(set(both)) == 2


def test_what_a_type_of_ones_own_does_not_show_is_hashed() -> None:
    assert shown(Rounded(1.25)).startswith("1.2…")
    assert shown(Rounded(1.2)) == "1.2"
    assert shown(Rounded(1.25)) != shown(Rounded(1.24))


@dataclass(frozen=True)
class Rounded:
    """A number that shows one digit behind its point."""

    number: float
    expected: ClassVar[str] = "a number"

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(float(text))

    def __str__(self) -> str:
        return f"{self.number:.1f}"


SAME_HASH = (82008, 151830)


def test_texts_whose_hashes_are_the_same_are_told_apart(load: Load) -> None:
    """Two of 77,000 long texts have the same short hash."""
    lines = "".join(f"  - TXT of a.example includes {'x' * 60}{n}\n" for n in SAME_HASH)
    first, second = load(f"mailcheck: 1\nchecks:\n{lines}").requirements
    assert second.title.startswith(f"{first.title} [#")


@given(st.text(max_size=200))
def test_no_text_breaks_a_node_id(text: str) -> None:
    check = dict(CATALOGUE)["txt-includes"]
    title = title_of(check, TxtIncludes(name=shown("a.example"), text=text))  # type: ignore[arg-type]  # any text will do for a name
    assert title.isprintable()
    assert "::" not in title
    assert "[" not in title
    assert len(title) < 110


@given(st.text(max_size=100), st.text(max_size=100))
def test_different_texts_are_shown_differently(one: str, other: str) -> None:
    assert (shown(one) == shown(other)) == (one == other)


@given(st.text())
def test_what_is_spelled_is_read_as_one_token(text: str) -> None:
    [token] = tokens_of(f"a {spelled(text)}")[1:]
    assert token.text == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("mail.example.com", "mail.example.com", id="name"),
        pytest.param("[not_an_address]", "(not_an_address)…", id="no-address-in-brackets"),
        pytest.param("[203.0.113.25", "(203.0.113.25…", id="half-a-literal"),
    ],
)
def test_an_ehlo_name_that_is_no_literal_stays_visible(name: str, expected: str) -> None:
    assert shown(HeloName(name)).startswith(expected)


def test_a_word_needs_no_quotes() -> None:
    assert spelled("v=DMARC1") == "v=DMARC1"
    assert tokens_of(spelled("a b")) == (Token("a b", quoted=True),)
