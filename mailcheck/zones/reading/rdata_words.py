"""Words of a record's data that BIND reads and dnspython does not, as dnspython reads them."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING, TypeAlias

import dns.rdatatype as types

from mailcheck.zones.reading.lexing import Quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dns.rdatatype import RdataType

Word: TypeAlias = "Callable[[str], str]"
"""Returns another word for one that dnspython does not know, and any other as it is."""

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)

_DECIMAL = re.compile(r"(\d*)\.(\d*)", re.ASCII)

_ALGORITHMS = {"NSEC3DSA": 6, "NSEC3RSASHA1": 7, "ECDSA256": 13, "ECDSA384": 14}
_DIGESTS = {"SHA1": 1, "SHA256": 2, "GOST": 3, "SHA384": 4}
_PROTOCOLS = {"NONE": 0, "TLS": 1, "EMAIL": 2, "DNSSEC": 3, "IPSEC": 4, "ALL": 255}
_HASHES = {"SHA-1": 1}

_NAMED_BITS = {
    "NOCONF": 0x4000,
    "NOAUTH": 0x8000,
    "NOKEY": 0xC000,
    "EXTEND": 0x1000,
    "USER": 0,
    "ZONE": 0x100,
    "HOST": 0x200,
    "NTYP3": 0x300,
    "KSK": 1,
}

_FLAGS = {
    **_NAMED_BITS,
    **{f"FLAG{bit}": 1 << (15 - bit) for bit in (2, 4, 5, 8, 9, 10, 11)},
    **{f"SIG{number}": number for number in range(16)},
}
"""Of a key (RFC 2535 §3.1.2), joined by ``|``."""


def _among(names: Mapping[str, int]) -> Word:
    return lambda word: str(names.get(word.upper(), word))


def _digest(word: str) -> str:
    return str(_DIGESTS.get(word.upper().replace("-", ""), word))


def _flags(word: str) -> str:
    names = word.upper().split("|")
    if not _FLAGS.keys() >= set(names):
        return word
    flags = 0
    for name in names:
        flags |= _FLAGS[name]
    return str(flags)


def _covered(word: str) -> str:
    return f"TYPE{word}" if word.isdigit() else word


def _time(word: str) -> str:
    """Return a time of any year as seconds, of which 32 bits are left (RFC 4034 §3.1.5)."""
    match = _TIME.fullmatch(word)
    if match is None:
        return word
    year, month, day, hour, minute, second = map(int, match.groups())
    if not (1 <= month <= 12 and hour <= 23 and minute <= 59 and second <= 60 and day >= 1):
        return word
    # The calendar begins again every 400 years, of 146,097 days.
    as_if = year % 400 + 2000
    if day > calendar.monthrange(as_if, month)[1]:
        return word
    seconds = calendar.timegm((as_if, month, day, hour, minute, second))
    return str((seconds + (year // 400 - 5) * 146_097 * 86_400) % 2**32)


def _locator(word: str) -> str:
    parts = word.split(":")
    return ":".join(part.zfill(4) if part else part for part in parts)


def _eui(octets: int) -> Word:
    """Read as many octets; BIND does not look at what is behind them."""

    def word(text: str) -> str:
        parts = text.split("-")[:octets]
        return "-".join(part.zfill(2) if part else part for part in parts)

    return word


def _decimal(word: str) -> str:
    match = _DECIMAL.fullmatch(word)
    return f"{match[1] or 0}.{match[2] or 0}" if match else word


def _hexadecimal(word: str) -> str:
    return f"0x{word[2:]}" if word.startswith("0X") else word


_ALGORITHM, _PROTOCOL, _HASH = map(_among, (_ALGORITHMS, _PROTOCOLS, _HASHES))
_KEY = (_flags, _PROTOCOL, _ALGORITHM)
_SIGNED = (_covered, _ALGORITHM, None, None, _time, _time)

_WORDS: Mapping[RdataType, Sequence[Word | None]] = {
    **dict.fromkeys((types.DS, types.CDS, types.DLV), (None, _ALGORITHM, _digest)),
    **dict.fromkeys((types.DNSKEY, types.CDNSKEY, types.KEY), _KEY),
    **dict.fromkeys((types.RRSIG, types.SIG), _SIGNED),
    **dict.fromkeys((types.NSEC3, types.NSEC3PARAM), (_HASH,)),
    **dict.fromkeys((types.NID, types.L64), (None, _locator)),
    types.EUI48: (_eui(6),),
    types.EUI64: (_eui(8),),
    types.CERT: (None, None, _ALGORITHM),
    types.LOC: (_decimal,) * 6,
    types.NSAP: (_hexadecimal,),
}
"""What may be written for the first fields of a type."""


def _is_number(fields: Sequence[str]) -> bool:
    return any(field.isdigit() and not isinstance(field, Quoted) for field in fields)


def reworded(rdtype: RdataType, fields: Sequence[str]) -> list[str] | None:
    """Return the *fields* of data in dnspython's words; None if they are that already."""
    if rdtype == types.TXT and fields[:1] == ["\\#"] and not _is_number(fields[1:2]):
        return ["\\035", *fields[1:]]  # a text that begins with an escaped number sign
    words = _WORDS.get(rdtype, ())
    found = [word(field) if word else field for word, field in zip(words, fields, strict=False)]
    found += fields[len(found) :]
    return found if found != list(fields) else None
