"""What an SMTP server says when a client connects, introduces itself, asks for TLS and leaves.

A refusal in words is a fact: 421 and 554 are replies like 220, and what they mean is for a check
to decide. So is a session that broke off, as far as it went: what was heard was heard. Unobserved
is only a session in which no greeting could be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.mail_session import MailSession
from mailcheck.facts.tls.handshake import shown_version
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.facts.smtp.envelope import Envelope
    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.names import Address

Stage: TypeAlias = Literal[
    "connect", "greeting", "EHLO", "HELO", "STARTTLS", "TLS", "MAIL", "RCPT", "RSET", "QUIT"
]
"""Where in a session something happened; a command stands for itself and its reply."""

SUBMISSIONS = 465
"""The port where TLS comes before SMTP (RFC 8314 §3.3)."""

# A sign of equality stands for a space: AUTH=LOGIN is from before RFC 2554, and Postfix takes any.
_OFFER = re.compile(
    r"(?P<keyword>[A-Za-z0-9][A-Za-z0-9-]*)(?:[ \t=]+(?P<parameters>.*))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the server said at a stage, and how long it took to say it, in milliseconds.

    ``in_tls`` is true of what was said after the handshake. ``path`` is what stood in the brackets
    of MAIL or RCPT.
    """

    stage: Stage
    reply: Reply
    milliseconds: float | None = field(default=None, compare=False)
    in_tls: bool = False
    path: str | None = None

    def __str__(self) -> str:
        return str(self.reply)


def offered_in(ehlo: Reply, keyword: str) -> str | None:
    """Return what stands behind *keyword* in a reply to EHLO; None if it is not offered there."""
    if ehlo.code // 100 != 2:
        return None
    offers = [offer for text in ehlo.texts[1:] if (offer := _OFFER.fullmatch(text.strip()))]
    found = [offer["parameters"] or "" for offer in offers if offer["keyword"].upper() == keyword]
    return " ".join(" ".join(found).split()) if found else None


@question
class SmtpSession(Question["SmtpSessionFact"]):
    """What the server at *address* and *port* says to a client that sends no mail.

    All that a server says to everybody is asked in one session: STARTTLS if it is offered, and EHLO
    again after it. *server_name* is the host we take it for, in normal form, as it goes into the
    handshake (RFC 6066 §3); empty if none is known. At the end *envelopes* are offered, without mail.
    *only_tls* is a version of TLS, in OpenSSL's words (``TLSv1``), that is offered and no other;
    empty offers all.
    """

    address: Address
    port: int
    server_name: str = ""
    envelopes: tuple[Envelope, ...] = ()
    only_tls: str = ""

    @property
    def begins_with_tls(self) -> bool:
        """Whether the port is one where TLS comes first."""
        return self.port == SUBMISSIONS


@dataclass(frozen=True, slots=True)
class SmtpSessionFact(MailSession[Exchange]):
    """A session in SMTP as it went.

    ``client`` is the name given in EHLO. ``hung_up`` means that the server closed the connection
    without an answer to QUIT.
    """

    protocol: ClassVar[str] = "smtp"
    tls_port: ClassVar[int] = SUBMISSIONS

    hung_up: bool = False
    only_tls: str = ""

    @property
    def greeting(self) -> Reply | None:
        """What the server opened with; None if the connection was refused."""
        return self.at("greeting")

    @property
    def ehlo(self) -> Reply | None:
        """The first reply to EHLO; None if the greeting was not positive."""
        return self.at("EHLO")

    @property
    def helo(self) -> Reply | None:
        """The reply to HELO, which is said only to a server that does not know EHLO."""
        return self.at("HELO")

    def at(self, stage: Stage, *, in_tls: bool | None = None) -> Reply | None:
        """Return the first reply at *stage*, or the first one said with or without TLS."""
        found = self._first(stage, in_tls=in_tls)
        return found.reply if found else None

    def offers(self, keyword: str, *, in_tls: bool | None = None) -> str | None:
        """Return what stands behind *keyword*, in capitals, in the reply to EHLO; None if nowhere.

        The first line of that reply is the server's name, and no keyword (RFC 5321 §4.1.1.1). Of a
        keyword that stands there several times, the parameters are given one after the other.
        """
        ehlo = self.at("EHLO", in_tls=in_tls)
        return None if ehlo is None else offered_in(ehlo, keyword)

    def about(self, envelope: Envelope) -> tuple[Reply | None, Reply | None]:
        """Return the replies to MAIL and to RCPT of *envelope*; None for what was not said."""
        mail: Reply | None = None
        for exchange in self.exchanges:
            if exchange.stage == "MAIL":
                mail = exchange.reply if exchange.path == envelope.sender else None
            if exchange.stage == "RCPT" and mail and exchange.path == envelope.recipient:
                return mail, exchange.reply
        refused = [e for e in self.exchanges if (e.stage, e.path) == ("MAIL", envelope.sender)]
        return (refused[0].reply if refused else None), None

    @property
    def is_put_off(self) -> bool:
        """Whether the server would rather be asked later (4yz to the connection or to EHLO)."""
        reply = self.ehlo or self.greeting
        return reply is not None and reply.code // 100 == 4

    def subject(self, stage: str, path: str | None = None, *, in_tls: bool = False) -> str:
        """What evidence about *stage* is about."""
        if stage == "TLS" and self.only_tls:
            return f"{self.where} {shown_version(self.only_tls)}"
        said = f" {visible(self.client)}" if stage in ("EHLO", "HELO") and self.client else ""
        if path is not None:
            said = f" {'FROM' if stage == 'MAIL' else 'TO'}:<{visible(path, 100)}>"
        return f"{self.where} {stage}{said}{' in TLS' if in_tls and stage != 'TLS' else ''}"

    @property
    def _options(self) -> str:
        if not self.only_tls:
            return ""
        option = self.only_tls.lower().replace("v", "").replace(".", "_")
        return f" -{option} -cipher DEFAULT@SECLEVEL=0"

    def _subject_of(self, said: Exchange) -> str:
        return self.subject(said.stage, said.path, in_tls=said.in_tls)

    def _is_worth_a_line(self, said: Exchange) -> bool:
        if self.only_tls and (self.tls or self.at("STARTTLS")):  # the rest was seen without
            return False
        return said.stage != "RSET" and (said.stage != "QUIT" or said.reply.code != 221)
