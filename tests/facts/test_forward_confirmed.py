"""Which names lead back; how each way of failing to is told, and what mends it."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.forward_confirmed import (
    ForwardConfirmationFact,
    confirmation,
    remedy_of_confirmation,
)
from mailcheck.facts.reverse_names import reverse_names

IP = ipaddress.ip_address("203.0.113.25")
OWNER = "25.113.0.203.in-addr.arpa"


def fact(names: str, *forward: str) -> ForwardConfirmationFact:
    """Return what the PTR records say, and what is said of the addresses of each name."""
    _, reverse = told(f"{OWNER} PTR", names)
    assert isinstance(reverse, DnsAnswer)
    hosts = [name.strip().removesuffix(".") for name in names.split("|")]
    pairs = zip(hosts, forward, strict=False)
    answers = tuple(told(f"{host} A", answer)[1] for host, answer in pairs)
    return ForwardConfirmationFact(reverse_names(IP, reverse), answers)


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        pytest.param(fact("a.example.", "203.0.113.25"), (), id="it leads back"),
        pytest.param(fact("a.example.", "192.0.2.1"), ("ptr-not-confirmed",), id="elsewhere"),
        pytest.param(fact("-a.example."), ("ptr-not-confirmed",), id="no host name"),
        pytest.param(fact("NXDOMAIN"), ("no-ptr",), id="no PTR"),
        pytest.param(
            fact("a.example. | b.example.", "192.0.2.1", "203.0.113.25"), (), id="one of two"
        ),
    ],
)
def test_confirmation(said: ForwardConfirmationFact, tags: tuple[str, ...]) -> None:
    assert tuple(reason.tag for reason in confirmation(said).reasons) == tags


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(fact("a.example. | b.example.", "192.0.2.1", "TIMEOUT"), id="a silent one"),
        pytest.param(fact("a.example. | ...", "192.0.2.1"), id="one that was not read"),
    ],
)
def test_another_name_may_lead_back(said: ForwardConfirmationFact) -> None:
    finding = confirmation(said)
    assert finding.unknown is not None
    assert finding.reasons == ()


@pytest.mark.parametrize(
    ("said", "record"),
    [
        pytest.param(
            fact("a.example.", "192.0.2.1"), "a.example.  3600  IN  A  203.0.113.25", id="address"
        ),
        pytest.param(fact("NODATA"), f"{OWNER}.  3600  IN  PTR  mail.example.com.", id="PTR"),
        pytest.param(
            fact("a.example.", "-> b.example | 192.0.2.1"),
            "a.example.  3600  IN  A  203.0.113.25  ; in place of its CNAME record",
            id="no address beside a CNAME",
        ),
        pytest.param(
            fact("a.example.113.0.203.in-addr.arpa.", "NXDOMAIN"),
            f"{OWNER}.  3600  IN  PTR  a.example.",
            id="the dot that is missing",
        ),
    ],
)
def test_the_missing_half_is_what_to_publish(said: ForwardConfirmationFact, record: str) -> None:
    [reason] = confirmation(said).reasons
    assert remedy_of_confirmation(reason).publish == (record,)


def test_a_missing_dot_is_told_and_a_single_label_is_not_published() -> None:
    [reason] = confirmation(fact("a.example.113.0.203.in-addr.arpa.", "NXDOMAIN")).reasons
    assert reason.text.endswith("; a dot is missing behind a.example")
    assert "with a dot behind the name" in remedy_of_confirmation(reason).instruction
    [reason] = confirmation(fact("mail.113.0.203.in-addr.arpa.", "NXDOMAIN")).reasons
    assert remedy_of_confirmation(reason).publish == ()


def test_the_record_stands_behind_the_case_it_is_for() -> None:
    [reason] = confirmation(fact("a.example.", "192.0.2.1")).reasons
    assert "but that name has 192.0.2.1" in reason.text
    assert remedy_of_confirmation(reason).instruction.endswith("a host of yours; if it is:")


def test_a_reverse_name_as_a_name_lacks_no_dot() -> None:
    [reason] = confirmation(fact(f"{OWNER}.", "NXDOMAIN")).reasons
    assert "dot" not in reason.text + remedy_of_confirmation(reason).instruction
