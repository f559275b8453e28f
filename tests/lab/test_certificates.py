"""Certificates of lab hosts, as a client that verifies sees them."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from mailcheck.lab.certificates import Authorities, HostCertificate
from mailcheck.lab.endpoints import LOOPBACK, Endpoints
from mailcheck.lab.smtp_script import Script

AUTHORITIES = Authorities()


def verified(described: HostCertificate, name: str = "mail.example.com") -> str:
    """Connect to a server that shows it; return what OpenSSL says, or nothing if all is well."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(cadata=AUTHORITIES.trusted)

    async def connect() -> str:
        endpoints = Endpoints()
        context = AUTHORITIES.context(described)
        port = await endpoints.open_smtp(Script("h"), context, tls_first=True)
        try:
            _, writer = await asyncio.open_connection(
                LOOPBACK, port, ssl=client, server_hostname=name
            )
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
        else:
            writer.close()
            return ""
        finally:
            await endpoints.close()

    return asyncio.run(connect())


@pytest.mark.parametrize(
    ("described", "wrong"),
    [
        pytest.param(HostCertificate(("mail.example.com",)), "", id="good"),
        pytest.param(HostCertificate(("*.example.com", "192.0.2.1")), "", id="a wildcard"),
        pytest.param(HostCertificate(("mail.example.com",), days=1), "", id="ends tomorrow"),
        pytest.param(HostCertificate(("mail.example.com",), days=-1), "has expired", id="ended"),
        pytest.param(
            HostCertificate(("mail.example.com",), days=-200), "has expired", id="ended long ago"
        ),
        pytest.param(HostCertificate(("a.example",)), "Hostname mismatch", id="another name"),
        pytest.param(
            HostCertificate(("mail.example.com",), signed_by="itself"), "self-signed", id="itself"
        ),
        pytest.param(
            HostCertificate(("mail.example.com",), signed_by="stranger"),
            "self-signed certificate in certificate chain",
            id="a stranger",
        ),
    ],
)
def test_openssl_finds_what_is_described(described: HostCertificate, wrong: str) -> None:
    said = verified(described)
    assert wrong in said
    assert bool(said) == bool(wrong)
