"""A zone as a file says it will be, and what its servers will say then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import dns.name
import dns.rdataclass
import dns.rdatatype
from dns.rdtypes.ANY.CNAME import CNAME

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer, NameServer
from mailcheck.facts.records import normal_name, record_text
from mailcheck.names import parse_address
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dns.rdata import Rdata
    from dns.rdatatype import RdataType
    from dns.rrset import RRset

    from mailcheck.facts.dns import Status
    from mailcheck.zones.fault import Fault
    from mailcheck.zones.placed import PlacedRecord
    from mailcheck.zones.zone import Outcome, Zone

Written: TypeAlias = "tuple[dns.name.Name, RdataType]"
"""An RRset, by the name and type under which it stands in its zone."""

MAX_OCTETS = 255
"""Octets of a name on the wire (RFC 1035 §2.3.4)."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A name lies below a zone: in the zone *below*, with its servers and what is known of them."""

    below: str
    hosts: tuple[str, ...]
    glue: tuple[NameServer, ...]
    seen: Evidence

    def is_to(self, server: NameServer) -> bool:
        """Whether *server* is one of those that will have what is delegated."""
        return server.name in self.hosts or any(s.address == server.address for s in self.glue)


@dataclass(frozen=True, slots=True)
class ProposedZone:
    """A whole zone: what is not in it will not exist.

    ``records`` are those of each RRset of ``zone``, with their lines. ``zone`` is None if no server
    would load it, for reasons that are among its ``faults``. ``claims`` say of other zones that the
    file seems to be why it is none of theirs; ``read_as`` reads one that was given by itself as the
    file of another zone. One that only seems to be in the file is ``of`` the zone that is there.
    """

    origin: str
    file: str
    zone: Zone | None
    records: Mapping[Written, Sequence[PlacedRecord]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    claims: Mapping[str, Fault] = field(default_factory=dict)
    read_as: Callable[[str], ProposedZone] | None = None
    of: str = ""

    @property
    def by(self) -> str:
        """Who proposes it."""
        return self.file

    @property
    def not_loaded(self) -> tuple[ProposedZone, ...]:
        """The other zones that the file seems to be: what is asked of them must not be today's."""
        claims = self.claims.items()
        return tuple(
            ProposedZone(zone, self.file, None, faults=(why,), of=self.origin)
            for zone, why in claims
        )

    async def answer(self, name: str, rdtype: str) -> ProposedAnswer | Cut:
        """Do the same as :meth:`said`, as others do who have to ask somebody."""
        return self.said(name, rdtype)

    def said(self, name: str, rdtype: str) -> ProposedAnswer | Cut:
        """Return what the zone's servers will say about *name*, which is at or below its origin.

        An alias is not followed: what its target holds is asked anew.

        Raises:
            NotObserved: if no server would load the zone, or the alias of a DNAME is too long.
        """
        if self.zone is None:
            raise NotObserved(unloaded(self.file, f"no server would load {self.file}", self.faults))
        asked, wanted = dns.name.from_text(name), dns.rdatatype.from_text(rdtype)
        found = self.zone.lookup(asked, wanted)
        if found.rrset is None:
            return self._denial(name, rdtype, found)
        seen = self._seen(found.rrset, found.wildcard)
        match found.kind:
            case "delegation":
                return self._cut(found.rrset, seen)
            case "alias":
                return self._alias(name, rdtype, found.rrset, found.rrset[0].target, seen)
            case "dname":
                target = _substituted(asked, found.rrset)
                if wanted != dns.rdatatype.CNAME:
                    return self._alias(name, rdtype, found.rrset, target, seen)
                made = CNAME(  # type: ignore[no-untyped-call]  # not typed in dnspython
                    dns.rdataclass.IN, wanted, target
                )
                return self._data(name, rdtype, (made,), found.rrset.ttl, seen)
        return self._data(name, rdtype, tuple(sorted(found.rrset)), found.rrset.ttl, seen)

    def _data(
        self, name: str, rdtype: str, records: tuple[Rdata, ...], ttl: int, seen: Evidence
    ) -> ProposedAnswer:
        answer = DnsAnswer(name, rdtype, "data", records, ttl=ttl, authoritative=True)
        return self._resting_on(answer, seen)

    def _denial(self, name: str, rdtype: str, found: Outcome) -> ProposedAnswer:
        assert self.zone is not None
        status: Status = "nxdomain" if found.kind == "nxdomain" else "nodata"
        answer = DnsAnswer(name, rdtype, status, authoritative=True, denier=self.origin)
        soa = self.zone.rrset(self.zone.origin, dns.rdatatype.SOA)
        assert soa is not None
        seen = replace(self._seen(soa, None), source=f"proposed, {self.file}")
        return self._resting_on(answer, seen)

    def _cut(self, servers: RRset, seen: Evidence) -> Cut:
        assert self.zone is not None
        hosts = tuple(sorted(normal_name(record.target) for record in servers))
        glue = []
        for record in servers:
            for rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA):
                found = self.zone.rrset(record.target, rdtype)
                for address in sorted(found or ()):
                    name = normal_name(record.target)
                    glue.append(NameServer(parse_address(address.address), name))
        below = normal_name(servers.name)
        shown = ", ".join(f"{visible(host)}." for host in hosts)
        subject = f"{visible(below)} NS"
        return Cut(below, hosts, tuple(glue), replace(seen, subject=subject, result=shown))

    def _alias(
        self, name: str, rdtype: str, rrset: RRset, target: dns.name.Name, seen: Evidence
    ) -> ProposedAnswer:
        alias = normal_name(target)
        answer = DnsAnswer(
            name, rdtype, "nodata", aliases=(alias,), ttl=rrset.ttl, authoritative=True
        )
        kind = dns.rdatatype.to_text(rrset.rdtype)
        by = "" if kind == "CNAME" else f" by the DNAME of {visible(normal_name(rrset.name))}"
        result = f"alias of {visible(alias)}{by}"
        line = replace(seen, subject=f"{visible(name)} {rdtype}", result=result)
        return ProposedAnswer.resting_on(answer, line)

    def _resting_on(self, answer: DnsAnswer, seen: Evidence) -> ProposedAnswer:
        [said] = answer.evidence
        line = replace(seen, subject=said.subject, result=said.result)
        return ProposedAnswer.resting_on(answer, line)

    def _seen(self, rrset: RRset, wildcard: dns.name.Name | None) -> Evidence:
        """Return a line that says where *rrset* is written; the caller says what it says."""
        records = self.records.get((wildcard or rrset.name, rrset.rdtype), ())
        if not records:
            return Evidence("", "", f"proposed, {self.file}")
        place = records[0].place
        several = tuple((visible(record_text(one.rdata)), one.place) for one in records)
        parts = several if len(several) > 1 else ()
        where = f"proposed, {place.line_of}"
        return Evidence("", "", where, place=place, parts=parts)


def unloaded(file: str, text: str, faults: tuple[Fault, ...]) -> Unobserved:
    """Return what stands for all that the zone in *file* would say, by the first fault that refuses.

    *text* says what is the matter with the file.
    """
    first = next((fault for fault in faults if fault.refuses), None)
    seen = (first.evidence(file),) if first else ()
    why = f": {first.text}" if first else ""
    return Unobserved("zone-does-not-load", f"{text}{why}", seen, shared=f"zone {file}")


def _substituted(name: dns.name.Name, dname: RRset) -> dns.name.Name:
    """Return what *name* is an alias of by a DNAME above it (RFC 6672 §2.2).

    Raises:
        NotObserved: if that is too long for a name.
    """
    below = name.relativize(dname.name)
    try:
        return below.concatenate(dname[0].target)
    except dns.name.NameTooLong:
        text = f"{visible(normal_name(name))} would be an alias of more than {MAX_OCTETS} octets"
        raise NotObserved(Unobserved("yxdomain", text)) from None
