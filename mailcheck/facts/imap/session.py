"""What an IMAP server says when a client connects, asks what it can, asks for TLS and leaves.

A refusal in words is a fact: BYE, NO and BAD are responses like OK, and what they mean is for a
check to decide. So is a session that broke off, as far as it went. Unobserved is only a session in
which no greeting could be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.smtp.session import NOT_ASKED
from mailcheck.names import Address, to_u_labels
from mailcheck.question import Question, Unobserved, question

if TYPE_CHECKING:
    from mailcheck.facts.imap.response import Response
    from mailcheck.facts.tls.handshake import NoTls, Tls

Stage: TypeAlias = Literal["connect", "greeting", "CAPABILITY", "STARTTLS", "TLS", "LOGOUT"]
"""Where in a session something happened; a command stands for itself and its response."""

IMAPS = 993
"""The port where TLS comes before IMAP (RFC 8314 §3.2)."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the server said at a stage, and how long it took to say it, in milliseconds.

    ``in_tls`` is true of what was said after the handshake.
    """

    stage: Stage
    response: Response
    milliseconds: float | None = field(default=None, compare=False)
    in_tls: bool = False


@question
class ImapSession(Question["ImapSessionFact"]):
    """What the server at *address* and *port* says to a client that does not log in.

    All that a server says to everybody is asked in one session: STARTTLS if it is offered, and
    CAPABILITY again after it. *server_name* is the host we take it for, in normal form, as it goes
    into the handshake (RFC 6066 §3); empty if none is known.
    """

    address: Address
    port: int
    server_name: str = ""

    @property
    def begins_with_tls(self) -> bool:
        """Whether the port is one where TLS comes first."""
        return self.port == IMAPS


@dataclass(frozen=True, slots=True)
class ImapSessionFact:
    """A session as it went: what was said at each stage that was reached, in order.

    ``refused`` means that the TCP connection was refused and nothing was said. ``tls`` is how the
    handshake ended, None if there was none. ``broken`` stands for what was not heard any more, where
    the session broke off. ``client`` is the address we came from. ``connected`` is how long the TCP
    handshake took, in milliseconds.
    """

    address: Address
    port: int
    server_name: str = ""
    refused: bool = False
    exchanges: tuple[Exchange, ...] = ()
    tls: Tls | NoTls | None = None
    broken: Unobserved | None = None
    client: str = field(default="", compare=False)
    connected: float | None = field(default=None, compare=False)

    @property
    def greeting(self) -> Response | None:
        """What the server opened with; None if there was none to be heard."""
        return self.at("greeting")

    @property
    def begins_with_tls(self) -> bool:
        """Whether the port is one where TLS comes first."""
        return self.port == IMAPS

    @property
    def is_of_one_machine(self) -> bool:
        """Whether we came from the server's own address: servers trust such clients more."""
        return self.client == str(self.address)

    def at(self, stage: Stage, *, in_tls: bool | None = None) -> Response | None:
        """Return the first response at *stage*, or the first one said with or without TLS."""
        return next(
            (
                exchange.response
                for exchange in self.exchanges
                if exchange.stage == stage and in_tls in (None, exchange.in_tls)
            ),
            None,
        )

    def capabilities(self, *, in_tls: bool) -> frozenset[str] | None:
        """Return what the server can do with or without TLS, in capitals; None if it did not say.

        What it said in clear tells nothing about what it can in TLS (RFC 9051 §6.2.1).
        """
        said = self.at("CAPABILITY", in_tls=in_tls)
        return said.capabilities if said is not None and said.status == "OK" else None

    @property
    def may_start_tls(self) -> bool:
        """Whether STARTTLS may be said: it is offered, and nobody is logged in (RFC 9051 §6.2)."""
        can = self.capabilities(in_tls=False)
        greets = self.greeting is not None and self.greeting.status == "OK"
        return greets and can is not None and "STARTTLS" in can

    @property
    def where(self) -> str:
        """The server, as evidence and texts name it."""
        where = f"{self.address} port {self.port}"
        return f"{visible(to_u_labels(self.server_name))} ({where})" if self.server_name else where

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line for each stage, with the server's words; LOGOUT only if it went wrong."""
        if self.refused:
            return (Evidence(self.where, "connection refused", command=self.command),)
        lines = [
            self._line(self.subject(e.stage, in_tls=e.in_tls), str(e.response), e.milliseconds)
            for e in self.exchanges
            if e.stage != "LOGOUT" or e.response.status != "OK"
        ]
        if self.tls is not None:
            in_clear = sum(not exchange.in_tls for exchange in self.exchanges)
            line = self._line(self.subject("TLS"), str(self.tls), self.tls.milliseconds)
            lines.insert(in_clear, line)
        return (*lines, *(self.broken.evidence[-1:] if self.broken else ()))

    @property
    def command(self) -> str:
        """A command line that holds such a session.

        With ``-ign_eof`` a line that begins with Q or R is sent and not obeyed.
        """
        host = f"[{self.address}]" if ":" in str(self.address) else str(self.address)
        name = f" -servername {self.server_name}" if self.server_name else ""
        name += " -crlf -ign_eof"
        if self.port == IMAPS:
            return f"openssl s_client -connect {host}:{self.port}{name}"
        if self.at("STARTTLS"):
            return f"openssl s_client -starttls imap -connect {host}:{self.port}{name}"
        return f"nc -v {self.address} {self.port}"

    def _line(self, subject: str, result: str, milliseconds: float | None) -> Evidence:
        took = "" if milliseconds is None else f"{milliseconds:.0f} ms"
        return Evidence(subject, result, took, self.command)

    def subject(self, stage: Stage, *, in_tls: bool = False) -> str:
        """What evidence about *stage* is about."""
        return f"{self.where} {stage}{' in TLS' if in_tls and stage != 'TLS' else ''}"

    def broken_off(
        self, stage: Stage, cause: str, text: str, seen: str, *, in_tls: bool = False
    ) -> Unobserved:
        """Return what stands in place of the rest of this session, which ended at *stage*.

        *seen* is what happened there, made visible; what was said before is evidence too.
        """
        subject = self.subject(stage, in_tls=in_tls)
        broken = Evidence(subject, seen, command=self.command)
        not_evaluated = cause in NOT_ASKED
        return Unobserved(cause, f"{subject}: {text}", (*self.evidence, broken), not_evaluated)
