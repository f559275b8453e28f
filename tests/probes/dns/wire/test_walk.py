"""Names and records of a message, verified where they lie."""

from __future__ import annotations

import pytest

from mailcheck.probes.dns.wire.walk import OPT, OutOfTheOrdinary, name_at, section

ASKED = b"\x07example\x03com\0"
MESSAGE = bytes(12) + ASKED
BEHIND = len(MESSAGE)

NAMES = [
    pytest.param(b"\x04Mail" + ASKED, b"\x04mail" + ASKED, id="whole, and lower-case"),
    pytest.param(b"\xc0\x0c", ASKED, id="a pointer"),
    pytest.param(b"\x04mail\xc0\x0c", b"\x04mail" + ASKED, id="labels and a pointer"),
    pytest.param(b"\x01a\x01b\xc0\x14", b"\x01a\x01b\x03com\0", id="a pointer into another name"),
    pytest.param(b"\0", b"\0", id="the root"),
]

NO_NAMES = [
    pytest.param(b"\x04mail", id="cut short"),
    pytest.param(b"\x04mail\xc0", id="a pointer cut short"),
    pytest.param(b"\x40" + bytes(64), id="a label of another kind"),
    pytest.param(b"\x80\x0c", id="a pointer of another kind"),
    pytest.param((0xC000 | BEHIND).to_bytes(2, "big"), id="a pointer to itself"),
    pytest.param((0xC000 | BEHIND + 2).to_bytes(2, "big") + b"\0\0", id="a pointer forwards"),
    pytest.param(b"\x01x" * 122 + b"\xc0\x0c", id="256 octets"),
]


@pytest.mark.parametrize(("octets", "expected"), NAMES)
def test_a_name_is_read_once_and_then_known(octets: bytes, expected: bytes) -> None:
    wire = MESSAGE + octets
    known = {12: (ASKED, 0)}
    assert name_at(wire, BEHIND, len(wire), known) == (expected, len(wire))
    assert known[BEHIND][0] == expected


def test_the_longest_name_is_one() -> None:
    wire = MESSAGE + b"\x01x" * 121 + b"\xc0\x0c"
    assert len(name_at(wire, BEHIND, len(wire), {12: (ASKED, 0)})[0]) == 255


@pytest.mark.parametrize("octets", NO_NAMES)
def test_what_is_no_name_is_not_read(octets: bytes) -> None:
    wire = MESSAGE + octets
    with pytest.raises((OutOfTheOrdinary, IndexError)):
        name_at(wire, BEHIND, len(wire), {12: (ASKED, 0)})


def test_records_that_point_at_names_of_earlier_ones_have_these_owners() -> None:
    mx = b"\xc0\x0c\0\x0f\0\x01\0\0\0\x3c\0\x09\0\x0a\x04Mail\xc0\x0c"
    exchange = BEHIND + len(mx) - 7
    a = (0xC000 | exchange).to_bytes(2, "big") + b"\0\x01\0\x01\x80\0\0\0\0\x04\xc0\0\x02\x01"
    opt = b"\0\0\x29\x04\xd0" + bytes(6)
    wire = MESSAGE + mx + a + opt
    known = {12: (ASKED, 0)}
    at, [answer] = section(wire, BEHIND, 1, known)
    behind, [address] = section(wire, at, 2, known, OPT)
    assert answer == (ASKED, 15, 60, exchange - 2, 9)
    assert address == (b"\x04mail" + ASKED, 1, 0, len(wire) - 15, 4), "a TTL beyond 2^31 is none"
    assert behind == len(wire)
