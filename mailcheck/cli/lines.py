"""Standard input, line by line, without waiting where there is something better to do."""

from __future__ import annotations

import errno
import io
import os
import queue
import sys
import threading
from dataclasses import dataclass
from typing import BinaryIO

LONGEST = 64 * 1024
"""Octets of one line; a sentence with all its options has a few hundred."""

AHEAD = 200
"""Lines that are read ahead of the one that is judged."""


class TooLong(ValueError):
    """A line is longer than any sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came, and its number, from 1."""

    number: int
    octets: bytes

    def text(self) -> str:
        """Return the line without the space around it.

        Raises:
            TooLong: if it has more than :data:`LONGEST` octets.
            UnicodeDecodeError: if it is not UTF-8.
        """
        if len(self.octets) > LONGEST:
            raise TooLong(f"it is longer than {LONGEST} octets")
        return self.octets.decode("utf-8-sig" if self.number == 1 else "utf-8").strip()


class Lines:
    """The lines of standard input, read by a thread of its own.

    A program that writes one sentence and waits for its answer must get it before its next line is
    waited for, and pipes cannot be polled everywhere; so somebody else waits.
    """

    def __init__(self) -> None:
        self._read: queue.Queue[Line | OSError | None] = queue.Queue(AHEAD)
        threading.Thread(target=self._fill, daemon=True).start()

    def next(self, *, wait: bool) -> Line | None:
        """Return the next line, None at the end of the input.

        Raises:
            queue.Empty: if there is no line at the moment and *wait* is false.
            OSError: if standard input cannot be read; nothing comes after it.
        """
        line = self._read.get(block=wait)
        if isinstance(line, OSError):
            raise line
        return line

    def _fill(self) -> None:
        try:
            self._read_all(_standard_input())
        except OSError as error:
            self._read.put(error)  # whoever waits for a line would wait for ever
        else:
            self._read.put(None)

    def _read_all(self, stream: BinaryIO) -> None:
        number = 0
        while octets := stream.readline(LONGEST + 1):
            number += 1
            rest = octets
            while len(rest) > LONGEST and not rest.endswith(b"\n"):
                rest = stream.readline(LONGEST + 1)
            self._read.put(Line(number, octets))


def _standard_input() -> BinaryIO:
    """Return standard input with a buffer of its own.

    A thread that waits in the interpreter's own buffer while the interpreter ends would abort it.

    Raises:
        OSError: if there is none.
    """
    if sys.stdin is None:  # closed by whoever started us
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    except io.UnsupportedOperation:
        return sys.stdin.buffer
