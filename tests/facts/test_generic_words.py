"""Single words of host names."""

from __future__ import annotations

import pytest

from mailcheck.facts.generic_words import is_assigned, is_customer, is_line, is_mail, static_part


@pytest.mark.parametrize("word", ["dhcp", "dyn", "dynamicip", "dynpool", "pppoe", "dialuppool"])
def test_words_for_a_lent_address(word: str) -> None:
    assert is_assigned(word)


@pytest.mark.parametrize("word", ["dynamics", "dynatrace", "dialog", "dynect", "pppp", "dylan", ""])
def test_words_that_begin_alike(word: str) -> None:
    assert not is_assigned(word)


@pytest.mark.parametrize("word", ["adsl", "athedsl", "dslb", "modemcable", "wifi", "ipngn"])
def test_words_for_a_line(word: str) -> None:
    assert is_line(word)


@pytest.mark.parametrize("word", ["dslam", "friendslist", "landslide", "cablevision", "abo"])
def test_words_that_hold_a_line_by_chance(word: str) -> None:
    assert not is_line(word)


def test_words_for_customers() -> None:
    assert is_customer("cust")
    assert is_customer("homeuser")
    assert not is_customer("custom")


def test_words_for_mail() -> None:
    assert all(map(is_mail, ("mx", "smtp", "mailgw", "webmail", "pmta", "out")))
    assert not any(map(is_mail, ("mxd", "outer", "relays", "")))


@pytest.mark.parametrize(
    ("label", "part"),
    [
        pytest.param("static-1-2-3-4", "static", id="first"),
        pytest.param("1-2-3-4-staticip", "static", id="with more"),
        pytest.param("serverdedicati", "dedicat", id="within a word"),
        pytest.param("fix-1-2-3-4", "fix", id="a short word"),
        pytest.param("prefix", "", id="a short word within another"),
        pytest.param("nonstatic", "", id="denied"),
        pytest.param("non-static", "", id="denied with a hyphen"),
    ],
)
def test_words_for_a_static_address(label: str, part: str) -> None:
    assert static_part(label, label.split("-")) == part
