"""A Ctrl-C that comes while dnspython reads is no fault of what it reads."""

from __future__ import annotations

from typing import NoReturn

import dns.exception
import dns.message
import dns.name
import dns.rrset
import pytest
from dns.rdtypes.IN.A import A

from mailcheck.facts.dns import Source
from mailcheck.interrupts import raise_swallowed
from mailcheck.lab import wire as lab_wire
from mailcheck.probes.dns.suspicion import blames_dnssec
from mailcheck.probes.dns.wire.message import read_wire
from mailcheck.probes.dns.wire.query import Query
from mailcheck.zones.reading import read_master_file


def wrapped(inner: BaseException) -> dns.exception.FormError:
    """Return *inner* as dnspython passes it on."""
    with (
        pytest.raises(dns.exception.FormError) as raised,
        dns.exception.ExceptionWrapper(  # type: ignore[no-untyped-call]  # not typed there
            dns.exception.FormError
        ),
    ):
        raise inner
    return raised.value


def test_an_interrupt_is_raised_again() -> None:
    with pytest.raises(KeyboardInterrupt):
        raise_swallowed(wrapped(KeyboardInterrupt()))


def test_an_error_is_not() -> None:
    raise_swallowed(wrapped(ValueError("a fault of the data")))
    raise_swallowed(ValueError("a fault of nobody"))


@pytest.fixture
def packet(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A message with an A record, at which Ctrl-C is pressed whenever it is read."""
    message = dns.message.make_response(dns.message.make_query("a.example", "A"))
    message.answer.append(dns.rrset.from_text("a.example.", 60, "IN", "A", "192.0.2.1"))
    octets = message.to_wire()

    def press(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(A, "from_wire_parser", press)
    return octets


def test_who_reads_a_response_is_interrupted(packet: bytes) -> None:
    with pytest.raises(KeyboardInterrupt):
        read_wire(Query("a.example", "A", recursive=True), packet, Source())
    with pytest.raises(KeyboardInterrupt):
        blames_dnssec(packet)


class Silent:
    """A lab server that has nothing to say."""

    def respond(self, *_: object) -> None:
        """Say nothing."""


def test_a_lab_that_reads_a_query_is_interrupted(packet: bytes) -> None:
    query = packet[:2] + bytes((packet[2] & 0x7F,)) + packet[3:]
    with pytest.raises(KeyboardInterrupt):
        lab_wire.respond(Silent(), query, "udp")


@pytest.mark.parametrize("line", ["a 60 A 192.0.2.1", "$GENERATE 1-2 a$ 60 A 192.0.2.1"])
def test_one_while_a_zone_file_is_read_is_no_fault_of_a_line(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the zone is said not to load, and the run goes on."""

    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(A, "__init__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_master_file(f"{line}\n", "z", dns.name.from_text("example.com"), interrupted)
