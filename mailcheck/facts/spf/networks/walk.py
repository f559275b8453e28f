"""SPF evaluated for all addresses of one family at once (RFC 7208 §4)."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from dns.rdtypes.IN.A import A
from dns.rdtypes.IN.AAAA import AAAA

from mailcheck.evidence import visible
from mailcheck.facts.existence import absence
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.mail_hosts import NULL_EXCHANGE
from mailcheck.facts.spf.evaluation.asking import Asking, BrokenOff, insist_on_all, observed
from mailcheck.facts.spf.evaluation.expansion import Identity, is_multi_label, name_of
from mailcheck.facts.spf.evaluation.result import MOST_NAMES
from mailcheck.facts.spf.networks.address_set import Span, everything, span_of
from mailcheck.facts.spf.networks.authorised import Path, Unlisted
from mailcheck.facts.spf.networks.decided import Decided
from mailcheck.facts.spf.record.syntax import read_record, spf_records
from mailcheck.facts.txt import texts
from mailcheck.names import to_u_labels
from mailcheck.question import each_of

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.evaluation.result import FaultKind
    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.facts.spf.record.terms import Directive, Modifier, SpfRecord
    from mailcheck.finding import Reason
    from mailcheck.names import Address

_SAME_FOR_ALL = frozenset("do")
"""Macros that stand for the same whoever the client is."""

_NOBODY: dict[int, Address] = {4: ipaddress.IPv4Address(0), 6: ipaddress.IPv6Address(0)}
"""Clients to evaluate for; nothing that is asked depends on who they are, but for their family."""


class Walk:
    """The evaluation for one family: what is ``decided``, and by what ``end`` it broke off, if so.

    It ends for all at once: a client that an included record keeps out before that breaks off would
    go on, and is left undecided.

    ``ended_at`` is the domain whose record was evaluated last. ``record`` is the first one, and
    ``owner`` where it stands.
    """

    def __init__(self, domain: str, version: int) -> None:
        self.domain = domain
        self.version = version
        identity = Identity.of(_NOBODY[version], f"postmaster@{domain}", domain)
        self.asking = Asking(identity)
        self.decided = Decided()
        self.unlisted: list[Unlisted] = []
        self.end: BrokenOff | None = None
        self.ended_at = domain
        self.record: SpfRecord | None = None
        self.owner = domain
        self.absent: Reason | None = None
        self._everything = everything(version)

    async def through(self) -> None:
        """Go through all records."""
        try:
            await self._record_of(self.domain, (), self.decided, passes=True)
        except BrokenOff as end:
            self.end = end

    async def _record_of(self, domain: str, above: Path, decided: Decided, *, passes: bool) -> None:
        """Evaluate the record of *domain*; what is *decided* stands if the evaluation breaks off."""
        path = (*above, domain.removesuffix("."))
        self.ended_at = path[-1]
        record = await self._record(path[-1], is_first=not above)
        if record is None:
            decided.has_record = False
            return
        if record.faults:
            first = record.faults[0]
            self.asking.permerror("syntax", f"in {visible(first.text, 80)}, {first.what}")
        for directive in record.directives:
            self.ended_at = path[-1]
            await self._directive(directive, path, decided, passes=passes)
            if decided.size > self._everything[1]:
                return
        if record.redirect:
            await self._redirected(record.redirect, path, decided, passes=passes)

    async def _record(self, domain: str, *, is_first: bool) -> SpfRecord | None:
        """Return the record of *domain*, None if it has none (§4.3 to §4.5)."""
        name = name_of(domain)
        if name is None or not is_multi_label(domain):
            return None
        answer = await self.asking.look_up(name, "TXT")
        if answer.status != "data" and not is_first:
            self.asking.voids += 1
        found = spf_records(texts(answer).texts)
        if len(found) > 1:
            what = f"{to_u_labels(name)} has {len(found)} records that begin with v=spf1"
            self.asking.permerror("several-records", what)
        insist_on_all(answer)
        record = read_record(found[0]) if found else None
        if is_first:
            self.record, self.absent = record, absence(answer)
            self.owner = answer.aliases[-1] if answer.aliases else name
        return record

    async def _directive(
        self, directive: Directive, path: Path, decided: Decided, *, passes: bool
    ) -> None:
        passes = passes and directive.qualifier == "+"
        if directive.network is not None:
            if directive.network.version == self.version:
                decided.take([span_of(directive.network)], path, directive)
            return
        if directive.mechanism == "all":
            decided.take([self._everything], path, directive)
            return
        self.asking.count_term()
        target = await self._target(directive.target, path[-1])
        if target is None or directive.mechanism == "ptr":
            self.unlisted.append(Unlisted(path, directive.text, passes))
        elif directive.mechanism == "include":
            await self._included(directive, target, path, decided, passes=passes)
        elif (name := name_of(target)) is not None:
            found: list[Span] = []
            try:
                await self._matched(directive, name, found)
            finally:  # who is matched before it breaks off passes
                decided.take(found, path, directive)

    async def _target(self, spec: MacroString | None, domain: str) -> str | None:
        """Return the domain that *spec* means in the record of *domain*; None if clients differ."""
        if spec is None:
            return domain
        if not spec.letters <= _SAME_FOR_ALL:
            return None
        return await self.asking.expanded(spec, domain)

    async def _included(
        self, directive: Directive, target: str, path: Path, decided: Decided, *, passes: bool
    ) -> None:
        inner = Decided()
        try:
            await self._record_of(target, path, inner, passes=passes)
        finally:
            decided.take_included(inner, directive)
        if not inner.has_record:
            self._leads_nowhere("include-without-record", target, path)

    async def _redirected(
        self, redirect: Modifier, path: Path, decided: Decided, *, passes: bool
    ) -> None:
        self.asking.count_term()
        target = await self._target(redirect.value, path[-1])
        if target is None:
            self.unlisted.append(Unlisted(path, redirect.text, passes))
            return
        await self._record_of(target, path, decided, passes=passes)
        if not decided.has_record:
            self._leads_nowhere("redirect-without-record", target, path)

    def _leads_nowhere(self, kind: FaultKind, target: str, path: Path) -> None:
        self.ended_at = path[-1]
        term = kind.partition("-")[0]
        what = f"{term} leads to {visible(to_u_labels(target), 80)}, which has no SPF record"
        self.asking.permerror(kind, what)

    async def _matched(self, directive: Directive, name: str, found: list[Span]) -> None:
        """Add to *found* what ``a``, ``mx`` or ``exists`` matches at *name*."""
        match directive.mechanism:
            case "exists":
                answer = await self.asking.look_up(name, "A")
                self.asking.count_void(answer)
                found += [self._everything] if answer.status == "data" else []
            case "a":
                answer = await self.asking.look_up(name, self.asking.rdtype)
                self._add(answer, directive, found)
            case "mx":
                await self._exchanges(directive, name, found)

    async def _exchanges(self, directive: Directive, name: str, found: list[Span]) -> None:
        answer = await self.asking.look_up(name, "MX")
        self.asking.count_void(answer)
        if len(answer.exchanges) > MOST_NAMES:
            who = f"{to_u_labels(name)} has {len(answer.exchanges)} exchanges"
            what = f"{who}, and {MOST_NAMES} may be asked"
            self.asking.permerror("too-many-exchanges", what)
        insist_on_all(answer)
        hosts = [host for _, host in answer.exchanges if host != NULL_EXCHANGE]
        for said in await each_of([Lookup(host, self.asking.rdtype) for host in hosts]):
            self._add(observed(said), directive, found)

    def _add(self, answer: DnsAnswer, directive: Directive, found: list[Span]) -> None:
        """Add the addresses of *answer*, as wide as the prefix makes them."""
        self.asking.count_void(answer)
        records = answer.of(A) if self.version == 4 else answer.of(AAAA)
        length = directive.lengths[self.version == 6]
        for record in records:
            network = ipaddress.ip_network((record.address, length), strict=False)
            found.append(span_of(network))
        insist_on_all(answer)
