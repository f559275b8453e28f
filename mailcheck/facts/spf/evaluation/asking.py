"""What one evaluation asks of DNS: counted, limited, and with the failures told apart (RFC 7208 §4.6.4)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal, NoReturn

from dns.rdtypes.ANY.PTR import PTR
from dns.rdtypes.IN.A import A
from dns.rdtypes.IN.AAAA import AAAA

from mailcheck.evidence import visible
from mailcheck.facts.existence import absence
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.mail_hosts import NULL_EXCHANGE
from mailcheck.facts.records import normal_name
from mailcheck.facts.run import RunDate
from mailcheck.facts.spf.evaluation.expansion import UNKNOWN, expand, name_of
from mailcheck.facts.spf.evaluation.result import (
    MOST_LOOKUPS,
    MOST_NAMES,
    MOST_VOIDS,
    Fault,
    FaultKind,
    Overlooked,
    Result,
)
from mailcheck.names import is_under, reverse_name, to_u_labels
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.evaluation.expansion import Identity
    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.finding import Reason


_EPOCH = datetime.date(1970, 1, 1)


class BrokenOff(Exception):
    """An evaluation ends here, with permerror or temperror and why."""

    def __init__(
        self,
        result: Result,
        *,
        fault: Fault | None = None,
        unknown: Unobserved | None = None,
        refused: Reason | None = None,
    ) -> None:
        super().__init__(result)
        self.result = result
        self.fault = fault
        self.unknown = unknown
        self.refused = refused


class Asking:
    """Asks for one evaluation, and counts.

    ``lookups`` are terms that ask, ``voids`` those that found nothing. ``rdtype`` is the type of
    the addresses of the client's family. Once the result ``stands``, nothing is counted any more:
    what is asked then is for the explanation (§6.2).
    """

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.rdtype: Literal["A", "AAAA"] = "A" if identity.ip.version == 4 else "AAAA"
        self.lookups = 0
        self.voids = 0
        self._void = 0
        self.stands = False
        self.overlooked: list[Overlooked] = []
        self.passed_by: tuple[str, ...] = ()
        self._values: dict[str, str] = {}
        self._validated: tuple[str, ...] | None = None

    def count_term(self) -> None:
        """Count a term that asks.

        Raises:
            BrokenOff: if it is one too many.
        """
        if self.stands:
            return
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            what = f"{self.lookups} terms ask DNS, and {MOST_LOOKUPS} may"
            self.permerror("too-many-lookups", what)

    def permerror(self, kind: FaultKind, what: str) -> NoReturn:
        """End the evaluation with permerror."""
        raise BrokenOff("permerror", fault=Fault(kind, what))

    async def look_up(self, name: str, rdtype: str) -> DnsAnswer:
        """Return what there is at *name*.

        Raises:
            BrokenOff: with temperror if that could not be found out, or if all servers of the zone
                refuse, which receivers are told as SERVFAIL.
        """
        try:  # one question is driven in less than a list of one
            answer = await Lookup(name, rdtype)
        except NotObserved as error:
            raise BrokenOff("temperror", unknown=error.unobserved) from None
        return observed(answer)

    def count_void(self, answer: DnsAnswer) -> None:
        """Count the term that asked if *answer* says that there is nothing, once (§4.6.4).

        Raises:
            BrokenOff: if it is one too many.
        """
        if answer.status == "data" or self.stands or self._void == self.lookups:
            return
        self._void = self.lookups
        self.voids += 1
        if self.voids > MOST_VOIDS:
            last = f"the last of them for {answer.rdtype} of {shown(answer.name)}"
            what = f"{self.voids} terms found nothing, and {MOST_VOIDS} should at most; {last}"
            self.permerror("too-many-voids", what)

    async def expanded(self, text: MacroString, domain: str) -> str:
        """Expand *text* in the record of *domain*."""
        if text.plain is not None:
            return text.plain
        values = self._values
        if not values:
            values.update(self.identity.values())
        values["d"] = domain
        if "p" in text.letters:
            values["p"] = await self._validated_name(domain)
        if "t" in text.letters:
            today = (await RunDate()).today
            values["t"] = str((today - _EPOCH).days * 86400)
        return expand(text, values)

    def overlook(self, unknown: Unobserved, result: Result | Literal[""]) -> None:
        """Go on without what is *unknown*; a match there would have led to *result*."""
        if not self.stands:
            self.overlooked.append(Overlooked(unknown, result))

    def overlook_other_names(self, result: Result | Literal[""]) -> None:
        """Go on without the names ``passed_by``, of which one would have led to *result*."""
        count = MOST_NAMES + len(self.passed_by)
        text = (
            f"{self.identity.ip} has {count} PTR names, of which each receiver looks at other ten"
        )
        self.overlook(Unobserved("too-many-names", text), result)

    async def pointers(self) -> tuple[tuple[str, DnsAnswer | Unobserved], ...] | Unobserved:
        """Return the PTR names of the client, ten at most, and what is said of their addresses.

        Servers send them in any order, so of more receivers look at any ten: these are ``passed_by``.

        Raises:
            BrokenOff: if the PTR lookup is one void lookup too many.
        """
        [answer] = await each_of([Lookup(reverse_name(self.identity.ip), "PTR")])
        if isinstance(answer, Unobserved):
            return answer
        if answer.status == "refused":
            return ()
        self.count_void(answer)
        names = [normal_name(record.target) for record in answer.of(PTR)]
        self.passed_by = tuple(names[MOST_NAMES:])
        usable = [name for name in names[:MOST_NAMES] if name != NULL_EXCHANGE]
        return tuple(
            zip(usable, await each_of(Lookup(n, self.rdtype) for n in usable), strict=True)
        )

    def is_the_clients(self, answer: DnsAnswer, length: int | None = None) -> bool:
        """Whether an address of *answer* is the client's, in the first *length* bits if given."""
        ip = self.identity.ip
        rest = ip.max_prefixlen - (ip.max_prefixlen if length is None else length)
        wanted = int(ip) >> rest
        family = type(ip)
        records = answer.of(A) if self.rdtype == "A" else answer.of(AAAA)
        return any(int(family(record.address)) >> rest == wanted for record in records)

    async def _validated_name(self, domain: str) -> str:
        """Return what ``%{p}`` stands for: *domain*, a name below it, or any that is validated (§7.3).

        Its lookup counts as those of ``ptr`` do, once in an evaluation (§4.6.4).
        """
        if self._validated is None:
            self.count_term()
            self._validated = await self._validate()
        wanted = name_of(domain) or ""
        below = [name for name in self._validated if is_under(name, wanted)]
        best = wanted if wanted in below else next(iter((*below, *self._validated)), "")
        return best or UNKNOWN

    async def _validate(self) -> tuple[str, ...]:
        pointers = await self.pointers()
        if isinstance(pointers, Unobserved):
            self.overlook(pointers, "")
            return ()
        if self.passed_by:
            self.overlook_other_names("")
        validated = []
        for name, answer in pointers:
            if isinstance(answer, Unobserved):
                self.overlook(answer, "")
            elif answer.status != "refused":
                self.count_void(answer)
                if self.is_the_clients(answer):
                    validated.append(name)
        return tuple(validated)


def shown(name: str) -> str:
    """Return a domain for a sentence; it was put together from what others published."""
    return visible(to_u_labels(name), 80)


def observed(answer: DnsAnswer | Unobserved) -> DnsAnswer:
    """Return *answer* if it says what there is.

    Raises:
        BrokenOff: with temperror if not.
    """
    if isinstance(answer, Unobserved):
        raise BrokenOff("temperror", unknown=answer)
    if answer.status == "refused":
        raise BrokenOff("temperror", refused=absence(answer))
    return answer


def insist_on_all(answer: DnsAnswer) -> None:
    """Let nothing rest on what *answer* lacks, unless all of it was kept.

    Raises:
        BrokenOff: with temperror if there is more.
    """
    if answer.cut_short:
        raise BrokenOff("temperror", unknown=answer.unread[0])
