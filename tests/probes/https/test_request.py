"""What a request comes to, whatever the server does: over HTTP/1.1, HTTP/1.0, without TLS, in drops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.https import HttpsGetFact
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.probes.https import Timeouts
from mailcheck.probes.tls import CIPHERS, just
from mailcheck.question import Unobserved
from tests.probes.https.conftest import HOST, Web, ask, get, ok, tls_of

if TYPE_CHECKING:
    from tests.probes.https.conftest import Step

CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
PLAIN = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n"


@pytest.mark.parametrize(
    ("script", "status", "body"),
    [
        pytest.param(ok(b"hello"), 200, b"hello", id="a length"),
        pytest.param(ok(b""), 200, b"", id="nothing"),
        pytest.param(CHUNKED + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200, b"abcde", id="chunked"),
        pytest.param(PLAIN + b"\r\nabc", 200, b"abc", id="until it closes"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\nabc", 200, b"abc", id="HTTP/1.0"),
        pytest.param(b"HTTP/1.1 103 Early\r\n\r\n" + ok(b"abc"), 200, b"abc", id="hints first"),
        pytest.param(
            PLAIN + b"content-encoding: gzip\r\ncontent-length: 3\r\n\r\n\x1f\x8b\x08",
            200, b"\x1f\x8b\x08", id="compressed, though nobody asked for it",
        ),
        pytest.param(b"HTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\nno", 404, b"no", id="404"),
    ],
)  # fmt: skip
def test_a_response_is_read_as_it_is(script: bytes, status: int, body: bytes) -> None:
    fact = get(Web((script,)))
    assert (fact.status, fact.body, fact.is_cut_short, fact.broken) == (status, body, False, None)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param((ok(b"x" * 5000),), id="a long one"),
        pytest.param((ok(b"x" * 1001),), id="an octet too many"),
        pytest.param((PLAIN + b"\r\n", "endless"), id="endless"),
    ],
)
def test_no_more_is_read_than_is_wanted(script: tuple[Step, ...]) -> None:
    fact = get(Web(script))
    assert (len(fact.body), fact.is_cut_short, fact.broken) == (1000, True, None)


def test_a_body_may_be_as_long_as_is_wanted() -> None:
    fact = get(Web((ok(b"x" * 1000),)))
    assert (len(fact.body), fact.is_cut_short) == (1000, False)


def test_nobody_follows_a_redirect() -> None:
    web = Web((b"HTTP/1.1 301 Moved\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",))
    fact = get(web)
    assert (fact.status, fact.location, len(web.heads)) == (301, "/elsewhere", 1)


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        pytest.param((), "connection-closed", id="closes at once"),
        pytest.param((b"HTTP/1.1 2",), "connection-closed", id="closes in the status line"),
        pytest.param((PLAIN,), "connection-closed", id="closes in the header"),
        pytest.param((CHUNKED + b"3\r\nab",), "connection-closed", id="closes in a chunk"),
        pytest.param((CHUNKED + b"3\r\nabc\r\n",), "connection-closed", id="no last chunk"),
        pytest.param((ok(b"abc")[:-1],), "connection-closed", id="closes in the body"),
        pytest.param((b"220 mx ESMTP\r\n\r\n",), "malformed-reply", id="SMTP"),
        pytest.param((CHUNKED + b"zz\r\n",), "malformed-reply", id="no chunk"),
        pytest.param(
            (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 50_000,), "malformed-reply", id="header"
        ),
    ],
)
def test_what_breaks_off_says_how_far_it_went(script: tuple[Step, ...], cause: str) -> None:
    fact = get(Web(script))
    assert isinstance(fact.tls, Tls)
    assert fact.broken is not None
    assert fact.broken.cause == cause
    assert fact.broken.evidence[-1].subject.endswith("GET /.well-known/mta-sts.txt")


@pytest.mark.parametrize(
    ("script", "timeouts", "words"),
    [
        pytest.param(("stuck",), Timeouts(handshake=0.1), "no handshake within 0.1 s", id="TLS"),
        pytest.param(("silence",), Timeouts(request=0.3), "no complete response", id="response"),
        pytest.param(
            (ok(b"abc")[:-1], "silence"), Timeouts(request=0.3), "no complete response", id="body"
        ),
    ],
)
def test_silence_ends_with_the_time_of_its_stage(
    script: tuple[Step, ...], timeouts: Timeouts, words: str
) -> None:
    answer = ask(Web(script), timeouts)
    unheard = answer.broken if isinstance(answer, HttpsGetFact) else answer
    assert isinstance(unheard, Unobserved)
    assert unheard.cause == "timeout"
    assert words in unheard.text


def test_drops_do_not_make_it_last_longer() -> None:
    """Each octet comes in time, and the whole does not."""
    web = Web((PLAIN + b"content-length: 900\r\n\r\n", "drops"))
    answer = ask(web, Timeouts(request=0.5))
    assert isinstance(answer, HttpsGetFact)
    assert answer.broken is not None
    assert (answer.broken.cause, answer.is_cut_short) == ("timeout", False)
    assert answer.body


def test_a_server_without_tls_is_told_from_one_that_is_silent() -> None:
    fact = ask(Web(("greets",), tls=None))
    assert isinstance(fact, HttpsGetFact)
    assert isinstance(fact.tls, NoTls)
    assert fact.status is None


def test_old_tls_is_seen_and_not_refused() -> None:
    old = tls_of(HOST)
    just("TLSv1", old)
    old.set_ciphers(CIPHERS)
    fact = get(Web((ok(b"abc"),), tls=old))
    assert isinstance(fact.tls, Tls)
    assert (fact.tls.version, fact.body) == ("TLSv1", b"abc")


def test_a_certificate_of_somebody_else_is_written_down() -> None:
    fact = get(Web((ok(b"abc"),), tls=tls_of("other.example")))
    assert isinstance(fact.tls, Tls)
    assert fact.tls.certificate.names == ("other.example",)
    assert fact.tls.certificate.der
    assert fact.body == b"abc"


def test_the_request_names_the_host_and_brings_nothing_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    web = Web((ok(b"abc", "set-cookie: a=b\r\ncontent-type: text/plain"),))
    get(web)
    assert web.names == [HOST]
    [head] = web.heads
    assert head.startswith("GET /.well-known/mta-sts.txt HTTP/1.1\r\n")
    lines = head.lower().split("\r\n")
    assert {
        f"host: {HOST}",
        "accept-encoding: identity",
        "connection: close",
        "user-agent: mailcheck",
    } <= {*lines}
    assert not any(line.startswith(("cookie:", "authorization:")) for line in lines)
