"""What sessions in SMTP and in IMAP have in common: how they are told, whatever was said in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from mailcheck.evidence import Evidence, visible
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.tls.handshake import NoTls, Tls
    from mailcheck.names import Address

NOT_ASKED = frozenset({"no-ipv6-route", "private-address", "tls-version-not-here"})
"""Causes that mean the server was not even tried from here."""


class Said(Protocol):
    """What a server said at a stage, and how long that took, in milliseconds; its str are the words."""

    @property
    def stage(self) -> str:
        """The command that was answered, or the greeting."""

    @property
    def milliseconds(self) -> float | None:
        """How long it took."""

    @property
    def in_tls(self) -> bool:
        """Whether it was said after the handshake."""


E = TypeVar("E", bound=Said)


@dataclass(frozen=True, slots=True)
class MailSession(Generic[E]):
    """A session as it went: what was said at each stage that was reached, in order.

    ``refused`` means that the TCP connection was refused and nothing was said. ``tls`` is how the
    handshake ended, None if there was none. ``broken`` stands for what was not heard any more, where
    the session broke off. ``client`` is who we were. ``connected`` is how long the TCP handshake
    took, in milliseconds. ``protocol`` is OpenSSL's name of what is spoken, and ``tls_port`` the
    port where TLS comes first.
    """

    protocol: ClassVar[str]
    tls_port: ClassVar[int]

    address: Address
    port: int
    server_name: str = ""
    refused: bool = False
    exchanges: tuple[E, ...] = ()
    tls: Tls | NoTls | None = None
    broken: Unobserved | None = None
    client: str = field(default="", compare=False)
    connected: float | None = field(default=None, compare=False)

    @property
    def begins_with_tls(self) -> bool:
        """Whether the port is one where TLS comes first."""
        return self.port == self.tls_port

    @property
    def where(self) -> str:
        """The server, as evidence and texts name it."""
        where = f"{self.address} port {self.port}"
        return f"{visible(to_u_labels(self.server_name))} ({where})" if self.server_name else where

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line for each stage that is worth one, with the server's words."""
        if self.refused:
            return (Evidence(self.where, "connection refused", command=self.command),)
        lines = [
            self._line(self._subject_of(said), str(said), said.milliseconds)
            for said in self.exchanges
            if self._is_worth_a_line(said)
        ]
        if self.tls is not None:
            in_clear = sum(not said.in_tls for said in self.exchanges)
            line = self._line(self.subject("TLS"), str(self.tls), self.tls.milliseconds)
            lines.insert(in_clear, line)
        return (*lines, *(self.broken.evidence[-1:] if self.broken else ()))

    @property
    def command(self) -> str:
        """A command line that holds such a session.

        With ``-ign_eof`` a line that begins with Q or R, as RCPT does, is sent and not obeyed.
        """
        host = f"[{self.address}]" if ":" in str(self.address) else str(self.address)
        name = f" -servername {self.server_name}" if self.server_name else ""
        to = f"-connect {host}:{self.port}{name} -crlf -ign_eof{self._options}"
        if self.begins_with_tls:
            return f"openssl s_client {to}"
        if self._first("STARTTLS"):
            return f"openssl s_client -starttls {self.protocol} {to}"
        return f"nc -v {self.address} {self.port}"

    def subject(self, stage: str, *, in_tls: bool = False) -> str:
        """What evidence about *stage* is about."""
        return f"{self.where} {stage}{' in TLS' if in_tls and stage != 'TLS' else ''}"

    def broken_off(
        self, stage: str, cause: str, text: str, seen: str, *, in_tls: bool = False
    ) -> Unobserved:
        """Return what stands in place of the rest of this session, which ended at *stage*.

        *seen* is what happened there, made visible; what was said before is evidence too.
        """
        subject = self.subject(stage, in_tls=in_tls)
        broken = Evidence(subject, seen, command=self.command)
        not_evaluated = cause in NOT_ASKED
        return Unobserved(cause, f"{subject}: {text}", (*self.evidence, broken), not_evaluated)

    @property
    def _options(self) -> str:
        """More options of the command."""
        return ""

    def _first(self, stage: str, *, in_tls: bool | None = None) -> E | None:
        """Return what was said first at *stage*, or first with or without TLS."""
        several = (one for one in self.exchanges if one.stage == stage)
        return next((one for one in several if in_tls in (None, one.in_tls)), None)

    def _subject_of(self, said: E) -> str:
        return self.subject(said.stage, in_tls=said.in_tls)

    def _is_worth_a_line(self, said: E) -> bool:  # noqa: ARG002  each protocol knows its own
        return True

    def _line(self, subject: str, result: str, milliseconds: float | None) -> Evidence:
        took = "" if milliseconds is None else f"{milliseconds:.0f} ms"
        return Evidence(subject, result, took, self.command)
