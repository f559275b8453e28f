"""Answers of a patched zone, each with the lines it rests on: the patch's, or live ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.CNAME
from dns.rdatatype import CNAME, RdataType

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.records import normal_name
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved
from mailcheck.world.proposed.patch.copied import Copied
from mailcheck.world.proposed.zone import MAX_OCTETS

if TYPE_CHECKING:
    from mailcheck.errors import Place
    from mailcheck.facts.dns import Status
    from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch, PlacedRRset


class Written(NamedTuple):
    """An RRset that will be in the zone: by the patch, or else as its servers show it live."""

    proposed: PlacedRRset | None
    live: DnsAnswer | None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words the answer to *name* and *rdtype*; *now* is what the servers say to that today.

    Where that will not change, it is the answer. It is None if they need not be asked.
    """

    patch: Patch
    name: dns.name.Name
    rdtype: RdataType
    now: DnsAnswer | Unobserved | None = None

    def found(self, rdtype: RdataType, written: Written, *, beside_live: bool = False) -> DnsAnswer:
        """Return what the RRset of *rdtype* says, which is that of the name or of its wildcard.

        Of one that is *beside_live* records, some of its own are live.
        """
        if written.proposed:
            rrset, place = written.proposed
            if rdtype != self.rdtype:
                line = self._line(place)
                return self._alias(normal_name(rrset[0].target), rrset.ttl, line)
            records = tuple(sorted(rrset))
            made = replace(self._blank("data"), records=records, ttl=rrset.ttl)
            line = self._line(place)
            more = ", beside records that are live" if beside_live else ""
            return self._resting_on(made, replace(line, source=f"{line.source}{more}"))
        live = written.live
        assert live is not None
        [seen] = live.evidence
        line = replace(seen, source=f"live, {seen.source}")
        if rdtype != self.rdtype:
            target = live.texts[0].removesuffix(".") or "."
            if isinstance(self.now, DnsAnswer) and self.now.aliases == (target,):
                return self.now
            return self._alias(target, live.ttl, line)
        made = replace(
            self._blank("data"), records=live.records, ttl=live.ttl, cut_short=live.cut_short
        )
        if self._is_now(made):
            return self.as_now()
        return ProposedAnswer.resting_on(made, line)

    def copied(self, rdtype: RdataType, flattened: FlattenedRRset) -> Copied:
        """Return whose records of *rdtype* stand at the name, or at its wildcard."""
        return Copied(
            normal_name(self.name),
            self._kind(),
            dns.rdatatype.to_text(rdtype),
            normal_name(flattened.target),
            flattened.ttl,
            self.patch.origin,
            self._line(flattened.place),
        )

    def substituted(self, dname: PlacedRRset) -> ProposedAnswer:
        """Return what the name is by a DNAME above it (RFC 6672 §2.2).

        Raises:
            NotObserved: if that is too long for a name.
        """
        rrset, place = dname
        above = normal_name(rrset.name)
        try:
            target = self.name.relativize(rrset.name).concatenate(rrset[0].target)
        except dns.name.NameTooLong:
            text = f"{self._shown()} would be an alias of more than {MAX_OCTETS} octets"
            raise NotObserved(Unobserved("yxdomain", text)) from None
        if self.rdtype != CNAME:
            by = f" by the DNAME of {visible(above)}"
            return self._alias(normal_name(target), rrset.ttl, self._line(place), by)
        record = dns.rdtypes.ANY.CNAME.CNAME(dns.rdataclass.IN, CNAME, target)  # type: ignore[no-untyped-call]  # not typed in dnspython
        made = replace(self._blank("data"), records=(record,), ttl=rrset.ttl)
        return self._resting_on(made, self._line(place))

    def denial(self, status: Status) -> DnsAnswer:
        """Return that there is no such RRset, or no such name."""
        made = replace(self._blank(status), denier=self.patch.origin)
        if self._is_now(made):
            return self.as_now()
        return self._resting_on(made, self._line(self._place_of_denial()))

    def _place_of_denial(self) -> Place | None:
        """Return the line that removes it; of a whole zone no other line is about what is not there."""
        if not self.patch.whole:
            return self.patch.place_of(self.name, self.rdtype)
        removed = self.patch.removed
        return removed.get((self.name, self.rdtype)) or removed.get((self.name, None))

    def as_now(self) -> DnsAnswer:
        """Return what is said today.

        Raises:
            NotObserved: if that is not known.
        """
        if isinstance(self.now, Unobserved):
            raise NotObserved(self.now)
        assert self.now is not None
        return self.now

    def _is_now(self, made: DnsAnswer) -> bool:
        now = self.now
        return (
            isinstance(now, DnsAnswer)
            and not now.aliases
            and now.status == made.status
            and sorted(now.texts) == sorted(made.texts)
        )

    def _alias(self, target: str, ttl: int | None, line: Evidence, by: str = "") -> ProposedAnswer:
        made = replace(self._blank("nodata"), aliases=(target,), ttl=ttl)
        result = f"alias of {visible(target)}{by}"
        shown = replace(line, subject=f"{self._shown()} {self._kind()}", result=result)
        return ProposedAnswer.resting_on(made, shown)

    def _resting_on(self, made: DnsAnswer, line: Evidence) -> ProposedAnswer:
        [said] = made.evidence
        shown = replace(line, subject=said.subject, result=said.result)
        return ProposedAnswer.resting_on(made, shown)

    def _blank(self, status: Status) -> DnsAnswer:
        return DnsAnswer(normal_name(self.name), self._kind(), status, authoritative=True)

    def _line(self, place: Place | None) -> Evidence:
        """Return a line that says where the patch says so; the caller says what it says."""
        return Evidence("", "", f"proposed, {where(self.patch, place)}", place=place)

    def _kind(self) -> str:
        return dns.rdatatype.to_text(self.rdtype)

    def _shown(self) -> str:
        return visible(normal_name(self.name))


def where(patch: Patch, place: Place | None) -> str:
    """Return *place* for people; who proposes the patch if it is not known."""
    return place.line_of if place else patch.by


def of_no_zone(patch: Patch, unknown: Unobserved) -> Unobserved:
    """Return *unknown* with the first line of *patch*, none of which can be meant for a zone."""
    places = [*patch.removed.values(), *(at.place for at in patch.replaced.values())]
    places += [at.place for at in patch.unknown.values()]
    places += [at.place for at in patch.flattened.values()]
    places += [at.place for at in patch.amended.values()]
    lines = [place for place in places if place]
    first = min(lines, key=lambda place: place.line, default=None)
    subject = f"patch of {visible(to_u_labels(patch.origin))}"
    seen = Evidence(subject, unknown.text, f"proposed, {where(patch, first)}", place=first)
    return replace(unknown, evidence=(seen,))
