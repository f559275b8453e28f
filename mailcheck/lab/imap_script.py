"""What a scripted IMAP host says, as a function of what it hears (RFC 9051).

Nobody can log in to it. Pure: lines in, steps out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.lab.smtp_script import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

STAGES = ("greeting", "capability", "starttls", "login", "authenticate", "noop", "logout")
"""The stages of a session that a script may word."""

_TAGGED = ("OK", "NO", "BAD", "BYE", "PREAUTH")


@dataclass(frozen=True, slots=True)
class Words:
    """The lines of a response; one that begins with its status gets the tag of the command."""

    lines: tuple[str, ...]

    def step(self, tag: str) -> Step:
        """Return what is sent in answer to the command *tag*; ``*`` for a greeting."""
        said = [f"{tag} {line}" if is_tagged(line) else line for line in self.lines]
        return Step("".join(f"{line}\r\n" for line in said).encode())


def is_tagged(line: str) -> bool:
    """Whether *line* begins with its status."""
    return line.partition(" ")[0] in _TAGGED


@dataclass(frozen=True, slots=True)
class ImapScript:
    """How a host behaves on one port: the stages that are worded; ordinary responses for others."""

    host: str
    steps: Mapping[str, Words | Step] = field(default_factory=dict)


ImapBehaviour: TypeAlias = "ImapScript | Literal['refused']"
"""A script, or nothing that listens."""


class ImapSession:
    """One connection to a scripted host, which *offers_tls* until it has begun."""

    def __init__(self, script: ImapScript, *, offers_tls: bool = False) -> None:
        self._script = script
        self._offers_tls = offers_tls

    def opens(self) -> Step:
        """Return the host's greeting; after BYE it hangs up (RFC 9051 §7.1.5)."""
        step = self._step("greeting", "*")
        return replace(step, hangs_up=step.hangs_up or step.octets[:5] == b"* BYE")

    def hears(self, line: bytes) -> Step:
        """Return what the host does about one command *line*."""
        words = line.decode("ascii", "replace").split()
        if len(words) < 2:
            return Step(b"* BAD Error: expected a tag and a command\r\n")
        stage = words[1].lower()
        step = self._step(stage if stage in STAGES[1:] else "", words[0])
        if stage == "logout" and not step.goes_silent:
            return replace(step, hangs_up=True)
        accepts = step.octets.startswith(f"{words[0]} OK".encode())
        if stage == "starttls" and self._offers_tls and accepts:
            self._offers_tls = False
            return replace(step, begins_tls=True)
        return step

    def _step(self, stage: str, tag: str) -> Step:
        worded = self._script.steps.get(stage) or self._ordinary(stage)
        return worded.step(tag) if isinstance(worded, Words) else worded

    def _ordinary(self, stage: str) -> Words:
        """Return what Dovecot would say, more or less."""
        if stage == "starttls" and self._offers_tls:
            return Words(("OK Begin TLS negotiation now.",))
        can = "STARTTLS LOGINDISABLED" if self._offers_tls else "AUTH=PLAIN"
        words = {
            "greeting": (f"OK {self._script.host} ready.",),
            "capability": (f"* CAPABILITY IMAP4rev1 {can}", "OK Capabilities listed."),
            "login": ("NO [AUTHENTICATIONFAILED] This host is a script.",),
            "authenticate": ("NO [AUTHENTICATIONFAILED] This host is a script.",),
            "noop": ("OK Nothing done.",),
            "logout": ("* BYE Logging out", "OK Logout completed."),
        }
        return Words(words.get(stage, ("BAD Error: unknown command.",)))
