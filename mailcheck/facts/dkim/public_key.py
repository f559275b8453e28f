"""The public keys that DKIM key records hold (RFC 6376 §3.6.1, RFC 8463 §4)."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.facts.dkim.characters import BASE64, why_no_base64

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import rsa

KeyType: TypeAlias = Literal["rsa", "ed25519"]

ED25519_OCTETS = 32

_ED25519_INFO = bytes.fromhex("302a300506032b6570032100")
"""What stands before an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 §4)."""

_RSA_ENCRYPTION = bytes.fromhex("06092a864886f70d010101")
"""The OID of RSA keys that are not bound to one scheme (RFC 8017 appendix A.1)."""

_SEQUENCE = 0x30
_INTEGER = 0x02

_ARMOUR = re.compile(r"-{4,5}\s*(?:BEGIN|END)[A-Z\s]*-{4,5}")

_PRIME = 2**255 - 19
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME
"""Of the curve of Ed25519: -x² + y² = 1 + d·x²·y² (RFC 8032 §5.1)."""

_OF_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL = frozenset({0, 1, _PRIME - 1, _OF_ORDER_8, _PRIME - _OF_ORDER_8})
"""The y of all points whose order divides 8, such as 32 octets of zero."""

Unusable: TypeAlias = Literal["invalid-base64", "key-cut-off", "invalid-key", "private-key"]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key. *bits* are those of an RSA modulus; *exponent* is that of RSA, else 0.

    ``info`` is its SubjectPublicKeyInfo in DER. ``bare`` is an RSA key that was published without
    one, as an RSAPublicKey.
    """

    kind: KeyType
    bits: int
    exponent: int
    info: bytes = field(repr=False)
    bare: bool = False

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of its SubjectPublicKeyInfo, as ``SHA256:`` and base64 without padding."""
        return shown_fingerprint(hashlib.sha256(self.info).digest())

    @property
    def published(self) -> str:
        """What ``p`` of a key record says of it."""
        octets = self.info[-ED25519_OCTETS:] if self.kind == "ed25519" else self.info
        return base64.b64encode(octets).decode()

    def __str__(self) -> str:
        return "Ed25519" if self.kind == "ed25519" else f"RSA {self.bits}"


@dataclass(frozen=True, slots=True)
class UnusableKey:
    """What is no key: a tag, and why in a clause. ``meant`` is the key that it may have been."""

    tag: Unusable
    why: str
    meant: PublicKey | None = None


def shown_fingerprint(digest: bytes) -> str:
    """Write a SHA-256 *digest* the way OpenSSH does."""
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def read_key(kind: KeyType, text: str) -> PublicKey | UnusableKey:
    """Read the value of a ``p`` tag, without the spaces in it, as a key of a *kind*."""
    if _ARMOUR.search(text):
        found = read_key(kind, _ARMOUR.sub("", text))
        if isinstance(found, UnusableKey) and found.tag == "private-key":
            return found
        meant = found if isinstance(found, PublicKey) else found.meant
        why = "it holds the BEGIN and END lines of a PEM file; only what is between them belongs there"
        return UnusableKey("invalid-base64", why, meant)
    if not BASE64.fullmatch(text):
        return UnusableKey("invalid-base64", why_no_base64(text))
    digits = text.rstrip("=")
    odd = len(digits) % 4 == 1
    digits = digits[:-1] if odd else digits
    octets = base64.b64decode(digits + "=" * (-len(digits) % 4))
    if odd:
        if kind == "rsa" and (cut := _cut_off(octets)) and cut.tag == "key-cut-off":
            return cut
        return UnusableKey("invalid-base64", f"no base64 has {len(digits) + 1} characters")
    return read_ed25519(octets) if kind == "ed25519" else _read_rsa(octets)


def read_ed25519(octets: bytes) -> PublicKey | UnusableKey:
    """Read an Ed25519 key, which is published as its 32 octets and nothing else (RFC 8463 §4)."""
    if len(octets) == ED25519_OCTETS:
        if not _is_point(octets):
            return UnusableKey("invalid-key", "it is no point of the curve, so some of it is wrong")
        if int.from_bytes(octets, "little") % (1 << 255) in _SMALL:
            return UnusableKey(
                "invalid-key", "it is a point of small order: everybody can sign for it"
            )
        return PublicKey("ed25519", 256, 0, _ED25519_INFO + octets)
    if octets.startswith(_ED25519_INFO) and len(octets) == len(_ED25519_INFO) + ED25519_OCTETS:
        why = (
            "it is a SubjectPublicKeyInfo, and verifiers take nothing but the 32 octets of the key"
        )
        return UnusableKey("invalid-key", why, PublicKey("ed25519", 256, 0, octets))
    if private := _private(octets):
        return private
    if octets[:1] == bytes([_SEQUENCE]) and isinstance(found := _read_rsa(octets), PublicKey):
        return UnusableKey("invalid-key", f"it is an {found} key, and k says ed25519", found)
    why = f"it has {len(octets)} octets, and an Ed25519 key has {ED25519_OCTETS}"
    return UnusableKey("invalid-key", why)


def _is_point(octets: bytes) -> bool:
    """Whether a verifier can decode an Ed25519 key (RFC 8032 §5.1.3): half of all octets are none."""
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= _PRIME:
        return False
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    if square == 0:
        return not sign
    return pow(square, (_PRIME - 1) // 2, _PRIME) == 1


def _read_rsa(octets: bytes) -> PublicKey | UnusableKey:
    """Read an RSA key: a SubjectPublicKeyInfo, which everybody publishes, or an RSAPublicKey.

    RFC 6376 §3.6.1 names the latter, and its own examples (appendix C) have the former.
    """
    # Imported late: it takes 30 ms, and most runs see no key.
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    if len(octets) == ED25519_OCTETS and _RSA_ENCRYPTION not in octets:
        key = PublicKey("ed25519", 256, 0, _ED25519_INFO + octets)
        return UnusableKey("invalid-key", "its 32 octets are no RSA key; k=ed25519 is missing", key)
    if wrong := _cut_off(octets):
        return wrong
    try:
        found = serialization.load_der_public_key(octets)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        none = UnusableKey("invalid-key", "it is no RSA public key that works")
        return _private(octets) or _certified(octets) or none
    if not isinstance(found, rsa.RSAPublicKey):
        if octets.startswith(_ED25519_INFO):
            meant = PublicKey("ed25519", 256, 0, octets)
            return UnusableKey("invalid-key", "it is an Ed25519 key, and k does not say so", meant)
        return UnusableKey("invalid-key", "it is a key, and not of RSA")
    return _rsa(found, octets)


def _rsa(key: rsa.RSAPublicKey, octets: bytes) -> PublicKey | UnusableKey:
    from cryptography.hazmat.primitives import serialization

    numbers = key.public_numbers()
    bare = octets[_header(octets)[1]] == _INTEGER
    if not bare and _RSA_ENCRYPTION not in octets[:32]:
        why = "it is an RSA key for other signatures than those of DKIM"
        return UnusableKey("invalid-key", why)
    if numbers.n % 2 == 0:
        return UnusableKey("invalid-key", "its modulus is even, as that of no RSA key is")
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    info = key.public_bytes(serialization.Encoding.DER, form)
    return PublicKey("rsa", key.key_size, numbers.e, info, bare)


def _cut_off(octets: bytes) -> UnusableKey | None:
    """Say that DER ends before its end, or behind it."""
    if octets[:1] != bytes([_SEQUENCE]) or len(octets) < 4:
        return UnusableKey("invalid-key", "it is no RSA key: it does not begin as DER does")
    length, begins = _header(octets)
    if (missing := length - len(octets) + begins) > 0:
        why = f"{missing} of its {length + begins} octets are missing at the end"
        return UnusableKey("key-cut-off", why)
    if missing < 0:
        return UnusableKey("invalid-key", f"{-missing} octets too many stand behind it")
    return None


def _header(octets: bytes) -> tuple[int, int]:
    """Return how long DER content is, and where it begins."""
    first = octets[1]
    if first < 0x80:
        return first, 2
    size = first & 0x7F
    return int.from_bytes(octets[2 : 2 + size]), 2 + size


def _certified(octets: bytes) -> UnusableKey | None:
    """Recognise a certificate, which holds the public key among other things."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    try:
        key = x509.load_der_x509_certificate(octets).public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        info = key.public_bytes(serialization.Encoding.DER, form)
    except Exception:  # noqa: BLE001  the parsers of certificates and of the keys in them raise as they like
        return None
    held = _read_rsa(info)
    why = "it is a certificate, and p takes the public key in it alone"
    return UnusableKey("invalid-key", why, held if isinstance(held, PublicKey) else None)


def _private(octets: bytes) -> UnusableKey | None:
    """Recognise a private key, which must never be published."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    try:
        serialization.load_der_private_key(octets, None)
    except (ValueError, UnsupportedAlgorithm):
        return None
    except TypeError:  # it is encrypted, which hides little once everybody can try passwords
        pass
    return UnusableKey("private-key", "it is the private key")
