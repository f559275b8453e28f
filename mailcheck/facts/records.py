"""Records of DNS: as text, as people write them, and as they lie in a packet."""

from __future__ import annotations

from typing import NamedTuple

import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

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
        records = [
            dns.rdata.from_wire(dns.rdataclass.IN, rdtype, self.message, offset, length)
            for offset, length in self.places
        ]
        return tuple(sorted(dict.fromkeys(records))) if len(records) > 1 else tuple(records)
