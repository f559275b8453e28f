"""Scripted DNS servers on loopback: every packet is real, and every packet is counted."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Literal, TypeAlias

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, name_server
from mailcheck.probes.dns import DnsProbe
from mailcheck.probes.dns.datagrams.pace import Patience
from mailcheck.probes.routes import Routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mailcheck.question import Unobserved

Reply: TypeAlias = Callable[[dns.message.Message], "list[bytes]"]
"""From a query to the packets that answer it, in their order; none for silence."""

OverTcp: TypeAlias = Reply | Literal["refused", "stalls", "closes"]

LOOPBACK = "127.0.0.1"

PATIENT = Patience(total=20.0, tcp=20.0)
"""Longer than any test, which shows that no answer was waited for in vain."""


def says(
    answer: str = "",
    authority: str = "",
    *,
    rcode: dns.rcode.Rcode = dns.rcode.NOERROR,
    flags: str = "RA",
    wrong_id: bool = False,
    question: tuple[str, str] | None = None,
) -> Reply:
    """Answer with records, zone-file lines separated by ``|``; or to another id or *question*."""

    def reply(query: dns.message.Message) -> list[bytes]:
        response = dns.message.make_response(query)
        if question:
            response.question = dns.message.make_query(*question).question
        response.flags = dns.flags.from_text(f"QR RD {flags}")
        response.set_rcode(rcode)
        response.id = query.id ^ wrong_id
        for section, text in ((response.answer, answer), (response.authority, authority)):
            for line in filter(None, map(str.strip, text.split("|"))):
                owner, ttl, rdclass, rdtype, rdata = line.split(maxsplit=4)
                section.append(dns.rrset.from_text(owner, int(ttl), rdclass, rdtype, rdata))
        return [response.to_wire(max_size=65535)]

    return reply


def octets(*packets: bytes) -> Reply:
    """Answer with *packets*, whatever is asked."""
    return lambda _: list(packets)


def both(*replies: Reply) -> Reply:
    """Answer with the packets of all *replies*, one after the other."""
    return lambda query: [packet for reply in replies for packet in reply(query)]


def by_name(**replies: Reply) -> Reply:
    """Answer by the first label of the name asked."""
    return lambda query: replies[query.question[0].name.labels[0].decode()](query)


SILENCE = octets()


class Server:
    """A server that gives its replies in turn, the last one again and again.

    ``log`` has a line for each query: transport, name and type, and ``EDNS`` if it has an OPT.
    What a *stranger* replies is sent first, from another port.
    """

    def __init__(
        self, *replies: Reply, tcp: OverTcp = "refused", stranger: Reply | None = None
    ) -> None:
        self.replies = replies
        self.tcp = tcp
        self.stranger = stranger
        self.port = 0
        self.log: list[str] = []
        self.heard = asyncio.Event()
        self._conversations: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[None]:
        """Listen on a port of loopback, over UDP and TCP; 0 is any."""
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as open_sockets:
            udp, listener = map(open_sockets.enter_context, _socket_pair(port))
            self.port = udp.getsockname()[1]
            udp.setblocking(False)  # noqa: FBT003  socket has it so
            loop.add_reader(udp, self._hear, udp)
            open_sockets.callback(loop.remove_reader, udp)
            if self.tcp != "refused":
                server = await asyncio.start_server(self._accept, sock=listener)
                await open_sockets.enter_async_context(server)
            yield
            await asyncio.gather(*self._conversations)

    def _heard(self, transport: str, packet: bytes) -> dns.message.Message:
        query = dns.message.from_wire(packet)
        [asked] = query.question
        edns = " EDNS" if query.edns == 0 else ""
        name = asked.name.to_text(omit_final_dot=True)
        self.log.append(f"{transport} {name} {asked.rdtype.name}{edns}")
        self.heard.set()
        return query

    def _hear(self, udp: socket.socket) -> None:
        packet, client = udp.recvfrom(65535)
        reply = self.replies[min(len(self.log), len(self.replies) - 1)]
        query = self._heard("UDP", packet)
        if self.stranger:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                for answer in self.stranger(query):
                    other.sendto(answer, client)
        for answer in reply(query):
            udp.sendto(answer, client)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._conversations.add(asyncio.create_task(self._converse(reader, writer)))

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            [length] = struct.unpack("!H", await reader.readexactly(2))
            query = self._heard("TCP", await reader.readexactly(length))
            if not isinstance(self.tcp, str):
                for packet in self.tcp(query):
                    writer.write(struct.pack("!H", len(packet)) + packet)
                await writer.drain()
            elif self.tcp == "stalls":
                writer.write(b"\xff\xff\x00")
                await reader.read()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def _socket_pair(port: int) -> tuple[socket.socket, socket.socket]:
    """Return sockets for UDP and TCP, bound to one port."""
    while True:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        listener = socket.socket()
        try:
            udp.bind((LOOPBACK, port))
            listener.bind(udp.getsockname())
        except OSError:  # the port is free for one of the two only
            udp.close()
            listener.close()
        else:
            return udp, listener


async def asking(
    question: DnsQuery | ServerQuery,
    *servers: Server | None,
    patience: Patience = PATIENT,
) -> DnsAnswer | Unobserved:
    """Ask *servers*, which are at 192.0.2.1 and so on; where there is None, nobody listens."""
    async with AsyncExitStack() as stack:
        detours = {}
        for number, server in enumerate(servers, 1):
            here = server or Server(SILENCE)
            if server is None:
                async with here.serving():
                    pass
            else:
                await stack.enter_async_context(here.serving())
            detours[f"192.0.2.{number}", 53] = (LOOPBACK, here.port)
        resolvers = tuple(name_server(address) for address, _ in detours)
        routes = Routes(detours, closed=True)
        probe = DnsProbe(asyncio.get_running_loop(), resolvers, routes, patience)
        try:
            return await answered(probe, question)
        finally:
            await probe.closed()


async def answered(probe: DnsProbe, question: DnsQuery | ServerQuery) -> DnsAnswer | Unobserved:
    """Ask, and wait for the answer."""
    answer: asyncio.Future[DnsAnswer | Unobserved] = asyncio.get_running_loop().create_future()
    probe.ask(question, answer.set_result)
    return await answer


def resolve(
    asked: str, *servers: Server | None, patience: Patience = PATIENT
) -> DnsAnswer | Unobserved:
    """Ask *servers* as the run's resolvers: ``resolve("www.example A", server, server)``."""
    return asyncio.run(asking(DnsQuery(*asked.split()), *servers, patience=patience))


def ask_directly(
    asked: str, server: Server | None, patience: Patience = PATIENT
) -> DnsAnswer | Unobserved:
    """Ask one server without recursion."""
    name, rdtype = asked.split()
    question = ServerQuery(name, rdtype, name_server("192.0.2.1"))
    return asyncio.run(asking(question, server, patience=patience))
