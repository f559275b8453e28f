"""Records of DNS: as text, as people write them, and as they lie in a packet."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.wire

_CASELESS = frozenset(
    dns.rdatatype.from_text(mnemonic)
    for mnemonic in ("A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV")
)
"""Types made of names, addresses and numbers; in all others case may mean something."""


def record_text(record: dns.rdata.Rdata) -> str:
    """Return *record* in presentation form, lower-case where case has no meaning."""
    text = record.to_text()
    return text.lower() if record.rdtype in _CASELESS else text


def normal_name(name: dns.name.Name) -> str:
    """Return a name from the wire in normal form (see :mod:`mailcheck.names`)."""
    return name.to_text(omit_final_dot=True).lower()


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
        wire = self.wire
        at = self.current
        behind = 0
        labels = []
        while octet := wire[at]:
            if octet < 64:
                labels.append(wire[at + 1 : at + 1 + octet])
                at += octet + 1
            else:
                behind = behind or at + 2
                at = (octet & 63) << 8 | wire[at + 1]
        labels.append(b"")
        self.current = behind or at + 1
        return dns.name.Name(labels)


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
        records = []
        parser = _VerifiedParser(self.message)
        for offset, length in self.places:
            parser.current = parser.furthest = offset
            parser.end = offset + length
            records.append(made_of.from_wire_parser(dns.rdataclass.IN, rdtype, parser))
        return tuple(sorted(dict.fromkeys(records))) if len(records) > 1 else tuple(records)
