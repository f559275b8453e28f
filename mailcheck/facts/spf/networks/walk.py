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
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS, MOST_NAMES, MOST_VOIDS, Fault
from mailcheck.facts.spf.networks.address_set import AddressSet, Span, everything, span_of
from mailcheck.facts.spf.networks.authorised import Path, Unlisted
from mailcheck.facts.spf.networks.crowd import Cost, Crowd
from mailcheck.facts.spf.networks.standing import Passing, Standing
from mailcheck.facts.spf.record.syntax import spf_records
from mailcheck.facts.txt import texts
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.evaluation.result import FaultKind
    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.facts.spf.record.terms import Directive, Modifier, SpfRecord
    from mailcheck.finding import Reason
    from mailcheck.names import Address

MOST_TERMS = 20
"""Terms that ask which are followed for a family. One client comes to ten, but those who are matched
in an included record are spared some of them, and so come to others."""

_SAME_FOR_ALL = frozenset("do")
"""Macros that stand for the same whoever the client is."""

_NOBODY: dict[int, Address] = {4: ipaddress.IPv4Address(0), 6: ipaddress.IPv6Address(0)}
"""Clients to evaluate for; nothing that is asked depends on who they are, but for their family."""


class Walk:
    """The evaluation for one family: who passes by which terms, and for whom it broke off, and why.

    ``ends`` are the domains whose record was evaluated, what broke it off, and for whom.
    ``record`` is the first one, and ``owner`` where it stands. *read* reads records.
    """

    def __init__(self, domain: str, version: int, read: Callable[[bytes], SpfRecord]) -> None:
        self.domain = domain
        self.version = version
        self.asking = Asking(Identity.of(_NOBODY[version], f"postmaster@{domain}", domain))
        self.passing = Passing()
        self.unlisted: list[Unlisted] = []
        self.ends: list[tuple[str, BrokenOff, AddressSet]] = []
        self.record: SpfRecord | None = None
        self.owner = domain
        self.absent: Reason | None = None
        self._everything = everything(version)
        self._read = read
        self._terms = 0

    async def through(self) -> None:
        """Go through all records."""
        await self._record_of(
            self.domain, (), Crowd({Cost(): AddressSet([self._everything])}), passes=True
        )

    async def _record_of(self, domain: str, above: Path, crowd: Crowd, *, passes: bool) -> Standing:
        """Evaluate the record of *domain* for the *crowd* that comes there."""
        at = Standing((*above, domain.removesuffix(".")), crowd, self.passing, passes=passes)
        try:
            await self._evaluate(at)
        except BrokenOff as end:
            self._end(at, end, at.here.open)
            at.here = Crowd(passed=at.here.passed)
        at.conclude()
        return at

    async def _evaluate(self, at: Standing) -> None:
        record = await self._record(at.domain, is_first=len(at.path) == 1)
        if record is None:
            at.has_record = False
            return
        if record.faults:
            first = record.faults[0]
            self.asking.permerror("syntax", f"in {visible(first.readable, 80)}, {first.what}")
        networks: list[tuple[Directive, Span]] = []
        for directive in record.directives:
            if directive.network is not None:
                if directive.network.version == self.version:
                    networks.append((directive, span_of(directive.network)))
                continue
            at.take(networks)
            networks = []
            if not at.here.by_cost:
                return
            await self._directive(at, directive)
        at.take(networks)
        if record.redirect and at.here.by_cost:
            await self._redirected(at, record.redirect)

    async def _record(self, domain: str, *, is_first: bool) -> SpfRecord | None:
        """Return the record of *domain*, None if it has none (§4.3 to §4.5)."""
        name = name_of(domain)
        if name is None or not is_multi_label(domain):
            return None
        answer = await self.asking.look_up(name, "TXT")
        found = spf_records(texts(answer).texts)
        if len(found) > 1:
            who = visible(to_u_labels(name), 80)
            what = f"{who} has {len(found)} records that begin with v=spf1"
            self.asking.permerror("several-records", what)
        insist_on_all(answer)
        record = self._read(found[0]) if found else None
        if is_first:
            self.record, self.absent = record, absence(answer)
            self.owner = answer.aliases[-1] if answer.aliases else name
        return record

    async def _directive(self, at: Standing, directive: Directive) -> None:
        if directive.mechanism == "all":
            at.take([(directive, self._everything)])
            return
        if not self._counted(at):
            return
        target = await self._target(at, directive.target)
        if target is None or directive.mechanism == "ptr":
            passes = at.passes and directive.qualifier == "+"
            self.unlisted.append(Unlisted(at.path, directive.text, passes))
        elif directive.mechanism == "include":
            await self._included(at, directive, target)
        elif (name := name_of(target)) is not None:
            await self._matched(at, directive, name)

    def _counted(self, at: Standing) -> bool:
        """Count a term that asks; return whether there is anybody who may go on.

        Raises:
            BrokenOff: if no more terms are followed.
        """
        self._charge(at, *at.here.asked())
        if at.here.by_cost:
            self._terms += 1
            if self._terms > MOST_TERMS:
                text = f"only {MOST_TERMS} terms of SPF that ask DNS were followed"
                raise BrokenOff("temperror", unknown=Unobserved("too-many-terms", text))
        return bool(at.here.by_cost)

    def _charge(self, at: Standing, here: Crowd, over: AddressSet) -> None:
        at.here = here
        what = f"{MOST_LOOKUPS + 1} terms ask DNS, and {MOST_LOOKUPS} may"
        self._end(at, BrokenOff("permerror", fault=Fault("too-many-lookups", what)), over)

    def _found_nothing(self, at: Standing, answer: DnsAnswer) -> None:
        at.here, over = at.here.found_nothing()
        last = f"the last of them for {answer.rdtype} of {to_u_labels(answer.name)}"
        what = f"{MOST_VOIDS + 1} terms found nothing, and {MOST_VOIDS} should at most; {last}"
        self._end(at, BrokenOff("permerror", fault=Fault("too-many-voids", what)), over)

    def _end(self, at: Standing, end: BrokenOff, whom: AddressSet) -> None:
        if whom.size:
            self.ends.append((at.domain, end, whom))

    async def _target(self, at: Standing, spec: MacroString | None) -> str | None:
        """Return the domain that *spec* means; None if clients differ."""
        if spec is None:
            return at.domain
        if "p" in spec.letters:
            self._charge(at, *at.here.asked_for_names())
        if not spec.letters <= _SAME_FOR_ALL:
            return None
        return await self.asking.expanded(spec, at.domain)

    async def _included(self, at: Standing, directive: Directive, target: str) -> None:
        passes = at.passes and directive.qualifier == "+"
        inner = await self._record_of(target, at.path, at.here, passes=passes)
        if not inner.has_record:
            self._leads_nowhere("include-without-record", target)
        at.take_included(inner, directive)

    async def _redirected(self, at: Standing, redirect: Modifier) -> None:
        if not self._counted(at):
            return
        target = await self._target(at, redirect.value)
        if target is None:
            self.unlisted.append(Unlisted(at.path, redirect.text, at.passes))
            return
        inner = await self._record_of(target, at.path, at.here, passes=at.passes)
        if not inner.has_record:
            self._leads_nowhere("redirect-without-record", target)
        at.take_redirected(inner)

    def _leads_nowhere(self, kind: FaultKind, target: str) -> None:
        term = kind.partition("-")[0]
        what = f"{term} leads to {visible(to_u_labels(target), 80)}, which has no SPF record"
        self.asking.permerror(kind, what)

    async def _matched(self, at: Standing, directive: Directive, name: str) -> None:
        """Let those pass, or not, whom ``a``, ``mx`` or ``exists`` matches at *name*.

        Who is matched before it breaks off is not concerned by that.
        """
        void = False
        found: list[tuple[Directive, Span]] = []
        try:
            for said in await self._answers(at, directive, name):
                answer = observed(said)
                if answer.status != "data" and not void:  # a term counts once
                    void = True
                    at.take(found)
                    self._found_nothing(at, answer)
                found += [(directive, span) for span in self._spans(answer, directive)]
                insist_on_all(answer)
        finally:
            at.take(found)

    def _spans(self, answer: DnsAnswer, directive: Directive) -> Iterator[Span]:
        """Yield whom *directive* matches by what it found: everybody, or as wide as the prefix says."""
        if directive.mechanism == "exists":
            yield from [self._everything] if answer.status == "data" else []
            return
        records = answer.of(A) if self.version == 4 else answer.of(AAAA)
        length = directive.lengths[self.version == 6]
        for record in records:
            yield span_of(ipaddress.ip_network((record.address, length), strict=False))

    async def _answers(
        self, at: Standing, directive: Directive, name: str
    ) -> tuple[DnsAnswer | Unobserved, ...]:
        """Return what there is to match: the addresses at *name*, or at each of its exchanges."""
        if directive.mechanism != "mx":
            rdtype = "A" if directive.mechanism == "exists" else self.asking.rdtype
            return (await self.asking.look_up(name, rdtype),)
        answer = await self.asking.look_up(name, "MX")
        if answer.status != "data":
            self._found_nothing(at, answer)
        if len(answer.exchanges) > MOST_NAMES:
            who = f"{visible(to_u_labels(name), 80)} has {len(answer.exchanges)} exchanges"
            what = f"{who}, and {MOST_NAMES} may be asked"
            self.asking.permerror("too-many-exchanges", what)
        insist_on_all(answer)
        hosts = [host for _, host in answer.exchanges if host != NULL_EXCHANGE]
        return await each_of([Lookup(host, self.asking.rdtype) for host in hosts])
