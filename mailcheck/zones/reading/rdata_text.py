"""Names, TTLs and data of records from the fields of a master file.

dnspython reads the data of all types; what it is handed is fields that are cut already. Names
without escapes, of which a zone has most, are made here: the same, and several times as fast.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer
from dns.tokenizer import EOL, IDENTIFIER, QUOTED_STRING, Token

from mailcheck.zones.reading.lexing import Quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dns.rdatatype import RdataType

MAX_RDATA = 65_535

_IN_QUOTES = {dns.rdatatype.CAA: (1, False), dns.rdatatype.URI: (2, True)}
"""Where BIND asks for quotes or for none, and dnspython does not mind."""

_LOOKED_AT = frozenset(
    {
        *(dns.rdatatype.X25, dns.rdatatype.LOC, dns.rdatatype.NSAP, dns.rdatatype.APL),
        *(dns.rdatatype.RRSIG, dns.rdatatype.NSEC, dns.rdatatype.NSEC3, dns.rdatatype.NAPTR),
        *(dns.rdatatype.SVCB, dns.rdatatype.HTTPS, dns.rdatatype.DNSKEY, dns.rdatatype.CDNSKEY),
        *(dns.rdatatype.KEY, dns.rdatatype.SIG, dns.rdatatype.CERT, dns.rdatatype.OPENPGPKEY),
        *(dns.rdatatype.DHCID, dns.rdatatype.IPSECKEY),
    }
)
"""Types of which dnspython takes data that BIND refuses."""

_LEAST = {
    **dict.fromkeys((7, 8, 9, 30, 31, 32, 38, 49, 61, 67, 68), 1),  # names, addresses, any octets
    **dict.fromkeys((14, 34, 58), 2),  # two names, the address of a kind
    40: 3,
    **dict.fromkeys((52, 53), 4),
    **dict.fromkeys((25, 48, 57, 60), 5),  # keys
    37: 6,
    259: 10,
    32768: 5,
}
"""Octets of data in the form of RFC 3597, of types of which dnspython takes fewer than BIND."""

_TTL = re.compile(r"(?:\d+[wdhms])*(?:\d+)?", re.ASCII | re.IGNORECASE)
_PART = re.compile(r"(\d+)([wdhms]?)", re.ASCII)
_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1, "": 1}

_END = Token(EOL, "\n")


def seconds(text: str) -> int | None:
    """Return the seconds of a TTL such as ``3600`` or ``1h30m``, None if it is none.

    As named reads it: 32 bits, units in any order, and a number without unit only where all before
    it are 0.
    """
    if len(text) > 63 or not text or _TTL.fullmatch(text) is None:
        return None
    total = 0
    for digits, unit in _PART.findall(text.lower()):
        if total and not unit:
            return None
        total += int(digits) * _SECONDS[unit]
    return total if total < 2**32 else None


class Names:
    """Names from text, each made once for an origin."""

    def __init__(self) -> None:
        self._made: dict[dns.name.Name | None, dict[str, dns.name.Name]] = {}

    def name(self, text: str, origin: dns.name.Name | None) -> dns.name.Name:
        """Return the absolute name that *text* is below *origin*.

        Raises:
            dns.exception.DNSException: if it is no name.
            ValueError: if it is relative and there is no origin.
        """
        made = self._made.setdefault(origin, {})
        name = made.get(text)
        if name is None:
            name = made[text] = _name(text, origin)
        return name


def _name(text: str, origin: dns.name.Name | None) -> dns.name.Name:
    if not text:
        raise ValueError("a name is empty")
    if "\\" in text or text in ("@", "."):
        name = dns.name.from_text(text, origin)
    else:
        labels = text.encode("ascii").split(b".")
        if labels[-1] and origin is not None:
            labels += origin.labels
        name = dns.name.Name(labels)
    if not name.is_absolute():
        raise ValueError("the name is relative, and nothing says to what")
    return name


class Fields(dns.tokenizer.Tokenizer):
    """Hands dnspython the fields of one record after the other."""

    def __init__(self, names: Names) -> None:
        super().__init__("", "")
        self._names = names
        self._fields: Sequence[str] = ()
        self._next = 0

    def get(
        self,
        want_leading: bool = False,  # noqa: FBT001, FBT002  as it is called by dnspython
        want_comment: bool = False,  # noqa: FBT001, FBT002  as it is called by dnspython
    ) -> Token:
        """Return the next field; there are no comments, and no blanks."""
        del want_leading, want_comment
        index = self._next
        self._next = index + 1
        if index >= len(self._fields):
            return _END
        field = self._fields[index]
        kind = QUOTED_STRING if isinstance(field, Quoted) else IDENTIFIER
        return Token(kind, str(field), "\\" in field)

    def unget(self, token: Token) -> None:
        """Go back before *token*, the last one."""
        del token
        self._next -= 1

    def as_name(
        self,
        token: Token,
        origin: dns.name.Name | None = None,
        relativize: bool = False,  # noqa: FBT001, FBT002  as it is called by dnspython
        relativize_to: dns.name.Name | None = None,
    ) -> dns.name.Name:
        """Return the absolute name that *token* is."""
        del relativize, relativize_to
        if not token.is_identifier():
            end = token.is_eol_or_eof()
            raise ValueError("its data end too early" if end else "a name stands without quotes")
        return self._names.name(token.value, origin)

    def rdata(
        self, rdtype: RdataType, fields: Sequence[str], start: int, origin: dns.name.Name
    ) -> dns.rdata.Rdata:
        """Return the data that *fields* from *start* on are.

        Raises:
            dns.exception.DNSException: if they are none of that type.
        """
        try:
            rdata = self._read(rdtype, fields, start, origin)
        except (dns.exception.DNSException, ValueError):
            other = self._otherwise(rdtype, fields[start:], origin)
            if other is None:
                raise
            rdata = other
        if rdtype in _IN_QUOTES and fields[start] != "\\#":
            at, quoted = _IN_QUOTES[rdtype]
            if isinstance(fields[start + at], Quoted) is not quoted:
                raise ValueError(f"its word {at + 1} stands {'in' if quoted else 'without'} quotes")
        if fields[start : start + 1] == ["\\#"] and len(rdata.to_wire() or b"") < _LEAST.get(
            rdtype, 0
        ):
            raise ValueError(f"its data are shorter than {_LEAST[rdtype]} octets")
        if rdtype in _LOOKED_AT:
            # Imported late: most zones have none of these types.
            from mailcheck.zones.reading.rdata_refused import refused

            if why := refused(rdata, fields[start:]):
                raise ValueError(why)
        if sum(map(len, fields)) > MAX_RDATA and len(rdata.to_wire() or b"") > MAX_RDATA:
            raise ValueError(f"its data are longer than {MAX_RDATA} octets")
        return rdata

    def _read(
        self, rdtype: RdataType, fields: Sequence[str], start: int, origin: dns.name.Name
    ) -> dns.rdata.Rdata:
        self._fields, self._next = fields, start
        return dns.rdata.from_text(dns.rdataclass.IN, rdtype, self, origin, relativize=False)

    def _otherwise(
        self, rdtype: RdataType, fields: Sequence[str], origin: dns.name.Name
    ) -> dns.rdata.Rdata | None:
        """Read what dnspython does not take as BIND does; None if BIND does not take it either."""
        # Imported late: most zones have no such data.
        from mailcheck.zones.reading.rdata_own import own_data, split_service
        from mailcheck.zones.reading.rdata_words import reworded

        with suppress(dns.exception.DNSException, ValueError, LookupError):
            if words := reworded(rdtype, fields):
                return self._read(rdtype, words, 0, origin)
        with suppress(dns.exception.DNSException, ValueError, LookupError, OverflowError):
            if rdtype in (dns.rdatatype.SVCB, dns.rdatatype.HTTPS):
                left, priority, taken = split_service(fields)
                read: Any = self._read(rdtype, left, 0, origin)
                params = {**read.params, **taken}
                changed: dns.rdata.Rdata = read.replace(priority=priority, params=params)
                return changed
            return own_data(
                rdtype,
                reworded(rdtype, fields) or fields,
                lambda text: self._names.name(text, origin),
            )
        return None


_CLAUSES = {
    "Text input is malformed": "its data do not fit its type",
    "Text input ended unexpectedly": "its data end too early",
    "expecting an identifier": "its data end too early",
    "expecting an integer": "a number is missing in its data",
}
"""What dnspython says of data, in words of who writes zone files."""


def clause(error: Exception) -> str:
    """Say as a clause why data cannot be read."""
    text = str(error).rstrip(".")
    return _CLAUSES.get(text, text)
