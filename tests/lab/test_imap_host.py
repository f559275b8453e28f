"""Connections to scripted hosts, spoken by hand and by mailcheck."""

from __future__ import annotations

import asyncio

import pytest

from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
from mailcheck.facts.tls.handshake import Tls
from mailcheck.lab.certificates import Authorities, HostCertificate
from mailcheck.lab.endpoints import LOOPBACK, Endpoints
from mailcheck.lab.imap_script import ImapScript, Words
from mailcheck.lab.smtp_script import CLOSES
from mailcheck.names import parse_address
from mailcheck.probes.imap import ImapProbe
from mailcheck.probes.routes import Routes

HELLO = b"* OK h ready.\r\n"


def spoken(script: ImapScript, sent: bytes) -> bytes:
    """Send *sent* to a host and return all it says until it hangs up or we do."""

    async def run() -> bytes:
        endpoints = Endpoints()
        port = await endpoints.open_imap(script)
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        writer.write(sent)
        writer.write_eof()
        said = await reader.read()
        writer.close()
        await endpoints.close()
        return said

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("script", "sent", "said"),
    [
        pytest.param(
            ImapScript("h"),
            b"a LOGOUT\r\n",
            HELLO + b"* BYE Logging out\r\na OK Logout completed.\r\n",
            id="LOGOUT",
        ),
        pytest.param(ImapScript("h"), b"a NOOP", HELLO, id="half a command"),
        pytest.param(
            ImapScript("h", {"capability": CLOSES}), b"a CAPABILITY\r\n", HELLO, id="closes"
        ),
        pytest.param(
            ImapScript("h", {"greeting": Words(("BYE no",))}), b"", b"* BYE no\r\n", id="BYE"
        ),
        pytest.param(
            ImapScript("h"),
            b"a " + b"x" * 20_000 + b"\r\n",
            HELLO + b"* BYE Error: line too long\r\n",
            id="a line without end",
        ),
    ],
)
def test_conversations(script: ImapScript, sent: bytes, said: bytes) -> None:
    """What goes over the wire."""
    assert spoken(script, sent) == said


@pytest.mark.parametrize("port", [143, 993])
def test_a_session_comes_to_tls(port: int) -> None:
    async def run() -> object:
        endpoints = Endpoints()
        tls = Authorities().context(HostCertificate(("h.example",)))
        real = await endpoints.open_imap(ImapScript("h"), tls, tls_first=port == 993)
        probe = ImapProbe(Routes({("192.0.2.1", port): (LOOPBACK, real)}))
        answer = await probe.answer(ImapSession(parse_address("192.0.2.1"), port))
        await endpoints.close()
        return answer

    answer = asyncio.run(run())
    assert isinstance(answer, ImapSessionFact)
    assert isinstance(answer.tls, Tls)
    assert answer.tls.certificate.names == ("h.example",)
    assert answer.capabilities(in_tls=True) == frozenset({"IMAP4REV1", "AUTH=PLAIN"})
    assert answer.exchanges[-1].stage == "LOGOUT"
