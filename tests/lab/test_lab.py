"""A lab that stands, asked over real loopback sockets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiosmtplib
import dns.asyncquery
import dns.flags
import dns.message
import dns.rcode
import pytest

from mailcheck.lab import Lab

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mailcheck.lab import LabDescription
    from tests.lab.conftest import MakeLab

LAB = """\
lab: 1
servers:
  ns1:
    address: [192.0.2.53, "2001:db8::53"]
    zones: {example.com: a.zone}
    faults: {big.example.com: truncate, mute.example.com: silent}
  ns2:
    address: 192.0.2.54
    zones: {example.com: a.zone}
    faults: truncate
    tcp: refused
hosts:
  mail.example.com:
    address: [203.0.113.25, "2001:db8::25"]
    smtp:
      25: accepts
      26: refused
  strict.example.com:
    address: 203.0.113.26
    smtp: {25: 554 strict.example.com no service}
  mute.example.com:
    address: 203.0.113.27
    smtp: {25: silent, 2525: closes}
  web.example.com:
    address: 203.0.113.80
  imap.example.com:
    address: 203.0.113.81
    imap: {143: accepts}
"""

ZONE = "@ MX 10 mail\nmail A 203.0.113.25\nlong TXT " + " ".join(['"' + "x" * 250 + '"'] * 4) + "\n"


def in_lab(description: LabDescription, work: Callable[[Lab], Awaitable[None]]) -> None:
    """Run *work* while the lab stands."""

    async def run() -> None:
        lab = Lab(description)
        await lab.start()
        try:
            await work(lab)
        finally:
            await lab.close()

    asyncio.run(run())


async def ask(
    lab: Lab, server: str, asked: str, *, tcp: bool = False, edns: bool = True
) -> dns.message.Message:
    host, port = lab.detours[server, 53]
    name, rdtype = asked.split()
    query = dns.message.make_query(name, rdtype, use_edns=0 if edns else False)
    over = dns.asyncquery.tcp if tcp else dns.asyncquery.udp
    return await over(query, host, port=port, timeout=5)


def test_servers_and_resolver_answer(make_lab: MakeLab) -> None:
    """Over UDP and TCP, at every address of a server, and through the lab's own resolver."""

    async def work(lab: Lab) -> None:
        for tcp in (False, True):
            for server in ("192.0.2.53", "2001:db8::53", lab.resolvers[0]):
                answer = await ask(lab, server, "example.com MX", tcp=tcp)
                assert str(answer.answer[0][0]) == "10 mail.example.com."

    in_lab(make_lab(LAB, a=ZONE), work)


def test_udp_is_cut_and_tcp_is_whole(make_lab: MakeLab) -> None:
    """A thousand octets do not fit into a datagram without EDNS; with it they do."""

    async def work(lab: Lab) -> None:
        cut = await ask(lab, "192.0.2.53", "long.example.com TXT", edns=False)
        whole = await ask(lab, "192.0.2.53", "long.example.com TXT", edns=False, tcp=True)
        large = await ask(lab, "192.0.2.53", "long.example.com TXT")
        truncated = [bool(a.flags & dns.flags.TC) for a in (cut, whole, large)]
        assert truncated == [True, False, False]

    in_lab(make_lab(LAB, a=ZONE), work)


def test_truncation_without_tcp(make_lab: MakeLab) -> None:
    """Nothing listens on TCP: the connection is refused, and the port stays the lab's."""

    async def work(lab: Lab) -> None:
        answer = await ask(lab, "192.0.2.54", "example.com MX")
        assert answer.flags & dns.flags.TC
        with pytest.raises(ConnectionRefusedError):
            await ask(lab, "192.0.2.54", "example.com MX", tcp=True)

    in_lab(make_lab(LAB, a=ZONE), work)


def test_a_silent_answer_does_not_hold_up_others(make_lab: MakeLab) -> None:
    """Several questions over one connection; the one that meets silence is passed over."""

    async def work(lab: Lab) -> None:
        reader, writer = await asyncio.open_connection(*lab.detours["192.0.2.53", 53])
        for name in ("mute.example.com", "mail.example.com"):
            writer.write(dns.message.make_query(name, "A").to_wire(prepend_length=True))
        length = int.from_bytes(await reader.readexactly(2), "big")
        answer = dns.message.from_wire(await reader.readexactly(length))
        assert str(answer.question[0].name) == "mail.example.com."
        writer.close()

    in_lab(make_lab(LAB, a=ZONE), work)


def test_an_smtp_session(make_lab: MakeLab) -> None:
    """aiosmtplib finds a server there; an address of IPv6 leads to the same."""

    async def work(lab: Lab) -> None:
        for address in ("203.0.113.25", "2001:db8::25"):
            host, port = lab.detours[address, 25]
            client = aiosmtplib.SMTP(
                hostname=host, port=port, start_tls=False, local_hostname="c.example", timeout=5
            )
            greeting = await client.connect()
            assert (greeting.code, greeting.message) == (220, "mail.example.com ESMTP")
            hello = await client.ehlo()
            assert (hello.code, hello.message.splitlines()[0]) == (250, "mail.example.com")
            assert client.supports_extension("size")
            assert (await client.quit()).code == 221

    in_lab(make_lab(LAB, a=ZONE), work)


def test_an_imap_host_greets(make_lab: MakeLab) -> None:
    async def work(lab: Lab) -> None:
        reader, writer = await asyncio.open_connection(*lab.detours["203.0.113.81", 143])
        assert await reader.readline() == b"* OK imap.example.com ready.\r\n"
        assert "IMAP" in {line.about for line in lab.map}
        writer.close()

    in_lab(make_lab(LAB, a=ZONE), work)


def test_a_refusing_greeting(make_lab: MakeLab) -> None:
    """554 instead of a welcome."""

    async def work(lab: Lab) -> None:
        host, port = lab.detours["203.0.113.26", 25]
        client = aiosmtplib.SMTP(
            hostname=host, port=port, start_tls=False, local_hostname="c.example", timeout=5
        )
        with pytest.raises(aiosmtplib.SMTPConnectResponseError) as refusal:
            await client.connect()
        assert refusal.value.args == (554, "strict.example.com no service")

    in_lab(make_lab(LAB, a=ZONE), work)


@pytest.mark.parametrize(
    ("address", "port"),
    [
        pytest.param("203.0.113.25", 26, id="a port said to refuse"),
        pytest.param("203.0.113.25", 587, id="a mail port not named"),
        pytest.param("203.0.113.26", 2525, id="a port named for another host"),
        pytest.param("203.0.113.80", 25, id="a host without SMTP"),
        pytest.param("203.0.113.80", 143, id="a host without IMAP"),
        pytest.param("203.0.113.81", 993, id="a port of IMAP not named"),
    ],
)
def test_refused_ports(make_lab: MakeLab, address: str, port: int) -> None:
    """A declared host refuses wherever nothing is declared."""

    async def work(lab: Lab) -> None:
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*lab.detours[address, port])

    in_lab(make_lab(LAB, a=ZONE), work)


def test_all_endpoints_are_on_loopback_and_addresses_are_as_probes_write_them(
    make_lab: MakeLab,
) -> None:
    """Keys are what ``str`` makes of an address; UDP and TCP of a server share a port."""

    async def work(lab: Lab) -> None:
        assert {"127.0.0.1"} == {host for host, _ in lab.detours.values()}
        assert lab.detours["192.0.2.53", 53] == lab.detours["2001:db8::53", 53]
        assert {line.declared: line.real for line in lab.map} == lab.detours
        assert (lab.map[0].role, lab.map[0].name, lab.map[0].about) == (
            "server",
            "ns1",
            "example.com",
        )

    in_lab(make_lab(LAB, a=ZONE), work)


def test_close_ends_conversations_and_frees_ports(make_lab: MakeLab) -> None:
    """Starting twice and closing twice do no harm; a client that waits sees the end."""

    async def run() -> None:
        lab = Lab(make_lab(LAB, a=ZONE))
        await lab.start()
        endpoint = lab.detours["203.0.113.25", 25]
        await lab.start()
        assert endpoint == lab.detours["203.0.113.25", 25]
        reader, writer = await asyncio.open_connection(*endpoint)
        assert (await reader.readline()).startswith(b"220 ")
        await lab.close()
        assert await reader.read() == b""
        writer.close()
        await lab.close()
        assert lab.detours == {}
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*endpoint)

    asyncio.run(run(), debug=True)
