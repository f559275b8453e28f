"""What a server says to an envelope, told apart by whom it is about: the mailbox, or this client."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.smtp.envelope import (
    EXEMPT,
    NULL_SENDER,
    Envelope,
    RecipientProbe,
    consented,
)
from mailcheck.facts.smtp.hosts import Families, all_serve, receivers
from mailcheck.facts.smtp.service import of_a_server
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.facts.tls.handshake import NoTls
from mailcheck.finding import Finding, Reason
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part

SMTP = 25

GREYLISTING = frozenset({450, 451})
"""Codes of greylisting (RFC 6647 §2.1: 4yz; these two in the field)."""

_ABOUT_MAILBOXES = ("5.1.", "5.2.")
"""Enhanced status codes about the address and the mailbox (RFC 3463 §3.2, §3.3)."""

_ABOUT_SENDERS = frozenset({"5.1.7", "5.1.8"})
"""Those about the sender's mailbox and system (RFC 3463 §3.2)."""

_ANY_ADDRESS = "5.1.0"
"""About an address, of the sender or the recipient (RFC 3463 §3.2)."""

_UNAVAILABLE = frozenset({550, 551, 553})
"""Codes of a mailbox that is not there, not here, or not allowed (RFC 5321 §4.2.3)."""

_ADDRESS = re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b|\b([0-9A-Fa-f]{1,4}:){3}|[0-9A-Fa-f]::")

_WANTS_MORE = frozenset({503, 530})
"""Replies to MAIL that want something first, TLS or a login, whoever the sender is (RFC 4954 §6)."""


def postmaster(domain: str) -> RecipientProbe:
    """Return the probe of the mailbox that every domain must have (RFC 5321 §4.5.1)."""
    return RecipientProbe(f"postmaster@{domain}", domain=domain)


async def at_every_exchange(
    probe: RecipientProbe,
    judge: Callable[[SmtpSessionFact, Envelope], Part],
    families: Families,
    also: RecipientProbe | None = None,
) -> Finding:
    """Offer what *probe* says to every address of every MX host of its domain; each must hold.

    *also* is offered in the same session. Where the answer may be due to recipients that were accepted
    before it, it is offered once more, alone.

    Raises:
        NotObserved: if the run does not consent, or the MX records are not known.
    """
    run = await consented()
    envelope = run.envelope(probe)
    envelopes = (envelope, run.envelope(also)) if also else (envelope,)
    hosts = await receivers(probe.domain)
    if isinstance(hosts, Reason):
        return Finding((hosts,))

    crowded: list[SmtpSessionFact] = []

    def first(session: SmtpSessionFact) -> Part:
        part = judge(session, envelope)
        if isinstance(part, Unobserved) and is_crowded_out(session, envelope):
            crowded.append(session)
        return part

    async def judged_by(judged: Callable[[SmtpSessionFact], Part]) -> Finding:
        return await all_serve(
            hosts, SMTP, of_a_server(judged), families, named_by_mx=True, envelopes=envelopes
        )

    finding = await judged_by(first)
    if not crowded:
        return finding
    answers = await each_of(
        SmtpSession(one.address, one.port, one.server_name, (envelope,)) for one in crowded
    )
    alone = dict(zip(crowded, answers, strict=True))

    def again(session: SmtpSessionFact) -> Part:
        other = alone.get(session)
        if other is None or isinstance(other, Unobserved) or not other.about(envelope)[0]:
            return judge(session, envelope)
        return judge(beside(session, other), envelope)

    return await judged_by(again)


def reply_to(session: SmtpSessionFact, envelope: Envelope) -> Reply | Unobserved:
    """Return the reply to RCPT, if it says yes or no; unobserved is what may pass, or concern us.

    Whoever refuses the sender has said nothing about the recipient.
    """
    mail, rcpt = session.about(envelope)
    if rcpt is not None and rcpt.code // 100 == 4:
        cause = "greylisted" if rcpt.code in GREYLISTING else "temporary-failure"
        return _unknown(session, cause, f"defers {visible(envelope.recipient, 100)}: {rcpt}")
    if rcpt is not None and (rcpt.code // 100 == 2 or is_about_mailbox(session, envelope)):
        return rcpt
    if rcpt is not None and is_about_sender(rcpt):
        return _sender_refused(session, envelope, rcpt)
    if rcpt is not None:
        what = f"refuses {visible(envelope.recipient, 100)}, perhaps only from this client: {rcpt}"
        return _unknown(session, "refused-this-client", what)
    if mail is not None and mail.code // 100 == 4:
        return _unknown(session, "temporary-failure", f"defers <{envelope.sender}>: {mail}")
    if mail is not None and mail.code // 100 == 5:
        return _sender_refused(session, envelope, mail)
    if session.broken is not None:
        return session.broken
    if isinstance(session.tls, NoTls):
        # Most senders would come again in clear, or not at all; neither was tried.
        return _unknown(session, "handshake-failed", f"was offered no recipient: the {session.tls}")
    return _unknown(session, "unexpected-reply", "could not be offered a recipient")


def is_about_mailbox(session: SmtpSessionFact, envelope: Envelope) -> bool:
    """Whether the refusal of the recipient of *envelope* is about that recipient.

    Its enhanced status code may say so. Otherwise the same client, with the same sender, has to be
    allowed another recipient afterwards; one that servers take from everybody shows this only for
    replies that are not about policy (X.7.z) and name no client.
    """
    reply = session.about(envelope)[1]
    if reply is None or reply.code // 100 != 5 or is_about_sender(reply):
        return False
    if reply.enhanced.startswith(_ABOUT_MAILBOXES) and reply.enhanced != _ANY_ADDRESS:
        return True
    about_policy = reply.enhanced.startswith("5.7.") or reply.code not in _UNAVAILABLE
    taken = _taken_after(session, envelope)
    return any(
        other not in EXEMPT or not (about_policy or names_a_client(reply)) for other in taken
    )


def is_about_sender(reply: Reply) -> bool:
    """Whether a refusal is about the reverse-path, whoever sends it (RFC 3463 §3.2)."""
    return reply.code // 100 == 5 and reply.enhanced in _ABOUT_SENDERS


def names_a_client(reply: Reply) -> bool:
    """Whether a refusal has an address in its words: those of clients have, mostly this one's."""
    return any(map(_ADDRESS.search, reply.texts))


def recipients_behind(session: SmtpSessionFact, sender: str) -> list[tuple[Envelope, Reply]]:
    """Return what was said to each recipient behind *sender*, in the order offered."""
    said: list[tuple[Envelope, Reply]] = []
    behind: str | None = None
    for exchange in session.exchanges:
        if exchange.stage == "MAIL":
            behind = exchange.path
        if exchange.stage == "RCPT" and exchange.path is not None and behind == sender:
            said.append((Envelope(sender, exchange.path), exchange.reply))
    return said


def is_crowded_out(session: SmtpSessionFact, envelope: Envelope) -> bool:
    """Whether other recipients may be why that of *envelope* was not accepted.

    Some were accepted before it: there are servers that take one recipient at a time, of bounces or
    at all ("452 4.5.3"). Or it was never offered: others hang up on a recipient that they refuse.
    Greylisting is not asked again.
    """
    said = recipients_behind(session, envelope.sender)
    offered = [one for one, _ in said]
    if envelope not in offered and session.broken is not None:
        return any(e.stage == "MAIL" and e.reply.code // 100 == 2 for e in session.exchanges)
    before = said[: offered.index(envelope)] if envelope in offered else said
    rcpt = session.about(envelope)[1]
    put_off = rcpt is not None and rcpt.code in GREYLISTING
    return not put_off and any(reply.code // 100 == 2 for _, reply in before)


def beside(session: SmtpSessionFact, alone: SmtpSessionFact) -> SmtpSessionFact:
    """Return the session *alone* with what was accepted in another *session* behind the same sender."""
    taken = [e for e in session.exchanges if e.stage == "RCPT" and e.reply.code // 100 == 2]
    return replace(alone, exchanges=(*alone.exchanges, *taken))


def _taken_after(session: SmtpSessionFact, refused: Envelope) -> list[str]:
    """Return the local parts that were accepted behind the same sender, after *refused* was not."""
    said = recipients_behind(session, refused.sender)
    at = [envelope for envelope, _ in said].index(refused)
    return [envelope.local_part for envelope, reply in said[at:] if reply.code // 100 == 2]


def _sender_refused(session: SmtpSessionFact, envelope: Envelope, reply: Reply) -> Unobserved:
    refuses_null = envelope.sender == NULL_SENDER and reply.code not in _WANTS_MORE
    cause = "null-sender-refused" if refuses_null else "refused-this-client"
    return _unknown(session, cause, f"refuses the sender <{envelope.sender}>: {reply}")


def _unknown(session: SmtpSessionFact, cause: str, what: str) -> Unobserved:
    return Unobserved(cause, f"{session.where} {what}", session.evidence)
