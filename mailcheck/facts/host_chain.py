"""The names of one host, link by link: address, PTR, address records, greeting, certificate, MX.

The chain holds if every link holds, so one that is seen to be broken decides, whatever is unknown
of the others: an unknown link could only break it once more. If none is broken, an unknown one
might be, and nothing is decided. Which link is *first* among broken ones is said of those that were
seen; the unknown one before them stays beside the reason, for a suite that excuses that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.facts.client_identity import is_ptr_name, points_to
from mailcheck.facts.existence import NO_SUCH_DOMAIN, absence
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.mail_hosts import MailHosts, MailHostsFact
from mailcheck.facts.reverse_names import MAX_NAMES, ReverseNames, forward_type
from mailcheck.facts.smtp.address_session import AddressSession
from mailcheck.facts.smtp.own_names import (
    CERTIFICATE_NOT_JUDGED,
    GREETING_NOT_JUDGED,
    greets_as,
    is_certified_as,
)
from mailcheck.finding import Advice, Finding, Part, all_hold, any_holds, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Question, Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.names import Address

NOT_MX = "not-mx"

SMTP = 25

_NOT_JUDGED = frozenset({GREETING_NOT_JUDGED, CERTIFICATE_NOT_JUDGED})


async def host_chain(name: str, ip: Address, domain: str = "") -> dict[str, Part]:
    """Ask at once for all that links *name*, in normal form, to *ip*; judge each link by itself.

    With *domain*, the host must be one of its exchanges.
    """
    forward = forward_type(ip)
    session = AddressSession(ip, SMTP, name)
    links: dict[str, tuple[Question[Any], Callable[[Any], Part]]] = {
        "PTR": (ReverseNames(ip), lambda reverse: is_ptr_name(name, reverse)),
        forward: (Lookup(name, forward), lambda answer: points_to(answer, ip)),
        "greeting": (session, lambda held: greets_as(name, held)),
        "certificate": (session, lambda held: is_certified_as(name, held)),
    }
    if domain:
        links["MX"] = (MailHosts(domain), lambda mx: is_exchange(name, mx))
    answers = await each_of(question for question, _ in links.values())
    return {
        # A session that failed may show that nothing listens; any other answer is just missing.
        link: said if isinstance(said, Unobserved) and asked is not session else judged(said)
        for (link, (asked, judged)), said in zip(links.items(), answers, strict=True)
    }


def first_broken(chain: Mapping[str, Part]) -> Finding:
    """Judge the whole: the first broken link is the reason, those behind it are advice.

    What is broken further on often follows from it, and is mended with it.
    """
    whole = all_hold(chain.values())
    if not whole.reasons:
        return whole
    first, *later = whole.reasons
    shown = ", ".join(f"{link} {_state(part)}" for link, part in chain.items())
    first = replace(first, text=f"{first.text} (the chain: {shown})")
    behind = (Advice(reason.tag, reason.text) for reason in later)
    return replace(whole, reasons=(first,)).with_advice(*behind)


def is_exchange(name: str, mx: MailHostsFact) -> Part:
    """Judge whether *name* takes mail for the domain; one without MX is its own (RFC 5321 §5.1)."""
    domain = mx.answer.name
    gone = absence(mx.answer)
    if gone and gone.tag != NO_SUCH_DOMAIN:
        return Finding((gone,))
    if name in mx.names or (mx.answer.status == "nodata" and name == domain):
        return met()
    listed = ", ".join(visible(to_u_labels(n), 80) for n in mx.names[:MAX_NAMES])
    nothing = "the null MX" if mx.null else "no MX record"
    why = gone.text if gone else f"{to_u_labels(domain)} has {listed or nothing}"
    text = f"{to_u_labels(name)} is no MX host of {to_u_labels(domain)}: {why}"
    return any_holds((unmet(NOT_MX, text, domain), *mx.answer.unread))


def _state(part: Part) -> str:
    if isinstance(part, Unobserved) or part.unknown:
        return "unknown"
    not_judged = any(advice.tag in _NOT_JUDGED for advice in part.advice)
    return "broken" if part.reasons else "not judged" if not_judged else "holds"
