"""Patterns of octoDNS' filters: a text that is the same, or a regular expression in slashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REPEATED_GROUP = re.compile(r"(?<!\\)\)(?:[*+]|\{)")
_REPEATED = re.compile(r"(?<!\\)[*+]|(?<!\\)\{\d*,|(?<![\\(*+?}])\?")
_GROUP = re.compile(r"(?<!\\)\(")

_MOST_REPEATED = 3
_MOST_GROUPS = 3
_MOST_CHOICES = 30
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Patterns:
    """Texts, of which each stands for itself, and expressions, which may be found anywhere."""

    exact: frozenset[str]
    expressions: tuple[re.Pattern[str], ...]

    def match(self, text: str) -> bool:
        """Whether *text* is one of them."""
        return text in self.exact or any(one.search(text) for one in self.expressions)


def patterns_of(texts: tuple[str, ...]) -> Patterns:
    """Return the patterns *texts*.

    Raises:
        ValueError: if one is no expression, or could take for ever.
    """
    bare = [text[1:-1] for text in texts if text.startswith("/")]
    return Patterns(
        frozenset(text for text in texts if not text.startswith("/")),
        tuple(expression_of(text) for text in bare),
    )


def expression_of(text: str) -> re.Pattern[str]:
    """Return the expression *text*.

    Whoever changes the file writes it. So one is refused in which repetitions stand in each other,
    or too many beside each other: Python would try their ways to match for years.

    Raises:
        ValueError: if it is refused, or none.
    """
    repeated, groups = len(_REPEATED.findall(text)), len(_GROUP.findall(text))
    choices = text.count("|") if groups > 1 else 0
    if (
        len(text) > _LONGEST
        or _REPEATED_GROUP.search(text)
        or repeated > _MOST_REPEATED
        or choices > _MOST_CHOICES
        or (choices and groups > _MOST_GROUPS)
    ):
        raise ValueError("an expression of it is too complex to be tried here")
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"an expression of it cannot be read: {error}") from None
