"""The zones above those of a lab, of which one thing is known: they publish nothing for protocols.

A receiver that looks for a DMARC policy asks up to the registry (RFC 9989 §4.10), and few registries
answer. So that a lab need not tell of ``com`` to tell of ``example.com``, underscored names
(RFC 8552) of registries do not exist in it; whatever else they have is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rrset

if TYPE_CHECKING:
    from collections.abc import Iterable


def registry_of(name: str, zones: Iterable[str]) -> str:
    """Return the domain above one of *zones* of which *name* is an underscored name, if it is one.

    All are in normal form; the empty text stands for none. The root is no registry here.
    """
    labels = name.split(".")
    while labels and labels[0].startswith("_"):
        labels = labels[1:]
    registry = ".".join(labels)
    if not registry or registry == name:
        return ""
    return registry if any(zone.endswith(f".{registry}") for zone in zones) else ""


def soa_of(registry: str) -> dns.rrset.RRset:
    """Return the SOA record that comes with a denial of *registry*, made up."""
    return dns.rrset.from_text(f"{registry}.", 3600, "IN", "SOA", ". . 1 7200 900 1209600 300")
