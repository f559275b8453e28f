"""Queries over HTTPS (RFC 8484)."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path

import pytest

from mailcheck.facts.dns import DnsAnswer
from mailcheck.question import Unobserved
from tests.probes.dns.secured import Secured
from tests.probes.dns.test_stream import asked


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secured:
    """A server over HTTPS whose authority this machine trusts."""
    server = Secured("https")
    monkeypatch.setenv("SSL_CERT_FILE", server.trusted(tmp_path))
    return server


def ask(server: Secured, name: str = "dns.example", count: int = 1) -> list[DnsAnswer | Unobserved]:
    """Ask *server* by *name*."""

    async def run() -> list[DnsAnswer | Unobserved]:
        async with server.serving():
            return await asked(server.server(name), count)

    return asyncio.run(run())


needs_httpx = pytest.mark.skipif(
    importlib.util.find_spec("httpx2") is None, reason="asking over HTTPS takes httpx2"
)


@needs_httpx
def test_a_server_is_asked_over_https_on_one_connection(trusted: Secured) -> None:
    said = ask(trusted, count=3)
    assert [one.status for one in said if isinstance(one, DnsAnswer)] == ["nodata"] * 3
    assert trusted.connections == 1
    assert trusted.heads[0].startswith("post /dns-query http/1.1\r\n")
    assert "\r\nhost: dns.example\r\n" in trusted.heads[0]
    assert "over HTTPS" in str(said[0].evidence[0])


@needs_httpx
def test_no_cookies_are_kept_and_nothing_comes_compressed(trusted: Secured) -> None:
    ask(trusted, count=2)
    assert len(trusted.heads) == 2
    assert not any("cookie" in head for head in trusted.heads)
    assert all("\r\naccept-encoding: identity\r\n" in head for head in trusted.heads)


@needs_httpx
def test_queries_have_the_id_0_so_that_caches_may_answer(trusted: Secured) -> None:
    ask(trusted)
    assert trusted.asked[0][:2] == b"\0\0"


@needs_httpx
@pytest.mark.parametrize(
    ("status", "padding", "name", "cause", "words"),
    [
        ("503 Busy", b"", "dns.example", "unreachable", "HTTP status 503"),
        ("200 OK", b"x" * 70_000, "dns.example", "malformed", "longer than"),
        ("200 OK", b"", "other.example", "unreachable", "other.example"),
    ],
    ids=["status", "endless", "another name"],
)
def test_what_is_no_answer_is_inconclusive(  # noqa: PLR0917  columns of the table
    trusted: Secured, status: str, padding: bytes, name: str, cause: str, words: str
) -> None:
    trusted.status, trusted.padding = status, padding
    [said] = ask(trusted, name)
    assert isinstance(said, Unobserved)
    assert said.cause == cause
    assert words in said.evidence[0].result


def test_without_the_package_it_is_said_what_is_missing(
    trusted: Secured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    [said] = ask(trusted)
    assert isinstance(said, Unobserved)
    assert (said.cause, said.not_evaluated) == ("no-probe", True)
    assert "pip install pytest-mailcheck[doh]" in said.text
