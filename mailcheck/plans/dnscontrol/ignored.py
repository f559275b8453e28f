"""What DNSControl leaves alone in a domain: ``NO_PURGE``, ``IGNORE()``, ``ENSURE_ABSENT``.

By ``pkg/diff2/handsoff.go``: with NO_PURGE it deletes nothing of names and types that the
configuration does not have, but what is said to be absent; records that match an IGNORE by label,
type and target stay, whatever else is said. What a target is live is not known here, so all stay
whose label and type match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from typing import TYPE_CHECKING

from mailcheck.plans.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST = 64
"""Patterns that one with braces may stand for."""

_LONGEST = 1000
"""Characters of a pattern of names."""

_ANY = ("", "*", "**")


@dataclass(frozen=True, slots=True)
class Ignored:
    """One IGNORE; without ``types`` all. ``is_partial``: of an RRset some records may stay only."""

    labels: tuple[re.Pattern[str], ...]
    types: frozenset[str]
    is_partial: bool

    def matches(self, label: str, rdtype: str) -> bool:
        """Whether records of *label*, relative to the domain or ``@``, are ignored."""
        if self.types and rdtype not in self.types:
            return False
        return any(pattern.fullmatch(label) for pattern in self.labels)


def ignored_in(domain: Fields) -> tuple[Ignored, ...]:
    """Return all that is ignored in *domain*.

    Raises:
        ValueError: if it cannot be read; the text is a clause.
    """
    return tuple(_ignored(Fields.of(one)) for one in domain.items("unmanaged"))


def label_of(name: str, zone: str) -> str:
    """Return *name* relative to *zone*, ``@`` for the zone itself."""
    return "@" if name == zone else name.removesuffix(f".{zone}")


def _ignored(fields: Fields) -> Ignored:
    pattern = fields.text("label_pattern", "").lower()
    types = fields.text("rType_pattern", "")
    labels = ("*",) if pattern in _ANY else tuple(_without_braces(pattern[:_LONGEST]))
    if len(labels) > _MOST or len(pattern) > _LONGEST:
        raise ValueError(f"an IGNORE() stands for more than {_MOST} patterns")
    return Ignored(
        tuple(re.compile(translate(one)) for one in labels),
        frozenset() if types in _ANY else frozenset(_types(types)),
        fields.text("target_pattern", "") not in _ANY,
    )


def _types(text: str) -> Iterator[str]:
    for part in text.upper().split(","):
        rdtype = part.strip()
        yield from ("A", "AAAA") if rdtype in ("ALIAS", "R53_ALIAS", "AZURE_ALIAS") else (rdtype,)


def _without_braces(pattern: str) -> list[str]:
    """Return the patterns that ``{a,b}`` in one stands for; one too many are enough."""
    patterns = [pattern]
    while len(patterns) <= _MOST:
        at = next((i for i, one in enumerate(patterns) if _BRACES.search(one)), None)
        if at is None:
            break
        one = patterns.pop(at)
        found = _BRACES.search(one)
        assert found is not None
        start, end = one[: found.start()], one[found.end() :]
        patterns += [f"{start}{part}{end}" for part in found[1].split(",")]
    return patterns
