"""What a scripted SMTP host says, as a function of what it hears (RFC 5321).

A host follows no mail: it answers each command from its script, and RCPT by the mailboxes it has. Pure: lines in, steps out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.lab.recipients import Recipients

STAGES = (
    *("greeting", "ehlo", "helo", "starttls", "mail", "rcpt", "data", "rset", "noop", "vrfy"),
    "quit",
)
"""The stages of a session that a script may word."""

STARTTLS = "STARTTLS"


@dataclass(frozen=True, slots=True)
class Step:
    """What the host does next: send ``octets`` (perhaps none), then hang up, begin TLS or wait."""

    octets: bytes = b""
    hangs_up: bool = False
    goes_silent: bool = False
    begins_tls: bool = False


SILENT = Step(goes_silent=True)
CLOSES = Step(hangs_up=True)


def reply(code: int, *lines: str) -> Step:
    """Return a reply of one or several lines (RFC 5321 §4.2.1).

    A host that says 421 or 521 hangs up (RFC 5321 §3.8, RFC 7504 §3).
    """
    texts = lines or ("",)
    marks = ["-"] * (len(texts) - 1) + [" "]
    text = "".join(f"{code}{mark}{line}\r\n" for mark, line in zip(marks, texts, strict=True))
    return Step(text.encode(), hangs_up=code in (421, 521))


@dataclass(frozen=True, slots=True)
class Script:
    """How a host behaves on one port: the stages that are worded; ordinary replies for others.

    Without ``recipients`` it takes mail for everybody everywhere, as an open relay does.
    """

    host: str
    steps: Mapping[str, Step] = field(default_factory=dict)
    recipients: Recipients | None = None

    def step(self, stage: str, offers: tuple[str, ...] = (), line: bytes = b"") -> Step:
        """Return what the host does at *stage*, about *line*, while it *offers* more than all do."""
        worded = self.steps.get(stage)
        if worded is not None:
            return worded
        if stage == "rcpt" and self.recipients is not None:
            return self.recipients.step(line)
        return _ordinary(stage, self.host, offers)


Behaviour: TypeAlias = "Script | Literal['refused']"
"""A script, or nothing that listens."""


def _ordinary(stage: str, host: str, offers: tuple[str, ...]) -> Step:
    """Return what Postfix would say."""
    extensions = ["PIPELINING", "SIZE 52428800", *offers, "8BITMIME"]
    replies = {
        "greeting": reply(220, f"{host} ESMTP"),
        "ehlo": reply(250, host, *extensions),
        "helo": reply(250, host),
        "mail": reply(250, "2.1.0 Ok"),
        "rcpt": reply(250, "2.1.5 Ok"),
        "data": reply(554, "5.3.2 This host is a script and takes no mail"),
        "rset": reply(250, "2.0.0 Ok"),
        "noop": reply(250, "2.0.0 Ok"),
        "vrfy": reply(252, "2.0.0 Ok"),
    }
    if stage == "quit":
        return Step(reply(221, "2.0.0 Bye").octets, hangs_up=True)
    if stage == "starttls" and STARTTLS in offers:
        return Step(reply(220, "2.0.0 Ready to start TLS").octets, begins_tls=True)
    return replies.get(stage) or reply(502, "5.5.2 Error: command not recognized")


class Session:
    """One connection to a scripted host, which *offers_tls* until it has begun.

    In TLS, one for users offers AUTH, and refuses every login.
    """

    def __init__(
        self,
        script: Script,
        *,
        offers_tls: bool = False,
        is_in_tls: bool = False,
        for_users: bool = False,
    ) -> None:
        self._script = script
        self._offers_tls = offers_tls
        self._is_in_tls = is_in_tls
        self._for_users = for_users
        self._greeting = script.step("greeting")

    def opens(self) -> Step:
        """Return the host's greeting."""
        return self._greeting

    def hears(self, line: bytes) -> Step:
        """Return what the host does about one command *line*.

        After a greeting that was a refusal, only QUIT is served (RFC 5321 §3.1).
        """
        verb = line.split(maxsplit=1)[0].decode("ascii", "replace").lower() if line.strip() else ""
        if verb == "quit":
            asked = self._script.step("quit")
            return Step(asked.octets, hangs_up=not asked.goes_silent, goes_silent=asked.goes_silent)
        if self._greeting.octets[:1] == b"5":
            return reply(503, "5.5.1 Error: no SMTP service here")
        if verb in ("ehlo", "helo") and len(line.split()) < 2:
            return reply(501, f"Syntax: {verb.upper()} hostname")
        stage = verb if verb in STAGES and verb != "greeting" else ""
        step = self._script.step(stage, self._offers, line)
        if stage == "starttls" and self._offers_tls and step.octets[:3] == b"220":
            step = replace(step, begins_tls=not (step.hangs_up or step.goes_silent))
        if step.begins_tls:
            self._offers_tls, self._is_in_tls = False, True
        return step

    @property
    def _offers(self) -> tuple[str, ...]:
        login = ("AUTH PLAIN LOGIN",) if self._for_users and self._is_in_tls else ()
        return ((STARTTLS,) if self._offers_tls else ()) + login
