"""Replies of SMTP servers, read from their octets.

Parsed by their codes and their form alone (RFC 5321 §4.2): the words are for people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from mailcheck.evidence import visible

LINE_LIMIT = 2048
"""Octets of one reply line. RFC 5321 §4.5.3.1.5 grants a server 512; Postfix reads 2048."""

REPLY_LIMIT = 32 * 1024
"""Octets of a whole reply; the longest EHLO replies in the field are a few KB."""

_UNKNOWN_COMMAND = frozenset({500, 502})
_TEXT = rb"[^\n]{0,%d}\n" % (LINE_LIMIT - len("250-") - 1)
_GOES_ON = re.compile(rb"[2-5][0-9]{2}-" + _TEXT)
_REPLY = re.compile(rb"(?:%b)*[2-5][0-9]{2}(?: %b|\r?\n)" % (_GOES_ON.pattern, _TEXT))
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
        if self.code not in _UNKNOWN_COMMAND:
            return False
        return not self.enhanced or self.enhanced.startswith("5.5.")

    def __str__(self) -> str:
        return visible(" | ".join(self.lines))


def read_reply(data: bytes) -> tuple[Reply, bytes]:
    """Split the first reply off *data*; return it and the rest.

    Raises:
        ValueError: if *data* does not begin with a complete reply; the text says what is wrong.
    """
    found = _REPLY.match(data)
    if found is None:
        raise ValueError(_what_is_wrong(data))
    octets = found[0]
    lines = octets.decode("utf-8", "backslashreplace").split("\n")[:-1]
    return Reply(tuple(line.removesuffix("\r") for line in lines)), data[len(octets) :]


def _what_is_wrong(data: bytes) -> str:
    """Say what is wrong with the first line of *data* that keeps it from being a reply."""
    for line in BytesIO(data):
        octets = line.removesuffix(b"\n")
        if len(octets) >= LINE_LIMIT:
            return f"a line of {len(octets)} octets, longer than {LINE_LIMIT}"
        if line == octets:
            break
        if not _GOES_ON.match(line):
            return "a line that does not begin with a reply code"
    return "a reply that does not end"
