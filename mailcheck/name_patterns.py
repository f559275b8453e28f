"""Patterns of host names: what a suite may write where one of several names will do.

A pattern is a name in which ``*`` stands for something:

* ``*.example.com``: every name below ``example.com``, at any depth, and not ``example.com`` itself;
* ``mail-*.example.com``: within a label, any characters or none, but never a dot.

A name without ``*`` is a pattern that only it matches. There are no regular expressions: matching
takes time in proportion to the lengths at most, whatever the name.
"""

from __future__ import annotations

from typing import ClassVar, Self

from mailcheck.names import Domain, to_a_labels

_BELOW = "*."


class NamePattern(str):
    """A host name, or a pattern of host names, in normal form."""

    __slots__ = ()
    expected: ClassVar[str] = "a host name, or a pattern such as *.example.com"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name or a pattern.

        Raises:
            ValueError: if it is neither, has a single label, or matches names of every domain.
        """
        if "." not in text.removesuffix("."):
            raise ValueError(f"{text!r} is a single label; write the whole name, or *.example.com")
        if "*" not in text:
            return cls(Domain.parse(text))
        if not text.isascii():
            raise ValueError(f"{text!r}: beside * only ASCII is read; write A-labels (xn--…)")
        pattern = to_a_labels(text)
        if not pattern.rpartition(".")[2].replace("*", ""):
            raise ValueError(f"{text!r} matches names of every domain; end it with a domain")
        inside = pattern.removeprefix(_BELOW)
        Domain.parse(inside.replace("*", "x"))
        return cls(pattern)

    def matches(self, name: str) -> bool:
        """Whether *name*, in normal form, is one of those the pattern stands for."""
        if not self.startswith(_BELOW):
            return _labels_match(self.split("."), name.split("."))
        wanted, labels = self[len(_BELOW) :].split("."), name.split(".")
        return len(labels) > len(wanted) and _labels_match(wanted, labels[-len(wanted) :])


def _labels_match(wanted: list[str], labels: list[str]) -> bool:
    return len(wanted) == len(labels) and all(map(_label_matches, wanted, labels))


def _label_matches(wanted: str, label: str) -> bool:
    """Whether *label* is made as *wanted* says; the first place that fits is as good as any."""
    first, *rest = wanted.split("*")
    if not rest:
        return label == wanted
    *middle, last = rest
    if len(label) < len(first) + len(last) or not label.startswith(first):
        return False
    at, end = len(first), len(label) - len(last)
    for part in middle:
        found = label.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return label.endswith(last)
