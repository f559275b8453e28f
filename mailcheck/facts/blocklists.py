"""What a suite may call a blocklist: a zone, or a word that stands for zones and codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Self

from mailcheck.names import Domain

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Blocklist:
    """A DNS zone of listed addresses, and which of its return codes count.

    ``codes`` maps the codes that count to what they mean; empty, every code counts. ``removal`` is
    where its operator takes requests to remove an address.
    """

    zone: str
    codes: Mapping[str, str] = field(default_factory=dict)
    removal: str = ""


# Words that are no zones, and the lists they stand for; add yours here.
# Source: https://www.spamhaus.org/faqs/dnsbl-usage/ (return codes of the PBL), read 2026-11.
_WORDS: Mapping[str, tuple[Blocklist, ...]] = {
    "DUL": (
        Blocklist(
            "zen.spamhaus.org",
            {
                "127.0.0.10": "PBL, entered by the network that owns the address",
                "127.0.0.11": "PBL, entered by Spamhaus",
            },
            "https://check.spamhaus.org/",
        ),
    ),
}

_REMOVAL = {"zen.spamhaus.org": "https://check.spamhaus.org/"}


class ListName(str):
    """The zone of a blocklist in normal form, or a word such as ``DUL``."""

    __slots__ = ()
    expected: ClassVar[str] = "the zone of a blocklist such as zen.spamhaus.org, or DUL"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a word in any case, or the name of a zone.

        Raises:
            ValueError: if it is neither.
        """
        if text.upper() in _WORDS:
            return cls(text.upper())
        zone = Domain.parse(text)
        if "." not in zone:
            raise ValueError(
                f"{text!r} is no zone of a blocklist; known words: {', '.join(_WORDS)}"
            )
        return cls(zone)

    @property
    def lists(self) -> tuple[Blocklist, ...]:
        """The lists it stands for."""
        return _WORDS.get(self) or (Blocklist(self, removal=_REMOVAL.get(self, "")),)
