"""What evaluating SPF comes to: a result, how it was reached, or why there is none (RFC 7208 §2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from mailcheck.facts.spf.record.meaning import close_to_a_record
from mailcheck.facts.spf.record.syntax import spf_records

if TYPE_CHECKING:
    from mailcheck.facts.spf.record.terms import Qualifier, SpfRecord, Term
    from mailcheck.finding import Reason
    from mailcheck.question import Unobserved

Result: TypeAlias = Literal["none", "neutral", "pass", "fail", "softfail", "temperror", "permerror"]

RESULTS: dict[Qualifier, Result] = {
    "+": "pass",
    "-": "fail",
    "~": "softfail",
    "?": "neutral",
}

MOST_LOOKUPS = 10
"""Terms that ask DNS in one evaluation; one more is a permerror (§4.6.4)."""

MOST_VOIDS = 2
"""Terms in one evaluation of which a lookup may find nothing; one more is a permerror (§4.6.4)."""

MOST_NAMES = 10
"""Exchanges of an ``mx``, of which one more is a permerror, and PTR names of a ``ptr`` or of
``%{p}``, of which the others are ignored (§4.6.4)."""

FaultKind: TypeAlias = Literal[
    "several-records",
    "syntax",
    "too-many-lookups",
    "too-many-voids",
    "too-many-exchanges",
    "include-without-record",
    "redirect-without-record",
]


class Step(NamedTuple):
    """A domain whose record was evaluated, and the term of it that counted.

    That is the ``include`` or ``redirect`` that led on, or, in the last step, the directive that
    matched or where the evaluation broke off; None if none matched, or the record was not read.
    """

    domain: str
    term: Term | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the result is permerror: its kind, and what is at fault, in a clause."""

    kind: FaultKind
    what: str


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A lookup that failed, of which the RFC says to go on as if it had found nothing (§5.5, §7.3).

    ``result`` is what a match there would have led to; empty if that cannot be told.
    """

    unknown: Unobserved
    result: Result | Literal[""]


@dataclass(frozen=True, slots=True)
class SpfCheckFact:
    """The result of ``check_host()`` for one client, sender and domain.

    ``path`` leads from the domain's own record, ``record``, to the last one evaluated; ``owner`` is
    where that record stands: the domain, or what it is an alias of. ``lookups``
    are the terms that asked DNS, ``voids`` those of which a lookup found nothing. ``fault`` says why the
    result is permerror. If it is temperror, ``unknown`` is what could not be looked up, or
    ``refused`` says that all servers of a zone refuse to answer, which is known. ``absent`` says why
    a domain without a record does not exist at all, if so. ``explanation`` is what the domain wants
    those to be told who fail (§6.2): anybody's words.
    ``texts`` are all that TXT says of the domain itself.
    """

    result: Result
    path: tuple[Step, ...] = ()
    record: SpfRecord | None = None
    owner: str = ""
    lookups: int = 0
    voids: int = 0
    fault: Fault | None = None
    unknown: Unobserved | None = None
    refused: Reason | None = None
    absent: Reason | None = None
    overlooked: tuple[Overlooked, ...] = ()
    explanation: str = ""
    texts: tuple[bytes, ...] = ()

    @property
    def records(self) -> tuple[bytes, ...]:
        """The domain's own SPF records, of which there should be one."""
        return tuple(spf_records(self.texts))

    @property
    def close(self) -> bytes:
        """A text that is nearly a record, if there is none."""
        return b"" if self.records else close_to_a_record(self.texts)
