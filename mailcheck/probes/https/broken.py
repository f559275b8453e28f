"""Why a request broke off: errors of sockets, of TLS and of HTTP, put in our words."""

from __future__ import annotations

import os
import ssl
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.tls.handshake import NoTls
from mailcheck.probes.dns.streams.broken import root_of

if TYPE_CHECKING:
    from mailcheck.facts.https import Stage

_HUNG_UP = ("disconnected", "peer closed")
"""In the words of h11 and httpcore for a connection that is closed before the response is whole."""


class BrokenOff(Exception):
    """The request cannot go on, or cannot begin; ``seen`` is fit to be shown."""

    def __init__(self, stage: Stage, cause: str, text: str, seen: str = "") -> None:
        super().__init__(text)
        self.stage = stage
        self.cause = cause
        self.text = text
        self.seen = seen or text


class RefusedError(Exception):
    """The TCP connection was refused."""


def no_tls(error: BaseException) -> NoTls | None:
    """Return what *error*, which ended a handshake, says of it; None if it is not about TLS.

    A connection that is closed is no word of OpenSSL's, though it may be told so. Nor is it the
    server's fault that it speaks HTTP/2 only, which others do and we do not.
    """
    root = root_of(error)
    if not isinstance(root, ssl.SSLError) or _is_end(root) or _is_about_http(root):
        return None
    return NoTls(_words(root))


def broken_off(error: BaseException, stage: Stage) -> BrokenOff | RefusedError:
    """Say what *error* means for a request that had come to *stage*."""
    root = root_of(error)
    if isinstance(root, ssl.SSLError) and not _is_end(root):
        text = f"TLS fails: {visible(_words(root), 100)}"
        return BrokenOff(stage, "handshake-failed", text)
    if isinstance(root, ConnectionRefusedError) and stage == "connect":
        return RefusedError()
    if isinstance(root, ConnectionResetError):
        return BrokenOff(stage, "connection-reset", "the server reset the connection")
    if isinstance(root, OSError) and root.errno and not isinstance(root, ssl.SSLError):
        words = os.strerror(root.errno)
        if stage != "connect":
            return BrokenOff(stage, "connection-closed", words)
        return BrokenOff(stage, "timeout" if isinstance(root, TimeoutError) else "no-route", words)
    said = str(error)
    if stage == "GET" and said and not any(words in said for words in _HUNG_UP):
        return BrokenOff(stage, "malformed-reply", f"this is no HTTP: {visible(said, 200)}")
    return BrokenOff(stage, "connection-closed", "the server closed the connection")


def _words(error: ssl.SSLError) -> str:
    """Return what OpenSSL says; Python has no name for the reason of some alerts."""
    return (error.reason or str(error)).replace("_", " ").lower()


def _is_about_http(error: ssl.SSLError) -> bool:
    """Whether the server has none of the protocols that were offered (RFC 7301 §3.2)."""
    return "no application protocol" in _words(error)


def _is_end(error: ssl.SSLError) -> bool:
    """Whether OpenSSL only complains that the connection ended."""
    return isinstance(error, ssl.SSLEOFError) or "EOF" in (error.reason or "")
