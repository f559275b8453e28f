"""The servers of a domain refuse recipients that are not there.

Requires
    Every address of every MX host of the domain refuses, in RCPT and for good, a mailbox that is
    nobody's: random letters. No mail is sent: after RCPT comes RSET.

Why
    Who refuses in the session tells the sender of a mistyped address at once. Who accepts first has
    to send a bounce later, to a sender that spam forges: backscatter. Or nobody is told at all.

Met when
    Each server says 5xx to RCPT, about the mailbox.

Unmet when
    accepts-anybody: a server accepts the mailbox in RCPT.
        Either the domain is a catch-all, and takes what spammers guess; or it bounces later, to people
        who wrote nothing. ips.backscatterer.org (UCEPROTECT) lists who does that for four weeks.
    ...

Not judged here
    What a server says after the message: one that refuses there sends no bounce, and is unmet all the
    same. A refusal that may be about this client (5.7.z; or 5xx without an enhanced code, unless
    postmaster, who is offered afterwards, is accepted), 252 and 4xx are inconclusive. The suite has to
    name the domain under ``probe``, and the run to have ``--mail-probe-recipients``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import NOBODY, RecipientProbe
from mailcheck.facts.smtp.hosts import Families
from mailcheck.facts.smtp.mailboxes import at_every_exchange, postmaster, reply_to
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain, Port
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.envelope import Envelope
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part

WILL_TRY = 252
"""Says that a server does not know, and accepts for now (RFC 5321 §3.5.3)."""


@dataclass(frozen=True, slots=True)
class RefusesUnknownRecipients:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain whose MX hosts are asked")
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )


def probes(wanted: RefusesUnknownRecipients) -> tuple[RecipientProbe, ...]:
    """What is tried: nobody's mailbox, and one that is taken from whoever may send here."""
    domain = str(wanted.domain)
    return (RecipientProbe(f"{NOBODY}@{domain}", domain=domain), postmaster(domain))


async def judge(wanted: RefusesUnknownRecipients) -> Finding:
    """Offer nobody's mailbox to every address of every MX host."""
    nobody, somebody = probes(wanted)
    return await at_every_exchange(nobody, _refuses, wanted.families, also=somebody)


def _refuses(session: SmtpSessionFact, envelope: Envelope) -> Part:
    reply = reply_to(session, envelope)
    if isinstance(reply, Unobserved) or reply.code // 100 == 5:
        return reply if isinstance(reply, Unobserved) else met()
    if reply.code == WILL_TRY:
        text = f"{session.where} does not say whether {envelope.recipient} is there: {reply}"
        return Unobserved("unexpected-reply", text, session.evidence)
    text = f"{session.where} accepts {envelope.recipient}, which is nobody's: {reply}"
    return unmet("accepts-anybody", text, str(session.address))


def remedy(wanted: RefusesUnknownRecipients, reason: Reason) -> Remedy:
    """The list of mailboxes that the server has to know."""
    if reason.tag != "accepts-anybody":
        return SmtpTarget(port=Port(25), domain=wanted.domain).to_be_served(reason)
    return Remedy(
        instruction=f"Have the server at {reason.about} know the mailboxes of {wanted.domain}. Postfix: "
        "local_recipient_maps, or relay_recipient_maps on a relay; reject_unverified_recipient asks the "
        "next server. Exim: require verify = recipient in acl_smtp_rcpt."
    )


_SENTENCE = "domain example.com refuses unknown recipients"
_DNS = (
    told("example.com MX", "10 mx.example.com."),
    told("mx.example.com A", "192.0.2.25 | 192.0.2.26"),
    told("mx.example.com AAAA", "NODATA"),
)


def _at(address: str, nobody: str, postmaster: str = "250 Ok") -> Told:
    recipients = {"nobody@example.com": nobody, "postmaster@example.com": postmaster}
    return told_smtp(f"mx.example.com {address}:25", "220 mx", recipients=recipients)


CHECK = check(
    __doc__,
    template="domain [{domain}] refuses unknown recipients",
    parameters=RefusesUnknownRecipients,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    recipients=probes,
    sources=("RFC 5321 §3.3, 4.2.3", "RFC 3463 §3.2", "backscatterer.org, index (2026)"),
    over_several=True,
    examples=(
        Example(
            "both refuse, one without an enhanced code",
            _SENTENCE,
            (*_DNS, _at("192.0.2.25", "550 5.1.1 unknown"), _at("192.0.2.26", "550 unknown")),
            "met",
        ),
        Example(
            "one accepts, and the other is greylisting",
            _SENTENCE,
            (*_DNS, _at("192.0.2.25", "250 Ok"), _at("192.0.2.26", "450 4.2.0 Greylisted")),
            "accepts-anybody",
            partly_unknown=True,
        ),
    ),
)
