"""Lists of ``tag=value`` pairs, which DKIM (RFC 6376 §3.2) and DMARC (RFC 9989 §4.7) are written in.

What is wrong with a list is told beside what could be read of it, because both specifications
differ in what follows: to DKIM the whole list is invalid, to DMARC only the pair at fault.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

_SPACE = re.compile(r"(?:[ \t]|\r\n(?=[ \t]))*")
"""FWS, or nothing: a line break is space only where the next line begins with space."""

_FOLD = re.compile(r"\r\n(?=[ \t])")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_VALUE = re.compile(r"[\t -:<-~]*")

Wrong: TypeAlias = Literal["empty", "no-equals-sign", "name", "value"]
"""What is wrong with a part: nothing stands between two semicolons; no ``=``; what stands before it
is no name; the value has a character that is not printable ASCII."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One pair, the spaces around its name and value left out. Both keep their case."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a list that is no pair: what is *wrong* with it, and its *text* as it stood there."""

    wrong: Wrong
    text: str


@dataclass(frozen=True)
class TagList:
    """The pairs of a list in their order, and the parts that are none.

    A tag whose value is faulty is among the faults and not among the tags. The semicolon behind the
    last pair is optional, and so no fault.
    """

    tags: tuple[Tag, ...]
    faults: tuple[Fault, ...] = ()

    @cached_property
    def values(self) -> dict[str, str]:
        """The value of each tag by its name, which is case-sensitive; of several the first one's.

        An empty value is there: it is not the same as a tag that is left out (RFC 6376 §3.2).
        """
        values: dict[str, str] = {}
        for tag in self.tags:
            values.setdefault(tag.name, tag.value)
        return values

    @cached_property
    def duplicates(self) -> tuple[str, ...]:
        """The names of the tags that occur more than once. They make a list of DKIM invalid."""
        counts = Counter(tag.name for tag in self.tags)
        return tuple(name for name, count in counts.items() if count > 1)


def tag_list(text: bytes) -> TagList:
    """Read *text*, whatever it is; octets that are no ASCII make the value that has them faulty."""
    *parts, last = text.decode("utf-8", "replace").split(";")
    if not parts or not _SPACE.fullmatch(last):
        parts.append(last)
    tags: list[Tag] = []
    faults: list[Fault] = []
    for part in parts:
        read = _read(part)
        if isinstance(read, Tag):
            tags.append(read)
        else:
            faults.append(Fault(read, part))
    return TagList(tuple(tags), tuple(faults))


def _read(part: str) -> Tag | Wrong:
    if _SPACE.fullmatch(part):
        return "empty"
    name, sign, value = part.partition("=")
    if not sign:
        return "no-equals-sign"
    name, value = _bare(name), _bare(value)
    if not _NAME.fullmatch(name):
        return "name"
    if not _VALUE.fullmatch(_FOLD.sub("", value)):
        return "value"
    return Tag(name, value)


def _bare(text: str) -> str:
    """Return *text* without the space at its beginning and end."""
    bare = _SPACE.sub("", text, count=1)
    while bare != (shorter := bare.rstrip(" \t")):
        bare = shorter.removesuffix("\r\n")
    return bare


def without_space(value: str) -> str:
    """Return *value* without the space within it, for tags that say it is to be ignored."""
    return re.sub(r"[ \t\r\n]+", "", value)
