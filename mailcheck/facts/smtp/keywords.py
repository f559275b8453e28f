"""The keywords that servers offer in reply to EHLO, as sentences name them."""

from __future__ import annotations

import difflib
import re
from typing import ClassVar, Self

_GRAMMAR = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""RFC 5321 §4.1.1.1, ehlo-keyword."""

_OTHER_SENTENCES = {
    "STARTTLS": "SMTP port 25 of mail.example.com offers STARTTLS",
    "TLS": "SMTP port 25 of mail.example.com offers STARTTLS",
    "AUTH": "SMTP port 587 of mail.example.com offers AUTH only after TLS",
}
"""Keywords that mean more than that they are there, and the sentences that say it."""

_SIZE = "SMTP port 25 of mail.example.com offers SIZE of 25 MB"

_LIKE_ENOUGH = 0.75

REGISTERED = frozenset(
    {
        "8BITMIME",
        "ATRN",
        "AUTH",
        "BINARYMIME",
        "BURL",
        "CHECKPOINT",
        "CHUNKING",
        "CONNEG",
        "CONPERM",
    }
    | {"DELIVERBY", "DSN", "ENHANCEDSTATUSCODES", "ETRN", "EXPN", "FUTURERELEASE", "HELP", "LIMITS"}
    | {"MT-PRIORITY", "MTRK", "NO-SOLICITING", "PIPELINING", "REQUIRETLS", "RRVS", "SIZE"}
    | {"SMTPUTF8", "STARTTLS", "SUBMITTER", "VRFY"}
)
"""Keywords of the registry "SMTP Service Extensions" (IANA) but those that nobody offers any more."""


class Extension(str):
    """An EHLO keyword, in capitals: any that the grammar has room for."""

    __slots__ = ()
    expected: ClassVar[str] = "an EHLO keyword such as 8BITMIME"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a keyword in any case.

        Raises:
            ValueError: if it is none, or one about which another sentence says more.
        """
        keyword, *parameters = re.split(r"[ =]+", text.strip()) if text.strip() else [""]
        keyword = keyword.upper()
        if sentence := _OTHER_SENTENCES.get(keyword):
            raise ValueError(f"of {keyword} say: {sentence}")
        if not _GRAMMAR.fullmatch(keyword):
            raise ValueError(f"{text!r} is not an EHLO keyword such as 8BITMIME")
        if parameters:
            say = _SIZE if keyword == "SIZE" else "its parameters go into the option: parameters"
            raise ValueError(f"{text!r} is not one keyword; say: {say}")
        return cls(keyword)

    @property
    def probably_meant(self) -> str:
        """The registered keyword that an unregistered one looks like; empty if none does."""
        if self in REGISTERED or self.startswith("X"):
            return ""
        found = difflib.get_close_matches(self, sorted(REGISTERED), 1, _LIKE_ENOUGH)
        return found[0] if found else ""
