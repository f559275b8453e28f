"""IMAP sessions written down by hand, for examples and tests."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from mailcheck.facts.imap.response import GREETING, Response, read_response
from mailcheck.facts.imap.session import Exchange, ImapSession, ImapSessionFact, Stage
from mailcheck.facts.tls.handshake import Tls
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from mailcheck.facts.tls.handshake import NoTls
    from mailcheck.question import Unobserved

_CAUSE = re.compile(r"[A-Z][A-Z0-9-]*")
_STATUS = re.compile(r"(OK|NO|BAD)\b.*")


def told_imap(
    at: str,
    greeting: str = "OK ready",
    *,
    can: str = "IMAP4rev1 AUTH=PLAIN",
    starttls: str = "OK begin TLS",
    tls: Tls | NoTls | None = None,
    again: str = "IMAP4rev1 AUTH=PLAIN",
    breaks: str = "",
    client: str = "",
) -> tuple[ImapSession, ImapSessionFact | Unobserved]:
    """Write down a session, as a question and its answer.

    *at* is ``ADDRESS:PORT``, with an IPv6 address in brackets, behind the name of the host if one
    is known. *greeting* begins with its status, or is ``REFUSED``, or a cause in capitals
    (``TIMEOUT``). *can* is what CAPABILITY lists, or a status without a list, *starttls* the answer
    where that is offered, *tls* how the handshake ends, and *again* what CAPABILITY lists after it.
    On port 993 *tls* comes first. *breaks* names the stage before whose response the session breaks
    off, and the cause; *client* is the address that it is held from::

        told_imap("mail.example.com 192.0.2.25:993", tls=told_tls("mail.example.com"))
        told_imap("192.0.2.25:143", can="IMAP4rev1 STARTTLS LOGINDISABLED", tls=told_tls("mail"))
        told_imap("192.0.2.25:143", "BYE too many connections")
        told_imap("192.0.2.25:143", breaks="CAPABILITY TIMEOUT")

    Raises:
        ValueError: if it is not said how the handshake ends that comes first.
    """
    name, _, socket = at.rpartition(" ")
    host, _, port = socket.rpartition(":")
    asks = ImapSession(parse_address(host), int(port), name)
    first = asks.begins_with_tls
    said = ImapSessionFact(asks.address, asks.port, name, tls=tls if first else None, client=client)
    if greeting == "REFUSED":
        return asks, replace(said, refused=True, tls=None)
    if _CAUSE.fullmatch(greeting) and greeting not in ("OK", "BYE", "PREAUTH"):
        return asks, _broken(said, "connect", greeting)
    stage, _, cause = breaks.rpartition(" ")
    if stage == "greeting" or (first and stage == "TLS"):
        return asks, _broken(said, cast("Stage", stage), cause)
    if first and not isinstance(tls, Tls):
        if tls is None:
            raise ValueError("on port 993 TLS comes first: say how the handshake ends")
        return asks, said
    answers = {"greeting": greeting, "CAPABILITY": can, "STARTTLS": starttls, "TLS": "", "again": again}  # fmt: skip
    for step, answer in answers.items():
        at_stage = cast("Stage", "CAPABILITY" if step == "again" else step)
        in_tls = isinstance(said.tls, Tls)
        if not _comes_to(step, said):
            continue
        if stage == (f"{at_stage} in TLS" if step == "again" else step):
            return asks, replace(said, broken=_broken(said, at_stage, cause, in_tls=in_tls))
        if step == "TLS":
            said = replace(said, tls=tls)
            continue
        exchange = Exchange(at_stage, _response(at_stage, answer), in_tls=in_tls)
        said = replace(said, exchanges=(*said.exchanges, exchange))
    return asks, said


def _comes_to(step: str, said: ImapSessionFact) -> bool:
    """Whether a session gets from what was *said* to *step*."""
    match step:
        case "greeting":
            return True
        case "CAPABILITY":
            return said.greeting is not None and said.greeting.status != "BYE"
        case "STARTTLS":
            return said.tls is None and said.may_start_tls
        case "TLS":
            reply = said.at("STARTTLS")
            return reply is not None and reply.status == "OK"
        case _:
            return isinstance(said.tls, Tls) and said.at("STARTTLS") is not None


def _response(stage: Stage, answer: str) -> Response:
    if stage == "greeting":
        return read_response(f"* {answer}\n".encode(), GREETING)[0]
    if stage == "CAPABILITY" and not _STATUS.fullmatch(answer):
        answer = f"* CAPABILITY {answer}\nm1 OK done"
    else:
        answer = f"m1 {answer}"
    return read_response(f"{answer}\n".encode(), "m1")[0]


def _broken(said: ImapSessionFact, stage: Stage, cause: str, *, in_tls: bool = False) -> Unobserved:
    text = cause.lower().replace("-", " ")
    return said.broken_off(stage, cause.lower(), text, cause, in_tls=in_tls)
