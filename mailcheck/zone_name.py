"""Names of zones, some of which no host can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from mailcheck.names import Domain

if TYPE_CHECKING:
    from typing import Self

_CLASSLESS = re.compile(
    r"\d{1,3}/\d{1,2}(?:\.\d{1,3}){3}\.in-addr\.arpa\.?", re.ASCII | re.IGNORECASE
)
"""A part of a reverse zone (RFC 2317)."""

_IN_A_PART = re.compile(r"(\d{1,3}\.)\d{1,3}[/-]\d{1,3}\.((?:\d{1,3}\.){3}in-addr\.arpa)", re.ASCII)


class ZoneName(Domain):
    """The name of a zone in normal form: a domain, the root, or a part of a reverse zone."""

    __slots__ = ()
    expected: ClassVar[str] = "a zone such as example.com or 0/25.113.0.203.in-addr.arpa"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: if no zone can be spelled so; the text says which rule it breaks.
        """
        if text == "." or _CLASSLESS.fullmatch(text):
            return cls(text.lower().removesuffix(".") or ".")
        return super().parse(text)


def out_of_part(name: str) -> str:
    """Return the reverse name that leads to *name*, if that is in a part of a reverse zone.

    It is the custom (RFC 2317 §4) and no rule: what is named otherwise is returned as it is.
    """
    found = _IN_A_PART.fullmatch(name)
    return found[1] + found[2] if found else name


def in_part(name: str, zone: str) -> str:
    """Return where the reverse *name* leads by that custom, if *zone* is the part it lies in."""
    there = f"{name.partition('.')[0]}.{zone}"
    return there if out_of_part(there) == name else name
