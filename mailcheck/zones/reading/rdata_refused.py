"""Data that dnspython takes and BIND refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import dns.rdata
import dns.rdatatype as types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dns.rdatatype import RdataType

_SHA1 = (1, 20)
"""The only hash of NSEC3, and its octets (RFC 5155 §5)."""

_FAMILIES = frozenset({1, 2})
"""Of addresses in APL (RFC 3123 §4.1, §4.2)."""

_NOT_KNOWN = ("ohttp", "docpath", "tls-supported-groups")
"""Names of SVCB keys that BIND 9.18 has not."""

_DOHPATH = 7

_TEMPLATE = re.compile(rb"/[^{}]*(?:\{[^{}]*\}[^{}]*)*")
_DNS_VARIABLE = re.compile(rb"\{[+#./;?&]?(?:[^{}]*,)?dns(?::\d+|\*)?(?:,[^{}]*)?\}")
"""A URI template with a variable ``dns`` (RFC 9461 §5, RFC 6570)."""

_FINE = re.compile(r"-?\d*\.\d{3,}m?", re.ASCII)
"""A length in metres of more than two decimals (RFC 1876 §3)."""

_LOWEST, _ALTITUDES = -10_000_000, 2**32
"""Of LOC: centimetres below the ellipsoid, and how many there are from there (RFC 1876 §2)."""

_TOO_LONG = 9_000_000_100
"""Centimetres of size and precision (RFC 1876 §2), of which BIND limits the metres."""

_SPARE_BITS = re.compile(r"[^AQgw=]==\Z|[^AEIMQUYcgkosw048=]=\Z")
"""A last digit of base64 that is more than its octets are (RFC 4648 §3.5)."""

_BEFORE_BASE64 = {
    **dict.fromkeys((types.DNSKEY, types.CDNSKEY, types.KEY, types.CERT), 3),
    **dict.fromkeys((types.RRSIG, types.SIG), 8),
    types.IPSECKEY: 4,
}
"""Fields before it, if there are any."""

_PIECE = re.compile(
    r"\\(?P<back>[1-9])|\\.|\[\^?\]?(?:\[[.=:].*?[.=:]\]|[^\]])*\]|\{\d+(?:,\d*)?\}|[^\\]",
    re.DOTALL,
)
"""Of a POSIX extended regular expression."""


def refused(rdata: dns.rdata.Rdata, fields: Sequence[str]) -> str:
    """Say why BIND refuses *rdata*, which stand in *fields*; empty if it does not.

    Of data in the form of RFC 3597 that nobody read there is nothing to say.
    """
    if isinstance(rdata, dns.rdata.GenericRdata):
        return ""
    return _RULES[rdata.rdtype](rdata, fields)


def _x25(rdata: Any, _: Sequence[str]) -> str:
    is_one = len(rdata.address) >= 4 and rdata.address.isdigit()
    return "" if is_one else "an address of X.25 has at least four digits, and nothing else"


def _loc(rdata: Any, fields: Sequence[str]) -> str:
    for most, (degrees, *rest) in ((90, rdata.latitude), (180, rdata.longitude)):
        if abs(degrees) == most and any(rest[:3]):
            return f"it lies beyond {most} degrees"
    if not 0 <= rdata.altitude - _LOWEST < _ALTITUDES:
        return "its altitude is out of range"
    if max(rdata.size, rdata.horizontal_precision, rdata.vertical_precision) >= _TOO_LONG:
        return "a length is out of range"
    where = max((n for n, field in enumerate(fields) if field.upper() in ("E", "W")), default=0)
    if any(map(_FINE.fullmatch, fields[where:])):
        return "a length has two decimals at most"
    return ""


def _base64(rdata: dns.rdata.Rdata, fields: Sequence[str]) -> str:
    if fields[0] == "\\#":
        return ""
    text = "".join(fields[_BEFORE_BASE64.get(rdata.rdtype, 0) :])
    if len(text) % 4:
        return "its base64 is not of whole groups of four"
    if _SPARE_BITS.search(text):
        return "its base64 has bits at its end that belong to no octet"
    return ""


def _rrsig(rdata: Any, fields: Sequence[str]) -> str:
    if fields[0] != "\\#" and not fields[3].isdigit():
        return "its original TTL is no number"
    if len(rdata.signer) - 1 > rdata.labels:
        return "the name of its signer has more labels than it is for"
    return _base64(rdata, fields)


def _nsec(rdata: Any, _: Sequence[str]) -> str:
    return "" if rdata.windows else "it names no type"


def _nsec3(rdata: Any, _: Sequence[str]) -> str:
    if rdata.algorithm == _SHA1[0] and len(rdata.next) != _SHA1[1]:
        return "its next name is no hash of SHA-1"
    return ""


def _nsap(rdata: Any, _: Sequence[str]) -> str:
    return "" if rdata.address else "it has no address"


def _apl(rdata: Any, _: Sequence[str]) -> str:
    is_known = all(item.family in _FAMILIES for item in rdata.items)
    return "" if is_known else "there is no such family of addresses"


def _service(rdata: Any, fields: Sequence[str]) -> str:
    for field in fields[2:]:
        if field.lower().partition("=")[0] in _NOT_KNOWN:
            return "servers know this key only as a number"
    if _DOHPATH in rdata.params:
        path = rdata.params[_DOHPATH]
        text = path.value if path is not None else b""
        if not (_TEMPLATE.fullmatch(text) and _DNS_VARIABLE.search(text)):
            return "its dohpath is no path with a variable dns"
    return ""


def _naptr(rdata: Any, _: Sequence[str]) -> str:
    text = rdata.regexp.decode("latin-1")
    return "" if not text or _substitutes(text) else "its regular expression cannot be used"


def _substitutes(text: str) -> bool:
    """Whether *text* is a substitution: delimiter, expression, delimiter, replacement (RFC 3402 §3.2)."""
    mark = text[0]
    if mark in "0123456789\\i\0" or "\0" in text:
        return False
    parts, rest = [""], text[1:]
    while rest:
        if rest[0] == mark:
            parts.append("")
            rest = rest[1:]
            continue
        size = 2 if rest[0] == "\\" and len(parts) < 3 else 1
        if len(rest) < size:
            return False
        parts[-1] += rest[:size]
        rest = rest[size:]
    if len(parts) != 3 or parts[2].strip("i"):
        return False
    used = [int(digit) for digit in re.findall(r"\\(.)", parts[1]) if digit.isdigit()]
    groups = _groups(parts[0])
    return groups is not None and all(1 <= number <= groups for number in used)


def _groups(expression: str) -> int | None:  # noqa: C901  one branch for each mark
    """Return how many groups *expression* has, None if it is none (POSIX 1003.1 §9.4)."""
    position, depth, groups = 0, 0, 0
    atom, repeated, empty = False, False, False
    while match := _PIECE.match(expression, position):
        piece, position = match[0], match.end()
        if match["back"] and int(match["back"]) > groups:
            return None
        if piece == "(":
            depth, groups, atom, repeated, empty = depth + 1, groups + 1, False, False, True
        elif piece == ")":
            if depth and not (atom or empty):
                return None
            depth, atom, repeated = max(depth - 1, 0), True, False
        elif piece == "|":
            if not atom:
                return None
            atom, repeated, empty = False, False, False
        elif piece in "+*?" or (len(piece) > 2 and piece[0] == "{"):
            if repeated or not atom:
                return None
            repeated = True
        elif piece == "[" or (piece == "{" and expression[position : position + 1].isdigit()):
            return None
        else:
            atom, repeated = True, piece in "^$"
    return groups if position == len(expression) and not depth and atom else None


_RULES: Mapping[RdataType, Callable[[Any, Sequence[str]], str]] = {
    types.X25: _x25,
    types.LOC: _loc,
    types.RRSIG: _rrsig,
    types.NSEC: _nsec,
    types.NSEC3: _nsec3,
    types.NSAP: _nsap,
    types.APL: _apl,
    types.SVCB: _service,
    types.HTTPS: _service,
    types.NAPTR: _naptr,
    **dict.fromkeys((types.DNSKEY, types.CDNSKEY, types.KEY, types.SIG, types.CERT), _base64),
    **dict.fromkeys((types.OPENPGPKEY, types.DHCID, types.IPSECKEY), _base64),
}
"""How data of each type are looked at."""
