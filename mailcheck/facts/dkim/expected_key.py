"""A key that a suite expects, in the forms in which people have keys."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from mailcheck.facts.dkim.public_key import (
    PublicKey,
    UnusableKey,
    read_key,
    shown_fingerprint,
)
from mailcheck.facts.dkim.record import DkimKeyRecord
from mailcheck.facts.tag_list import without_space
from mailcheck.facts.typed_text import unquoted

DIGEST_CHARACTERS = 44
"""Those of a SHA-256, and of an Ed25519 key, in base64: without a prefix nobody knows which."""

FILES = (".pem", ".pub", ".txt")
"""What the names of files end with that hold public keys, or key records."""

_HEX = re.compile(r"(?:[0-9a-f]{2}:){31}[0-9a-f]{2}|[0-9a-f]{64}", re.IGNORECASE)
_PREFIXED = re.compile(r"sha-?256[:=]", re.IGNORECASE)
_BASE64_DIGEST = re.compile(r"[A-Za-z0-9+/]{43}=?")
_PRIVATE = re.compile(r"PRIVATE\s*KEY-")
_CERTIFICATE = re.compile(r"BEGIN[A-Z\s]*CERTIFICATE")
_OPENSSH = re.compile(r"(?:ssh-[a-z0-9]+|ecdsa-[a-z0-9-]+)\s+AAAA|BEGIN SSH2 PUBLIC KEY")
_ZONE_LINE = re.compile(rb"\bTXT\s*(?:\(\s*)*\"", re.IGNORECASE)
_COMMENT = re.compile(rb'("(?:[^"\\]|\\.)*")|;[^\r\n]*', re.DOTALL)

_A_PRIVATE_KEY = "this is a private key, which belongs in no suite; give the public key"
_NOT_TAKEN = (
    (_PRIVATE, _A_PRIVATE_KEY),
    (
        _CERTIFICATE,
        "this is a certificate; give the public key in it: openssl x509 -in FILE -noout -pubkey",
    ),
    (
        _OPENSSH,
        "this is a key in the form of OpenSSH; give it as PEM: ssh-keygen -e -m PKCS8 -f FILE",
    ),
)
"""What people have at hand in its place."""


@dataclass(frozen=True, slots=True)
class ExpectedKey:
    """A key by its *fingerprint*, with the ``key`` itself if the suite holds it.

    A key that is in a ``file`` has no fingerprint before :meth:`read_from` was called. A sentence
    that names the file is the same sentence when another key is in it.
    """

    fingerprint: str = field(compare=False)
    key: PublicKey | None = field(default=None, compare=False)
    file: str = field(default="", compare=False)
    _shown: str = field(init=False, repr=False)
    expected: ClassVar[str] = (
        "a fingerprint (SHA256:…), what p says, or a file of a public key (.pem, .pub, .txt)"
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_shown", self.file or self.fingerprint)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a fingerprint in base64 or hexadecimal, a key record, its ``p``, or a PEM public key.

        What ends as the name of a file that may hold one of these is taken for that.

        Raises:
            ValueError: if it is none of them. A private key is not repeated.
        """
        if text.lower().endswith(FILES) and "\n" not in text:
            return cls("", file=text)
        for pattern, what in _NOT_TAKEN:
            if pattern.search(text):
                raise ValueError(what)
        if digest := _digest(without_space(text)):
            return cls(shown_fingerprint(digest))
        found = _key(text)
        if isinstance(found, PublicKey):
            return cls(found.fingerprint, found)
        if found and found.tag == "private-key":
            raise ValueError(_A_PRIVATE_KEY)
        why = f": {found.why}" if found else ""
        raise ValueError(f"this is neither a SHA-256 fingerprint nor a public key{why}")

    def read_from(self, text: str) -> Self:
        """Return the key that is in its file, whose *text* this is.

        Raises:
            ValueError: if there is none. A private key is not repeated.
        """
        found = self.parse(text.strip())
        if found.file:
            raise ValueError("the file names another file, where a public key should be")
        return replace(found, file=self.file)

    def __str__(self) -> str:
        return self._shown


def _digest(text: str) -> bytes | None:
    prefix = _PREFIXED.match(text)
    bare = text[prefix.end() :] if prefix else text
    if _HEX.fullmatch(bare):
        return bytes.fromhex(bare.replace(":", ""))
    # Without its prefix this would be the p of an Ed25519 key as well.
    if prefix and _BASE64_DIGEST.fullmatch(bare):
        return base64.b64decode(bare.rstrip("=") + "=")
    return None


def _key(text: str) -> PublicKey | UnusableKey | None:
    octets = text.encode("utf-8", "replace")
    if _ZONE_LINE.search(octets):  # as opendkim-genkey writes it
        octets = _COMMENT.sub(rb"\1", octets)
    record = DkimKeyRecord(unquoted(octets).strip())
    if "p" in record.listed.duplicates or text.count("-----BEGIN") > 1:
        return UnusableKey("invalid-key", "there are several keys")
    if record.data:
        found = record.key
        if "k" in record.listed.values or isinstance(found, PublicKey):
            return found
    elif "-----BEGIN" in text or len(without_space(text)) > DIGEST_CHARACTERS:
        found = read_key("rsa", without_space(text))
    else:
        return None
    # Whoever gives a p alone, or a PEM file, does not say of which type the key is.
    return found.meant if isinstance(found, UnusableKey) and found.meant else found
