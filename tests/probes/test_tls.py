"""Handshakes with servers that anybody else would refuse, and with some that nobody can talk to."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import cast

import pytest
import trustme

from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.probes.tls import context, shake_hands

AUTHORITY = trustme.CA()


def server(*names: str, authority: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(made)
    return made


def shaken(
    served: ssl.SSLContext | None,
    name: str = "mx.example.com",
    server: type[asyncio.Protocol] = asyncio.Protocol,
    only: str = "",
) -> Tls | NoTls:
    """How a handshake with a server ends that knows nothing but TLS."""

    async def connect() -> Tls | NoTls:
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(server, "127.0.0.1", 0, ssl=served)
        async with listener:
            transport, protocol = await loop.create_connection(
                asyncio.Protocol, *listener.sockets[0].getsockname()
            )
            secured, outcome = await shake_hands(transport, protocol, name, 20, only)
            cast("asyncio.Transport", secured or transport).abort()
        return outcome

    return asyncio.run(connect())


def test_a_certificate_is_read_whoever_signed_it() -> None:
    outcome = shaken(server("mx.example.com", "*.example.net"))
    assert isinstance(outcome, Tls)
    assert (outcome.version, outcome.cipher) == ("TLSv1.3", "TLS_AES_256_GCM_SHA384")
    assert set(outcome.certificate.names) == {"mx.example.com", "*.example.net"}
    assert outcome.certificate.der


def test_the_chain_comes_as_it_was_sent() -> None:
    below = AUTHORITY.create_child_ca()
    outcome = shaken(server("mx.example.com", authority=below))
    assert isinstance(outcome, Tls)
    assert len(outcome.chain) == 2
    assert outcome.chain[0].issuer == outcome.chain[1].subject


def test_no_link_of_a_long_chain_is_lost(tmp_path: Path) -> None:
    """The one that is needed may come last."""
    made = AUTHORITY.issue_cert("mx.example.com")
    others = b"".join(trustme.CA().cert_pem.bytes() for _ in range(20))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    file = tmp_path / "chain.pem"
    file.write_bytes(made.private_key_and_cert_chain_pem.bytes() + others)
    served.load_cert_chain(file)
    outcome = shaken(served)
    assert isinstance(outcome, Tls)
    assert len(outcome.chain) == 21


@pytest.mark.parametrize(
    ("newest", "version"),
    [(ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.MAXIMUM_SUPPORTED, "TLSv1.3")],
)
def test_the_newest_version_of_both_is_spoken(newest: ssl.TLSVersion, version: str) -> None:
    served = server("mx.example.com")
    served.maximum_version = newest
    outcome = shaken(served)
    assert isinstance(outcome, Tls)
    assert outcome.version == version


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")  # the server is meant to be that old
def test_a_server_that_nobody_should_talk_to_is_seen() -> None:
    served = server("mx.example.com")
    served.set_ciphers("DEFAULT:@SECLEVEL=0")
    served.minimum_version = served.maximum_version = ssl.TLSVersion.TLSv1
    outcome = shaken(served)
    assert isinstance(outcome, Tls)
    assert outcome.version == "TLSv1"


@pytest.mark.parametrize("name", ["mx.example.com", ""])
def test_the_server_is_told_for_whom_it_is_taken(name: str) -> None:
    asked: list[str | None] = []
    served = server("mx.example.com")
    served.sni_callback = lambda _socket, sent, _context: asked.append(sent)
    shaken(served, name)
    assert asked == [name or None]


class Alarmed(asyncio.Protocol):
    """A server that answers whatever comes with one alert: handshake_failure."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, _: bytes) -> None:
        self.transport.write(b"\x15\x03\x03\x00\x02\x02\x28")


def test_a_server_that_wants_nothing_we_have_is_a_failure_with_its_reason() -> None:
    outcome = shaken(None, server=Alarmed)
    assert isinstance(outcome, NoTls)
    assert "handshake failure" in outcome.reason


def test_one_context_serves_all() -> None:
    assert context() is context()
    assert context("TLSv1.2") is context("TLSv1.2")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")  # the servers are meant to be that old
@pytest.mark.parametrize("oldest", ["TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"])
@pytest.mark.parametrize("offered", ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
def test_one_version_is_offered_and_no_other(oldest: str, offered: str) -> None:
    served = server("mx.example.com")
    served.set_ciphers("DEFAULT:@SECLEVEL=0")
    served.minimum_version = ssl.TLSVersion[oldest]
    if offered.replace(".", "_") >= oldest:
        outcome = shaken(served, only=offered)
        assert isinstance(outcome, Tls)
        assert outcome.version == offered
    else:
        with pytest.raises(ConnectionAbortedError):  # asyncio's servers drop their own alert
            shaken(served, only=offered)
