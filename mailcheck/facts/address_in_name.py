"""An address that is written into a host name: the surest sign that no person chose the name.

Providers write the octets of IPv4 in any order, with hyphens, dots or nothing between them, padded
with zeros, in hexadecimal or as one number; of IPv6 the nibbles or the groups. Whoever reads a name
without knowing the address sees less: four numbers that could be one. Values only.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.names import Address

_NUMBER = re.compile(r"[0-9]+")
_HEX = re.compile(r"[0-9a-f]+")
_PADDED = 12
"""Digits of four octets of three."""
_LONG = 8
"""Digits from which on a number is no counter, and no year."""

_HARDWARE = 12
"""Digits of a hardware address, which cable providers write behind the names of modems."""


_GLOBAL = ("2001", "2003", "240", "260", "280", "2a0", "2c0")
"""How the IPv6 addresses begin that registries give out."""


class Trace(NamedTuple):
    """What of an address stands in a name, and what that weighs: 2 if nobody would doubt it."""

    why: str
    part: str
    weight: int = 2


class _Number(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def octet(self) -> int:
        """Its value, or -1 if no octet is written so."""
        return int(self.text) if len(self.text) <= 3 and int(self.text) <= 255 else -1


def trace_of_address(name: str, ip: Address | None) -> Trace | None:
    """Find the surest trace of *ip*, or if there is none of any address, in a lower-case *name*."""
    numbers = _numbers(name)
    if ".arpa" in name and ("in-addr.arpa" in name or "ip6.arpa" in name):
        return Trace("a reverse name stands where a host name should", name)
    found = None
    if isinstance(ip, ipaddress.IPv4Address):
        found = _of_ipv4(name, numbers, ip)
    elif ip is not None:
        found = _of_ipv6(name, ip)
    if found and found.weight > 1:
        return found
    return _row(name, numbers) or _nibbles(name) or found or _rest(name, numbers)


def _of_ipv4(name: str, numbers: list[_Number], ip: ipaddress.IPv4Address) -> Trace | None:
    octets = list(ip.packed)
    for four in _windows(numbers, 4):
        if sorted(number.octet for number in four) == sorted(octets):
            return Trace("the four octets of the address", name[four[0].start : four[-1].end])
    if whole := _as_one_number(name, numbers, ip):
        return whole
    runs = [octets[:3], octets[1:], octets[2::-1], octets[:0:-1]]
    for three in _windows(numbers, 3):
        if [number.octet for number in three] in runs:
            part = name[three[0].start : three[-1].end]
            return Trace("three octets of the address in a row", part, 1)
    padded = {"".join(f"{octet:03}" for octet in run) for run in runs}
    for number in numbers:
        if number.text in padded:
            return Trace("three octets of the address as one number", number.text, 1)
    return None


def last_octets(name: str, ip: Address | None) -> str:
    """Return where the last two octets of IPv4 stand side by side: ``12-34``; empty if nowhere.

    They may be chance, and tell the customers of a line apart: ``34.12.broadband``.
    """
    last = list(ip.packed[2:]) if isinstance(ip, ipaddress.IPv4Address) else []
    for row in _rows(name, _numbers(name)):
        for two in _windows(row, 2):
            if [number.octet for number in two] in (last, last[::-1]):
                return name[two[0].start : two[-1].end]
    return ""


def _as_one_number(name: str, numbers: list[_Number], ip: ipaddress.IPv4Address) -> Trace | None:
    turned = bytes(reversed(ip.packed))
    written = {"".join(f"{o:03}" for o in octets) for octets in (ip.packed, turned)}
    joined = {"".join(map(str, octets)) for octets in (ip.packed, turned)} | {str(int(ip))}
    for number in numbers:
        long = len(number.text) >= _LONG and number.text in joined
        if long or any(digits in number.text for digits in written):
            return Trace("the address as one number", number.text)
    for octets in (ip.packed, turned):
        for digits in (octets.hex(), octets.hex("-"), octets.hex("."), octets.hex("_")):
            if digits in name:
                return Trace("the address in hexadecimal", digits)
    return None


def _of_ipv6(name: str, ip: ipaddress.IPv6Address) -> Trace | None:
    nibbles = ip.packed.hex()
    bare = name.translate(_SEPARATORS)
    if nibbles in bare or nibbles[::-1] in bare:
        return Trace("the nibbles of the address", name)
    if nibbles[16:].strip("0") and nibbles[16:] in bare:
        return Trace("the last 64 bits of the address", nibbles[16:])
    padded = ip.exploded.split(":")
    short = [f"{int(group, 16):x}" for group in padded]
    for between in "-._x":
        for written in (ip.compressed.replace(":", between), between.join(short)):
            if len(written) >= 8 and written in name:
                return Trace("the groups of the address", written)
        for half in (between.join(short[:4]), between.join(padded[:4])):
            if len(half) >= 8 and half in name:
                return Trace("the first 64 bits of the address", half, 1)
    return None


def _numbers(name: str) -> list[_Number]:
    return [_Number(m[0], m.start(), m.end()) for m in _NUMBER.finditer(name)]


_SEPARATORS = str.maketrans("", "", "-._")


def _row(name: str, numbers: list[_Number]) -> Trace | None:
    """Find four numbers, no more, that may be an address: ``pool-192-0-2-1``, ``192.0.2.1.isp``."""
    rows = list(_rows(name, numbers))
    if rows and len(rows[0]) == 1 and name.startswith(f"{rows[0][0].text}."):
        rows += [rows[0] + row for row in rows[1:] if len(row) == 3]  # 1.net-192-0-2.isp
    for found in rows:
        # The first of five belongs to the word before it: ec2-192-0-2-1.
        row = found[1:] if len(found) == 5 and name[: found[0].start][-1:].isalpha() else found
        octets = [number.octet for number in row]
        plausible = len(row) == 4 and min(octets) >= 0 and max(octets) > 9
        if plausible and (0 < octets[0] < 224 or 0 < octets[3] < 224):
            return Trace(
                "four numbers in a row, as of an address", name[row[0].start : row[-1].end]
            )
    return None


def _rows(name: str, numbers: list[_Number]) -> Iterator[list[_Number]]:
    """Split *numbers* where more than one hyphen, dot or underscore stands between two."""
    row: list[_Number] = []
    for number in numbers:
        if row and not (number.start == row[-1].end + 1 and name[row[-1].end] in "-._"):
            yield row
            row = []
        row.append(number)
    if row:
        yield row


def _nibbles(name: str) -> Trace | None:
    """Find what only an IPv6 address is written like: 16 nibbles or more, or eight groups."""
    labels = name.split(".")
    run = 0
    for label in labels:
        run = run + 1 if len(label) == 1 and _HEX.fullmatch(label) else 0
        if run >= 16:
            return Trace("the nibbles of an IPv6 address", name)
    for label in labels:
        groups = [g for g in label.split("-") if len(g) <= 4 and _HEX.fullmatch(g)]
        bare = label.translate(_SEPARATORS)
        if len(groups) >= 8 or _is_128_bits(bare):
            return Trace("the digits of an IPv6 address", label)
    return None


def _is_128_bits(text: str) -> bool:
    """Whether *text* has 32 digits that begin as addresses do; a digest hardly does by chance."""
    return any(len(m[0]) == 32 and m[0].startswith(_GLOBAL) for m in _HEX.finditer(text))


def _rest(name: str, numbers: list[_Number]) -> Trace | None:
    """Find what may be an address or a device, and may be chance."""
    for number in numbers:
        if len(number.text) == _PADDED and _is_padded(number.text):
            return Trace("twelve digits, as of four octets", number.text, 1)
    first = name.partition(".")[0]
    if first.startswith("0x") and len(first) >= 10 and _HEX.fullmatch(first[2:10]):
        return Trace("a number in hexadecimal", first[:10], 1)
    for match in _HEX.finditer(first):
        if len(match[0]) >= _HARDWARE and sum(c.isdigit() for c in match[0]) >= 4:
            return Trace("digits as of a hardware address", match[0], 1)
    return None


def _is_padded(digits: str) -> bool:
    octets = [int(digits[at : at + 3]) for at in range(0, _PADDED, 3)]
    return max(octets) <= 255 and 0 < octets[0] < 224


def _windows(numbers: list[_Number], size: int) -> Iterator[list[_Number]]:
    for at in range(len(numbers) - size + 1):
        yield numbers[at : at + size]
