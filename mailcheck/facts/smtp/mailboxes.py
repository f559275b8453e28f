"""What a server says to an envelope, told apart by whom it is about: the mailbox, or this client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.smtp.envelope import NULL_SENDER, RecipientProbe, consented
from mailcheck.facts.smtp.hosts import Families, all_serve, receivers
from mailcheck.facts.smtp.service import of_a_server
from mailcheck.finding import Finding, Reason
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.smtp.envelope import Envelope
    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part

SMTP = 25

GREYLISTING = frozenset({450, 451})
"""Codes of greylisting (RFC 6647 §2.1: 4yz; these two in the field)."""

_ABOUT_MAILBOXES = ("5.1.", "5.2.")
"""Enhanced status codes about the address and the mailbox (RFC 3463 §3.2, §3.3)."""


def postmaster(domain: str) -> RecipientProbe:
    """Return the probe of the mailbox that every domain must have (RFC 5321 §4.5.1)."""
    return RecipientProbe(f"postmaster@{domain}", domain=domain)


async def at_every_exchange(
    probe: RecipientProbe,
    judge: Callable[[SmtpSessionFact, Envelope], Part],
    families: Families,
) -> Finding:
    """Offer what *probe* says to every address of every MX host of its domain; each must hold.

    Raises:
        NotObserved: if the run does not consent, or the MX records are not known.
    """
    envelope = (await consented()).envelope(probe)
    hosts = await receivers(probe.domain)
    if isinstance(hosts, Reason):
        return Finding((hosts,))

    def judged(session: SmtpSessionFact) -> Part:
        return judge(session, envelope)

    return await all_serve(
        hosts, SMTP, of_a_server(judged), families, named_by_mx=True, envelope=envelope
    )


def reply_to(session: SmtpSessionFact, envelope: Envelope) -> Reply | Unobserved:
    """Return the reply to RCPT, if it says yes or no; unobserved is what may pass, or concern us.

    Whoever refuses the sender has said nothing about the recipient. A refusal for good is about the
    mailbox if its enhanced status code says so, or if the same client was allowed another recipient.
    """
    mail, rcpt = session.about(envelope)
    if rcpt is not None and rcpt.code // 100 == 4:
        cause = "greylisted" if rcpt.code in GREYLISTING else "temporary-failure"
        return _unknown(session, cause, f"defers {visible(envelope.recipient, 100)}: {rcpt}")
    if rcpt is not None and (rcpt.code // 100 == 2 or is_about_mailbox(session, rcpt)):
        return rcpt
    if rcpt is not None:
        what = f"refuses {visible(envelope.recipient, 100)}, perhaps only from this client: {rcpt}"
        return _unknown(session, "refused-this-client", what)
    if mail is not None and mail.code // 100 == 4:
        return _unknown(session, "temporary-failure", f"defers <{envelope.sender}>: {mail}")
    if mail is not None and mail.code // 100 == 5:
        cause = "refused-this-client" if envelope.sender != NULL_SENDER else "null-sender-refused"
        return _unknown(session, cause, f"refuses the sender <{envelope.sender}>: {mail}")
    if session.broken is not None:
        return session.broken
    return _unknown(session, "unexpected-reply", "could not be offered a recipient")


def is_about_mailbox(session: SmtpSessionFact, reply: Reply) -> bool:
    """Whether a *reply* that refuses a recipient is about that recipient."""
    if reply.code // 100 != 5:
        return False
    return reply.enhanced.startswith(_ABOUT_MAILBOXES) or session.takes_mail


def _unknown(session: SmtpSessionFact, cause: str, what: str) -> Unobserved:
    return Unobserved(cause, f"{session.where} {what}", session.evidence)
