"""SMTP sessions written down by hand, for examples and tests."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from mailcheck.facts.smtp.envelope import NULL_SENDER, Envelope
from mailcheck.facts.smtp.reply import read_reply
from mailcheck.facts.smtp.session import Exchange, SmtpSession, SmtpSessionFact, Stage
from mailcheck.facts.smtp.vantage import PortAnswers, PortAnswersFact
from mailcheck.facts.tls.handshake import Tls
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.facts.tls.handshake import NoTls

_CAUSE = re.compile(r"[A-Z][A-Z0-9-]*")


def told_smtp(
    at: str,
    greeting: str,
    *,
    ehlo: str = "250 OK",
    helo: str = "",
    starttls: str = "220 ready",
    tls: Tls | NoTls | None = None,
    again: str = "250 OK",
    breaks: str = "",
    recipients: Mapping[str, str] = {},
    mail: str = "250 OK",
    only_tls: str = "",
    sender: str = NULL_SENDER,
) -> tuple[SmtpSession, SmtpSessionFact | Unobserved]:
    r"""Write down a session, as a question and its answer.

    *at* is ``ADDRESS:PORT``, with an IPv6 address in brackets, behind the name of the host if one
    is known. *greeting* is a reply (its lines separated by ``\n``), ``REFUSED``, or a cause in
    capitals (``TIMEOUT``, ``NO-IPV6-ROUTE``). *ehlo* counts after a positive greeting, *helo* after
    an EHLO that is not known (500, 502), *starttls* after one that offers it, *tls* after a positive
    reply to that, and *again* is the reply to EHLO after it. *breaks* names the stage before whose
    reply the session breaks off, and the cause. *recipients* are the replies to RCPT by forward-path,
    in the order of :class:`mailcheck.facts.smtp.envelope.EnvelopesAt` (``nobody`` first,
    ``postmaster`` last), and *mail* the reply to MAIL with *sender* before them;
    *only_tls* is the one version of TLS that is offered::

        told_smtp("192.0.2.25:25", "220 mail.example.com ESMTP", ehlo="250-mail\n250 SIZE 1000")
        told_smtp("mx.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")
        told_smtp("192.0.2.25:25", "220 mx", ehlo="250-mx\n250 STARTTLS", tls=told_tls("mx.example"))
        told_smtp("192.0.2.25:25", "220 mx", breaks="EHLO TIMEOUT")
    """
    name, _, socket = at.rpartition(" ")
    host, _, port = socket.rpartition(":")
    envelopes = tuple(Envelope(sender, path) for path in recipients)
    asks = SmtpSession(parse_address(host), int(port), name, envelopes, only_tls)
    first = asks.begins_with_tls
    nothing = SmtpSessionFact(
        asks.address, asks.port, name, tls=tls if first else None, only_tls=only_tls
    )
    if greeting == "REFUSED":
        return asks, replace(nothing, refused=True, tls=None)
    if _CAUSE.fullmatch(greeting):
        return asks, _broken(nothing, "connect", greeting)
    stage, _, cause = breaks.rpartition(" ")
    if stage == "greeting":
        return asks, _broken(nothing, "greeting", cause)
    said = nothing
    replies = {
        "greeting": greeting,
        "EHLO": ehlo,
        "HELO": helo,
        "STARTTLS": starttls,
        "TLS": "",
        "EHLO in TLS": again,
    }
    for at_stage, reply in replies.items():
        step, _, in_tls = at_stage.partition(" ")
        if not _comes_to(at_stage, said, helo=bool(helo)):
            continue
        if at_stage == stage:
            unobserved = _broken(said, cast("Stage", step), cause)
            return asks, replace(said, broken=unobserved)
        if step == "TLS":
            said = replace(said, tls=tls)
            continue
        exchange = Exchange(
            cast("Stage", step), read_reply(f"{reply}\n".encode())[0], in_tls=bool(in_tls) or first
        )
        said = replace(said, exchanges=(*said.exchanges, exchange))
    if recipients:
        said = _offered(said, (sender, mail), recipients)
    return asks, said


def told_port(at: str, answer: str) -> tuple[PortAnswers, PortAnswersFact | Unobserved]:
    """Write down whether *at*, an ``ADDRESS:PORT``, ``answers``, or the cause in capitals."""
    host, _, port = at.rpartition(":")
    asks = PortAnswers(parse_address(host.strip("[]")), int(port))
    if _CAUSE.fullmatch(answer):
        return asks, Unobserved(answer.lower(), f"{at} {answer.lower()}")
    return asks, PortAnswersFact(asks.address, asks.port)


def _offered(
    said: SmtpSessionFact, mail: tuple[str, str], recipients: Mapping[str, str]
) -> SmtpSessionFact:
    ehlo = said.at("EHLO")
    if ehlo is None or ehlo.code // 100 != 2:
        return said
    in_tls = isinstance(said.tls, Tls)
    replies = {("MAIL", mail[0]): mail[1]}
    if mail[1].startswith("2"):
        replies |= {("RCPT", path): reply for path, reply in recipients.items()}
    offered = [
        Exchange(cast("Stage", stage), read_reply(f"{reply}\n".encode())[0], None, in_tls, path)
        for (stage, path), reply in replies.items()
    ]
    return replace(said, exchanges=(*said.exchanges, *offered))


def _comes_to(stage: str, said: SmtpSessionFact, *, helo: bool) -> bool:
    """Whether a session gets from what was *said* to *stage*."""
    match stage:
        case "greeting":
            return True
        case "EHLO":
            return _is_positive(said, "greeting")
        case "HELO":
            return helo and said.ehlo is not None and said.ehlo.is_unknown_command
        case "STARTTLS":
            return said.tls is None and said.offers("STARTTLS") is not None
        case "TLS":
            return _is_positive(said, "STARTTLS")
        case _:
            return isinstance(said.tls, Tls) and said.at("STARTTLS") is not None


def _is_positive(said: SmtpSessionFact, stage: Stage) -> bool:
    reply = said.at(stage)
    return reply is not None and reply.code // 100 == 2


def _broken(said: SmtpSessionFact, stage: Stage, cause: str) -> Unobserved:
    return said.broken_off(stage, cause.lower(), cause.lower().replace("-", " "), cause)
