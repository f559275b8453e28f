"""Reading a YAML file into nodes: size, encoding and characters are settled here.

A file may have 32 MB: the largest generated suites have ten, and a file that is larger is nobody's
suite.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.source import garbage
from mailcheck.source.events import nodes_of
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.source.nodes import Node

MAX_BYTES = 32 * 1024 * 1024

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 §5.1 does not allow in a file; lone surrogates among it."""

_ASCII = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
"""What it allows of ASCII."""

_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def read_documents(path: Path, shown_as: str, problems: Problems | None = None) -> tuple[Node, ...]:
    """Read the documents of the YAML file at *path*; messages call it *shown_as*.

    A caller that brings *problems* gets what could be read in spite of them, and raises them with
    its own.

    Raises:
        SourceError: with every problem that was found.
    """
    return parse_documents(read_text(path, shown_as), shown_as, problems)


def parse_documents(text: str, shown_as: str, problems: Problems | None = None) -> tuple[Node, ...]:
    """Read the documents of a YAML *text*, one node for each; none for an empty text.

    Raises:
        SourceError: with every problem that was found.
    """
    text = _printable(text.removeprefix("\ufeff"), shown_as)
    found = Problems() if problems is None else problems
    with garbage.paused():
        nodes = nodes_of(text, shown_as, found)
    if problems is None:
        found.raise_any()
    return nodes


def read_text(path: Path, shown_as: str) -> str:
    """Read a text file of a user's: printable UTF-8, a regular file, of bounded size.

    Raises:
        SourceError: if it is none of these, or cannot be read.
    """
    start = Place(shown_as, 1)
    try:
        if path.exists() and not path.is_file():
            raise _refused(start, "it is not a regular file", "expected a text file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _refused(start, f"the file cannot be read: {why}") from None
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise _refused(start, f"the file is larger than {limit} MB", "split it into several files")
    return _printable(_decoded(content, shown_as), shown_as)


def _decoded(content: bytes, shown_as: str) -> str:
    for bom, encoding in _BOMS.items():
        if content.startswith(bom):
            raise _refused(Place(shown_as, 1), f"the file is {encoding}", "save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        raise _refused(
            _place_of(before, len(before), shown_as),
            f"the byte 0x{content[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        ) from None


def _printable(text: str, shown_as: str) -> str:
    if text.isascii() and not text.encode().translate(None, _ASCII):
        return text
    bad = _UNPRINTABLE.search(text)
    if bad is None:
        return text
    raise _refused(
        _place_of(text, bad.start(), shown_as),
        f"the control character U+{ord(bad[0]):04X} stands here",
        "remove it; only in double quotes of YAML it can be written, as an escape",
    )


def _place_of(text: str, offset: int, file: str) -> Place:
    line = text.count("\n", 0, offset) + 1
    return Place(file, line, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _refused(place: Place, what: str, expected: str = "") -> SourceError:
    return SourceError([Problem(place, what, expected)])
