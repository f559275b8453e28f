"""The servers of a domain take mail for a mailbox.

Requires
    Every address of every MX host of the domain accepts the mailbox in RCPT, with the null sender.
    ``postmaster`` and ``abuse`` stand for those of the domain. No mail is sent: after RCPT comes
    RSET.

Why
    postmaster must be there (RFC 5321 §4.5.1), abuse should be (RFC 2142 §2). Large providers send
    complaints there, and register a domain for their reports only if somebody reads it; people whose
    mail is refused write to it.

Met when
    Each server says 2xx to RCPT.

Unmet when
    recipient-refused: a server refuses the mailbox (5xx, about the mailbox).
        Complaints and requests bounce: "550 5.1.1 User unknown". Feedback loops of providers are not
        set up.
    ...

Not judged here
    Whether anybody reads it. A refusal that may be about this client (5.7.z, or 5xx without an
    enhanced code, unless another recipient is accepted after it), greylisting and other 4xx are
    inconclusive; a server that refuses the null sender is ``domain D accepts bounces``. Catch-all
    domains: ``domain D refuses unknown recipients``. The suite has to name the domain under
    ``probe``, and the run to have ``--mail-probe-recipients``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import RecipientProbe
from mailcheck.facts.smtp.hosts import Families
from mailcheck.facts.smtp.mailboxes import at_every_exchange, reply_to
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.mailboxes import Mailbox
from mailcheck.names import Domain, Port
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.envelope import Envelope
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class AcceptsMailFor:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain whose MX hosts are asked")
    mailbox: Mailbox = slot("postmaster, abuse, or a whole mailbox of the domain", subjects=())
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )

    def __post_init__(self) -> None:
        if self.mailbox.domain not in ("", self.domain):
            raise ValueError(
                f"{self.mailbox} is no mailbox of {self.domain}; say: "
                f"domain {self.mailbox.domain} accepts mail for {self.mailbox}"
            )


def probes(wanted: AcceptsMailFor) -> tuple[RecipientProbe, ...]:
    """What is tried: the mailbox."""
    recipient = f"{wanted.mailbox.local_part}@{wanted.domain}"
    return (RecipientProbe(recipient, domain=str(wanted.domain)),)


async def judge(wanted: AcceptsMailFor) -> Finding:
    """Offer the mailbox to every address of every MX host."""
    return await at_every_exchange(probes(wanted)[0], _accepts, wanted.families)


def _accepts(session: SmtpSessionFact, envelope: Envelope) -> Part:
    reply = reply_to(session, envelope)
    if isinstance(reply, Unobserved) or reply.code // 100 == 2:
        return reply if isinstance(reply, Unobserved) else met()
    text = f"{session.where} refuses {envelope.recipient}: {reply}"
    return unmet("recipient-refused", text, str(session.address))


def remedy(wanted: AcceptsMailFor, reason: Reason) -> Remedy:
    """The mailbox to make."""
    if reason.tag != "recipient-refused":
        return SmtpTarget(port=Port(25), domain=wanted.domain).to_be_served(reason)
    local = wanted.mailbox.local_part
    return Remedy(
        instruction=f"Have the server at {reason.about} take {local}@{wanted.domain}, for somebody "
        f"who reads it. Postfix: in /etc/aliases, {local}: root, then newaliases; for virtual domains "
        "a line in virtual_alias_maps."
    )


_SENTENCE = "domain example.com accepts mail for postmaster"
_DNS = (
    told("example.com MX", "10 mx.example.com."),
    told("mx.example.com A", "192.0.2.25 | 192.0.2.26"),
    told("mx.example.com AAAA", "NODATA"),
)


def _at(address: str, reply: str, greeting: str = "220 mx.example.com") -> Told:
    recipients = {"postmaster@example.com": reply}
    return told_smtp(f"mx.example.com {address}:25", greeting, recipients=recipients)


CHECK = check(
    __doc__,
    template="domain [{domain}] accepts mail for {mailbox}",
    parameters=AcceptsMailFor,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    recipients=probes,
    sources=("RFC 5321 §4.5.1", "RFC 2142 §2", "RFC 3463 §3.2"),
    over_several=True,
    examples=(
        Example(
            "both accept",
            _SENTENCE,
            (*_DNS, _at("192.0.2.25", "250 Ok"), _at("192.0.2.26", "250 Ok")),
            "met",
        ),
        Example(
            "one refuses, and the other is silent",
            _SENTENCE,
            (
                *_DNS,
                _at("192.0.2.25", "550 5.1.1 unknown"),
                _at("192.0.2.26", "", "TIMEOUT"),
            ),
            "recipient-refused",
            partly_unknown=True,
        ),
        Example(
            "greylisting",
            _SENTENCE,
            (*_DNS, _at("192.0.2.25", "250 Ok"), _at("192.0.2.26", "450 4.2.0 Greylisted")),
            "inconclusive: greylisted",
        ),
    ),
)
