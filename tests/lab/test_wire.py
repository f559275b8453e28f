"""From packet to packet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.lab.wire import PAYLOAD, respond

if TYPE_CHECKING:
    from mailcheck.lab.faults import Transport


class Echo:
    """Answers every question with a TXT record of *octets* octets."""

    def __init__(self, octets: int) -> None:
        self.octets = octets

    def respond(self, query: dns.message.Message, over: Transport) -> dns.message.Message | None:
        assert over in {"udp", "tcp"}
        answer = dns.message.make_response(query, our_payload=1232)
        for asked in query.question[:1]:
            texts = [f'"{i} {"x" * 90}"' for i in range(self.octets // 100)]
            answer.answer = [dns.rrset.from_text_list(asked.name, 300, "IN", "TXT", texts)]
        return answer


class Mute:
    """Says nothing."""

    def respond(self, query: dns.message.Message, over: Transport) -> None:
        assert (query.id, over) == (7, "udp")


@pytest.mark.parametrize(
    ("octets", "payload", "over", "flags"),
    [
        pytest.param(300, None, "udp", "QR RD", id="small without EDNS"),
        pytest.param(600, None, "udp", "QR TC RD", id="over 512 without EDNS"),
        pytest.param(600, 1232, "udp", "QR RD", id="over 512 with EDNS"),
        pytest.param(900, 700, "udp", "QR TC RD", id="over the client's size"),
        pytest.param(1300, 4096, "udp", "QR TC RD", id="over our own size"),
        pytest.param(600, 100, "udp", "QR TC RD", id="a size below 512 means 512"),
        pytest.param(300, 100, "udp", "QR RD", id="512 even if less was offered"),
        pytest.param(30000, None, "tcp", "QR RD", id="TCP takes all"),
    ],
)
def test_truncation(octets: int, payload: int | None, over: Transport, flags: str) -> None:
    """TC over UDP at the size the client takes; never over TCP."""
    query = dns.message.make_query(
        "example.com", "TXT", use_edns=False if payload is None else 0, payload=payload or 1232
    )
    packet = respond(Echo(octets), query.to_wire(), over)
    assert packet is not None
    answer = dns.message.from_wire(packet)
    assert dns.flags.to_text(answer.flags) == flags
    assert len(packet) <= (65535 if over == "tcp" else min(max(payload or 0, 512), 1232))
    assert (payload is not None) == (answer.edns == 0)


def test_an_unknown_edns_version_is_told() -> None:
    """BADVERS with our version (RFC 6891 §6.1.3)."""
    query = dns.message.make_query("example.com", "TXT", use_edns=1)
    packet = respond(Echo(100), query.to_wire(), "udp")
    assert packet is not None
    answer = dns.message.from_wire(packet)
    assert (answer.rcode(), answer.edns, answer.answer) == (dns.rcode.BADVERS, 0, [])
    assert answer.payload == PAYLOAD


@pytest.mark.parametrize("flags", ["RD", "RD CD"])
def test_checking_disabled_is_copied(flags: str) -> None:
    """RFC 4035 §3.2.2."""
    query = dns.message.make_query("example.com", "TXT", flags=dns.flags.from_text(flags))
    wire = respond(Echo(300), query.to_wire(), "udp")
    assert wire is not None
    assert dns.flags.to_text(dns.message.from_wire(wire).flags) == f"QR {flags}"


def test_silence_is_no_packet() -> None:
    """A silent server sends nothing, rather than something empty."""
    assert (
        respond(Mute(), dns.message.make_query("example.com", "A", id=7).to_wire(), "udp") is None
    )


def test_a_response_is_not_answered() -> None:
    """Two servers must not talk to each other for ever."""
    query = dns.message.make_query("example.com", "A")
    assert respond(Echo(0), dns.message.make_response(query).to_wire(), "udp") is None


def test_what_cannot_be_read_is_a_format_error() -> None:
    """With the client's id, and no question."""
    query = dns.message.make_query("example.com", "A", id=0x1234).to_wire()
    packet = respond(Echo(0), query[:-3], "udp")
    assert packet is not None
    answer = dns.message.from_wire(packet)
    assert (answer.id, answer.rcode(), answer.question) == (0x1234, dns.rcode.FORMERR, [])


@given(st.binary(max_size=80))
def test_any_packet_is_answered_or_not(packet: bytes) -> None:
    """Never an exception, and an answer has the packet's id."""
    answer = respond(Echo(0), packet, "udp")
    assert answer is None or answer[:2] == packet[:2]
