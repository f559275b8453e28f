"""Whether this machine's OpenSSL speaks a version of TLS, found out by having it talk to itself.

That it offers a version says little: policies of a system may forbid the digests that TLS 1.0 and
1.1 sign with (RHEL 9), or leave out MD5 (FIPS). The handshake then fails on our side, and would look
like a server's refusal.
"""

from __future__ import annotations

import datetime
import ssl
import tempfile
from functools import cache
from pathlib import Path

from mailcheck.probes.tls import CIPHERS, context, just

MESSAGES = 10
"""Turns that both sides may take; a handshake needs two or three of each."""


@cache
def can_speak(version: str) -> bool:
    """Whether a handshake that offers *version* alone can succeed here, as far as it is up to us."""
    try:
        return come_to_terms(context(version), _server(version))
    except (ssl.SSLError, ValueError):
        return False


def come_to_terms(client: ssl.SSLContext, server: ssl.SSLContext) -> bool:
    """Have the two shake hands in memory; return whether they agree."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = (
        client.wrap_bio(to_client, to_server),
        server.wrap_bio(to_server, to_client, server_side=True),
    )
    for _ in range(MESSAGES):
        try:
            waiting = [_waits(side) for side in sides]
        except ssl.SSLError:
            return False
        if not any(waiting):
            return True
    return False


def _waits(side: ssl.SSLObject) -> bool:
    """Take a step of the handshake; return whether this side waits for the other."""
    try:
        side.do_handshake()
    except ssl.SSLWantReadError:
        return True
    return False


def _server(version: str) -> ssl.SSLContext:
    """Return a server that speaks *version* alone, with a key of the most usual kind."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(CIPHERS)
    just(version, made)
    with tempfile.TemporaryDirectory() as folder:  # Python reads them from a file only
        file = Path(folder, "here.pem")
        file.write_bytes(_certificate())
        made.load_cert_chain(file)
    return made


@cache
def _certificate() -> bytes:
    """Return a key and a certificate that nobody sees, PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "here")])
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    ends = begins.replace(year=2999)  # nobody looks at the dates
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, ends)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = made.sign(key, hashes.SHA256())
    return private + certificate.public_bytes(serialization.Encoding.PEM)
