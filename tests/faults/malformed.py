"""Responses that are no DNS messages, or messages that contradict themselves."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.faults.server import Packet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.faults.server import Asked, Reply


def garbage(asked: Asked) -> Iterable[Packet]:
    """Send what is no message: nothing, a few octets, many, a header alone, text."""
    wires = (
        b"",
        b"\0",
        asked.id,
        asked.wire[:11],
        header_alone(asked.wire),
        b"\xff" * 512,
        bytes(range(256)) * 4,
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
    )
    return [Packet(wire) for wire in wires]


def fixed(wire: bytes) -> Reply:
    """Send *wire*, whatever is asked."""
    return lambda _: [Packet(wire)]


def header_alone(wire: bytes) -> bytes:
    """Return the header of a response without errors, and without question."""
    return wire[:2] + b"\x81\x80" + b"\0" * 8


def cut_header(wire: bytes) -> bytes:
    """Return the header of a response that is cut, and without question."""
    return wire[:2] + b"\x83\x80" + b"\0" * 8


def counts(**change: int) -> Callable[[bytes], bytes]:
    """Make the counts of sections (``qd``, ``an``, ``ns``, ``ar``) lie by so many."""

    def edit(wire: bytes) -> bytes:
        names = ("qd", "an", "ns", "ar")
        true = struct.unpack("!4H", wire[4:12])
        told = (n + change.get(name, 0) for n, name in zip(true, names, strict=True))
        return wire[:4] + struct.pack("!4H", *(n & 0xFFFF for n in told)) + wire[12:]

    return edit


def without_counts(wire: bytes) -> bytes:
    """Count no record although there are some."""
    return wire[:6] + b"\0" * 6 + wire[12:]


def moved(section: int) -> Callable[[bytes], bytes]:
    """Count all records to another *section*: 2 is the authority section, 3 the additional one."""

    def edit(wire: bytes) -> bytes:
        numbers = list(struct.unpack("!4H", wire[4:12]))
        numbers[section] += numbers[1]
        numbers[1] = 0
        return wire[:4] + struct.pack("!4H", *numbers) + wire[12:]

    return edit


def cut(wire: bytes) -> bytes:
    """End in the middle of a record, without the flag that says so."""
    return wire[: first_record(wire) + 7]


# ── the first record, in whichever section it stands ─────────────────────────────────────────


def first_record(wire: bytes) -> int:
    """Return where the first record begins: behind the one question."""
    return _behind_name(wire, 12) + 4


def _behind_name(wire: bytes, at: int) -> int:
    while wire[at]:
        if wire[at] >= 0xC0:
            return at + 2
        at += 1 + wire[at]
    return at + 1


def owner(new: Callable[[int, int], bytes]) -> Callable[[bytes], bytes]:
    """Put another owner to the first record, made from its place and the message's length."""

    def edit(wire: bytes) -> bytes:
        start = first_record(wire)
        return wire[:start] + new(start, len(wire)) + wire[_behind_name(wire, start) :]

    return edit


def pointer(to: int) -> bytes:
    """Return a compression pointer (RFC 1035 §4.1.4)."""
    return struct.pack("!H", 0xC000 | to & 0x3FFF)


to_itself = owner(lambda start, _: pointer(start))
round_and_round = owner(lambda start, _: b"\x01a" + pointer(start))
forwards = owner(lambda _, length: pointer(length - 3))
beyond_the_end = owner(lambda _, length: pointer(length + 100))
label_type_01 = owner(lambda _, __: b"\x41a\0")
label_type_10 = owner(lambda _, __: b"\x81a\0")
over_255_octets = owner(lambda _, __: (b"\x3f" + b"a" * 63) * 4 + pointer(12))


def field(offset: int, value: bytes) -> Callable[[bytes], bytes]:
    """Overwrite octets of the first record, *offset* octets behind its owner."""

    def edit(wire: bytes) -> bytes:
        at = _behind_name(wire, first_record(wire)) + offset
        return wire[:at] + value + wire[at + len(value) :]

    return edit


rdlength_beyond_the_end = field(8, b"\xff\xff")
rdlength_too_short = field(8, b"\0\x01")
ttl_negative = field(4, b"\xff\xff\xff\xff")
ttl_zero = field(4, b"\0\0\0\0")


def without_rdata(wire: bytes) -> bytes:
    """Give the first record an rdata of no octets."""
    at = _behind_name(wire, first_record(wire)) + 8
    [length] = struct.unpack("!H", wire[at : at + 2])
    return wire[:at] + b"\0\0" + wire[at + 2 + length :]


def second_opt(wire: bytes) -> bytes:
    """Add an OPT beside the one there is (RFC 6891 §6.1.1 allows one)."""
    opt = b"\0\0\x29\x04\xd0\0\0\0\0\0\0"
    return counts(ar=1)(wire) + opt
