"""Records of DNS: as text, as people write them, and as they lie in a packet."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import dns.ipv4
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

_A, _NS, _CNAME, _PTR, _MX = 1, 2, 5, 12, 15

_BEFORE_A_NAME = {_CNAME: 0, _MX: 2, _NS: 0, _PTR: 0}
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
def _kind(
    number: int,
) -> tuple[dns.rdataclass.RdataClass, dns.rdatatype.RdataType, type[dns.rdata.Rdata]]:
    """Return class, type and dnspython's class of the records whose type has *number*."""
    rdclass, rdtype = dns.rdataclass.IN, dns.rdatatype.RdataType.make(number)
    made_of = dns.rdata.get_rdata_class(  # type: ignore[no-untyped-call]  # not typed there
        rdclass, rdtype
    )
    return rdclass, rdtype, made_of


def _name(message: bytes, at: int) -> dns.name.Name:
    """Return a name that is known to come to an end."""
    name = dns.name.Name.__new__(dns.name.Name)
    name.__setstate__(  # type: ignore[no-untyped-call]  # not typed there
        {"labels": (*_labels(message, at), b"")}
    )
    return name


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
        records: dict[bytes, dns.rdata.Rdata] = {}
        for offset, length in self.places:
            made = self._record(offset, length)
            if len(self.places) == 1:
                return (made,)
            records.setdefault(self._canonical(offset, length), made)
        return tuple([made for _, made in sorted(records.items())])

    def _record(self, offset: int, length: int) -> dns.rdata.Rdata:
        """Make one record; of the usual types as unpickling does, which checks nothing once more."""
        message = self.message
        rdclass, rdtype, made_of = _kind(self.rdtype)
        state: dict[str, Any] = {"rdclass": rdclass, "rdtype": rdtype, "rdcomment": None}
        if rdtype == _MX:
            state["preference"] = message[offset] << 8 | message[offset + 1]
            state["exchange"] = _name(message, offset + 2)
        elif rdtype in _BEFORE_A_NAME:
            state["target"] = _name(message, offset)
        elif rdtype == _A:
            state["address"] = dns.ipv4.inet_ntoa(message[offset : offset + 4])
        else:
            parser = dns.wire.Parser(message, offset)
            with parser.restrict_to(length):
                return made_of.from_wire_parser(rdclass, rdtype, parser)
        made = made_of.__new__(made_of)
        made.__setstate__(state)  # type: ignore[no-untyped-call]  # not typed there
        return made

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
