"""Replies of SMTP servers, read from their octets.

Parsed by their codes and their form alone (RFC 5321 §4.2): the words are for people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck.evidence import visible

LINE_LIMIT = 2048
"""Octets of one reply line. RFC 5321 §4.5.3.1.5 grants a server 512; Postfix reads 2048."""

REPLY_LIMIT = 32 * 1024
"""Octets of a whole reply; the longest EHLO replies in the field are a few KB."""

_UNKNOWN_COMMAND = frozenset({500, 502})
_LINE = re.compile(r"(?P<code>[2-5][0-9]{2})(?:(?P<more>[ -])(?P<text>.*))?", re.DOTALL)
_ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?!\S)")


@dataclass(frozen=True, slots=True)
class Reply:
    r"""One reply of a server, one or more lines with their codes, as received (RFC 5321 §4.2.1).

    Octets that are not UTF-8 are written as ``\xff``. The lines of one reply may differ in their
    code: Postfix's postscreen begins with ``220-`` and ends with ``521`` if it drops the client
    in between. As with Postfix's own client, the last line counts.
    """

    lines: tuple[str, ...]

    @property
    def code(self) -> int:
        """The reply code, 200 to 599."""
        return int(self.lines[-1][:3])

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines without their codes."""
        return tuple(line[4:] for line in self.lines)

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 2034), such as ``5.7.1``; empty if there is none."""
        match = _ENHANCED.match(self.texts[-1])
        return match[0] if match else ""

    @property
    def is_unknown_command(self) -> bool:
        """Whether the server does not know the command (500 or 502, RFC 5321 §4.2.4).

        With an enhanced status code only if that is about the protocol (X.5.Y, RFC 3463 §3.6).
        """
        about_protocol = not self.enhanced or self.enhanced.startswith("5.5.")
        return self.code in _UNKNOWN_COMMAND and about_protocol

    def __str__(self) -> str:
        return visible(" | ".join(self.lines))


def read_reply(data: bytes) -> tuple[Reply, bytes]:
    """Split the first reply off *data*; return it and the rest.

    Raises:
        ValueError: if *data* does not begin with a complete reply; the text says what is wrong.
    """
    lines: list[str] = []
    rest = data
    while True:
        octets, end, rest = rest.partition(b"\n")
        if len(octets) >= LINE_LIMIT:
            raise ValueError(f"a line of {len(octets)} octets, longer than {LINE_LIMIT}")
        if not end:
            raise ValueError("a reply that does not end")
        line = octets.removesuffix(b"\r").decode("utf-8", "backslashreplace")
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError("a line that does not begin with a reply code")
        lines.append(line)
        if match["more"] != "-":
            return Reply(tuple(lines)), rest
