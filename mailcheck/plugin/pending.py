"""What a test was still waiting for when somebody ended it, such as a time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.engine.nodes import Leaf
from mailcheck.evidence import visible
from mailcheck.facts.dns import DnsQuery, ServerQuery
from mailcheck.facts.https import HttpsGet
from mailcheck.facts.imap.session import ImapSession
from mailcheck.facts.smtp.session import SmtpSession

if TYPE_CHECKING:
    from mailcheck.engine.nodes import Judgement
    from mailcheck.question import Question

SHOWN = 4
"""Questions that are named; the rest is counted."""


def waited_for(judgement: Judgement) -> str:
    """Name the questions that *judgement* rests on and that have no answer; empty if all have."""
    below = judgement.below(but_aside=True)
    open_now = [node.question for node in below if isinstance(node, Leaf) and not node.done]
    of_resolvers = [question for question in open_now if isinstance(question, DnsQuery)]
    names = [_name(one) for one in open_now if not isinstance(one, DnsQuery)]
    names += [_name(one) for one in of_resolvers]
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    whom = " from the run's resolvers" if of_resolvers else ""
    return ", ".join([*names[:SHOWN], *more]) + whom


def _name(question: Question[Any]) -> str:
    match question:
        case DnsQuery():
            name = f"{question.name} {question.rdtype}"
        case ServerQuery():
            name = f"{question.name} {question.rdtype} from {question.server}"
        case SmtpSession() | ImapSession() | HttpsGet():
            name = f"{question.address} port {question.port}"
        case _:
            name = type(question).__name__
    return visible(name)
