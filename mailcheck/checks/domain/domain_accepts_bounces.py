"""The servers of a domain take bounces.

Requires
    Every address of every MX host of the domain accepts the null sender, ``MAIL FROM:<>``. It is
    offered with postmaster as the recipient, because many servers judge the sender no sooner. No
    mail is sent: after RCPT comes RSET.

Why
    Every server has to take it (RFC 5321 §4.5.5, §6.1): it is the sender of bounces, of receipts, and
    of receivers that ask whether the sender of a message is there.

Met when
    Each server accepts it, or refuses the recipient behind it because of its mailbox.

Unmet when
    bounces-refused: a server refuses ``MAIL FROM:<>`` for good, and not only from this client.
        Nobody at the domain learns that mail did not arrive. Receivers that verify senders refuse its
        mail: "550 5.1.7 Sender address rejected: undeliverable address".
    ...

Not judged here
    Whether the recipient is there: ``domain D accepts mail for postmaster``. A refusal counts if its
    enhanced status code is about the sender (5.1.7, 5.1.8), or if the same client may send to the
    same recipient from the mailbox of ``--mail-relay-recipient``: that is tried only where the null
    sender is refused. Other refusals may be about this client, and are inconclusive, as 4xx is. The
    suite has to name the domain under ``probe``, and the run to have ``--mail-probe-recipients``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.address_session import AddressSession
from mailcheck.facts.smtp.bounces import compared, refusal_of, takes_bounces
from mailcheck.facts.smtp.envelope import Envelope, consented
from mailcheck.facts.smtp.hosts import Families
from mailcheck.facts.smtp.mailboxes import SMTP, at_every_exchange, postmaster
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain, Port
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.envelope import RecipientProbe
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class AcceptsBounces:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain whose MX hosts are asked")
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )


def probes(wanted: AcceptsBounces) -> tuple[RecipientProbe, ...]:
    """What is tried: postmaster, which a server takes sooner than anybody."""
    return (postmaster(str(wanted.domain)),)


async def judge(wanted: AcceptsBounces) -> Finding:
    """Offer a bounce to every server; to those that refuse it, other mail as well."""
    [probe] = probes(wanted)
    refusing: list[SmtpSessionFact] = []

    def first(session: SmtpSessionFact, bounce: Envelope) -> Part:
        part = takes_bounces(session, bounce)
        if isinstance(part, Unobserved) and refusal_of(session, bounce):
            refusing.append(session)
        return part

    finding = await at_every_exchange(probe, first, wanted.families)
    elsewhere = (await consented()).elsewhere
    if not refusing or not elsewhere:
        return finding
    mail = Envelope(elsewhere, probe.recipient)
    asked = [(session.address, session.server_name) for session in refusing]
    answers = await each_of(AddressSession(at, SMTP, host, (mail,)) for at, host in asked)
    others = dict(zip(asked, answers, strict=True))

    def second(session: SmtpSessionFact, bounce: Envelope) -> Part:
        other = others.get((session.address, session.server_name))
        if other is None or isinstance(other, Unobserved):
            return takes_bounces(session, bounce)
        return compared(session, bounce, other, mail)

    return await at_every_exchange(probe, second, wanted.families)


def remedy(wanted: AcceptsBounces, reason: Reason) -> Remedy:
    """The rule to take away."""
    if reason.tag != "bounces-refused":
        return SmtpTarget(port=Port(25), domain=wanted.domain).to_be_served(reason)
    return Remedy(
        instruction=f"Have the server at {reason.about} take MAIL FROM:<>. Postfix: no entry for <> in "
        "the tables of smtpd_sender_restrictions; Exim: no deny with senders = : in the ACLs."
    )


_SENTENCE = "domain example.com accepts bounces"
_DNS = (
    told("example.com MX", "10 mx.example.com."),
    told("mx.example.com A", "192.0.2.25 | 192.0.2.26"),
    told("mx.example.com AAAA", "NODATA"),
)


def _at(address: str, rcpt: str, mail: str = "250 Ok", sender: str = "") -> Told:
    recipients = {"postmaster@example.com": rcpt}
    where = f"mx.example.com {address}:25"
    return told_smtp(where, "220 mx", recipients=recipients, mail=mail, sender=sender)


CHECK = check(
    __doc__,
    template="domain [{domain}] accepts bounces",
    parameters=AcceptsBounces,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    recipients=probes,
    sources=("RFC 5321 §4.5.5, 6.1", "RFC 3463 §3.2"),
    over_several=True,
    examples=(
        Example(
            "both accept",
            _SENTENCE,
            (*_DNS, _at("192.0.2.25", "250 Ok"), _at("192.0.2.26", "550 5.1.1 unknown")),
            "met",
        ),
        Example(
            "one takes other mail from the same client, and no bounces",
            _SENTENCE,
            (
                *_DNS,
                _at("192.0.2.25", "554 5.7.1 <>: Sender address rejected: Access denied"),
                _at("192.0.2.25", "250 Ok", sender="user@elsewhere.example"),
                _at("192.0.2.26", "450 4.2.0 Greylisted"),
            ),
            "bounces-refused",
            partly_unknown=True,
        ),
    ),
)
