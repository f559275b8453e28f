"""The verdict on hand-made chains, and that the openssl command comes to the same."""

from __future__ import annotations

import datetime
import ipaddress
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Eku
from cryptography.x509.oid import ExtensionOID
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tls.certificate import read_certificate
from mailcheck.facts.tls.path import trust_of
from mailcheck.facts.tls.trust import ChainTrustFact
from mailcheck.question import Unobserved

TODAY = datetime.date(2026, 6, 15)
NOON = datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
OPENSSL = shutil.which("openssl")

Extension = tuple[x509.ExtensionType, bool]


@dataclass(frozen=True)
class Party:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: Any

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def usage(*said: str) -> Extension:
    """A key usage, with the names that OpenSSL has for the bits."""
    return x509.KeyUsage(
        digital_signature="digitalSignature" in said, content_commitment=False,
        key_encipherment="keyEncipherment" in said, data_encipherment=False, key_agreement=False,
        key_cert_sign="keyCertSign" in said, crl_sign=False, encipher_only=False, decipher_only=False,
    ), True  # fmt: skip


def purposes(*said: x509.ObjectIdentifier) -> Extension:
    return x509.ExtendedKeyUsage(said), False


def is_ca(pathlen: int | None = None) -> Extension:
    return x509.BasicConstraints(ca=True, path_length=pathlen), True


NO_CA: Extension = (x509.BasicConstraints(ca=False, path_length=None), True)
FOR_MAIL: Extension = (x509.SubjectAlternativeName([x509.DNSName("mail.example.com")]), False)
CA = (is_ca(), usage("keyCertSign"))
LEAF = (NO_CA, FOR_MAIL)


def made(
    name: str,
    signer: Party | None,
    *extensions: Extension,
    key: Any = None,
    lasts: tuple[int, int] = (-30, 60),
    identified: bool = True,
) -> Party:
    """A certificate that begins and ends some days from noon; it signs itself without *signer*.

    With *identified* it has key identifiers, as all have nowadays.
    """
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signing = signer.key if signer else key
    builder = x509.CertificateBuilder(
        signer.certificate.subject if signer else subject, subject, key.public_key(),
        x509.random_serial_number(), NOON + lasts[0] * DAY, NOON + lasts[1] * DAY,
    )  # fmt: skip
    if identified:
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
        extensions = (*extensions, (own, False), (above, False))
    for value, critical in extensions:
        builder = builder.add_extension(value, critical)
    edwards = isinstance(signing, ed25519.Ed25519PrivateKey)
    certificate = builder.sign(signing, None if edwards else hashes.SHA256())
    return Party(certificate, key)


def with_sha1(party: Party, signer: Party) -> Party:
    """The same certificate, signed anew with a digest that the library signs nothing with."""
    oid = bytes.fromhex("2a864886f70d0101")  # of PKCS #1; 0b is SHA-256's, 05 that of SHA-1
    body = party.certificate.tbs_certificate_bytes
    new_body = body.replace(oid + b"\x0b", oid + b"\x05")
    new = party.der.replace(body, new_body).replace(oid + b"\x0b", oid + b"\x05")
    signature = signer.key.sign(new_body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  it is weak on purpose
    der = new.replace(party.certificate.signature, signature)
    return Party(x509.load_der_x509_certificate(der), party.key)


def as_version_1(party: Party, signer: Party) -> Party:
    """The same certificate in the form of 1988, which has no extensions."""
    body = party.certificate.tbs_certificate_bytes
    content = body[-der_length(body) :].removeprefix(bytes.fromhex("a003020102"))
    new = sequence(content)
    signature = signer.key.sign(new, ec.ECDSA(hashes.SHA256()))
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")  # ecdsa-with-SHA256
    bits = b"\x03" + bytes([len(signature) + 1]) + b"\0" + signature
    der = sequence(new + algorithm + bits)
    return Party(x509.load_der_x509_certificate(der), party.key)


def sequence(content: bytes) -> bytes:
    long = len(content) > 0xFF
    return b"\x30" + bytes([0x81 + long]) + len(content).to_bytes(1 + long, "big") + content


def der_length(der: bytes) -> int:
    """Octets of the content of what is longer than 127 of them."""
    return int.from_bytes(der[2 : 2 + (der[1] & 0x7F)], "big")


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


ROOT = made("Root", None, *CA, lasts=(-900, 900))
STRANGER = made("Stranger", None, *CA, lasts=(-900, 900))
MIDDLE = made("Middle", ROOT, *CA, lasts=(-300, 300))
MAIL = made("mail.example.com", MIDDLE, *LEAF)
OLD_ROOT = made("Old root", None, *CA, lasts=(-900, -10))
NEW_ROOT = made("New root", None, *CA, lasts=(-20, 900))
CROSSED = made("New root", OLD_ROOT, *CA, key=NEW_ROOT.key, lasts=(-20, -10))
UNDER_NEW = made("mail.example.com", NEW_ROOT, *LEAF)
ENDED = made("Ended", ROOT, *CA, lasts=(-300, -1))
SHORT = made("Short", ROOT, is_ca(0), usage("keyCertSign"))
UNDER_SHORT = made("Under", SHORT, *CA)
NO_AUTHORITY = made("No authority", ROOT, NO_CA)
NO_SIGNER = made("No signer", ROOT, is_ca(), usage("digitalSignature"))
FOR_CLIENTS = made("For clients", ROOT, *CA, purposes(Eku.CLIENT_AUTH))
RSA_ROOT = made("RSA root", None, *CA, key=rsa_key(2048))
PLAIN = made("mail.example.com", ROOT, identified=False)
PLAIN_ROOT = made("Plain root", None, identified=False)
V1 = as_version_1(PLAIN_ROOT, PLAIN_ROOT)
V1_MIDDLE = as_version_1(made("V1", ROOT, identified=False), ROOT)
WEAK = made("Weak", ROOT, *CA, key=rsa_key(1024))


def constrained(*, allows: str) -> Party:
    constraints = x509.NameConstraints([x509.DNSName(allows)], None)
    return made("Constrained", ROOT, *CA, (constraints, True))


def forged() -> Party:
    """A certificate that names Middle, key identifier and all, and that somebody else signed."""
    impostor = Party(MIDDLE.certificate, STRANGER.key)
    return made("mail.example.com", impostor, *LEAF, identified=False)


def leaf(signer: Party | None, *extensions: Extension, **said: Any) -> Party:
    return made("mail.example.com", signer, *(extensions or LEAF), **said)


CASES = {
    "the usual": ("trusted", [MAIL, MIDDLE], [ROOT]),
    "with the root": ("trusted", [MAIL, MIDDLE, ROOT], [ROOT]),
    "among many anchors": ("trusted", [MAIL, MIDDLE], [STRANGER, NEW_ROOT, ROOT]),
    "from the root at once": ("trusted", [leaf(ROOT)], [ROOT]),
    "in the wrong order": ("trusted", [UNDER := leaf(UM := made("U", MIDDLE, *CA)), MIDDLE, UM], [ROOT]),
    "with strangers between": ("trusted", [MAIL, STRANGER, UNDER, MIDDLE], [ROOT]),
    "the middle is an anchor": ("trusted", [MAIL], [MIDDLE]),
    "itself is an anchor": ("trusted", [SELF := leaf(None)], [SELF]),
    "signs itself": ("self-signed", [SELF], [ROOT]),
    "signs itself as an authority": ("self-signed", [leaf(None, *CA)], [ROOT]),
    "without the middle": ("chain-incomplete", [MAIL], [ROOT]),
    "without a part of the middle": ("chain-incomplete", [UNDER, UM], [ROOT]),
    "of a stranger without root": ("chain-incomplete", [leaf(STRANGER)], [ROOT]),
    "of a stranger": ("untrusted-issuer", [leaf(STRANGER), STRANGER], [ROOT]),
    "another middle": ("chain-incomplete", [MAIL, UM], [ROOT]),
    "no name at all": ("trusted", [leaf(ROOT, NO_CA)], [ROOT]),
    "no extensions": ("trusted", [made("mail.example.com", ROOT, identified=False)], [ROOT]),
    "no key identifiers": ("trusted", [leaf(ROOT, identified=False)], [ROOT]),
    "an authority as server": ("trusted", [leaf(ROOT, is_ca(), FOR_MAIL)], [ROOT]),
    "may only sign certificates": ("bad-chain", [leaf(ROOT, usage("keyCertSign"), FOR_MAIL)], [ROOT]),
    "for servers": ("trusted", [leaf(ROOT, *LEAF, purposes(Eku.SERVER_AUTH, Eku.CLIENT_AUTH))], [ROOT]),
    "for clients only": ("bad-chain", [leaf(ROOT, *LEAF, purposes(Eku.CLIENT_AUTH))], [ROOT]),
    "for anything": ("bad-chain", [leaf(ROOT, *LEAF, purposes(Eku.ANY_EXTENDED_KEY_USAGE))], [ROOT]),
    "a middle for clients": ("bad-chain", [leaf(FOR_CLIENTS), FOR_CLIENTS], [ROOT]),
    "a middle that is none": ("bad-chain", [leaf(NO_AUTHORITY), NO_AUTHORITY], [ROOT]),
    "a middle that must not sign": ("bad-chain", [leaf(NO_SIGNER), NO_SIGNER], [ROOT]),
    "a path too long": ("bad-chain", [leaf(UNDER_SHORT), UNDER_SHORT, SHORT], [ROOT]),
    "a path just long enough": ("trusted", [leaf(SHORT), SHORT], [ROOT]),
    "a name that is allowed": ("trusted", [leaf(C := constrained(allows="example.com")), C], [ROOT]),
    "a name that is not allowed": ("bad-chain", [leaf(N := constrained(allows="example.net")), N], [ROOT]),
    "an unknown critical extension": (
        "bad-chain",
        [leaf(ROOT, *LEAF, (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True))],
        [ROOT],
    ),
    "forged": ("bad-chain", [forged(), MIDDLE], [ROOT]),
    "SHA-1": ("bad-chain", [with_sha1(leaf(RSA_ROOT), RSA_ROOT)], [RSA_ROOT]),
    "a root with SHA-1": ("trusted", [leaf(RSA_ROOT)], [with_sha1(RSA_ROOT, RSA_ROOT)]),
    "RSA 1024": ("bad-chain", [leaf(ROOT, key=rsa_key(1024))], [ROOT]),
    "RSA 1536": ("bad-chain", [leaf(ROOT, key=rsa_key(1536))], [ROOT]),
    "RSA 2040": ("trusted", [leaf(ROOT, key=rsa_key(2040))], [ROOT]),
    "RSA 2048": ("trusted", [leaf(ROOT, key=rsa_key(2048))], [ROOT]),
    "a middle with RSA 1024": ("bad-chain", [leaf(WEAK), WEAK], [ROOT]),
    "a root with RSA 1024": ("bad-chain", [leaf(W := made("W", None, *CA, key=rsa_key(1024)))], [W]),
    "P-192": ("bad-chain", [leaf(ROOT, key=ec.generate_private_key(ec.SECP192R1()))], [ROOT]),
    "P-224": ("trusted", [leaf(ROOT, key=ec.generate_private_key(ec.SECP224R1()))], [ROOT]),
    "P-521": ("trusted", [leaf(ROOT, key=ec.generate_private_key(ec.SECP521R1()))], [ROOT]),
    "DSA": ("trusted", [leaf(ROOT, key=dsa.generate_private_key(2048))], [ROOT]),
    "Ed25519": ("trusted", [leaf(E := made("E", None, *CA, key=ed25519.Ed25519PrivateKey.generate()))], [E]),
    "an ended middle": ("bad-chain", [leaf(ENDED), ENDED], [ROOT]),
    "an ended root": ("bad-chain", [leaf(OLD_ROOT)], [OLD_ROOT]),
    "an ended root with a valid one": ("trusted", [UNDER_NEW, CROSSED, OLD_ROOT], [OLD_ROOT, NEW_ROOT]),
    "an ended cross sign": ("bad-chain", [UNDER_NEW, CROSSED], [OLD_ROOT]),
    "a root of version 1": ("trusted", [leaf(V1)], [V1]),
    "version 1": ("trusted", [as_version_1(PLAIN, ROOT)], [ROOT]),
    "a middle of version 1": ("bad-chain", [leaf(V1_MIDDLE), V1_MIDDLE], [ROOT]),
    "a root that does not say that it is one": ("bad-chain", [leaf(PLAIN_ROOT)], [PLAIN_ROOT]),
    "an address": (
        "trusted",
        [leaf(ROOT, NO_CA, (x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("192.0.2.1"))]), False))],
        [ROOT],
    ),
}  # fmt: skip

each_case = pytest.mark.parametrize(
    ("end", "chain", "anchors"),
    [pytest.param(*case, id=name) for name, case in CASES.items()],
)


def end_of(chain: list[Party], anchors: list[Party], today: datetime.date = TODAY) -> str:
    found = trust_of([c.der for c in chain], tuple(a.der for a in anchors), today)
    if isinstance(found, Unobserved):
        return f"unobserved: {found.cause}"
    return found.problem or "trusted"


@each_case
def test_a_chain_ends_as(end: str, chain: list[Party], anchors: list[Party]) -> None:
    assert end_of(chain, anchors) == end


@pytest.mark.skipif(OPENSSL is None, reason="no openssl command here")
@each_case
def test_the_openssl_command_agrees(
    end: str, chain: list[Party], anchors: list[Party], tmp_path: Path
) -> None:
    own, others = chain[:1], chain[1:]
    files = {"own": own, "others": others, "anchors": anchors}
    for name, several in files.items():
        pem = b"".join(one.certificate.public_bytes(Encoding.PEM) for one in several)
        (tmp_path / name).write_bytes(pem)
    untrusted = ["-untrusted", "others"] if others else []
    run = subprocess.run(
        [
            "openssl", "verify", "-purpose", "sslserver", "-auth_level", "2", "-partial_chain",
            "-no-CApath", "-no-CAstore", "-attime", str(int(NOON.timestamp())),
            "-CAfile", "anchors", *untrusted, "own",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode == 0) == (end == "trusted"), run.stderr


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        pytest.param((-30, -3), "trusted", id="has ended"),
        pytest.param((3, 30), "trusted", id="begins later"),
        pytest.param((-30, 0), "trusted", id="ends today"),
        pytest.param((0, 30), "trusted", id="begins today"),
    ],
)
def test_its_own_dates_are_judged_elsewhere(lasts: tuple[int, int], end: str) -> None:
    assert end_of([leaf(MIDDLE, lasts=lasts), MIDDLE], [ROOT]) == end
    assert end_of([leaf(MIDDLE, lasts=lasts)], [ROOT]) == "chain-incomplete"


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        pytest.param((-300, 0), "unobserved: ends-today", id="ends today"),
        pytest.param((0, 300), "trusted", id="begins today"),
        pytest.param((1, 300), "bad-chain", id="begins tomorrow"),
        pytest.param((-300, 1), "trusted", id="ends tomorrow"),
    ],
)
def test_a_date_does_not_tell_whether_a_middle_has_ended(lasts: tuple[int, int], end: str) -> None:
    middle = made("Middle", ROOT, *CA, lasts=lasts)
    assert end_of([leaf(middle), middle], [ROOT]) == end


@pytest.mark.parametrize("chain", [[], [b""], [MAIL.der, b"no certificate"]], ids=len)
def test_what_cannot_be_read_is_not_judged(chain: list[bytes]) -> None:
    found = trust_of(chain, (ROOT.der,), TODAY)
    assert isinstance(found, Unobserved)
    assert found.cause == "unreadable-certificate"


def test_what_is_not_needed_may_be_odd() -> None:
    """An extension that cannot be read, in a certificate beside the path."""
    odd = made(
        "Odd", ROOT, (x509.UnrecognizedExtension(ExtensionOID.BASIC_CONSTRAINTS, b"?"), False)
    )
    assert read_certificate(odd.der).unreadable
    assert end_of([MAIL, odd, MIDDLE], [ROOT]) == "trusted"
    assert end_of([MAIL, odd], [ROOT]) == "chain-incomplete"


def test_an_anchor_that_cannot_be_read_is_nobodys() -> None:
    found = trust_of([MAIL.der, MIDDLE.der], (b"no certificate", ROOT.der), TODAY)
    assert found == ChainTrustFact("CN=mail.example.com")


def test_without_anchors_nothing_is_trusted() -> None:
    assert end_of([MAIL, MIDDLE], []) == "chain-incomplete"


@pytest.mark.parametrize(
    ("chain", "text"),
    [
        pytest.param(
            [MAIL],
            "unable to get local issuer certificate: CN=mail.example.com, issued by CN=Middle",
            id="without the middle",
        ),
        pytest.param([SELF], "self-signed certificate: CN=mail.example.com", id="signs itself"),
        pytest.param(
            [leaf(STRANGER), STRANGER],
            "self-signed certificate in certificate chain: CN=Stranger",
            id="of a stranger",
        ),
        pytest.param([leaf(ENDED), ENDED], "certificate has expired: CN=Ended", id="ended middle"),
        pytest.param([leaf(WEAK), WEAK], "CA certificate key too weak: CN=Weak", id="weak middle"),
        pytest.param(
            [leaf(ROOT, *LEAF, purposes(Eku.CLIENT_AUTH))],
            "unsuitable certificate purpose: CN=mail.example.com is not for TLS servers",
            id="for clients",
        ),
    ],
)
def test_the_problem_is_told_in_the_words_of_openssl(chain: list[Party], text: str) -> None:
    found = trust_of([c.der for c in chain], (ROOT.der,), TODAY)
    assert isinstance(found, ChainTrustFact)
    assert found.text == text
    assert [str(line) for line in found.evidence] == [f"chain of CN=mail.example.com → {text}"]


@given(st.data())
def test_octets_that_were_changed_on_the_way_lead_to_no_crash(data: st.DataObject) -> None:
    der = bytearray(MAIL.der)
    for at in data.draw(st.lists(st.integers(0, len(der) - 1), min_size=1, max_size=4)):
        der[at] = data.draw(st.integers(0, 255))
    found = trust_of([bytes(der), MIDDLE.der], (ROOT.der,), TODAY)
    assert bytes(der) == MAIL.der or found != ChainTrustFact("CN=mail.example.com")


def test_a_serial_number_that_is_negative_is_no_crash() -> None:
    """RFC 5280 §4.1.2.2 forbids it; the library warns, and will refuse it one day."""
    serial = x509.load_der_x509_certificate(MAIL.der).serial_number
    octets = serial.to_bytes((serial.bit_length() + 7) // 8, "big")
    changed = MAIL.der.replace(octets, b"\xf0" + octets[1:], 1)
    found = trust_of([changed, MIDDLE.der], (ROOT.der,), TODAY)
    assert isinstance(found, Unobserved) or found.problem is not None
