"""Errors of sockets, TLS and HTTP, as they are told."""

from __future__ import annotations

import errno
import ssl

import pytest

from mailcheck.facts.https import Stage
from mailcheck.facts.tls.handshake import NoTls
from mailcheck.probes.https.broken import BrokenOff, RefusedError, broken_off, no_tls


def raised_from(cause: BaseException, text: str = "") -> Exception:
    """An error of the library, which was raised from that of the kernel or of OpenSSL."""
    error = Exception(text)
    error.__cause__ = cause
    return error


def tls_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, reason)
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "stage", "cause"),
    [
        (OSError(errno.EHOSTUNREACH, "x"), "connect", "no-route"),
        (OSError(errno.ENETUNREACH, "x"), "connect", "no-route"),
        (OSError(errno.ETIMEDOUT, "x"), "connect", "timeout"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "connect", "connection-reset"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "TLS", "connection-reset"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "GET", "connection-reset"),
        (BrokenPipeError(errno.EPIPE, "x"), "GET", "connection-closed"),
        (tls_error("TLSV13_ALERT_CERTIFICATE_REQUIRED"), "GET", "handshake-failed"),
        (tls_error("UNEXPECTED_EOF_WHILE_READING"), "TLS", "connection-closed"),
        (ssl.SSLEOFError(8, "EOF occurred"), "TLS", "connection-closed"),
        (EOFError(), "TLS", "connection-closed"),
    ],
)
def test_causes(error: BaseException, stage: Stage, cause: str) -> None:
    said = broken_off(raised_from(error), stage)
    assert isinstance(said, BrokenOff)
    assert (said.stage, said.cause) == (stage, cause)


def test_a_refusal_is_a_fact() -> None:
    error = ConnectionRefusedError(errno.ECONNREFUSED, "x")
    assert isinstance(broken_off(raised_from(error), "connect"), RefusedError)


def test_what_a_server_says_is_made_visible() -> None:
    said = broken_off(Exception("illegal \x1b[2J line"), "GET")
    assert isinstance(said, BrokenOff)
    assert "\x1b" not in said.text + said.seen


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (tls_error("SSLV3_ALERT_HANDSHAKE_FAILURE"), NoTls("sslv3 alert handshake failure")),
        (tls_error("UNEXPECTED_EOF_WHILE_READING"), None),
        (ConnectionResetError(errno.ECONNRESET, "x"), None),
    ],
)
def test_only_openssl_says_that_a_handshake_failed(
    error: BaseException, outcome: NoTls | None
) -> None:
    assert no_tls(raised_from(error)) == outcome
