"""One pair at a time: literal and address, name and address, name and PTR names."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck.facts.client_identity import (
    is_ptr_name,
    of_a_literal,
    of_an_underscore,
    points_to,
    refused_unseen,
    spells,
    to_have_address,
    to_have_name,
)
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.host_syntax import read_helo
from mailcheck.facts.reverse_names import reverse_names
from mailcheck.finding import Finding, Part
from mailcheck.names import Address, parse_address, reverse_name

V4 = ipaddress.ip_address("203.0.113.25")
V6 = ipaddress.ip_address("2001:db8::25")


def answer(asked: str, said: str) -> DnsAnswer:
    _, fact = told(asked, said)
    assert isinstance(fact, DnsAnswer)
    return fact


def end(part: Part) -> str:
    """Return a part's tag, ``met``, or the cause for which it is unknown."""
    if not isinstance(part, Finding):
        return part.cause
    return part.unknown.cause if part.unknown else part.reasons[0].tag if part.reasons else "met"


@pytest.mark.parametrize(
    ("ehlo", "ip", "ends"),
    [
        pytest.param("[203.0.113.25]", V4, "met", id="own IPv4"),
        pytest.param("[203.000.113.025]", V4, "met", id="leading zeros"),
        pytest.param("[IPv6:2001:db8:0::25]", V6, "met", id="own IPv6, spelled otherwise"),
        pytest.param("[IPv6:::ffff:203.0.113.25]", V4, "met", id="IPv4 mapped"),
        pytest.param("[203.0.113.26]", V4, "other-address", id="another"),
        pytest.param("[203.0.113.25]", V6, "other-address", id="other family"),
    ],
)
def test_a_literal_spells_the_address(ehlo: str, ip: Address, ends: str) -> None:
    assert end(spells(read_helo(ehlo), ip)) == ends


@pytest.mark.parametrize(
    ("said", "ip", "ends"),
    [
        pytest.param("203.0.113.25", V4, "met", id="the address"),
        pytest.param("192.0.2.1 | 203.0.113.25", V4, "met", id="among others"),
        pytest.param("-> b.example | 203.0.113.25", V4, "met", id="at the end of an alias"),
        pytest.param("192.0.2.1", V4, "other-address", id="another"),
        pytest.param("192.0.2.1 | ...", V4, "too-many-records", id="perhaps among very many"),
        pytest.param("203.0.113.25 | ...", V4, "met", id="among very many"),
        pytest.param("NODATA", V4, "no-address", id="none"),
        pytest.param("NXDOMAIN", V4, "no-such-domain", id="no such name"),
        pytest.param("REFUSED-BY-AUTHORITY", V4, "refused-by-authority", id="refused"),
        pytest.param("2001:db8::25", V6, "met", id="the IPv6 address"),
        pytest.param("2001:db8::26", V6, "other-address", id="another IPv6 address"),
        pytest.param("::ffff:203.0.113.25", V4, "other-address", id="AAAA of an IPv4 address"),
        pytest.param("NXDOMAIN", V6, "no-address", id="AAAA denied, as broken servers do"),
    ],
)
def test_a_name_points_to_the_address(said: str, ip: Address, ends: str) -> None:
    rdtype = "AAAA" if ":" in said or ip == V6 else "A"
    assert end(points_to(answer(f"a.example {rdtype}", said), ip)) == ends


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param("mail.example.com.", "met", id="the name"),
        pytest.param("MAIL.Example.com.", "met", id="in another case"),
        pytest.param("a.example. | mail.example.com.", "met", id="among others"),
        pytest.param("-> 25.0/25.113.0.203.in-addr.arpa | mail.example.com.", "met", id="RFC 2317"),
        pytest.param("a.example.", "other-name", id="another"),
        pytest.param("example.com.", "other-name", id="the domain above"),
        pytest.param("a.example. | ...", "too-many-records", id="perhaps among very many"),
        pytest.param("NODATA", "no-ptr", id="none"),
        pytest.param("NXDOMAIN", "no-ptr", id="no reverse name"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
    ],
)
def test_a_name_is_a_ptr_name(said: str, ends: str) -> None:
    reverse = reverse_names(V4, answer(f"{reverse_name(V4)} PTR", said))
    assert end(is_ptr_name("mail.example.com", reverse)) == ends


def test_ptr_names_are_listed_up_to_ten_and_escaped() -> None:
    said = " | ".join([f"h{n:02}.example." for n in range(11)] + ["0\\027[31m.example."])
    part = is_ptr_name("mail.example.com", reverse_names(V4, answer("x PTR", said)))
    assert isinstance(part, Finding)
    text = part.reasons[0].text
    assert "and 2 more, not mail.example.com" in text
    assert "\x1b" not in text


def test_texts_are_in_u_labels_and_without_control_characters() -> None:
    refused = refused_unseen("ma\x1bl", read_helo("ma\x1bl"))
    assert "ma\\x1bl is refused" in refused.reasons[0].text
    part = points_to(answer("xn--c1yn36f.example A", "NODATA"), V4)
    assert isinstance(part, Finding)
    assert part.reasons[0].text == "點看.example has no A record"


def test_an_underscore_is_told_in_u_labels() -> None:
    [finding] = of_an_underscore("my_mail.xn--c1yn36f.example")
    assert finding.advice[0].text == "my_mail.點看.example has an underscore"
    assert of_an_underscore("mail.example.com") == ()


def test_a_literal_is_called_one() -> None:
    assert of_a_literal("[203.0.113.25]").text == "[203.0.113.25] is an address literal, no name"


def test_the_address_record_is_of_the_family_of_the_client() -> None:
    assert to_have_address("a.b", V4).publish == ("a.b.  3600  IN  A  203.0.113.25",)
    assert to_have_address("a.b", V6).publish == ("a.b.  3600  IN  AAAA  2001:db8::25",)


def test_the_ptr_name_can_be_said_only_where_there_is_one() -> None:
    new, other = (to_have_name("x.in-addr.arpa", "a.b", instead=i) for i in (False, True))
    assert new.publish == other.publish == ("x.in-addr.arpa.  3600  IN  PTR  a.b.",)
    assert "smtp_helo_name" in other.instruction
    assert "smtp_helo_name" not in new.instruction


def test_a_mapped_address_is_the_ipv4_one() -> None:
    assert end(spells(read_helo("[203.0.113.25]"), parse_address("::ffff:203.0.113.25"))) == "met"


@pytest.mark.parametrize("said", ["192.0.2.1", "NODATA", "NXDOMAIN"])
def test_no_address_is_published_beside_a_cname(said: str) -> None:
    part = points_to(answer("a.example A", f"-> b.example | {said}"), V4)
    assert isinstance(part, Finding)
    [reason] = part.reasons
    record = "a.example.  3600  IN  A  203.0.113.25  ; in place of its CNAME record"
    assert reason.instead == to_have_address("a.example", V4, reason.instead).publish == (record,)


def test_an_alias_is_called_one() -> None:
    part = points_to(answer("a.example A", "-> b.example | 192.0.2.1"), V4)
    assert isinstance(part, Finding)
    text = "a.example is an alias of b.example, which has the address 192.0.2.1, not 203.0.113.25"
    assert part.reasons[0].text == text
