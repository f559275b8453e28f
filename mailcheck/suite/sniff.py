"""Whether a YAML file is a suite, from its first bytes and without a YAML parser.

Every YAML file of a project passes here in every pytest run, so this neither imports PyYAML nor
reads more than :data:`HEAD` bytes, not counting the comments that a file begins with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO

HEAD = 4096
"""Bytes of a file that decide, counted from its first line that says something."""

FURTHEST = 64 * 1024
"""Bytes among which that line is looked for."""

_KEY = re.compile(r"""(?P<quote>["']?)(?P<name>[\w.-]+)(?P=quote)\s*:(?:\s|$)(?P<value>.*)""")
"""A key at the start of a line."""

_VERSION = re.compile(r"""\s*["']?\d""")

_VERSION_ALONE = r"""["']?\d{1,2}(?:\.\d)?["']?\s*(?:#.*)?"""

_NO_COLON = r"(?i)mailcheck\s*=?\s*\d.*"

ALIKE = 0.85
"""How alike, from 0 to 1, a first key is to ``mailcheck`` that was meant as it."""

_SKIPPED = re.compile(r"\s*(?:#.*)?|%.*|---\s*(?:#.*)?")
"""A blank line, a comment, a directive, the start of a document."""

_PREAMBLE = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb"(?:(?:%[^\r\n]*|(?:---)?[ \t]*(?:#[^\r\n]*)?)(?:\r\n?|\n))*"
    rb"(?:%[^\r\n]*|[ \t]*#[^\r\n]*)?"
)
"""Such lines at the start of a file, the last one perhaps not read to its end."""


class NearMiss(NamedTuple):
    """A file that was probably meant as a suite; ``why`` says what keeps it from being one."""

    why: str


def sniff_file(file: BinaryIO) -> Literal["suite"] | NearMiss | None:
    """Decide what the open *file* is from as much of it as that takes.

    Raises:
        OSError: if it cannot be read.
    """
    head = b""
    while len(head) < (wanted := min(_preamble(head), FURTHEST) + HEAD):
        more = file.read(wanted - len(head))
        if not more:
            break
        head += more
    return sniff(head)


def sniff(head: bytes) -> Literal["suite"] | NearMiss | None:
    """Decide what a file that begins with *head* is; None is somebody else's YAML."""
    head = head[: FURTHEST + HEAD]
    if _preamble(head) >= FURTHEST:
        return NearMiss(f"its first {FURTHEST // 1024} KB are comments; put mailcheck: 1 above")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) & ~1].decode("utf-16", errors="replace")
        return NearMiss("it is UTF-16; save it as UTF-8") if _kind(text) == "suite" else None
    return _kind(head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace"))


def _preamble(head: bytes) -> int:
    match = _PREAMBLE.match(head)
    return match.end() if match else 0


def _kind(text: str) -> Literal["suite"] | NearMiss | None:
    lines = [line.rstrip() for line in text.splitlines() if not _SKIPPED.fullmatch(line)]
    if not lines:
        return None
    keys = [match for line in lines if (match := _KEY.match(line))]
    names = {match["name"] for match in keys}
    first = _KEY.match(lines[0].lstrip())
    if first is not None and first["name"] == "mailcheck":
        # `mailcheck:` with a mapping below it is somebody's settings, a service, a job.
        ours = _VERSION.match(first["value"]) or names & {"for", "checks"}
        return "suite" if ours else None
    if lines[0].startswith("mailcheck:1"):
        return NearMiss("a space is missing after the colon; write: mailcheck: 1")
    for match in keys:
        if match["name"].casefold() == "mailcheck" and _VERSION.match(match["value"]):
            if match["name"] != "mailcheck":
                return NearMiss(f"its key is {match['name']!r}; write: mailcheck: 1")
            return NearMiss("mailcheck: 1 is not its first key; move it to the top")
    if (
        first is not None
        and re.fullmatch(_VERSION_ALONE, first["value"])
        and _nearly(first["name"])
    ):
        return NearMiss(f"its first key is {first['name']!r}; write: mailcheck: 1")
    if "checks" in names and re.fullmatch(_NO_COLON, lines[0]):
        return NearMiss("a colon is missing after mailcheck; write: mailcheck: 1")
    if {"for", "checks"} <= names:
        return NearMiss("it has for: and checks:, but does not begin with mailcheck: 1")
    return None


def _nearly(name: str) -> bool:
    from difflib import SequenceMatcher  # a suite needs none, nor do most other files

    return len(name) < 20 and SequenceMatcher(None, name.casefold(), "mailcheck").ratio() > ALIKE
