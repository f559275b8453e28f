"""Keys of every size and form, as signers publish them and as people mistake them."""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

USUAL = 65537
ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
"""RFC 8463 appendix A.2."""

ED25519_INFO = "MCowBQYDK2VwAyEA" + ED25519
ED25519_FINGERPRINT = "SHA256:BuP9j9opu2CrWVV95h7bCuzbIxE0vjDnW0Vfjht5L6k"


def modulus(bits: int) -> int:
    """Return an odd number of *bits*, the same each time; nobody notices that it is no product."""
    octets = hashlib.shake_256(str(bits).encode()).digest(bits // 8 + 1)
    return int.from_bytes(octets) >> (8 * len(octets) - bits) | 1 << bits - 1 | 1


def rsa_key(bits: int = 2048, exponent: int = USUAL, n: int = 0) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(exponent, n or modulus(bits)).public_key()


def in_base64(der: bytes) -> str:
    return base64.b64encode(der).decode()


def info(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey | dsa.DSAPublicKey) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.DER, form)


def p(bits: int = 2048, exponent: int = USUAL) -> str:
    """Return what ``p`` says of an RSA key."""
    return in_base64(info(rsa_key(bits, exponent)))


def bare(bits: int = 2048) -> str:
    """Return an RSA key without its SubjectPublicKeyInfo, as RFC 6376 §3.6.1 has it."""
    form = serialization.PublicFormat.PKCS1
    return in_base64(rsa_key(bits).public_bytes(serialization.Encoding.DER, form))


def pem(bits: int = 2048) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key(bits).public_bytes(serialization.Encoding.PEM, form).decode()


def private(*, password: bool = False) -> bytes:
    secret = serialization.BestAvailableEncryption(b"x") if password else None
    return ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        secret or serialization.NoEncryption(),
    )


def private_rsa() -> bytes:
    return rsa.generate_private_key(USUAL, 2048).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )


def strings(text: str) -> str:
    """Write a record of *text* for ``told``, in as many strings as it takes."""
    pieces = [text[i : i + 255] for i in range(0, len(text), 255)] or [""]
    return " ".join('"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"' for s in pieces)
