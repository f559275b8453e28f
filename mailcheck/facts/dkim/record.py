"""A DKIM key record, read as RFC 6376 §3.6.1 says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from mailcheck.facts.dkim.public_key import KeyType, PublicKey, UnusableKey, read_key
from mailcheck.facts.tag_list import TagList, tag_list, without_space

VERSION = "DKIM1"

KEY_TYPES: tuple[KeyType, ...] = ("rsa", "ed25519")

LISTS = ("h", "s", "t")
"""The tags whose values are lists with colons between their words."""

REMOVED = ("g",)
"""Tags of RFC 4871 that RFC 6376 removed."""

KNOWN = frozenset({"v", "h", "k", "n", "p", "s", "t", *REMOVED})

_WORD = r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_LIST = r"{0}(?:[ \t\r\n]*:[ \t\r\n]*{0})*"

_VALUES = {
    "k": re.compile(_WORD),
    "h": re.compile(_LIST.format(_WORD)),
    "s": re.compile(_LIST.format(rf"(?:\*|{_WORD})")),
    "t": re.compile(_LIST.format(_WORD)),
    # A qp-section (RFC 2045 §6.7): an equals sign begins the two digits of an octet.
    "n": re.compile(r"(?:[^=]|=[0-9A-Fa-f]{2})*"),
}
"""What each tag may say. Words that no RFC gives a meaning are allowed, and ignored."""

_ALIKE = re.compile(
    rb"\bv\s*=\s*DKIM|\bk\s*=\s*(?:rsa|ed25519)|\bp\s*=[\s\"]*[A-Za-z0-9+/]{40}", re.IGNORECASE
)


@dataclass(frozen=True)
class DkimKeyRecord:
    """One record, and the key in it.

    ``owner`` is the name that has it: the target, where the name that was asked is an alias.
    ``strings`` are those that its text came in, which are put together without anything between;
    none where that is not known.
    """

    text: bytes
    owner: str = ""
    strings: tuple[bytes, ...] = ()

    @cached_property
    def listed(self) -> TagList:
        """Its tags as they stand there, and what is no tag."""
        return tag_list(self.text)

    def said(self, tag: str) -> str | None:
        """What a *tag* says; None if it is not there."""
        return self.listed.values.get(tag)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The tags whose value does not have the form that RFC 6376 gives it; not ``v`` and ``p``."""
        return tuple(
            name
            for name, form in _VALUES.items()
            if (value := self.said(name)) is not None and not form.fullmatch(value)
        )

    def words(self, tag: str) -> tuple[str, ...]:
        """The words of one of :data:`LISTS` in lower case; nothing if it is not there, or wrong."""
        value = self.said(tag)
        if value is None or tag in self.wrong:
            return ()
        return tuple(without_space(value).lower().split(":"))

    @property
    def key_type(self) -> KeyType | None:
        """The type of its key; None if it is one that verifiers do not know, and so ignore."""
        said = (self.said("k") or "rsa").lower() if "k" not in self.wrong else ""
        return next((known for known in KEY_TYPES if known == said), None)

    @property
    def data(self) -> str:
        """The base64 of the key, without the spaces within; empty if it is revoked, or not there."""
        return without_space(self.said("p") or "")

    @property
    def is_revoked(self) -> bool:
        """Whether ``p`` is there and empty (RFC 6376 §3.6.1)."""
        return self.said("p") is not None and not self.data

    @cached_property
    def key(self) -> PublicKey | UnusableKey | None:
        """The key, or what is wrong with it; None if there is no data, or of an unknown type."""
        return read_key(self.key_type, self.data) if self.data and self.key_type else None

    @property
    def takes_sha256(self) -> bool:
        """Whether signatures made with SHA-256 are allowed; RFC 8301 §3.1 leaves no other hash."""
        return "h" not in self.listed.values or "sha256" in self.words("h")

    @property
    def serves_email(self) -> bool:
        """Whether it is for mail: verifiers of mail ignore it otherwise."""
        return "s" not in self.listed.values or not {"*", "email"}.isdisjoint(self.words("s"))

    @property
    def is_meant(self) -> bool:
        """Whether it has a tag that only a key record has, so that it is a faulty one at worst."""
        version = (self.said("v") or "").upper()
        return version.startswith("DKIM") or (self.has_data and not version.startswith("DMARC"))

    @property
    def has_data(self) -> bool:
        """Whether there is a ``p``, even one that cannot be read as a tag."""
        faulty = (fault.text.partition("=")[0].strip() for fault in self.listed.faults)
        return self.said("p") is not None or "p" in faulty


def looks_like_key(text: bytes) -> bool:
    """Whether *text*, which may be no key record, was meant to be one."""
    return _ALIKE.search(text) is not None
