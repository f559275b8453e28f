"""Macro strings, by the grammar of RFC 7208 §7.1."""

from __future__ import annotations

import pytest

from mailcheck.facts.spf.record.macro_string import (
    LETTERS,
    MOST_PARTS,
    Macro,
    domain_spec,
    explain_string,
    macro_string,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("a.b", ("a.b",), id="no macro"),
        pytest.param("%{d}", (Macro("d"),), id="a letter"),
        pytest.param("%{D}", (Macro("d", escaped=True),), id="a capital"),
        pytest.param("x%{ir}.y", ("x", Macro("i", reverse=True), ".y"), id="turned"),
        pytest.param("%{iR}", (Macro("i", reverse=True),), id="turned, in a capital"),
        pytest.param("%{l1r+-}", (Macro("l", 1, reverse=True, delimiters="+-"),), id="all at once"),
        pytest.param("%{d02}", (Macro("d", 2),), id="zeros before the number"),
        pytest.param("%{d1000}", (Macro("d", MOST_PARTS),), id="more parts than there can be"),
        pytest.param("%{d" + "9" * 5000 + "}", (Macro("d", MOST_PARTS),), id="a hostile number"),
        pytest.param("%%%_%-", ("%", " ", "%20"), id="signs"),
    ],
)
def test_what_is_a_macro_string(text: str, parts: tuple[str | Macro, ...]) -> None:
    assert macro_string(text).parts == parts


@pytest.mark.parametrize(
    "text",
    [
        *("%", "a%", "%d", "%(d)", "%{}", "%{d", "%{d0}", "%{d00}", "%{d2x}", "%{dr2}", "%{d~}"),
        *("%{1}", "a b", "a\tb", "a\x00", "a\x7f", "é"),
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"macro|character|part"):
        macro_string(text)


@pytest.mark.parametrize("letter", "crt")
def test_letters_of_explanations_mean_nothing_in_a_name(letter: str) -> None:
    with pytest.raises(ValueError, match="outside of explanations"):
        macro_string(f"%{{{letter}}}", LETTERS)
    assert explain_string(f"%{{{letter}}}").letters == {letter}


def test_a_letter_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"has no meaning$"):
        explain_string("%{x}")


def test_spaces_are_for_explanations() -> None:
    assert explain_string("not  from %{i}").letters == {"i"}
    with pytest.raises(ValueError, match="printable"):
        explain_string("two\nlines")


@pytest.mark.parametrize(
    "text",
    [
        *("a.b", "a.b.", ".com", "foo:bar/baz.example.com", "a.xn--zckzah", "a.1-2", "a.c0m"),
        *("%{d}", "a%%", "x.%{ir}", "%{d}.com", "%{d}.com.", "a..b"),
    ],
)
def test_what_is_a_domain_spec(text: str) -> None:
    assert domain_spec(text).text == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "names no domain", id="nothing"),
        pytest.param("museum", "single label", id="a single label"),
        pytest.param("museum.", "single label", id="a single label with a dot"),
        pytest.param("192.0.2.1", "number", id="an address"),
        pytest.param("a.123", "number", id="a number"),
        pytest.param("a.-com", "label", id="a hyphen before"),
        pytest.param("a.com-", "label", id="a hyphen behind"),
        pytest.param("example.com:8080", "label", id="a port"),
        pytest.param("a.b/24", "label", id="a length"),
        pytest.param("a.b..", "label", id="two dots"),
        pytest.param("a._b", "label", id="an underscore"),
        pytest.param("%{d}com", "label|domain", id="letters behind a macro"),
        pytest.param("%{d.}com", "label", id="a dot within a macro"),
        pytest.param("%%_", "label|domain", id="what looks like a macro at the end"),
        pytest.param("%{c}", "explanations", id="a letter of explanations"),
    ],
)
def test_what_is_no_domain_spec(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        domain_spec(text)


def test_what_it_expands_to_without_values() -> None:
    assert macro_string("a%%b").plain == "a%b"
    assert macro_string("a%{d}").plain is None
