"""An SPF record as a suite says it, and whether one that is published says the same."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from mailcheck.evidence import visible
from mailcheck.facts.spf.record.syntax import VERSION, read_record, spf_records
from mailcheck.facts.txt import as_published

_MACRO = re.compile(r"(%\{[^}]*\})")


class SpfText(str):
    """A whole SPF record without fault, which may be quoted the way zone files quote it."""

    __slots__ = ()
    expected: ClassVar[str] = 'a whole SPF record such as "v=spf1 -all"'

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: if it does not begin as a record does, or breaks the grammar.
        """
        octets = as_published(text)
        if not spf_records([octets]):
            raise ValueError(f"{visible(text, 80)!r} does not begin with {VERSION} and a space")
        if faults := read_record(octets).faults:
            raise ValueError(f"{visible(faults[0].text, 80)}: {faults[0].what}")
        return cls(octets.decode("latin-1"))

    @property
    def octets(self) -> bytes:
        """The record as it is published."""
        return self.encode("latin-1")

    def is_said_by(self, record: bytes) -> bool:
        """Whether *record* has the same terms in the same order.

        Upper and lower case differ in macros only, where receivers tell them apart; how many spaces
        stand between terms, or behind the last, is nothing to them.
        """
        return _normal(record) == _normal(self.octets)


def _normal(record: bytes) -> list[str]:
    text = record.decode("latin-1")
    parts = _MACRO.split(text)  # every second one is a macro
    folded = (part if odd % 2 else part.lower() for odd, part in enumerate(parts))
    return [term for term in "".join(folded).split(" ") if term]
