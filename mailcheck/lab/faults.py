"""What a DNS server of the lab does wrong, and to which questions.

A fault is applied to the answer the server would have given, so that every fault is a function of
question and honest answer, and needs no socket.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

if TYPE_CHECKING:
    from dns.rdatatype import RdataType

Transport: TypeAlias = Literal["udp", "tcp"]


class Fault(StrEnum):
    """The faults by the words ``lab.yml`` uses."""

    REFUSE = "refuse"
    SERVFAIL = "servfail"
    FORMERR = "formerr"
    NOTIMP = "notimp"
    SILENT = "silent"
    TRUNCATE = "truncate"
    LAME = "lame"
    NOT_AUTHORITATIVE = "not authoritative"
    WRONG_ID = "wrong id"
    WRONG_QUESTION = "wrong question"


AUTHORITATIVE_ONLY = frozenset({Fault.LAME, Fault.NOT_AUTHORITATIVE})
"""Faults that a resolver cannot have."""

_RCODES = {
    Fault.REFUSE: dns.rcode.REFUSED,
    Fault.SERVFAIL: dns.rcode.SERVFAIL,
    Fault.FORMERR: dns.rcode.FORMERR,
    Fault.NOTIMP: dns.rcode.NOTIMP,
}

_ROOT_NS = dns.rrset.from_text(
    ".", 518400, "IN", "NS", "a.root-servers.net.", "b.root-servers.net."
)
_ANOTHER_NAME = dns.name.from_text("another.question.invalid.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault and the questions it is for.

    Without ``rdtype`` it holds for ``name`` and everything below it; with, for that name and type
    only.
    """

    fault: Fault
    name: dns.name.Name = dns.name.root
    rdtype: RdataType | None = None

    def concerns(self, name: dns.name.Name, rdtype: RdataType) -> bool:
        """Whether the question *name* *rdtype* meets this fault."""
        if self.rdtype is None:
            return name.is_subdomain(self.name)
        return (name, rdtype) == (self.name, self.rdtype)


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one server; of several that concern a question, the most specific one."""

    rules: tuple[Rule, ...] = ()

    def on(self, query: dns.message.Message) -> Fault | None:
        """Return the fault that *query* meets. Every query meets a fault of the whole server."""
        if query.question:
            name, rdtype = query.question[0].name, query.question[0].rdtype
        else:
            name, rdtype = dns.name.root, dns.rdatatype.NONE
        met = [rule for rule in self.rules if rule.concerns(name, rdtype)]
        return max(met, key=_specificity).fault if met else None


NO_FAULTS = Faults()


def _specificity(rule: Rule) -> tuple[bool, int]:
    return rule.rdtype is not None, len(rule.name)


def disturb(
    fault: Fault, query: dns.message.Message, honest: dns.message.Message, over: Transport
) -> dns.message.Message | None:
    """Return what a server with *fault* says instead of *honest*; None if it says nothing.

    *honest* may be changed.
    """
    if fault is Fault.SILENT:
        return None
    if fault in _RCODES:
        failed = bare(query, honest)
        failed.set_rcode(_RCODES[fault])
        return failed
    if fault is Fault.TRUNCATE and over == "udp":
        cut = bare(query, honest)
        cut.flags |= dns.flags.TC | (honest.flags & dns.flags.AA)
        return cut
    if fault is Fault.LAME:
        upward = bare(query, honest)
        upward.authority.append(_ROOT_NS)
        return upward
    if fault is Fault.NOT_AUTHORITATIVE:
        honest.flags &= ~dns.flags.AA
    elif fault is Fault.WRONG_ID:
        honest.id ^= 0xFFFF
    elif fault is Fault.WRONG_QUESTION:
        honest.question = [
            dns.rrset.RRset(_ANOTHER_NAME, asked.rdclass, asked.rdtype) for asked in query.question
        ]
    return honest


def bare(query: dns.message.Message, honest: dns.message.Message) -> dns.message.Message:
    """Return an answer to *query* with empty sections, RA as in *honest*."""
    answer = dns.message.make_response(query, our_payload=honest.payload or 0)
    answer.flags |= honest.flags & dns.flags.RA
    return answer
