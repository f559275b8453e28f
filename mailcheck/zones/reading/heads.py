"""What stands between the name of a record and its data: TTL, class and type (RFC 1035 §5.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import dns.exception
import dns.rdatatype

from mailcheck.evidence import visible
from mailcheck.zones.reading.lexing import Quoted
from mailcheck.zones.reading.rdata_text import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dns.rdatatype import RdataType

_CLASSES = frozenset({"IN", "CH", "CHAOS", "HS", "HESIOD", "ANY", "NONE", "RESERVED0"})
_NUMBERED_CLASS = re.compile(r"CLASS\d{1,5}", re.ASCII)
_REFUSED = frozenset({dns.rdatatype.NONE, dns.rdatatype.MD, dns.rdatatype.MF})
"""No type, and obsolete ones that no server loads (RFC 1123 §6.1.2.2)."""

A_RECORD = "expected NAME [TTL] [IN] TYPE DATA"


class UnreadableError(Exception):
    """An entry cannot be read: why, as a clause, and what would have been expected."""

    def __init__(self, what: str, expected: str = A_RECORD) -> None:
        super().__init__(what)
        self.expected = expected


class Heads:
    """Reads TTL, class and type; those words of a file are few, and each is understood once."""

    def __init__(self) -> None:
        self._types: dict[str, RdataType] = {}
        self._ttls: dict[str, int | None] = {}

    def read(self, fields: Sequence[str], at: int) -> tuple[RdataType, int, int | None]:
        """Return type, where the data begin, and the TTL if one is written.

        TTL and class stand in any order (RFC 1035 §5.1).
        """
        ttl: int | None = None
        field = _field(fields, at)
        rdtype = self._types.get(field)
        if rdtype is not None:
            return rdtype, at + 1, None
        classes = 0
        if _is_class(field):
            _refuse_class(field)
            classes, at = 1, at + 1
            field = _field(fields, at)
        if field not in self._ttls:
            self._ttls[field] = seconds(field)
        ttl = self._ttls[field]
        if ttl is not None:
            at += 1
            field = _field(fields, at)
        if not classes and _is_class(field):
            _refuse_class(field)
            at += 1
            field = _field(fields, at)
        rdtype = self._types.get(field)
        if rdtype is None:
            rdtype = self._types[field] = _type(field)
        return rdtype, at + 1, ttl


def _field(fields: Sequence[str], at: int) -> str:
    if at >= len(fields):
        raise UnreadableError("its type is missing")
    field = fields[at]
    if isinstance(field, Quoted):
        raise UnreadableError(f'"{visible(field, 20)}" stands in quotes before the data')
    return field


def _is_class(field: str) -> bool:
    upper = field.upper()
    return upper in _CLASSES or _NUMBERED_CLASS.fullmatch(upper) is not None


def _refuse_class(field: str) -> None:
    if field.upper() not in ("IN", "CLASS1", "CLASS0", "RESERVED0"):
        raise UnreadableError(f"its class is {visible(field, 20)}", "expected IN, or no class")


def _type(field: str) -> RdataType:
    try:
        rdtype = dns.rdatatype.from_text(field)
    except (dns.exception.DNSException, ValueError):
        # Imported late: most zones have no such type.
        from mailcheck.zones.reading.rdata_own import OWN_TYPES

        if own := OWN_TYPES.get(field.upper()):
            return own
        raise UnreadableError(f"there is no type {visible(field, 20)}") from None
    if dns.rdatatype.is_metatype(rdtype) or rdtype in _REFUSED:
        raise UnreadableError(f"{visible(field, 20)} is no type of data in a zone")
    return rdtype
