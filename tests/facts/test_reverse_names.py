"""PTR records: which names, and where a missing one belongs."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.reverse_names import (
    forward_type,
    name_fault,
    namelessness,
    ptr_to_publish,
    reverse_names,
    where_ptr_is,
    without_zone,
)
from mailcheck.names import reverse_name

if TYPE_CHECKING:
    from mailcheck.facts.reverse_names import ReverseNamesFact

IP = ipaddress.ip_address("203.0.113.25")
OWNER = "25.113.0.203.in-addr.arpa"


def fact(answer: str, denier: str = "") -> ReverseNamesFact:
    """Return what *answer* to the PTR query tells."""
    _, said = told(f"{OWNER} PTR", answer, denier=denier)
    assert isinstance(said, DnsAnswer)
    return reverse_names(IP, said)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        pytest.param("Mail.Example.COM.", ("mail.example.com",), id="normal form"),
        pytest.param("b.example. | a.example.", ("a.example", "b.example"), id="sorted"),
        pytest.param("a.example. | A.EXAMPLE.", ("a.example",), id="each once"),
        pytest.param(".", (".",), id="the root"),
        pytest.param("NODATA", (), id="none"),
    ],
)
def test_names(answer: str, names: tuple[str, ...]) -> None:
    assert fact(answer).names == names


def test_an_address_with_a_name_is_not_nameless() -> None:
    assert namelessness(fact("a.example.")) is None


@pytest.mark.parametrize(
    ("answer", "tag", "about"),
    [
        pytest.param("NODATA", "no-ptr", OWNER, id="no PTR"),
        pytest.param("NXDOMAIN", "no-ptr", OWNER, id="no name"),
        pytest.param(
            f"-> 25.0-127.{OWNER} | NODATA", "no-ptr", f"25.0-127.{OWNER}", id="behind an alias"
        ),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", "113.0.203.in-addr.arpa"),
    ],
)
def test_why_there_is_no_name(answer: str, tag: str, about: str) -> None:
    reason = namelessness(fact(answer, denier="113.0.203.in-addr.arpa"))
    assert reason is not None
    assert (reason.tag, reason.about) == (tag, about)


def test_an_alias_is_named_in_the_reason() -> None:
    reason = namelessness(fact(f"-> 25.0-127.{OWNER} | NXDOMAIN"))
    assert reason is not None
    assert f"alias of 25.0-127.{OWNER}" in reason.text


def test_each_family_has_its_own_forward_type() -> None:
    assert forward_type(IP) == "A"
    assert forward_type(ipaddress.ip_address("2001:db8::25")) == "AAAA"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("mail.example.com", "", id="a host"),
        pytest.param("my_host.example.com", "", id="an underscore"),
        pytest.param("mail", "it is a single label", id="a single label"),
        pytest.param("-mail.example.com", "a label begins or ends with a hyphen", id="a hyphen"),
        pytest.param(".", "it has an empty label", id="the root"),
    ],
)
def test_why_a_name_names_no_host(name: str, fault: str) -> None:
    assert name_fault(name) == fault


@pytest.mark.parametrize("ip", ["203.0.113.25", "2001:db8::25"])
def test_the_owner_of_the_block_publishes_a_reverse_name(ip: str) -> None:
    assert "owner of the address block (" in where_ptr_is(reverse_name(ipaddress.ip_address(ip)))


def test_what_was_delegated_classless_is_published_by_who_got_it() -> None:
    remedy = ptr_to_publish("25.0/26.113.0.203.in-addr.arpa")
    assert "(RFC 2317), mostly published by the user of the addresses" in remedy.instruction


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("a.example.113.0.203.in-addr.arpa", "a.example", id="the zone of a /24"),
        pytest.param("a.example.0.203.in-addr.arpa", "a.example", id="the zone of a /16"),
        pytest.param("a.example", "", id="no zone"),
        pytest.param("a.example.in-addr.arpa", "a.example", id="the zone of all"),
        pytest.param("113.0.203.in-addr.arpa", "", id="the zone itself"),
    ],
)
def test_what_was_meant_by_a_name_without_its_dot(name: str, meant: str) -> None:
    assert without_zone(name, OWNER) == meant
