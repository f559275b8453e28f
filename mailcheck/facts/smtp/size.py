"""The largest message a server takes, as it declares it in reply to EHLO (RFC 1870)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal, Self, TypeAlias

MB = 1_000_000
"""Octets of a megabyte, as providers and configurations count at least: Postfix's default limit of
10 MB is 10240000, Exim's of 50 MB is 52428800."""

_NUMBER = re.compile(r"[0-9]{1,20}")
"""RFC 1870 §3."""


class Megabytes(int):
    """A size in megabytes."""

    __slots__ = ()
    expected: ClassVar[str] = "a whole number of megabytes from 1 to 999999, such as 25"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read decimal digits.

        Raises:
            ValueError: if it is no such number.
        """
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text)):
            raise ValueError(f"{text!r} is not {cls.expected}")
        return cls(int(text))


SizeKind: TypeAlias = Literal["limit", "no-limit", "no-number", "malformed"]


@dataclass(frozen=True, slots=True)
class DeclaredSize:
    """What stands behind SIZE: a ``limit`` in octets, 0 for none, or neither.

    Without a number nothing is said about a limit (RFC 1870 §3); so it is with ``malformed`` ones,
    only that some senders stumble over them.
    """

    kind: SizeKind
    octets: int = 0

    def takes(self, octets: int) -> bool:
        """Whether a message of so many *octets* is not too large by what is declared."""
        return self.kind in ("no-limit", "no-number") or octets <= self.octets

    def __str__(self) -> str:
        return f"{self.octets} ({self.octets * 10 // MB / 10} MB)"


def declared_size(parameters: str) -> DeclaredSize:
    """Read what stands behind SIZE; of several numbers the smallest limit counts."""
    words = parameters.split()
    if not words:
        return DeclaredSize("no-number")
    if not all(map(_NUMBER.fullmatch, words)):
        return DeclaredSize("malformed")
    limits = [number for number in map(int, words) if number]
    return DeclaredSize("limit", min(limits)) if limits else DeclaredSize("no-limit")
