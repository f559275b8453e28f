"""Certificates, read from their octets; names as RFC 9525 compares them."""

from __future__ import annotations

import datetime
import ipaddress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tls.certificate import Certificate, read_certificate

DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def der(
    *names: x509.GeneralName,
    common_name: str = "mail.example.com",
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | None = None,
) -> bytes:
    """A certificate that signs itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), 7)
        .not_valid_before(DAY)
        .not_valid_after(DAY + datetime.timedelta(days=90))
    )
    if names:
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return made.sign(key, algorithm).public_bytes(Encoding.DER)


def test_what_a_certificate_says_is_read() -> None:
    names = x509.DNSName("Mail.Example.COM"), x509.IPAddress(ipaddress.ip_address("192.0.2.25"))
    read = read_certificate(der(*names))
    assert (read.names, read.addresses) == (("mail.example.com",), ("192.0.2.25",))
    assert (read.common_name, read.subject) == ("mail.example.com", "CN=mail.example.com")
    assert (read.not_before, read.not_after) == (DAY, DAY + datetime.timedelta(days=90))
    assert str(read) == (
        "certificate for mail.example.com, 192.0.2.25, 2026-01-01 to 2026-04-01, issued by itself"
    )


def test_names_are_read_from_the_extension_alone() -> None:
    read = read_certificate(der())
    assert (read.names, read.for_whom) == ((), "no name (CN=mail.example.com)")
    assert not read.names_host("mail.example.com")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param(ec.generate_private_key(ec.SECP256R1()), "EC 256", id="EC"),
        pytest.param(rsa.generate_private_key(65537, 2048), "RSA 2048", id="RSA"),
        pytest.param(ed25519.Ed25519PrivateKey.generate(), "Ed25519", id="Ed25519"),
    ],
)
def test_keys_are_told_by_kind_and_size(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, said: str
) -> None:
    assert read_certificate(der(key=key)).key == said


@pytest.mark.parametrize(
    ("name", "host", "is_for"),
    [
        pytest.param("mx.example.com", "mx.example.com", True, id="the name"),
        pytest.param("mx.example.com", "mx2.example.com", False, id="another"),
        pytest.param("*.example.com", "mx.example.com", True, id="a wildcard"),
        pytest.param("*.example.com", "a.mx.example.com", False, id="two labels below a wildcard"),
        pytest.param("*.example.com", "example.com", False, id="the parent of a wildcard"),
        pytest.param("mx*.example.com", "mx1.example.com", False, id="a part of a label"),
        pytest.param("*.*.example.com", "a.b.example.com", False, id="two wildcards"),
        pytest.param("mx.*.com", "mx.example.com", False, id="a wildcard in the middle"),
        pytest.param("*", "localhost", False, id="a wildcard alone"),
        pytest.param("*.", "localhost", False, id="a wildcard and a dot"),
        pytest.param("example.com", "mx.example.com", False, id="the parent"),
    ],
)
def test_whom_a_name_is_for(name: str, host: str, *, is_for: bool) -> None:
    assert Certificate((name,)).names_host(host) is is_for


def test_a_certificate_that_is_sent_again_is_not_read_again() -> None:
    sent = der()
    assert read_certificate(sent) is read_certificate(bytes(bytearray(sent)))


def test_many_names_are_counted() -> None:
    names = tuple(f"mx{n}.example.com" for n in range(6))
    assert Certificate(names).for_whom.endswith("mx3.example.com and 2 more")


def test_what_a_stranger_wrote_is_safe_to_show() -> None:
    shown = str(read_certificate(der(common_name="\x1b[2J" + "x" * 60)))
    assert shown.isprintable()
    assert "\x1b" not in shown


@given(st.binary(max_size=60), st.integers(0, 300))
def test_any_octets_are_read_or_said_to_be_unreadable(junk: bytes, at: int) -> None:
    whole = _WHOLE[:at] + junk + _WHOLE[at + len(junk) :]
    read = read_certificate(whole)
    assert read.der == whole
    assert str(read).isprintable()


_WHOLE = der(x509.DNSName("mail.example.com"))
