"""Serials of zones: which of two is newer, and which one to write next."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

from mailcheck.finding import Advice

Compared: TypeAlias = Literal["newer", "same", "older", "undefined"]

NUMBERS = 2**32
"""How many serials there are; behind the last one comes 0 (RFC 1982)."""

HALF = NUMBERS // 2

A_DAY = datetime.timedelta(days=1)

PER_DAY = 100
"""Serials of one date in the form YYYYMMDDnn (RFC 1912 §2.2)."""

FIRST_YEAR = 1983
"""No zone is older than the DNS."""


def compared(new: int, old: int) -> Compared:
    """Say what *new* is to *old* (RFC 1982 §3.2)."""
    ahead = (new - old) % NUMBERS
    if ahead == 0:
        return "same"
    if ahead == HALF:
        return "undefined"
    return "newer" if ahead < HALF else "older"


def dated(serial: int) -> datetime.date | None:
    """Return the date with which *serial* begins, if it has the form YYYYMMDDnn."""
    day, _ = divmod(serial, PER_DAY)
    year, month, day = day // 10_000, day // 100 % 100, day % 100
    if year < FIRST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def is_date_of(serial: int, today: datetime.date) -> bool:
    """Whether *serial* begins with a date up to *today* (UTC), which is tomorrow in places."""
    date = dated(serial)
    return date is not None and date <= today + A_DAY


def next_serial(old: int, today: datetime.date) -> int:
    """Return the serial to write after *old*: of *today* where dates are kept, or one more."""
    if is_date_of(old, today):
        first = int(f"{today:%Y%m%d}") * PER_DAY + 1
        if compared(first, old) == "newer":
            return first
    return (old + 1) % NUMBERS


def habits(new: int, old: int, today: datetime.date) -> tuple[Advice, ...]:
    """Advise if *new* is no date, though *old* is one."""
    if not is_date_of(old, today) or is_date_of(new, today):
        return ()
    why = "lies in the future" if dated(new) else "is no date"
    text = f"the published serial {old} begins with a date, and the new one {new} {why}"
    return (Advice("serial-is-no-date", text),)
