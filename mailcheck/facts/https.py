"""What a web server says to one GET over HTTPS, and the TLS that it says it in.

The handshake trusts nobody: whether the certificates are worth anything is for checks to judge. A
status of any kind is a fact, a redirect too, which nobody follows; so is a response that breaks off,
as far as it went. Unobserved is only a request of which not even the handshake came to an end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.mail_session import NOT_ASKED
from mailcheck.names import to_u_labels
from mailcheck.question import Question, Unobserved, question

if TYPE_CHECKING:
    from mailcheck.facts.tls.handshake import NoTls, Tls
    from mailcheck.names import Address

Stage: TypeAlias = Literal["connect", "TLS", "GET"]
"""Where in a request something happened; GET stands for itself and its response."""

SHOWN = 160
"""Characters of a body that a line of evidence shows."""


@question
class HttpsGet(Question["HttpsGetFact"]):
    """What the server at *address* and *port* serves at *path* of *host*, which is in normal form.

    *host* goes into the handshake (RFC 6066 §3) and the request. Of a body that is longer, the first
    *largest* octets are read.
    """

    address: Address
    port: int
    host: str
    path: str
    largest: int


@dataclass(frozen=True, slots=True)
class HttpsGetFact:
    """A request as it went.

    ``refused`` means that the TCP connection was refused. ``tls`` is how the handshake ended, None
    if there was none. ``status`` is None if no response came. ``content_type`` and ``location`` are
    the header fields as they are, empty without them. ``is_cut_short`` means that the body is longer
    than what was read. ``broken`` stands for what was not heard any more. The milliseconds are those
    until the last octet that was read.
    """

    address: Address
    port: int
    host: str
    path: str
    refused: bool = False
    tls: Tls | NoTls | None = None
    status: int | None = None
    content_type: str = ""
    location: str = ""
    body: bytes = b""
    is_cut_short: bool = False
    broken: Unobserved | None = None
    milliseconds: float | None = field(default=None, compare=False)

    @property
    def server_name(self) -> str:
        """The host that the server was taken for."""
        return self.host

    @property
    def url(self) -> str:
        """What was asked for."""
        return f"https://{self.host}{'' if self.port == 443 else f':{self.port}'}{self.path}"

    @property
    def where(self) -> str:
        """The server, as evidence and texts name it."""
        return f"{visible(to_u_labels(self.host))} ({self.address} port {self.port})"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """A line for each stage that was reached."""
        if self.refused:
            return (self._line("connect", "connection refused"),)
        lines = []
        if self.tls is not None:
            lines.append(self._line("TLS", str(self.tls), self.tls.milliseconds))
        if self.status is not None:
            lines.append(self._line("GET", self._response, self.milliseconds))
        return (*lines, *(self.broken.evidence[-1:] if self.broken else ()))

    @property
    def command(self) -> str:
        """A command line that asks the same, of the same address."""
        address = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        return f"curl -v --resolve {self.host}:{self.port}:{address} {self.url}"

    def subject(self, stage: Stage) -> str:
        """What evidence about *stage* is about."""
        return f"{self.where} {stage}{f' {visible(self.path, 80)}' if stage == 'GET' else ''}"

    def broken_off(self, stage: Stage, cause: str, text: str, seen: str) -> Unobserved:
        """Return what stands in place of the rest of this request, which ended at *stage*.

        *seen* is what happened there, made visible; what was seen before is evidence too.
        """
        subject = self.subject(stage)
        broken = Evidence(subject, seen, command=self.command)
        return Unobserved(
            cause, f"{subject}: {text}", (*self.evidence, broken), not_evaluated=cause in NOT_ASKED
        )

    @property
    def _response(self) -> str:
        words = [str(self.status)]
        if self.location:
            words.append(f"→ {visible(self.location, 120)}")
        words.append(visible(self.content_type, 60) or "no content type")
        more = "more than " if self.is_cut_short else ""
        words.append(f"{more}{len(self.body)} octets")
        text = self.body[: 4 * SHOWN].decode("utf-8", "replace")
        return ", ".join(words) + (f": {visible(text, SHOWN)}" if text else "")

    def _line(self, stage: Stage, result: str, milliseconds: float | None = None) -> Evidence:
        took = "" if milliseconds is None else f"{milliseconds:.0f} ms"
        return Evidence(self.subject(stage), result, took, self.command)
