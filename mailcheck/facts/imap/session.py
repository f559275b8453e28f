"""What an IMAP server says when a client connects, asks what it can, asks for TLS and leaves.

A refusal in words is a fact: BYE, NO and BAD are responses like OK, and what they mean is for a
check to decide. So is a session that broke off, as far as it went. Unobserved is only a session in
which no greeting could be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from mailcheck.facts.mail_session import MailSession
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.facts.imap.response import Response
    from mailcheck.names import Address

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

    def __str__(self) -> str:
        return str(self.response)


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
class ImapSessionFact(MailSession[Exchange]):
    """A session in IMAP as it went. ``client`` is the address we came from."""

    protocol: ClassVar[str] = "imap"
    tls_port: ClassVar[int] = IMAPS

    @property
    def greeting(self) -> Response | None:
        """What the server opened with; None if there was none to be heard."""
        return self.at("greeting")

    @property
    def is_of_one_machine(self) -> bool:
        """Whether we came from the server's own address: servers trust such clients more."""
        return self.client == str(self.address)

    def at(self, stage: Stage, *, in_tls: bool | None = None) -> Response | None:
        """Return the first response at *stage*, or the first one said with or without TLS."""
        found = self._first(stage, in_tls=in_tls)
        return found.response if found else None

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

    def _is_worth_a_line(self, said: Exchange) -> bool:
        return said.stage != "LOGOUT" or said.response.status != "OK"
