"""What Postfix writes to its log about the sessions that were held with it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .namespace import Namespace

TRIES, PAUSE = 200, 0.05
"""How often, and after how many seconds, the log is read again while a session has no end in it."""

_LINE = re.compile(r"(?P<who>[^ ]+)/(?P<daemon>[a-z]+)\[\d+\]: (?P<said>.*)")

_BEGINS, _ENDS = "connect from ", "disconnect from "

COMPLAINTS = (
    *("lost connection", "improper command pipelining", "non-SMTP command", "timeout after"),
    *("too many errors", "PREGREET", "HANGUP", "warning:", "fatal:", "error:", "panic:"),
)
"""What stands in the log of a client that does not behave, or of a server that does not work."""


@dataclass(frozen=True, slots=True)
class Log:
    """Lines of a service: the daemon that wrote each, and what it said."""

    lines: tuple[tuple[str, str], ...]

    def of(self, daemon: str, words: str) -> list[str]:
        """Return what *daemon* said that begins with *words*, without these."""
        return [
            said.removeprefix(words)
            for by, said in self.lines
            if by == daemon and said.startswith(words)
        ]

    @property
    def connects(self) -> int:
        """How often a client came to ``smtpd``."""
        return len(self.of("smtpd", _BEGINS))

    @property
    def sessions(self) -> list[str]:
        """What each client said, as Postfix counts it: ``ehlo=1 quit=1 commands=2``."""
        return [said.partition(" ")[2] for said in self.of("smtpd", _ENDS)]

    @property
    def complaints(self) -> list[str]:
        """What the service does not like of a client."""
        return [said for _, said in self.lines if any(word in said for word in COMPLAINTS)]


def logged(space: Namespace, service: str) -> Log:
    """Return what *service* logged, when every session that began has ended."""
    for _ in range(TRIES):
        log = _read(space, service)
        if log.connects == len(log.sessions):
            return log
        time.sleep(PAUSE)
    raise AssertionError(f"sessions with {service} do not end: {log.lines}")


def _read(space: Namespace, service: str) -> Log:
    text = (space.folder / "postfix" / "mail.log").read_text(errors="replace")
    found = (_LINE.search(line) for line in text.splitlines())
    return Log(tuple((m["daemon"], m["said"]) for m in found if m and m["who"] == service))
