"""``check_host()`` (RFC 7208 §4): the evaluation of a domain's record, as a receiver does it.

One coroutine evaluates the record and all that it includes, so that its limits are counted in one
place. Terms are judged from left to right, and what comes after the one that decides is not asked:
no limit and no failure there changes the result.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.existence import absence
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.mail_hosts import NULL_EXCHANGE
from mailcheck.facts.spf.evaluation.asking import Asking, BrokenOff, insist_on_all, observed, shown
from mailcheck.facts.spf.evaluation.expansion import Identity, is_multi_label, is_too_long, name_of
from mailcheck.facts.spf.evaluation.explanation import explanation
from mailcheck.facts.spf.evaluation.result import MOST_NAMES, RESULTS, Result, SpfCheckFact, Step
from mailcheck.facts.spf.record.syntax import read_record, spf_records
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.txt import texts
from mailcheck.names import is_under
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.terms import Modifier, SpfRecord
    from mailcheck.finding import Reason
    from mailcheck.names import Address

Ending: TypeAlias = "tuple[Result, str, Modifier | None]"
"""A result, the domain whose record gave it, and the ``exp`` of that record."""

_OF_THE_SENDER = frozenset("sl")


async def check_host(
    ip: Address, domain: str, sender: str, helo: str, record: str = ""
) -> SpfCheckFact:
    """Evaluate the record of *domain* for a client that connects from *ip*.

    *sender* is the mailbox of MAIL FROM, or empty; *helo* what the client said after EHLO. *record*
    is what the domain's own would say, if it is to be another than is there.
    """
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped  # §5: IPv4 that came through IPv6
    return await _Evaluation(Identity.of(ip, sender, helo), record).conclude(domain)


class _Evaluation:
    """One evaluation on its way: ``path`` is where it stands, ``asking`` counts."""

    def __init__(self, identity: Identity, own: str) -> None:
        self.own = (own.encode("latin-1"),) if own else ()
        self.asking = Asking(identity)
        self.path: list[Step] = []
        self.record: SpfRecord | None = None
        self.owner = ""
        self.absent: Reason | None = None
        self.texts: tuple[bytes, ...] = ()
        self._version = identity.ip.version
        self._number = int(identity.ip)

    async def conclude(self, domain: str) -> SpfCheckFact:
        """Evaluate *domain*, and write down how it ended."""
        asking, told, end = self.asking, "", BrokenOff("none")
        try:
            result, explaining, exp = await self._evaluate(domain)
        except BrokenOff as error:
            end, result = error, error.result
        else:
            asking.stands = True
            if result == "fail" and exp:
                told = await explanation(exp, explaining, asking)
        return SpfCheckFact(
            result=result,
            path=tuple(self.path),
            record=self.record,
            owner=self.owner,
            lookups=asking.lookups,
            voids=asking.voids,
            fault=end.fault,
            unknown=end.unknown,
            refused=end.refused,
            absent=self.absent,
            overlooked=tuple(asking.overlooked),
            explanation=told,
            texts=self.texts,
        )

    async def _evaluate(self, domain: str) -> Ending:
        """Return how the record of *domain* judges the client."""
        domain = domain.removesuffix(".")
        depth = len(self.path)
        self.path.append(Step(domain, None))
        record = await self._record(domain, is_first=depth == 0)
        if record is None:
            return "none", domain, None
        if record.faults:
            first = record.faults[0]
            self.asking.permerror("syntax", f"in {visible(first.readable, 80)}, {first.what}")
        for directive in record.directives:
            if directive.network is not None:
                version, prefix, rest = directive.prefix
                if version != self._version or self._number >> rest != prefix:
                    continue
                self.path[depth:] = (Step(domain, directive),)
            else:
                self.path[depth:] = (Step(domain, directive),)
                if not await self._matches(directive, domain):
                    continue
            return RESULTS[directive.qualifier], domain, record.exp
        if record.redirect:
            self.path[depth:] = (Step(domain, record.redirect),)
            return await self._redirected(record.redirect, domain)
        self.path[depth:] = (Step(domain, None),)
        return "neutral", domain, record.exp

    async def _record(self, domain: str, *, is_first: bool) -> SpfRecord | None:
        """Return the record of *domain*, None if it has none (§4.3 to §4.5)."""
        name = name_of(domain)
        if name is None or not is_multi_label(domain) or (is_first and is_too_long(domain)):
            return None
        answer = await self.asking.look_up(name, "TXT")
        if answer.status != "data" and not is_first:
            self.asking.voids += 1  # that there is no record weighs more than how many there are
        said = (is_first and self.own) or texts(answer).texts
        if is_first:
            self.owner = answer.aliases[-1] if answer.aliases else name
            self.absent, self.texts = absence(answer), said
        found = spf_records(said)
        if len(found) > 1:
            what = f"{shown(name)} has {len(found)} records that begin with v=spf1"
            self.asking.permerror("several-records", what)
        insist_on_all(answer)
        record = read_record(found[0]) if found else None
        if is_first:
            self.record = record
        return record

    async def _redirected(self, redirect: Modifier, domain: str) -> Ending:
        """Return how the record judges that *redirect* puts in place of the one of *domain* (§6.1)."""
        self.asking.count_term()
        target = await self.asking.expanded(redirect.value, domain)
        ending = await self._evaluate(target)
        if ending[0] == "none":
            what = f"redirect leads to {shown(target)}, which has no SPF record"
            self.asking.permerror("redirect-without-record", what)
        return ending

    async def _matches(self, directive: Directive, domain: str) -> bool:
        """Whether *directive*, which names no network, matches the client (§5)."""
        mechanism = directive.mechanism
        if mechanism == "all":
            return True
        self.asking.count_term()
        target = domain
        if (spec := directive.target) is not None:
            # RFC 8616 §4: no label of DNS is what such a local part would be expanded to.
            if spec.letters & _OF_THE_SENDER and not self.asking.identity.local.isascii():
                return False
            target = await self.asking.expanded(spec, domain)
        if mechanism == "include":
            return await self._included(target)
        name = name_of(target)
        if name is None:
            return False  # §4.8 leaves it open; as where there is no such name
        match mechanism:
            case "a":
                return await self._has_the_client(name, directive)
            case "mx":
                return await self._mx(name, directive)
            case "ptr":
                return await self._ptr(name, directive)
        answer = await self.asking.look_up(name, "A")
        self.asking.count_void(answer)
        return answer.status == "data"

    async def _included(self, target: str) -> bool:
        """Whether the record of *target* lets the client pass (§5.2)."""
        result, _, _ = await self._evaluate(target)
        if result == "none":
            what = f"include leads to {shown(target)}, which has no SPF record"
            self.asking.permerror("include-without-record", what)
        return result == "pass"

    async def _has_the_client(self, name: str, directive: Directive) -> bool:
        """Whether an address of *name* is the client's, as far as the prefix goes (§5.3)."""
        return self._holds(await self.asking.look_up(name, self.asking.rdtype), directive)

    async def _mx(self, name: str, directive: Directive) -> bool:
        """Whether an address of an exchange is the client's (§5.4): all are looked up, then read.

        One that matches decides, whatever is with those after it.
        """
        answer = await self.asking.look_up(name, "MX")
        self.asking.count_void(answer)
        exchanges = answer.exchanges
        if len(exchanges) > MOST_NAMES:
            what = f"{shown(name)} has {len(exchanges)} exchanges, and {MOST_NAMES} may be asked"
            self.asking.permerror("too-many-exchanges", what)
        insist_on_all(answer)
        hosts = [host for _, host in exchanges if host != NULL_EXCHANGE]
        answers = await each_of([Lookup(host, self.asking.rdtype) for host in hosts])
        return any(self._holds(observed(said), directive) for said in answers)

    def _holds(self, answer: DnsAnswer, directive: Directive) -> bool:
        self.asking.count_void(answer)
        if self.asking.is_the_clients(answer, directive.lengths[self._version == 6]):
            return True
        insist_on_all(answer)
        return False

    async def _ptr(self, name: str, directive: Directive) -> bool:
        """Whether a name of the client that leads back to it is *name*, or below it (§5.5).

        What cannot be looked up is passed over.
        """
        pointers = await self.asking.pointers()
        if isinstance(pointers, Unobserved):
            self.asking.overlook(pointers, self._if_matched(directive))
            return False
        for host, answer in pointers:
            is_wanted = is_under(host, name)
            if isinstance(answer, Unobserved):
                if is_wanted:
                    self.asking.overlook(answer, self._if_matched(directive))
            elif answer.status != "refused":
                self.asking.count_void(answer)
                if is_wanted and self.asking.is_the_clients(answer):
                    if self.asking.passed_by:
                        self.asking.overlook_other_names("")
                    return True
        if any(is_under(host, name) for host in self.asking.passed_by):
            self.asking.overlook_other_names(self._if_matched(directive))
        return False

    def _if_matched(self, directive: Directive) -> Result | Literal[""]:
        """Return what a match of *directive* would lead to; empty if more would have to be known."""
        result = RESULTS[directive.qualifier]
        for step in reversed(self.path[:-1]):
            if isinstance(step.term, Directive):  # an include, into which the next step leads
                if result != "pass":
                    return ""
                result = RESULTS[step.term.qualifier]
        return result
