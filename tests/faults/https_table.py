"""The faults of a web server that serves a policy, and how a sentence about the policy ends."""

from __future__ import annotations

import datetime
import ssl
from functools import cache

import trustme

from mailcheck.probes.https import Timeouts
from mailcheck.probes.tls import CIPHERS, just
from tests.faults.https_rig import (
    HOST,
    POLICY,
    V4,
    V4_TOO,
    Fault,
    Script,
    Site,
    Step,
    authority,
    served_by,
)

TIMEOUT = "inconclusive: timeout"
CLOSED = "inconclusive: connection-closed"
RESET = "inconclusive: connection-reset"
MALFORMED = "inconclusive: malformed-reply"
IN_TLS = "inconclusive: handshake-failed"

SHORT = Timeouts(connect=1.5, handshake=1.5, request=1.5)

ALERT = b"\x15\x03\x03\x00\x02\x02"
"""A fatal alert but for its number (RFC 8446 §6)."""

PLAIN = b"content-type: text/plain\r\n"


def ok(body: bytes = POLICY, head: bytes = PLAIN, status: bytes = b"200 OK") -> bytes:
    """A response as it ought to be."""
    length = f"content-length: {len(body)}\r\n".encode()
    return b"HTTP/1.1 " + status + b"\r\n" + head + length + b"\r\n" + body


HONEST = Script((ok(),))


def alone(name: str, ends: str, site: Site) -> Fault:
    """A fault of the only address; where nobody answers, nobody is patient."""
    patience = SHORT if ends == TIMEOUT else Timeouts()
    return Fault(name, ends, {V4: site}, patience)


def before(name: str, ends: str, *steps: Step) -> Fault:
    """A fault in place of the handshake."""
    return alone(f"TLS: {name}", ends, Script(before=steps))


def shown(name: str, ends: str, tls: ssl.SSLContext) -> Fault:
    """A fault of what is shown in the handshake."""
    return alone(f"TLS: {name}", ends, Script((ok(),), tls=tls))


def behind(name: str, ends: str, *steps: Step) -> Fault:
    """A fault of the response."""
    return alone(f"GET: {name}", ends, Script(steps))


def pair(name: str, ends: str, first: Site, second: Site) -> Fault:
    """A fault of one of two addresses."""
    patience = SHORT if TIMEOUT in ends else Timeouts()
    return Fault(f"pair: {name}", ends, {V4: first, V4_TOO: second}, patience)


@cache
def only(version: str) -> ssl.SSLContext:
    """A server that speaks one version."""
    made = served_by(HOST)
    just(version, made)
    made.set_ciphers(CIPHERS)
    return made


def asking() -> ssl.SSLContext:
    """A server that insists on a certificate of the client."""
    made = served_by(HOST)
    made.verify_mode = ssl.CERT_REQUIRED
    return made


def without_intermediate() -> ssl.SSLContext:
    """A server that sends its own certificate alone."""
    issued = authority().create_child_ca().issue_cert(HOST)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pem = issued.private_key_pem.bytes() + issued.cert_chain_pems[0].bytes()
    with trustme.Blob(pem).tempfile() as path:
        made.load_cert_chain(path)
    return made


CHUNKED = b"HTTP/1.1 200 OK\r\n" + PLAIN + b"transfer-encoding: chunked\r\n\r\n"
CHUNK = f"{len(POLICY):x}\r\n".encode() + POLICY + b"\r\n"
ENDED = datetime.datetime(2026, 1, 30, tzinfo=datetime.UTC)
LONG = b"HTTP/1.1 200 OK\r\n" + PLAIN + b"content-length: 1000000000\r\n\r\n"

FAULTS = (
    # Whoever connects.
    alone("connect: refused", "connection-refused", "refuses"),
    alone("connect: no answer", TIMEOUT, "drops"),
    # The handshake.
    before("closed at once", CLOSED, "closes"),
    before("reset at once", RESET, "resets"),
    before("silence", TIMEOUT, "silent"),
    before("half a record, then closed", CLOSED, b"\x16\x03\x03\x00\x7a\x02", "closes"),
    before("half a record, then silence", TIMEOUT, b"\x16\x03\x03\x00\x7a\x02", "silent"),
    before("no handshake", "no-tls", ALERT + b"\x28", "silent"),
    before("no such name", "no-tls", ALERT + b"\x70", "silent"),
    before("no such version", "no-tls", ALERT + b"\x46", "silent"),
    before("HTTP/2 alone", IN_TLS, ALERT + b"\x78", "silent"),
    before("an error of its own", "no-tls", ALERT + b"\x50", "silent"),
    before("SMTP", "no-tls", b"220 mx.example.com ESMTP\r\n", "silent"),
    before("HTTP in clear", "no-tls", ok(status=b"400 Bad Request"), "silent"),
    before("the policy in clear", "no-tls", ok(), "silent"),
    before("noise", "no-tls", bytes(range(255, 0, -1)), "silent"),
    shown("another's certificate", "other-certificate", served_by("example.com")),
    shown("a star that stands for two labels", "other-certificate", served_by("*.com")),
    shown("a star", "met", served_by("*.example.com")),
    shown("ended yesterday", "certificate-expired", served_by(HOST, day=ENDED)),
    shown("a stranger's", "chain-incomplete", served_by(HOST, ca=trustme.CA())),
    shown("no intermediate", "chain-incomplete", without_intermediate()),
    shown("TLS 1.0 alone", "old-tls", only("TLSv1")),
    shown("TLS 1.1 alone", "old-tls", only("TLSv1.1")),
    shown("TLS 1.2 alone", "met", only("TLSv1.2")),
    shown("wants our certificate", f"{CLOSED} or {IN_TLS}", asking()),
    # Odd, and whole.
    behind("a length", "met", ok()),
    behind("it leaves the connection open", "met", ok(), "silent"),
    behind("until it closes", "met", b"HTTP/1.1 200 OK\r\n" + PLAIN + b"\r\n" + POLICY),
    behind("HTTP/1.0", "met", b"HTTP/1.0 200 OK\r\n" + PLAIN + b"\r\n" + POLICY),
    behind("chunked", "met", CHUNKED + CHUNK + b"0\r\n\r\n"),
    behind("chunked, with a trailer", "met", CHUNKED + CHUNK + b"0\r\na: b\r\n\r\n"),
    behind("hints first", "met", b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + ok()),
    behind("LF alone", "met", ok().replace(PLAIN, PLAIN.replace(b"\r", b""))),
    behind("no reason", "met", ok(status=b"200 ")),
    behind("a folded header", "met", ok(head=PLAIN + b"x: a\r\n b\r\n")),
    behind("ten KB of header", "met", ok(head=PLAIN + b"x: " + b"a" * 10_000 + b"\r\n")),
    behind("more behind the body", "met", ok() + b"more"),
    alone("GET: octet by octet", "met", Script((ok(),), in_pieces=True)),
    # Broken off.
    behind("closed", CLOSED, "closes"),
    behind("reset", RESET, "resets"),
    behind("silence", TIMEOUT, "silent"),
    behind("closed in the status", CLOSED, b"HTTP/1.1 20", "closes"),
    behind("closed in the header", CLOSED, b"HTTP/1.1 200 OK\r\n" + PLAIN, "closes"),
    behind("closed in the body", CLOSED, ok()[:-1], "closes"),
    behind("reset in the body", RESET, ok()[:-1], "resets"),
    behind("silence in the body", TIMEOUT, ok()[:-1], "silent"),
    behind("closed in a chunk", CLOSED, CHUNKED + CHUNK[:-9], "closes"),
    behind("closed before the last chunk", CLOSED, CHUNKED + CHUNK, "closes"),
    behind("a body in drops", TIMEOUT, LONG, "drips"),
    behind("a header in drops", TIMEOUT, b"HTTP/1.1 200 OK\r\nx: ", "drips"),
    behind("a status in drops", TIMEOUT, b"HTTP/1.1 200 ", "drips"),
    # Without end.
    behind("a body without end", "policy-too-large", b"HTTP/1.1 200 OK\r\n" + PLAIN + b"\r\n", "endless"),
    behind("a GB", "policy-too-large", LONG, "endless"),
    behind("65,537 octets", "policy-too-large", ok(POLICY + b"x: " + b"a" * (65_534 - len(POLICY)))),
    behind("65,536 octets", "met", ok(POLICY + b"x: " + b"a" * (65_533 - len(POLICY)))),
    behind("hints after hints", TIMEOUT, "hints"),
    behind("a header without end", MALFORMED, b"HTTP/1.1 200 OK\r\nx: ", "endless"),
    behind("hints without end", MALFORMED, b"HTTP/1.1 103 x\r\nx: ", "endless"),
    # No HTTP.
    behind("SMTP", MALFORMED, b"220 mx ESMTP\r\n\r\n"),
    behind("noise", MALFORMED, b"\0\xff\r\n\r\n"),
    behind("HTTP/2", MALFORMED, b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80\r\n\r\n"),
    behind("HTTP/0.9", MALFORMED, POLICY + b"\r\n"),
    behind("two lengths", MALFORMED, ok(head=PLAIN + b"content-length: 5\r\n")),
    behind("a length below zero", MALFORMED, b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
    behind("no chunk", MALFORMED, CHUNKED + b"version: STSv1\r\n"),
    behind("NUL in the header", MALFORMED, ok(head=PLAIN + b"x: a\0b\r\n")),
    # Whole, and no policy.
    behind("301", "redirected", b"HTTP/1.1 301 Moved\r\nlocation: /\r\ncontent-length: 0\r\n\r\n"),
    behind("302 to itself", "redirected", ok(head=b"location: /.well-known/mta-sts.txt\r\n", status=b"302 x")),
    behind("404 with the policy", "not-served", ok(status=b"404 Not Found")),
    behind("401", "not-served", ok(status=b"401 Unauthorized")),
    behind("500", "not-served", ok(status=b"500 Oops")),
    behind("503", "inconclusive: service-unavailable", ok(status=b"503 Busy")),
    behind("429", "inconclusive: service-unavailable", ok(status=b"429 Slow Down")),
    behind("204", "not-served", b"HTTP/1.1 204 No Content\r\n\r\n"),
    behind("HTML by its type", "not-plain-text", ok(head=b"content-type: text/html\r\n")),
    behind("no type", "not-plain-text", ok(head=b"")),
    behind("two types", "not-plain-text", ok(head=PLAIN + b"content-type: text/html\r\n")),
    behind("nothing", "malformed-policy", ok(b"")),
    behind("gzip", "malformed-policy", ok(b"\x1f\x8b\x08\0abc", PLAIN + b"content-encoding: gzip\r\n")),
    behind("UTF-16", "malformed-policy", ok(POLICY.decode().encode("utf-16"))),
    behind("escapes", "malformed-policy", ok(b"\x1b[2J\x1b]0;x\x07: " + POLICY)),
    behind("another host's policy", "mx-not-covered", ok(POLICY.replace(b"mx.example", b"mx.sample"))),
    # Two addresses.
    pair("both are well", "met", HONEST, HONEST),
    pair("one refuses", "met", HONEST, "refuses"),
    pair("both refuse", "connection-refused", "refuses", "refuses"),
    pair("one is silent", TIMEOUT, HONEST, "drops"),
    pair("one refuses, one is silent", TIMEOUT, "refuses", "drops"),
    pair("one is not there yet", "not-served", HONEST, Script((ok(status=b"404 x"),))),
    pair("that decides", "not-served", Script((ok(status=b"404 x"),)), "drops"),
    pair("one has another's certificate", "other-certificate", HONEST, Script((ok(),), tls=served_by("a.example"))),
)  # fmt: skip
