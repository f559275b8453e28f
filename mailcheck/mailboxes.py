"""Mailboxes as options and sentences name them (RFC 5321 §4.1.2)."""

from __future__ import annotations

import re
from typing import ClassVar

from mailcheck.names import Domain
from mailcheck.options import refused

LOCAL_PART_LIMIT = 64
"""Octets (RFC 5321 §4.5.3.1.1)."""

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`|~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`|~-]+)*")


class Mailbox(str):
    """A mailbox, or its local part alone: a dot-string of ASCII characters before the @."""

    __slots__ = ()

    expected: ClassVar[str] = "a mailbox such as postmaster or abuse@example.com"

    @classmethod
    def parse(cls, text: str) -> Mailbox:
        """Read *text*, its domain into normal form.

        Raises:
            ValueError: if it is none.
        """
        local, at, domain = text.rpartition("@") if "@" in text else (text, "", "")
        if not _LOCAL_PART.fullmatch(local) or len(local) > LOCAL_PART_LIMIT:
            raise ValueError(f'"{text}" is no mailbox')
        return cls(f"{local}@{Domain.parse(domain)}" if at else local)

    @property
    def local_part(self) -> str:
        """What stands before the @."""
        return self.rpartition("@")[0] or str(self)

    @property
    def domain(self) -> str:
        """What stands behind the @, in normal form; empty if nothing does."""
        return self.rpartition("@")[2] if "@" in self else ""


def read_mailbox(text: str) -> str:
    """Return the mailbox in *text*, its domain in normal form; nothing for nothing.

    Raises:
        UsageError: if it is none.
    """
    if not text:
        return ""
    try:
        if (read := Mailbox.parse(text)).domain:
            return str(read)
    except ValueError:
        pass
    raise refused("relay-recipient", text, "a mailbox such as you@example.net")
