"""Slots: what the fields of a parameter dataclass take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import CatalogueError
from mailcheck.names import Address, Domain
from mailcheck.slots import expected, read_one, show, slot, slots_of


@dataclass(frozen=True, slots=True)
class Many:
    domain: Domain = slot("the domain")
    resolvers: tuple[Address, ...] = slot("the resolvers", default=())
    ip: Address | None = slot("the address", default=None, subjects=("ip", "host"), unless="domain")
    families: Literal["any", "all"] = slot("the families", default="any", subjects=())


SLOTS = slots_of(Many)


def test_a_field_says_what_it_takes() -> None:
    assert SLOTS["domain"].required
    assert SLOTS["domain"].subjects == ("domain",)
    assert SLOTS["resolvers"].many
    assert SLOTS["ip"].optional
    assert SLOTS["ip"].type == Address
    assert SLOTS["ip"].subjects == ("ip", "host")
    assert SLOTS["ip"].unless == "domain"
    assert SLOTS["families"].subjects == ()
    assert SLOTS["families"].help == "the families"


def test_a_field_no_sentence_can_fill_is_refused() -> None:
    @dataclass
    class Wrong:
        when: float

    with pytest.raises(CatalogueError, match="no sentence can fill"):
        slots_of(Wrong)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param(str, " no ", " no ", id="text"),
        pytest.param(int, "007", 7, id="number"),
        pytest.param(bool, "Yes", True, id="yes"),
        pytest.param(bool, "off", False, id="off"),
        pytest.param(Address, "2001:db8::1", ip_address("2001:db8::1"), id="address"),
        pytest.param(Domain, "A.example", "a.example", id="slot-type"),
        pytest.param(Literal["any", "all"], "ALL", "all", id="choice"),
    ],
)
def test_a_value_is_read(kind: Any, text: str, value: object) -> None:
    assert value == read_one(kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        pytest.param(int, "-1", "'-1' is not a whole number", id="negative"),
        pytest.param(int, "1" * 5000, "is not a whole number", id="long-number"),
        pytest.param(int, "٢", "is not a whole number", id="other-digits"),
        pytest.param(bool, "1", "'1' is not true or false", id="no-truth"),
        pytest.param(
            Literal["any", "all"], "some", "'some' is not one of any, all", id="no-choice"
        ),
        pytest.param(Address, "a", "'a' is not an IP address", id="no-address"),
    ],
)
def test_a_value_that_is_wrong_says_why(kind: Any, text: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        read_one(kind, text)


def test_a_list_is_split_at_commas() -> None:
    resolvers = (ip_address("192.0.2.1"), ip_address("192.0.2.2"))
    assert SLOTS["resolvers"].read("192.0.2.1, 192.0.2.2") == resolvers
    assert SLOTS["resolvers"].accepts("192.0.2.1,192.0.2.2")
    assert not SLOTS["resolvers"].accepts("192.0.2.1, a")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("xn--bcher-kva.example", "bücher.example", id="u-labels"),
        pytest.param(IPv6Address("::1"), "0000:0000:0000:0000:0000:0000:0000:0001", id="ipv6"),
        pytest.param(True, "true", id="truth"),
        pytest.param(25, "25", id="number"),
        pytest.param(("a", False), "a, false", id="list"),
    ],
)
def test_a_value_is_shown_as_a_sentence_writes_it(value: object, text: str) -> None:
    assert text == show(value)


@given(st.one_of(st.booleans(), st.integers(0, 10**8), st.ip_addresses(v=4)))
def test_what_is_shown_is_read_back(value: Any) -> None:
    kind = Address if not isinstance(value, int) else type(value)
    assert read_one(kind, show(value)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (str, "a text"),
        (Address, "an IP address such as 203.0.113.25"),
        (Literal["any", "all"], "one of any, all"),
        (Domain, "a domain name such as example.com"),
    ],
)
def test_what_is_expected_is_said_in_words(kind: Any, text: str) -> None:
    assert text == expected(kind)
