"""Asking what is published and what will be, of many RRsets: in batches, and of no more than so many."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from mailcheck.facts.change.proposed import Published
from mailcheck.facts.change.vain import removing_nothing
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Advice
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.change.changes import ChangesFact

Asked: TypeAlias = tuple[str, str]
"""A name and a type."""

Said: TypeAlias = DnsAnswer | Unobserved

LIMIT = 2000
"""RRsets of which one requirement asks what is published: each is a question to live servers."""

AFTER_LIMIT = 3000
"""RRsets of which it asks what will be, but for those in a file: somebody has to be asked."""

IN_FILES = 20_000
"""RRsets of zones in files that it looks up, which takes seconds."""

SHOWN = 20
"""RRsets that are evidence of one verdict: those that decide."""

BATCH = 100
"""Questions that are asked at once."""


@question
class PublishedAside(Question[DnsAnswer]):
    """What is published, to be compared: only where it decides it is evidence."""

    name: str
    rdtype: str

    aside: ClassVar[bool] = True

    async def derive(self) -> DnsAnswer:
        """Ask the zone's servers."""
        return await Published(self.name, self.rdtype)


@question
class LookupAside(Question[DnsAnswer]):
    """What will be said after the change, to be compared: where it decides it is evidence."""

    name: str
    rdtype: str

    aside: ClassVar[bool] = True

    async def derive(self) -> DnsAnswer:
        """Look it up."""
        return await Lookup(self.name, self.rdtype)


class Asking:
    """Asks what is published and what will be, of so many RRsets at most; counts the others.

    What will be of a zone that is proposed as a file, or whole by a plan, is asked of nobody but for
    what it copies from elsewhere, and so is not counted.
    """

    def __init__(self, changes: ChangesFact) -> None:
        self._changes = changes
        self._live: dict[Asked, Said] = {}
        self._after: dict[Asked, Said] = {}
        self._asked = 0
        self._looked_up = 0
        self._looked_up_in_files = 0
        zones = changes.zones.values()
        self._copied = {(one.name, one.rdtype) for change in zones for one in change.copied}
        self._left_live: set[Asked] = set()
        self._left_after: set[Asked] = set()

    @property
    def looked_up(self) -> int:
        """Of how many RRsets it was asked what will be."""
        return self._looked_up

    async def published(self, wanted: Iterable[Asked], at_most: int = LIMIT) -> dict[Asked, Said]:
        """Return what the zone's servers say today, unless *at_most* so many were asked by then."""
        pairs = list(dict.fromkeys(wanted))
        fresh = [pair for pair in pairs if pair not in self._live]
        some = fresh[: max(0, at_most - self._asked)]
        self._asked += len(some)
        self._left_live.update(fresh[len(some) :])
        return await self._ask(pairs, some, PublishedAside, self._live)

    async def after(
        self, wanted: Iterable[Asked], at_most: int = AFTER_LIMIT, in_files: int = IN_FILES
    ) -> dict[Asked, Said]:
        """Return what will be said after the change, unless so many were asked by then."""
        pairs = list(dict.fromkeys(wanted))
        some: list[Asked] = []
        for pair in pairs:
            if pair in self._after:
                continue
            in_file = self._is_in_file(pair)
            if self._looked_up_in_files < in_files if in_file else self._looked_up < at_most:
                self._looked_up_in_files += in_file
                self._looked_up += not in_file
                some.append(pair)
            else:
                self._left_after.add(pair)
        return await self._ask(pairs, some, LookupAside, self._after)

    async def own(self, pairs: Iterable[Asked]) -> None:
        """Ask for what a domain has itself, whatever was asked by then."""
        pairs = list(pairs)
        await self._ask(pairs, pairs, PublishedAside, self._live)
        await self._ask(pairs, pairs, LookupAside, self._after)

    async def show(self, pairs: Iterable[Asked]) -> None:
        """Take what was said of *pairs*, or of the first of them, for evidence."""
        shown = list(islice(dict.fromkeys(pairs), SHOWN))
        live: list[Question[DnsAnswer]] = [Published(*one) for one in shown if one in self._live]
        await each_of([*live, *(Lookup(*one) for one in shown if one in self._after)])

    @property
    def advice(self) -> tuple[Advice, ...]:
        """Say which removals take nothing away, and how many RRsets were left out, if any were."""
        vain = removing_nothing(self._changes, self._live)
        if not (count := len(self._left)):
            return vain
        what = "1 more RRset was" if count == 1 else f"{count} more RRsets were"
        text = f"{what} not compared: one sentence asks for no more"
        return (*vain, Advice("not-compared", text))

    def left_out(self, pairs: Iterable[Asked]) -> int:
        """Return how many of *pairs* were wanted and not asked for, there or here, for want of room."""
        return len(self._left.intersection(pairs))

    def doubt(self, removed: Iterable[Asked]) -> list[Unobserved]:
        """Return doubt if some of what is *removed* was left out: one could be hidden among many."""
        if not (left := self.left_out(removed)):
            return []
        text = f"the change removes what {left} names may have, and that was not asked for"
        return [Unobserved("not-compared", text)]

    def not_looked_up(self, pairs: Iterable[Asked]) -> int:
        """Return of how many of *pairs* it was not asked what will be, for want of room."""
        return len((self._left_after - self._after.keys()).intersection(pairs))

    @property
    def _left(self) -> set[Asked]:
        return (self._left_live - self._live.keys()) | (self._left_after - self._after.keys())

    def _is_in_file(self, pair: Asked) -> bool:
        change = self._changes.around(pair[0])
        return bool(change and change.says_all and change.written) and pair not in self._copied

    async def _ask(
        self,
        pairs: list[Asked],
        some: list[Asked],
        kind: type[PublishedAside | LookupAside],
        known: dict[Asked, Said],
    ) -> dict[Asked, Said]:
        for start in range(0, len(some), BATCH):
            batch = some[start : start + BATCH]
            said = await each_of([kind(name, rdtype) for name, rdtype in batch])
            known.update(zip(batch, said, strict=True))
        return {pair: known[pair] for pair in pairs if pair in known}
