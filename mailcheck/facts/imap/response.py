"""Responses of IMAP servers, read from their octets (RFC 9051 §7, the same in RFC 3501)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck.evidence import visible

LINE_LIMIT = 8192
"""Octets of one line; the longest lists of capabilities in the field have some 1,500."""

RESPONSE_LIMIT = 32 * 1024
"""Octets of all that is said in answer to one command, or as a greeting."""

LINES = 200
"""Lines of one response; untagged ones are few."""

GREETING = "*"
"""Stands for a tag where a greeting is awaited, which has none."""

_STATUS = re.compile(
    r"(?P<status>OK|NO|BAD|BYE|PREAUTH)(?: (?P<text>.*))?", re.IGNORECASE | re.DOTALL
)
_CODE = re.compile(r"\[(?P<name>[^\]\s]+)(?: (?P<arguments>[^\]]*))?\]")
_LITERAL = re.compile(rb"~?\{(?P<octets>[0-9]{1,10})\}\r?\n\Z")
_LONGEST_LITERAL = 20
_GREETS = frozenset({"OK", "PREAUTH", "BYE"})
_COMPLETES = frozenset({"OK", "NO", "BAD"})


class UnfinishedError(ValueError):
    """What has come is the beginning of a response, and no more."""


@dataclass(frozen=True, slots=True)
class Response:
    r"""What the server said in answer to one command, as received; a greeting is one of one line.

    The last line has the status; those before it are untagged data. ``status`` is in capitals: OK,
    NO, BAD; PREAUTH or BYE as well in a greeting. Octets that are not UTF-8 are written ``\xff``.
    """

    lines: tuple[str, ...]

    @property
    def status(self) -> str:
        """How the command ended, or how the server greets."""
        return _read_status(self._last)[0]

    @property
    def code(self) -> str:
        """The name of the response code behind the status (RFC 9051 §7.1), in capitals, or empty."""
        match = _CODE.match(_read_status(self._last)[1])
        return match["name"].upper() if match else ""

    @property
    def says_bye(self) -> bool:
        """Whether the server announces that it closes the connection."""
        return any(_read_status(line.partition(" ")[2])[0] == "BYE" for line in self.lines)

    @property
    def capabilities(self) -> frozenset[str] | None:
        """The capabilities that untagged data lists, in capitals; None if there is no list."""
        words = [line.upper().split() for line in self.lines[:-1]]
        lists = [said[2:] for said in words if said[:2] == ["*", "CAPABILITY"]]
        return frozenset(word for said in lists for word in said) if lists else None

    @property
    def _last(self) -> str:
        return self.lines[-1].partition(" ")[2]

    def __str__(self) -> str:
        return visible(" | ".join(self.lines))


def read_response(data: bytes, tag: str) -> tuple[Response, bytes]:
    """Split what answers the command *tag* off *data*; return it and the rest.

    With :data:`GREETING` for a tag, that is the greeting.

    Raises:
        UnfinishedError: if more has to come.
        ValueError: if *data* cannot begin such a response; the text says what is wrong.
    """
    lines: list[str] = []
    rest = data
    while True:
        octets, rest = _line(rest)
        line = octets.decode("utf-8", "backslashreplace")
        first, _, behind = line.partition(" ")
        status, _ = _read_status(behind)
        lines.append(line)
        if len(lines) > LINES:
            raise ValueError(f"a response of more than {LINES} lines")
        if tag == GREETING:
            if first != "*" or status not in _GREETS:
                raise ValueError("a line that is no greeting of IMAP")
            return Response((line,)), rest
        if first == tag and status in _COMPLETES:
            return Response(tuple(lines)), rest
        if first != "*" or not behind:
            raise ValueError("a line that belongs to no response")


def _line(data: bytes) -> tuple[bytes, bytes]:
    """Split the first line off *data*, with the literals in it (RFC 9051 §4.3).

    The end of a line with a status is for people: what looks like a literal there is none.
    """
    start = 0
    while True:
        end = data.find(b"\n", start) + 1
        if max(end or len(data), start) > LINE_LIMIT:
            raise ValueError(f"a line longer than {LINE_LIMIT} octets")
        if not end:
            raise UnfinishedError("a line that does not end")
        literal = _LITERAL.search(data, max(start, end - _LONGEST_LITERAL), end)
        if literal is None or (not start and _has_status(data[:end])):
            return data[:end].removesuffix(b"\n").removesuffix(b"\r"), data[end:]
        start = end + int(literal["octets"])


def _has_status(line: bytes) -> bool:
    return _read_status(line.decode("latin-1").partition(" ")[2].rstrip("\r\n"))[0] != ""


def _read_status(text: str) -> tuple[str, str]:
    """Return the status that *text* begins with, and what stands behind it; empty if there is none."""
    match = _STATUS.fullmatch(text)
    return (match["status"].upper(), match["text"] or "") if match else ("", "")
