"""Answers that rest on a change which is proposed and not published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.evidence import Evidence
from mailcheck.facts.dns import DnsAnswer
from mailcheck.question import Question, Unobserved, question

if TYPE_CHECKING:
    from mailcheck.zones.fault import Fault

NOT_YET_PUBLISHED = "not-yet-published"
"""The cause where somebody would have to serve by now what is only proposed."""


@dataclass(frozen=True, slots=True)
class ProposedAnswer(DnsAnswer):
    """What will be said once a change is made.

    ``lines`` say of each link, from the name asked to the end of its aliases, where it is written,
    or that it is live and who serves it. ``copied_from`` is the name whose records they are, of which
    a provider returns copies without an alias; of its TTL nothing may be known.
    """

    lines: tuple[Evidence, ...] = ()
    copied_from: str = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The lines: there is no server behind the whole."""
        return self.lines

    @classmethod
    def resting_on(cls, answer: DnsAnswer, *lines: Evidence) -> ProposedAnswer:
        """Return *answer*, which rests on *lines* and not on what one server said."""
        return cls(
            answer.name,
            answer.rdtype,
            answer.status,
            answer.records,
            answer.aliases,
            answer.ttl,
            answer.authoritative,
            answer.authenticated,
            answer.denier,
            answer.cut,
            answer.delegated_to,
            answer.glue,
            answer.cut_short,
            lines=lines,
        )


@question
class Proposed(Question["ProposedFact"]):
    """Whether a change to the zone that holds *name* is proposed in this run."""

    name: str


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """``by`` is the file or the servers that propose it; empty if the name is as it is live.

    ``moves_to`` are these servers, by name or address, if the name is that of a zone that is to move.
    """

    by: str = ""
    moves_to: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line: answers say what they rest on."""
        return ()


@question
class Published(Question[DnsAnswer]):
    """What the servers of the zone of *name* say of *rdtype* today, before the change.

    They are asked themselves, so that no resolver learns of a name before it is there.
    """

    name: str
    rdtype: str


@question
class PublishedByEach(Question["PublishedByEachFact"]):
    """What each server of *zone* says of its *rdtype* today, before the change."""

    zone: str
    rdtype: str


@dataclass(frozen=True, slots=True)
class PublishedByEachFact:
    """The records that servers gave; those that gave none are left out."""

    answers: tuple[DnsAnswer, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Who says what, if they differ; if they do not, one of them was heard already."""
        if len({answer.texts for answer in self.answers}) < 2:
            return ()
        return tuple(line for answer in self.answers for line in answer.evidence)


NOTHING_PROPOSED = Unobserved(
    "nothing-proposed",
    "there is no change to judge: give it with --mail-proposed",
    not_evaluated=True,
)
"""Stands for what is known of a change where there is none."""


SHOWN_FAULTS = 50
"""Faults of one zone that evidence shows; the rest is counted, not shown."""


@question
class ProposedCopy(Question["ProposedCopyFact"]):
    """The copy of *zone* that is proposed as a file."""

    zone: str


@dataclass(frozen=True, slots=True)
class ProposedCopyFact:
    """``by`` is the file, empty if there is none; ``faults`` are what is wrong with it, in order.

    ``zone`` is the one that the file is of where that is another, so that it says nothing more of
    the one that was asked for; ``proposed`` are the zones of the change where there is no file.
    """

    by: str = ""
    faults: tuple[Fault, ...] = ()
    zone: str = ""
    proposed: tuple[str, ...] = ()

    @property
    def loads(self) -> bool:
        """Whether a server would load it."""
        return not any(fault.refuses for fault in self.faults)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line for each fault, where it stands; or that there is none.

        What refuses comes first, so that of many faults it is among those that are shown.
        """
        refusing_first = sorted(self.faults, key=lambda fault: not fault.refuses)
        lines = [fault.evidence(self.by) for fault in refusing_first[:SHOWN_FAULTS]]
        if more := len(self.faults) - len(lines):
            lines.append(Evidence(self.by, f"{more} more faults"))
        return tuple(lines) if lines or not self.by else (Evidence(self.by, "loads"),)
