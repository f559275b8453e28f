"""A zone and what stands in it under a name (RFC 1034 §4.3.2 step 3, RFC 4592, RFC 6672)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

import dns.name
import dns.rdatatype
import dns.rrset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dns.rdatatype import RdataType

Kind: TypeAlias = Literal["data", "alias", "dname", "delegation", "nodata", "nxdomain"]

Node: TypeAlias = "Mapping[RdataType, dns.rrset.RRset]"
"""The RRsets of one name by type."""

_STAR = dns.name.Name((b"*",))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a lookup found.

    ``rrset`` is the data, the CNAME, the DNAME above the name, or the NS records of the cut; under
    the name that was looked up if a wildcard gave it. ``wildcard`` is the name it has in the zone then.
    """

    kind: Kind
    rrset: dns.rrset.RRset | None = None
    wildcard: dns.name.Name | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """One copy of a zone.

    ``nodes`` holds what was written; ``names`` every name that exists, which includes the empty
    non-terminals above names that were written (RFC 4592 §2.2.2). RRsets are never changed.
    """

    origin: dns.name.Name
    nodes: Mapping[dns.name.Name, Node]
    names: frozenset[dns.name.Name]

    @classmethod
    def of(cls, origin: dns.name.Name, rrsets: Iterable[dns.rrset.RRset]) -> Self:
        """Make a zone of RRsets that all lie in it, SOA and NS of *origin* among them."""
        nodes: dict[dns.name.Name, dict[RdataType, dns.rrset.RRset]] = {}
        for rrset in rrsets:
            nodes.setdefault(rrset.name, {})[rrset.rdtype] = rrset
        names = {origin}
        for owner in nodes:
            name = owner
            while name not in names:
                names.add(name)
                name = name.parent()
        return cls(origin, nodes, frozenset(names))

    def holds(self, name: dns.name.Name) -> bool:
        """Whether *name* is at or below the zone's origin."""
        return name.is_subdomain(self.origin)

    def lookup(self, name: dns.name.Name, rdtype: RdataType) -> Outcome:
        """Decide what the zone says about *name*, which it :meth:`holds`."""
        above = self._above(name, rdtype)
        if above is not None:
            return above
        if name in self.names:
            return _choose(self.nodes.get(name, {}), rdtype)
        encloser = name.parent()
        while encloser not in self.names:
            encloser = encloser.parent()
        source = _STAR.concatenate(encloser)
        if source not in self.names:
            return Outcome("nxdomain")
        outcome = _choose(self.nodes.get(source, {}), rdtype)
        if outcome.rrset is None:
            return outcome
        return Outcome(outcome.kind, _renamed(outcome.rrset, name), source)

    def is_delegated(self, name: dns.name.Name) -> bool:
        """Whether *name* lies at or below a cut, so that what is written there is glue."""
        above = self._above(name, dns.rdatatype.A)
        return above is not None and above.kind == "delegation"

    def rrset(self, name: dns.name.Name, rdtype: RdataType) -> dns.rrset.RRset | None:
        """Return what is written at *name*, glue below a cut included, no wildcard."""
        return self.nodes.get(name, {}).get(rdtype)

    def apex_ns(self) -> dns.rrset.RRset:
        """Return the zone's own NS records."""
        return self.nodes[self.origin][dns.rdatatype.NS]

    def denial(self) -> dns.rrset.RRset:
        """Return the SOA of a negative answer, its TTL bounded by MINIMUM (RFC 2308 §3)."""
        soa = self.nodes[self.origin][dns.rdatatype.SOA]
        denial = _renamed(soa, self.origin)
        denial.update_ttl(min(soa.ttl, soa[0].minimum))
        return denial

    def _above(self, name: dns.name.Name, rdtype: RdataType) -> Outcome | None:
        """Return the topmost delegation at or above *name*, or the DNAME above it, if there is one.

        The DS of a cut is the parent's own data (RFC 4035 §3.1.4.1). What a DNAME stands for lies
        below it, never at its own name (RFC 6672 §2.3).
        """
        for labels in range(len(self.origin), len(name) + 1):
            at = name.split(labels)[1]
            node = self.nodes.get(at, {})
            is_cut = dns.rdatatype.NS in node and at != self.origin
            if is_cut and not (at == name and rdtype == dns.rdatatype.DS):
                return Outcome("delegation", node[dns.rdatatype.NS])
            if dns.rdatatype.DNAME in node and at != name:
                return Outcome("dname", node[dns.rdatatype.DNAME])
        return None


def _choose(node: Node, rdtype: RdataType) -> Outcome:
    if rdtype in node:
        return Outcome("data", node[rdtype])
    if dns.rdatatype.CNAME in node:
        return Outcome("alias", node[dns.rdatatype.CNAME])
    return Outcome("nodata")


def _renamed(rrset: dns.rrset.RRset, owner: dns.name.Name) -> dns.rrset.RRset:
    copy = dns.rrset.RRset(owner, rrset.rdclass, rrset.rdtype)
    copy.update(rrset)  # type: ignore[no-untyped-call]  # not typed in dnspython
    return copy
