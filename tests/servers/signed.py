"""Zones signed with DNSSEC, well and badly, and the keys to trust."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.dnssec
import dns.name
import dns.rdatatype
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dns.rdatatype import RdataType

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Signed:
    """A zone in master file format, and its key as a record that says what to trust."""

    text: str
    anchor: str


def sign(origin: str, text: str, *, expired: bool = False) -> Signed:
    """Sign the zone *text* with a new key; *expired* signatures ended yesterday."""
    zone = dns.zone.from_text(text, origin, relativize=False)
    name = dns.name.from_text(origin)
    private = ec.generate_private_key(ec.SECP256R1())
    key = dns.dnssec.make_dnskey(private.public_key(), "ECDSAP256SHA256", flags=257)
    now = datetime.datetime.now(datetime.UTC)
    with zone.writer() as writing:
        writing.add(name, 3600, key)
        dns.dnssec.sign_zone(
            zone,
            writing,
            keys=[(private, key)],
            add_dnskey=False,
            inception=now - (3 * DAY if expired else DAY),
            expiration=now - DAY if expired else now + DAY,
        )
    return Signed(zone.to_text(relativize=False), f"{name} 3600 IN DNSKEY {key}")


def without_signatures(text: str, origin: str, name: str, rdtype: RdataType) -> str:
    """Take the signatures of one RRset out of a signed zone."""
    zone = dns.zone.from_text(text, origin, relativize=False)
    zone.delete_rdataset(dns.name.from_text(name), dns.rdatatype.RRSIG, covers=rdtype)
    return zone.to_text(relativize=False)


def trusted_by_named(keys: Iterable[Signed]) -> str:
    """Return what named is to be told so that it trusts *keys*."""
    words = [signed.anchor.split() for signed in keys]
    lines = [f'{w[0]} static-key {" ".join(w[4:7])} "{"".join(w[7:])}";' for w in words]
    return f"trust-anchors {{ {' '.join(lines)} }};\n"
