"""What a scripted web host serves, as a function of what it hears (RFC 9112).

Pure: the head of a request in, an answer out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Then: TypeAlias = Literal["", "closes", "silent", "endless", "drips"]
"""What the host does behind what it sends, where that is not the end.

It closes the connection though more was announced, or says no more; or it sends octets for as long as
somebody listens, at once or one a second.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is served at a path; with ``closes`` or ``silent`` alone, no response at all."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    then: Then = ""
    is_nothing: bool = False

    def answer(self, method: str) -> Answer:
        """Return what is sent to *method*, and what comes then."""
        if self.is_nothing:
            return Answer(b"", self.then)
        named = {name.lower() for name, _ in self.headers}
        headers = list(self.headers)
        if "content-type" not in named:
            headers.append(("Content-Type", "text/plain"))
        if "content-length" not in named and self.then not in ("endless", "drips"):
            headers.append(("Content-Length", str(len(self.body) + bool(self.then))))
        headers.append(("Connection", "close"))
        lines = [f"HTTP/1.1 {self.status} {_phrase(self.status)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        head = "".join(f"{line}\r\n" for line in lines).encode("latin-1", "replace") + b"\r\n"
        if method == "HEAD":
            return Answer(head)
        return Answer(head + self.body, self.then)


@dataclass(frozen=True, slots=True)
class Answer:
    """The ``octets`` of a response, and what comes ``then``."""

    octets: bytes
    then: Then = ""


NOT_FOUND = Page(404, body=b"404 Not Found\n")
NOT_ALLOWED = Page(405, body=b"405 Method Not Allowed\n")
NO_REQUEST = Page(400, body=b"400 Bad Request\n")


@dataclass(frozen=True, slots=True)
class HttpsScript:
    """How a host behaves on one port: its pages by path; 404 for others.

    ``opens`` is what it does in place of TLS: nothing (``silent``), or it ``closes`` the connection.
    """

    pages: Mapping[str, Page] = field(default_factory=dict)
    opens: Literal["", "closes", "silent"] = ""

    def answer(self, head: bytes) -> Answer:
        """Return what is said to a request with this *head*."""
        line, _, _ = head.partition(b"\r\n")
        words = line.decode("latin-1").split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return NO_REQUEST.answer("GET")
        method, target, _ = words
        if method not in ("GET", "HEAD"):
            return NOT_ALLOWED.answer(method)
        path = target.partition("?")[0]
        return self.pages.get(path, NOT_FOUND).answer(method)


HttpsBehaviour: TypeAlias = "HttpsScript | Literal['refused']"
"""A script, or nothing that listens."""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
