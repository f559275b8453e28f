"""OpenSSL talks to itself before a server is blamed for what this side cannot do."""

from __future__ import annotations

import ssl

import pytest
import trustme

from mailcheck.probes.tls import context
from mailcheck.probes.tls_here import can_speak, come_to_terms


def server(ciphers: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("here").configure_cert(made)
    made.set_ciphers(ciphers)
    made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return made


@pytest.mark.parametrize(
    ("version", "can"),
    [
        ("TLSv1.3", ssl.HAS_TLSv1_3),
        ("TLSv1.2", ssl.HAS_TLSv1_2),
        ("SSLv3", ssl.HAS_SSLv3),
    ],
)
def test_what_openssl_was_built_with_can_be_spoken(version: str, *, can: bool) -> None:
    assert can_speak(version) == can


@pytest.mark.parametrize("version", ["TLSv1.1", "TLSv1"])
def test_what_it_was_built_without_cannot(version: str) -> None:
    assert can_speak(version) <= getattr(ssl, f"HAS_{version.replace('.', '_')}")


@pytest.mark.parametrize(
    ("only", "ciphers", "agreed"),
    [
        pytest.param("TLSv1.2", "DEFAULT:@SECLEVEL=0", True, id="alike"),
        pytest.param("TLSv1.3", "DEFAULT:@SECLEVEL=0", True, id="TLS 1.3"),
        pytest.param("TLSv1", "DEFAULT:@SECLEVEL=2", False, id="digests that one side forbids"),
        pytest.param("TLSv1.2", "PSK", False, id="no cipher in common"),
    ],
)
def test_an_offer_is_not_yet_an_agreement(only: str, ciphers: str, *, agreed: bool) -> None:
    """Each of these begins with a hello that is in order."""
    assert come_to_terms(context(only), server(ciphers)) == agreed
