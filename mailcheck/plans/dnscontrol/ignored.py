"""What DNSControl leaves alone in a domain: ``NO_PURGE``, ``IGNORE()``, ``ENSURE_ABSENT``.

By ``pkg/diff2/handsoff.go``: with NO_PURGE it deletes nothing of names and types that the
configuration does not have, but what is said to be absent; records that match an IGNORE stay,
whatever else is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.dnscontrol.record import is_official
from mailcheck.plans.fields import Fields
from mailcheck.plans.names import name_in
from mailcheck.plans.plan import PlannedRRset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.errors import Place

_GLOB = frozenset("*?[]{}!\\")

_USUAL = ("A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV", "TLSA", "TXT")
"""Types that a pattern without types is about, as far as mail is concerned."""

_NOT_AT_APEX = ("CNAME", "NS", "SOA")

_KEPT = "records that DNSControl ignores, as they are live"


def is_whole(domain: Fields) -> bool:
    """Whether nothing is left alone but RRsets that can be named.

    Raises:
        ValueError: if it cannot be read.
    """
    return not (
        domain.flag("keepunknown")
        or domain.flag("ignore_external_dns")
        or any(_GLOB & set(_label(one)) for one in domain.items("unmanaged"))
    )


def left_alone(domain: Fields, zone: str, place: Place) -> Iterator[PlannedRRset]:
    """Yield the RRsets that are left alone, of which nobody says what is in them.

    Raises:
        ValueError: if it cannot be read.
    """
    for one in domain.items("unmanaged"):
        label = _label(one)
        if _GLOB & set(label):
            continue
        name = name_in(label, zone)
        said = Fields.of(one).text("rType_pattern", "*")
        types = [part.strip().upper() for part in said.split(",")]
        for rdtype in _USUAL if said in ("", "*") else types:
            # The provider keeps the NS records of the zone itself, and there is no CNAME beside them.
            if is_official(rdtype) and not (name == zone and rdtype in _NOT_AT_APEX):
                yield PlannedRRset(zone, name, rdtype, 0, place, unknown=_KEPT)


def _label(pattern: object) -> str:
    """Return the pattern of names; without one it is about all."""
    return Fields.of(pattern).text("label_pattern", "") or "*"
