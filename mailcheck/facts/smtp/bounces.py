"""Whether a server takes bounces: mail with the null reverse-path (RFC 5321 §4.5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.smtp.mailboxes import (
    is_about_mailbox,
    is_about_sender,
    names_a_client,
    recipients_behind,
    reply_to,
)
from mailcheck.finding import met, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp.envelope import Envelope
    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part

BOUNCES_REFUSED = "bounces-refused"


def takes_bounces(session: SmtpSessionFact, bounce: Envelope) -> Part:
    """Judge what is said to *bounce*, an envelope with the null sender.

    A refusal of an unknown mailbox says nothing against bounces. One of the sender stands if its
    enhanced status code says that it is about the sender (RFC 3463 §3.2); any other may be about
    this client: cause ``refused-this-client``.
    """
    said = recipients_behind(session, bounce.sender)
    if any(reply.code // 100 == 2 for _, reply in said) or is_about_mailbox(session, bounce):
        return met()
    refusal = refusal_of(session, bounce)
    if refusal is None:
        found = reply_to(session, bounce)
        return found if isinstance(found, Unobserved) else met()
    if is_about_sender(refusal):
        return _refused(session, refusal)
    text = f"{session.where} refuses MAIL FROM:<>, perhaps only from this client: {refusal}"
    return Unobserved("refused-this-client", text, session.evidence)


def compared(
    session: SmtpSessionFact, bounce: Envelope, other: SmtpSessionFact, mail: Envelope
) -> Part:
    """Judge what is said to *bounce*, knowing what the same client is told about *mail* in *other*.

    That has another sender, and the same recipient. Whoever takes it refuses bounces, if the refusal
    names no client: some lists of clients are asked for bounces only.
    """
    refusal = refusal_of(session, bounce)
    if refusal is None or names_a_client(refusal):
        return takes_bounces(session, bounce)
    sender, recipient = other.about(mail)
    if session.about(bounce)[1] is None and (recipient is None or is_about_mailbox(other, mail)):
        recipient = sender
    if recipient is not None and recipient.code // 100 == 2:
        return _refused(session, refusal)
    return takes_bounces(session, bounce)


def refusal_of(session: SmtpSessionFact, bounce: Envelope) -> Reply | None:
    """Return the reply that refuses *bounce* for good, to MAIL or to RCPT; None if there is none."""
    mail, rcpt = session.about(bounce)
    reply = rcpt or mail
    return reply if reply is not None and reply.code // 100 == 5 else None


def _refused(session: SmtpSessionFact, refusal: Reply) -> Part:
    text = f"{session.where} refuses MAIL FROM:<>: {refusal}"
    return unmet(BOUNCES_REFUSED, text, str(session.address))
