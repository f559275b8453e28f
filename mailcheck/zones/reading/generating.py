"""$GENERATE: one line for many records, as BIND expands it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_RECORDS = 65_536
"""In one file and those it includes."""

MAX_TEXT = 8 * 2**20
"""Characters of all of them: 128 for each."""

_RANGE = re.compile(r"\+?(\d{1,18})-\+?(\d{1,18})(?:/\+?(\d{1,18})|(?!/))", re.ASCII)
"""BIND does not mind what is behind it."""
_PIECE = re.compile(
    r"\\.|\$\$|\$\{(?P<offset>[+-]?\d{1,18})(?:,(?P<width>\d{1,10})(?:,(?P<base>[doxXnN]))?)?\}"
    r"|(?P<bare>\$)(?!\{)|(?P<wrong>\$\{)",
    re.ASCII,
)

_MAX_WIDTH = 127
"""Of a number in octets: BIND writes it to a buffer of 128."""

_HIGHEST = 2**31 - 1


class Generator:
    """Expands the lines of one zone, and counts what comes of them."""

    def __init__(self) -> None:
        self._records = 0
        self._size = 0

    def lines(self, numbers: str, owner: str, data: str) -> Iterator[tuple[str, str]]:
        """Yield owner and data of each record.

        Raises:
            ValueError: if there is no understanding them, or they are too many.
        """
        them = counted(numbers)
        if self._records + len(them) > MAX_RECORDS:
            raise ValueError(f"more than {MAX_RECORDS} records by $GENERATE")
        self._records += len(them)
        for number in them:
            line = filled(owner, number), filled(data, number)
            self._size += len(line[0]) + len(line[1])
            if self._size > MAX_TEXT:
                raise ValueError(f"more than {MAX_TEXT // 2**20} MiB by $GENERATE")
            yield line


def counted(text: str) -> Sequence[int]:
    """Return the numbers of a range ``START-STOP[/STEP]``.

    Raises:
        ValueError: if it is none.
    """
    match = _RANGE.match(text)
    if match is None:
        raise ValueError(f'"{text}" is no range START-STOP[/STEP]')
    start, stop, step = map(_as_read, (match[1], match[2], match[3] or "1"))
    if not 0 <= start <= stop or step < 1:
        raise ValueError(f'the range "{text}" is empty or too large')
    return range(start, stop + 1, step)


def _as_read(text: str) -> int:
    """Return the number *text* as BIND has it, in 32 bits with a sign."""
    return (int(text) + 2**31) % 2**32 - 2**31


def filled(template: str, number: int) -> str:
    r"""Put *number* in the place of each ``$`` of *template*.

    ``$$`` is a dollar sign, and what is escaped stays as it is. An offset holds for the ``$``
    behind it too, until there is another: so BIND does it.

    Raises:
        ValueError: if a modifier cannot be read, or makes too long a number.
    """
    offset = 0

    def put(match: re.Match[str]) -> str:
        nonlocal offset
        if match["wrong"]:
            raise ValueError(f'"{template}" has a modifier that is no ${{OFFSET[,WIDTH[,BASE]]}}')
        if match["bare"]:
            return str(number + offset)
        if match["offset"] is None:
            return "$" if match[0] == "$$" else match[0]
        offset = _as_read(match["offset"])
        if number + offset > _HIGHEST:
            raise ValueError(f'"{template}" makes a number larger than {_HIGHEST}')
        return _written(number + offset, int(match["width"] or 0), match["base"] or "d")

    return _PIECE.sub(put, template)


def _written(value: int, width: int, base: str) -> str:
    if width > _MAX_WIDTH:
        raise ValueError(f"a width of {width} is more than {_MAX_WIDTH}")
    if base in "nN":
        return _nibbles(value % 2**32, width, "X" if base == "N" else "x")
    if base != "d":
        value %= 2**32
    return format(value, base).zfill(width)


def _nibbles(value: int, width: int, base: str) -> str:
    """Write hexadecimal digits from the last to the first, with dots between them.

    *width* is that of the text, dots included.
    """
    text = ".".join(format(value, base)[::-1].ljust((width + 1) // 2, "0"))
    return text + "." if len(text) < width else text
