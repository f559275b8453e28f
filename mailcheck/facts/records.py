"""Records of DNS: as text, as people write them, and as they lie in a packet."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CASELESS = frozenset(
    dns.rdatatype.from_text(mnemonic)
    for mnemonic in ("A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV")
)
"""Types made of names, addresses and numbers; in all others case may mean something."""

_BEFORE_A_NAME: dict[int, int] = {
    dns.rdatatype.CNAME: 0,
    dns.rdatatype.MX: 2,
    dns.rdatatype.NS: 0,
    dns.rdatatype.PTR: 0,
}
"""Types whose data ends with a name: how many octets stand before it."""

_USUAL = re.compile(rb"[A-Za-z0-9._-]+")
"""What a name is made of that is spelled as it lies in the packet."""


def record_text(record: dns.rdata.Rdata) -> str:
    """Return *record* in presentation form, lower-case where case has no meaning."""
    text = record.to_text()
    return text.lower() if record.rdtype in _CASELESS else text


def normal_name(name: dns.name.Name) -> str:
    """Return a name from the wire in normal form (see :mod:`mailcheck.names`)."""
    return _normal(name.labels[:-1])


def _normal(labels: Sequence[bytes]) -> str:
    """Do the same for a name's *labels*, without that of the root."""
    text = b".".join(labels)
    # A label may hold a dot, which is escaped.
    if _USUAL.fullmatch(text) and text.count(b".") == len(labels) - 1:
        return text.decode().lower()
    return dns.name.Name([*labels, b""]).to_text(omit_final_dot=True).lower()


def exchanges(records: Iterable[Any]) -> list[tuple[int, str]]:
    """Return preference and exchange, in normal form, of MX *records*, each once and in order."""
    return sorted({(record.preference, normal_name(record.exchange)) for record in records})


def _labels(message: bytes, at: int) -> list[bytes]:
    """Return the labels, without that of the root, of a name that is known to come to an end."""
    labels = []
    while octet := message[at]:
        if octet < 64:
            labels.append(message[at + 1 : at + 1 + octet])
            at += octet + 1
        else:
            at = (octet & 63) << 8 | message[at + 1]
    return labels


def record(rdtype: str, text: str) -> dns.rdata.Rdata:
    """Return the record that *text* spells in presentation form."""
    return dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(rdtype), text)


@cache
def _class_of(rdtype: dns.rdatatype.RdataType) -> type[dns.rdata.Rdata]:
    found: type[dns.rdata.Rdata] = dns.rdata.get_rdata_class(  # type: ignore[no-untyped-call]  # not typed there
        dns.rdataclass.IN, rdtype
    )
    return found


class _VerifiedParser(dns.wire.Parser):
    """Reads names of a message in which every name is known to come to an end.

    dnspython's own reading of a name, octet by octet with its checks, is half of what an MX record
    costs.
    """

    def get_name(
        self,
        origin: dns.name.Name | None = None,  # noqa: ARG002  nothing here is relative
        decompress: bool = False,  # noqa: ARG002, FBT001, FBT002  as the class has it
    ) -> dns.name.Name:
        """Read the name at the current offset, following compression pointers."""
        labels = _labels(self.wire, self.current)
        while 0 < (octet := self.wire[self.current]) < 64:
            self.current += octet + 1
        self.current += 2 if octet else 1
        return dns.name.Name([*labels, b""])


class PackedRecords(NamedTuple):
    """An RRset of class IN in the message that brought it.

    ``places`` are offset and length of each record's data, which whoever packs them has found to
    be well-formed: most answers of a large run are never looked at beyond what they say.
    """

    message: bytes
    rdtype: int
    places: tuple[tuple[int, int], ...]

    def unpacked(self) -> tuple[dns.rdata.Rdata, ...]:
        """Return the records, each once, in the canonical order of DNSSEC (RFC 4034 §6.3)."""
        rdtype = dns.rdatatype.RdataType.make(self.rdtype)
        made_of = _class_of(rdtype)
        records: dict[bytes, dns.rdata.Rdata] = {}
        parser = _VerifiedParser(self.message)
        for offset, length in self.places:
            parser.current = parser.furthest = offset
            parser.end = offset + length
            made = made_of.from_wire_parser(dns.rdataclass.IN, rdtype, parser)
            if len(self.places) == 1:
                return (made,)
            records.setdefault(self._canonical(offset, length), made)
        return tuple([made for _, made in sorted(records.items())])

    def exchanges(self) -> list[tuple[int, str]]:
        """Read MX records without making anything of them but what most judges want to know."""
        message = self.message
        return sorted(
            {
                (message[at] << 8 | message[at + 1], _normal(_labels(message, at + 2)))
                for at, _ in self.places
            }
        )

    def _canonical(self, offset: int, length: int) -> bytes:
        """Return one record's data without compression, and names in it in lower case."""
        octets = self.message[offset : offset + length]
        if self.rdtype not in _BEFORE_A_NAME:
            return octets
        before = _BEFORE_A_NAME[self.rdtype]
        labels = _labels(self.message, offset + before)
        return octets[:before] + b"".join([bytes((len(x),)) + x.lower() for x in labels])
