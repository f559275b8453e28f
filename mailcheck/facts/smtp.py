"""What an SMTP server says when a client connects, introduces itself and leaves.

A refusal in words is a fact: 421 and 554 are replies like 220, and what they mean is for a check
to decide. Unobserved is only what was not said in a form that can be read, with the stage at which
the session broke off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mailcheck.evidence import Evidence, visible
from mailcheck.names import Address, parse_address, to_u_labels
from mailcheck.question import Question, Unobserved, question

Stage: TypeAlias = Literal["connect", "greeting", "EHLO", "HELO", "QUIT"]
"""Where in a session something happened; a command stands for itself and its reply."""

LINE_LIMIT = 2048
"""Octets of one reply line. RFC 5321 §4.5.3.1.5 grants a server 512; Postfix reads 2048."""

REPLY_LIMIT = 32 * 1024
"""Octets of a whole reply; the longest EHLO replies in the field are a few KB."""

NOT_ASKED = frozenset({"no-ipv6-route", "private-address"})
"""Causes that mean the server was not even tried from here."""

_UNKNOWN_COMMAND = frozenset({500, 502})
_LINE = re.compile(r"(?P<code>[2-5][0-9]{2})(?:(?P<more>[ -])(?P<text>.*))?", re.DOTALL)
_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?!\S)")


@dataclass(frozen=True, slots=True)
class Reply:
    r"""One reply of a server, one or more lines with their codes, as received (RFC 5321 §4.2.1).

    Octets that are not UTF-8 are written as ``\xff``. The lines of one reply may differ in their
    code: Postfix's postscreen begins with ``220-`` and ends with ``521`` if it drops the client
    in between. As with Postfix's own client, the last line counts.
    """

    lines: tuple[str, ...]

    @property
    def code(self) -> int:
        """The reply code, 200 to 599."""
        return int(self.lines[-1][:3])

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines without their codes."""
        return tuple(line[4:] for line in self.lines)

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 2034), such as ``5.7.1``; empty if there is none."""
        match = _ENHANCED.match(self.texts[-1])
        return match[0] if match else ""

    @property
    def is_unknown_command(self) -> bool:
        """Whether the server does not know the command (500 or 502, RFC 5321 §4.2.4).

        With an enhanced status code only if that is about the protocol (X.5.Y, RFC 3463 §3.6).
        """
        about_protocol = not self.enhanced or self.enhanced.startswith("5.5.")
        return self.code in _UNKNOWN_COMMAND and about_protocol

    def __str__(self) -> str:
        return visible(" | ".join(self.lines))


def read_reply(data: bytes) -> tuple[Reply, bytes]:
    """Split the first reply off *data*; return it and the rest.

    Raises:
        ValueError: if *data* does not begin with a complete reply; the text says what is wrong.
    """
    lines: list[str] = []
    rest = data
    while True:
        octets, end, rest = rest.partition(b"\n")
        if len(octets) >= LINE_LIMIT:
            raise ValueError(f"a line of {len(octets)} octets, longer than {LINE_LIMIT}")
        if not end:
            raise ValueError("a reply that does not end")
        line = octets.removesuffix(b"\r").decode("utf-8", "backslashreplace")
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError("a line that does not begin with a reply code")
        lines.append(line)
        if match["more"] != "-":
            return Reply(tuple(lines)), rest


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the server said at a stage, and how long it took to say it, in milliseconds."""

    stage: Stage
    reply: Reply
    milliseconds: float | None = field(default=None, compare=False)


@question
class SmtpSession(Question["SmtpSessionFact"]):
    """What the server at *address* and *port* says to a client that only introduces itself.

    Ask with *server_name* only where the answer may depend on it (TLS): without it, hosts that
    share an address share one session.
    """

    address: Address
    port: int
    server_name: str = ""


@dataclass(frozen=True, slots=True)
class SmtpSessionFact:
    """A session as it went: what was said at each stage that was reached, in order.

    ``refused`` means that the TCP connection was refused and nothing was said. ``client`` is the
    name given in EHLO. ``connected`` is how long the TCP handshake took, in milliseconds.
    ``hung_up`` means that the server closed the connection without an answer to QUIT.
    """

    address: Address
    port: int
    server_name: str = ""
    refused: bool = False
    exchanges: tuple[Exchange, ...] = ()
    hung_up: bool = False
    client: str = field(default="", compare=False)
    connected: float | None = field(default=None, compare=False)

    @property
    def greeting(self) -> Reply | None:
        """What the server opened with; None only if the connection was refused."""
        return self._at("greeting")

    @property
    def ehlo(self) -> Reply | None:
        """The reply to EHLO; None if the greeting was not positive."""
        return self._at("EHLO")

    @property
    def helo(self) -> Reply | None:
        """The reply to HELO, which is said only to a server that does not know EHLO."""
        return self._at("HELO")

    def _at(self, stage: Stage) -> Reply | None:
        return next((e.reply for e in self.exchanges if e.stage == stage), None)

    @property
    def where(self) -> str:
        """The server, as evidence and texts name it."""
        where = f"{self.address} port {self.port}"
        return f"{visible(to_u_labels(self.server_name))} ({where})" if self.server_name else where

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line for each stage, with the server's words; QUIT only if it went wrong."""
        command = f"nc -v {self.address} {self.port}"
        if self.refused:
            return (Evidence(self.where, "connection refused", command=command),)
        return tuple(
            Evidence(
                self.subject(exchange.stage),
                str(exchange.reply),
                "" if exchange.milliseconds is None else f"{exchange.milliseconds:.0f} ms",
                command,
            )
            for exchange in self.exchanges
            if exchange.stage != "QUIT" or exchange.reply.code != 221
        )

    def subject(self, stage: Stage) -> str:
        """What evidence about *stage* is about."""
        said = f" {visible(self.client)}" if stage in ("EHLO", "HELO") and self.client else ""
        return f"{self.where} {stage}{said}"

    def broken_off(self, stage: Stage, cause: str, text: str, seen: str) -> Unobserved:
        """Return what stands in place of this session, which went no further than *stage*.

        *seen* is what happened there, made visible; what was said before is evidence too.
        """
        command = f"nc -v {self.address} {self.port}"
        broken = Evidence(self.subject(stage), seen, command=command)
        text = f"{self.subject(stage)}: {text}"
        return Unobserved(cause, text, (*self.evidence, broken), cause in NOT_ASKED)


def told_smtp(
    at: str, greeting: str, *, ehlo: str = "250 OK", helo: str = ""
) -> tuple[SmtpSession, SmtpSessionFact | Unobserved]:
    r"""Write down a session by hand, for examples and tests.

    *at* is ``ADDRESS:PORT``, with an IPv6 address in brackets. *greeting* is a reply (its lines
    separated by ``\n``), ``REFUSED``, or a cause in capitals (``TIMEOUT``, ``NO-IPV6-ROUTE``).
    *ehlo* counts after a positive greeting, *helo* after an EHLO that is not known (500, 502)::

        told_smtp("192.0.2.25:25", "220 mail.example.com ESMTP", ehlo="250-mail\n250 SIZE 1000")
        told_smtp("[2001:db8::25]:25", "NO-IPV6-ROUTE")
    """
    host, _, port = at.rpartition(":")
    asks = SmtpSession(parse_address(host), int(port))
    nothing = SmtpSessionFact(asks.address, asks.port)
    if greeting == "REFUSED":
        return asks, SmtpSessionFact(asks.address, asks.port, refused=True)
    if re.fullmatch(r"[A-Z][A-Z0-9-]*", greeting):
        cause = greeting.lower()
        return asks, nothing.broken_off("connect", cause, cause.replace("-", " "), greeting)
    said = [_told("greeting", greeting)]
    if said[-1].reply.code // 100 == 2:
        said.append(_told("EHLO", ehlo))
        if said[-1].reply.is_unknown_command and helo:
            said.append(_told("HELO", helo))
    return asks, SmtpSessionFact(asks.address, asks.port, exchanges=tuple(said))


def _told(stage: Stage, reply: str) -> Exchange:
    return Exchange(stage, read_reply(f"{reply}\n".encode())[0])
