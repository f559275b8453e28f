"""A DNS server on loopback that does as its script says: every packet is real."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import dns.message
import dns.name
import dns.rdatatype

from tests.faults import truth

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOOPBACK = "127.0.0.1"

CD = 0x0010
"""The flag of a query that asks not to validate (RFC 4035 §3.2.2)."""


class Packet(NamedTuple):
    """A datagram to send, so many seconds after the query came; *elsewhere* from another port."""

    wire: bytes
    after: float = 0.0
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came. ``nth`` counts from 1 how often this server was asked the same.

    ``before`` is the query before it, ``fresh`` that none came from its port. ``told`` collects the questions to which the truth was sent, so that a verdict can be held
    against what there was to know.
    """

    wire: bytes
    transport: Literal["UDP", "TCP"]
    role: truth.Role
    name: str
    rdtype: str
    end: int
    nth: int
    told: set[tuple[str, str]]
    before: Asked | None
    fresh: bool = True

    @property
    def id(self) -> bytes:
        """The two octets that a response must repeat."""
        return self.wire[:2]

    @property
    def question(self) -> bytes:
        """The octets of the question section."""
        return self.wire[12 : self.end]

    @property
    def flags(self) -> int:
        """The flags of the header."""
        return int.from_bytes(self.wire[2:4], "big")

    @property
    def edns(self) -> bool:
        """Whether the query has an additional record, which can only be an OPT."""
        return self.wire[10:12] != b"\0\0"

    def truth(self) -> bytes:
        """Return the honest response, not yet sent: to be spoiled."""
        wire = truth.response(self.role, self.name, self.rdtype, edns=self.edns)
        return self.id + wire[2:12] + self.question + wire[self.end :]

    def honest(self) -> bytes:
        """Return the honest response, and note that the truth was told."""
        return self.telling(self.truth())

    def telling(self, wire: bytes) -> bytes:
        """Note that *wire*, however odd its form, says what is so."""
        self.told.add((self.name, self.rdtype))
        return wire

    def message(self) -> dns.message.Message:
        """Return the honest response as a message, to be spoiled."""
        return dns.message.from_wire(self.truth())


Reply: TypeAlias = Callable[[Asked], Iterable[Packet]]
"""What a server sends upon a query over UDP, in this order; nothing is silence."""


class Stream(NamedTuple):
    """What a server writes into a TCP connection, piece by piece, and whether it then hangs up."""

    pieces: tuple[bytes, ...]
    then: Literal["waits", "closes", "resets"] = "waits"


Conversation: TypeAlias = Callable[[Asked], Stream]


@dataclass(eq=False)
class Server:
    """Gives *reply* over UDP, and *tcp* over TCP; None refuses connections.

    ``heard`` counts the queries by transport, name and type, and ``arrived`` is set by each. A *deaf* server takes no datagrams:
    its port is closed for them.
    """

    reply: Reply
    tcp: Conversation | None
    role: truth.Role
    told: set[tuple[str, str]]
    deaf: bool = False
    port: int = 0
    heard: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _before: Asked | None = None
    _ports: set[int] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Listen on a port of loopback."""
        async with AsyncExitStack() as stack:
            udp, listener = map(stack.enter_context, _sockets())
            self.port = udp.getsockname()[1]
            if self.deaf:
                # Connected to itself it takes nobody else's datagrams, and the port stays taken.
                udp.connect(udp.getsockname())
            else:
                loop = asyncio.get_running_loop()
                loop.add_reader(udp, self._hear, udp)
                stack.callback(loop.remove_reader, udp)
            if self.tcp is not None:
                server = await asyncio.start_server(self._accept, sock=listener)
                await stack.enter_async_context(server)
            else:
                listener.close()
            stack.push_async_callback(self._hang_up)
            yield

    def asked(self, wire: bytes, transport: Literal["UDP", "TCP"], port: int) -> Asked:
        """Read a query, which is well formed, and count it."""
        fresh = port not in self._ports
        self._ports.add(port)
        name, used = dns.name.from_wire(wire, 12)
        end = 12 + used + 4
        rdtype = dns.rdatatype.to_text(
            dns.rdatatype.RdataType.make(int.from_bytes(wire[end - 4 : end - 2], "big"))
        )
        shown = name.to_text(omit_final_dot=True).lower()
        self.heard[transport, shown, rdtype] += 1
        self.arrived.set()
        nth = self.heard[transport, shown, rdtype]
        before = self._before and replace(self._before, before=None)
        self._before = Asked(
            wire, transport, self.role, shown, rdtype, end, nth, self.told, before, fresh
        )
        return self._before

    def _hear(self, udp: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        with suppress(BlockingIOError):
            while True:
                wire, client = udp.recvfrom(65535)
                for packet in self.reply(self.asked(wire, "UDP", client[1])):
                    if packet.after:
                        loop.call_later(packet.after, _send, udp, packet, client)
                    else:
                        _send(udp, packet, client)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._converse(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self.tcp is not None
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    [length] = struct.unpack("!H", await reader.readexactly(2))
                    asked = self.asked(await reader.readexactly(length), "TCP", 0)
                    stream = self.tcp(asked)
                    for piece in stream.pieces:
                        writer.write(piece)
                        await writer.drain()
                        await asyncio.sleep(0)  # so that pieces are read as pieces
                    if stream.then == "resets":
                        writer.transport.abort()
                    if stream.then != "waits":
                        return
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _hang_up(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _send(udp: socket.socket, packet: Packet, client: tuple[str, int]) -> None:
    # A client that gave up has closed its port, and a server that is closed has no socket.
    with suppress(OSError):
        if packet.elsewhere:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.sendto(packet.wire, client)
        else:
            udp.sendto(packet.wire, client)


def _sockets() -> tuple[socket.socket, socket.socket]:
    """Return sockets for UDP and TCP, bound to one port."""
    while True:
        udp, listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket()
        try:
            udp.bind((LOOPBACK, 0))
            listener.bind(udp.getsockname())
        except OSError:  # the port is free for one of the two only
            udp.close()
            listener.close()
        else:
            udp.setblocking(False)  # noqa: FBT003  socket has it so
            return udp, listener
