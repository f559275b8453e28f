"""TLS handshakes that trust nobody: what a server offers is written down, and judged elsewhere.

A handshake that verified would end at a certificate that is not trusted, and everything behind it
would stay unseen. Nothing secret is ever said over these connections.
"""

from __future__ import annotations

import asyncio
import ssl
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from mailcheck.facts.tls.certificate import read_certificate
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.probes.tls_line import TlsLine

if TYPE_CHECKING:
    from mailcheck.facts.tls.certificate import Certificate

CIPHERS = "DEFAULT:@SECLEVEL=0"
"""OpenSSL's usual order, with what is too weak to be used but is still to be seen."""


@cache
def context(only: str = "") -> ssl.SSLContext:
    """Return the context of all handshakes: making one takes longer than using it.

    It offers every version, or *only* one, which is in OpenSSL's words.

    Raises:
        ValueError: if the OpenSSL behind Python was built without that version.
    """
    made = own_context()
    if only:
        just(only, made)
    return made


def own_context() -> ssl.SSLContext:
    """Return such a context for somebody who writes into it what he speaks."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    made.set_ciphers(CIPHERS)
    return made


def just(version: str, made: ssl.SSLContext) -> None:
    """Leave *made* nothing but *version*, which is in OpenSSL's words.

    Raises:
        ValueError: if the OpenSSL behind Python was built without that version.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is the point
        made.minimum_version = made.maximum_version = ssl.TLSVersion[version.replace(".", "_")]


async def shake_hands(
    transport: asyncio.BaseTransport,
    protocol: asyncio.BaseProtocol,
    name: str,
    seconds: float,
    only: str = "",
) -> tuple[asyncio.BaseTransport | None, Tls | NoTls]:
    """Begin TLS on *transport*, on behalf of *protocol*, with the server called *name*.

    If a version is named, *only* that is offered.

    Return the transport to go on with, None if the handshake failed, and how it ended. The old
    transport is of no more use in either case.

    Raises:
        TimeoutError: if it did not come to an end within *seconds*.
        ConnectionError: if the server closed or reset the connection.
    """
    loop = asyncio.get_running_loop()
    started = loop.time()
    below, above = cast("asyncio.Transport", transport), cast("asyncio.Protocol", protocol)
    line = TlsLine(below, above, context(only), name)
    try:
        connection = await line.shake_hands(seconds)
    except ssl.SSLError as error:
        reason = (error.reason or str(error)).replace("_", " ").lower()
        return None, NoTls(reason, (loop.time() - started) * 1000)
    elapsed = (loop.time() - started) * 1000
    if below.is_closing():  # the server closed the connection as soon as all was agreed
        raise ConnectionResetError("the connection was closed")
    cipher = connection.cipher()
    return line, Tls(
        connection.version() or "", cipher[0] if cipher else "", chain_of(connection), elapsed
    )


def chain_of(connection: ssl.SSLObject) -> tuple[Certificate, ...]:
    """Return what the server sent, its own certificate first: all, since any may be the missing link.

    OpenSSL takes no more than 100 KB of them (SSL_CTX_set_max_cert_list(3)).

    Python has had a public name for this since 3.13; before, only the object behind has it.
    """
    known: Any = connection
    behind: Any = getattr(connection, "_sslobj", None)
    if hasattr(known, "get_unverified_chain"):
        sent = known.get_unverified_chain()
    elif hasattr(behind, "get_unverified_chain"):
        certificates = behind.get_unverified_chain() or ()
        sent = [certificate.public_bytes(_DER) for certificate in certificates]
    else:
        sent = [connection.getpeercert(binary_form=True)]
    return tuple(read_certificate(der) for der in sent or () if der)


_DER = 2
"""``_ssl.ENCODING_DER``."""
