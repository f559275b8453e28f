"""Connections to scripted hosts, spoken by hand."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from mailcheck.lab.certificates import Authorities, HostCertificate
from mailcheck.lab.endpoints import LOOPBACK, Endpoints
from mailcheck.lab.smtp_script import CLOSES, SILENT, Script, Step, reply


def spoken(script: Script, sent: bytes) -> bytes:
    """Send *sent* to a host and return all it says until it hangs up or we do."""

    async def run() -> bytes:
        endpoints = Endpoints()
        port = await endpoints.open_smtp(script)
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
            Script("h"),
            b"HELO c\r\nQUIT\r\n",
            b"220 h ESMTP\r\n250 h\r\n221 2.0.0 Bye\r\n",
            id="QUIT",
        ),
        pytest.param(Script("h"), b"HELO c\n", b"220 h ESMTP\r\n250 h\r\n", id="a bare LF, an EOF"),
        pytest.param(Script("h"), b"HELO", b"220 h ESMTP\r\n", id="half a command"),
        pytest.param(
            Script("h", {"ehlo": CLOSES}), b"EHLO c\r\nQUIT\r\n", b"220 h ESMTP\r\n", id="closes"
        ),
        pytest.param(
            Script("h", {"ehlo": SILENT}), b"EHLO c\r\nQUIT\r\n", b"220 h ESMTP\r\n", id="silent"
        ),
        pytest.param(
            Script("h", {"greeting": reply(421, "busy")}), b"QUIT\r\n", b"421 busy\r\n", id="421"
        ),
        pytest.param(
            Script("h", {"greeting": Step(b"SSH-2.0\r\n")}),
            b"QUIT\r\n",
            b"SSH-2.0\r\n221 2.0.0 Bye\r\n",
            id="not SMTP",
        ),
        pytest.param(
            Script("h"),
            b"NOOP " + b"x" * 20_000 + b"\r\n",
            b"220 h ESMTP\r\n500 5.5.2 Error: line too long\r\n",
            id="a line without end",
        ),
    ],
)
def test_conversations(script: Script, sent: bytes, said: bytes) -> None:
    """What goes over the wire."""
    assert said == spoken(script, sent)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        pytest.param(Script("h"), b"220 h ESMTP\r\n221 2.0.0 Bye\r\n", id="QUIT"),
        pytest.param(Script("h", {"greeting": reply(421, "busy")}), b"421 busy\r\n", id="421"),
        pytest.param(Script("h", {"quit": CLOSES}), b"220 h ESMTP\r\n", id="closes"),
    ],
)
def test_a_host_hangs_up_in_tls_as_well(script: Script, said: bytes) -> None:
    client = ssl.create_default_context()
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    context = Authorities().context(HostCertificate(("mail.example.com",)))

    async def run() -> tuple[bytes, list[object]]:
        faults: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
        endpoints = Endpoints()
        port = await endpoints.open_smtp(script, context, tls_first=True)
        reader, writer = await asyncio.open_connection(LOOPBACK, port, ssl=client)
        writer.write(b"QUIT\r\n")
        heard = await reader.read()
        writer.close()
        await endpoints.close()
        return heard, faults

    assert asyncio.run(run()) == (said, [])
