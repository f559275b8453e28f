"""What a server sends in a TLS handshake, cut, changed or replaced on its way out."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from tests.faults.smtp_server import Act, certified, says, silent, then

if TYPE_CHECKING:
    from tests.faults.smtp_server import Connection

Cut: TypeAlias = Callable[..., Act]
"""A part of a handshake, followed by other acts."""

HEADER = 5
"""Octets before the content of a record (RFC 8446 §5.1): its type, a version, its length."""

HANDSHAKE = 22
CERTIFICATE = 11
TLS_1_2 = ssl.TLSVersion.TLSv1_2

ALERT = b"\x15\x03\x03\x00\x02\x02\x28"
"""handshake_failure, fatal (RFC 8446 §6.2)."""


def flight(
    change: Callable[[bytes], bytes], *after: Act, at_most: ssl.TLSVersion | None = None
) -> Act:
    """Answer the ClientHello with what *change* makes of an honest flight, then do what comes *after*."""

    async def answering(client: Connection) -> None:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        server = certified(list, at_most).wrap_bio(incoming, outgoing, server_side=True)
        while not outgoing.pending:
            incoming.write(await client.hear())
            try:
                server.do_handshake()
            except ssl.SSLWantReadError:
                continue
        await client.say(change(outgoing.read()))
        await then(*after)(client)

    return answering


async def heard(client: Connection) -> None:
    """Take the ClientHello in."""
    await client.hear()


def instead(octets: bytes, *after: Act) -> Act:
    """Answer the ClientHello with *octets* that have nothing to do with it."""
    return then(heard, says(octets), *(after or (silent,)))


def records(octets: bytes) -> list[bytes]:
    """Return the records in *octets*."""
    found = []
    while octets:
        end = HEADER + int.from_bytes(octets[3:HEADER], "big")
        found.append(octets[:end])
        octets = octets[end:]
    return found


def first(count: int) -> Callable[[bytes], bytes]:
    """Return the change that leaves only the first *count* records."""
    return lambda octets: b"".join(records(octets)[:count])


def half(octets: bytes) -> bytes:
    """Leave half of the first record."""
    return octets[: len(records(octets)[0]) // 2]


def all_but_one_octet(octets: bytes) -> bytes:
    """Leave out the last octet."""
    return octets[:-1]


def spoiled(octets: bytes) -> bytes:
    """Change an octet in the middle of the last record, as a firewall that rewrites would."""
    middle = len(octets) - 40
    return octets[:middle] + bytes([octets[middle] ^ 0xFF]) + octets[middle + 1 :]


def certificates(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return the change of the Certificate message of TLS 1.2, which is sent in clear (RFC 5246 §7.4.2)."""

    def changed(octets: bytes) -> bytes:
        content = b"".join(record[HEADER:] for record in records(octets))
        sent = b""
        while content:
            end = 4 + int.from_bytes(content[1:4], "big")
            message, content = content[:end], content[end:]
            if message[0] == CERTIFICATE:
                body = change(message[4:])
                message = message[:1] + len(body).to_bytes(3, "big") + body
            sent += bytes([HANDSHAKE, 3, 3]) + len(message).to_bytes(2, "big") + message
        return sent

    return changed


def no_certificate(_: bytes) -> bytes:
    """Send an empty list."""
    return bytes(3)


def cut_certificate(body: bytes) -> bytes:
    """Send half of the list under the length of the whole."""
    return body[: len(body) // 2]


def unreadable_certificate(body: bytes) -> bytes:
    """Send one certificate that is no certificate."""
    junk = b"\x30\x03\x02\x01\x05"
    one = len(junk).to_bytes(3, "big") + junk
    return len(one).to_bytes(3, "big") + one if body else body


def own_alone(chain: list[bytes]) -> list[bytes]:
    """Leave out the certificates above the server's own, as most servers that are set up wrongly."""
    return chain[:1]


def doubled(chain: list[bytes]) -> list[bytes]:
    """Send the certificate above twice."""
    return [*chain, *chain[1:]]


def lengthened(chain: list[bytes]) -> list[bytes]:
    """Send more than anybody needs to look at."""
    return chain + chain[1:] * 40
