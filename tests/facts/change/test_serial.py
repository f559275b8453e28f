"""Serials: newer by the arithmetic of RFC 1982, and dates as people write them."""

from __future__ import annotations

import datetime

import pytest

from mailcheck.facts.change.serial import compared, dated, habits, is_date_of, next_serial

TODAY = datetime.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("new", "old", "what"),
    [
        pytest.param(2, 1, "newer", id="one more"),
        pytest.param(1, 1, "same", id="the same"),
        pytest.param(1, 2, "older", id="one less"),
        pytest.param(2**31, 1, "newer", id="as far as it goes"),
        pytest.param(2**31 + 1, 1, "undefined", id="half way round"),
        pytest.param(1, 2**31 + 1, "undefined", id="half way round, from there"),
        pytest.param(2**31 + 2, 1, "older", id="more than half way round"),
        pytest.param(0, 2**32 - 1, "newer", id="over the end"),
        pytest.param(2**32 - 1, 0, "older", id="back over the end"),
        pytest.param(2026013101, 2026011501, "newer", id="dates"),
        pytest.param(1, 2026011501, "older", id="from a date to one"),
        pytest.param(1, 4000000000, "newer", id="over the end, far"),
    ],
)
def test_which_is_newer(new: int, old: int, what: str) -> None:
    assert compared(new, old) == what


@pytest.mark.parametrize(
    ("serial", "date"),
    [
        pytest.param(2026013101, datetime.date(2026, 1, 31), id="a date"),
        pytest.param(2026013199, datetime.date(2026, 1, 31), id="the last of a day"),
        pytest.param(2026013200, None, id="behind the last day of a month"),
        pytest.param(2026130101, None, id="month 13"),
        pytest.param(202601310, None, id="a digit too few"),
        pytest.param(1982123101, None, id="before there was DNS"),
        pytest.param(4294967295, None, id="the last serial"),
        pytest.param(1, None, id="one"),
        pytest.param(0, None, id="zero"),
    ],
)
def test_which_is_a_date(serial: int, date: datetime.date | None) -> None:
    assert dated(serial) == date


@pytest.mark.parametrize(
    ("serial", "is_one"),
    [
        pytest.param(2026013101, True, id="today"),
        pytest.param(2026020101, True, id="today, further east"),
        pytest.param(2026020201, False, id="the day after tomorrow"),
        pytest.param(7, False, id="a number"),
    ],
)
def test_a_date_of_the_past_is_one(*, serial: int, is_one: bool) -> None:
    assert is_date_of(serial, TODAY) is is_one


@pytest.mark.parametrize(
    ("old", "right"),
    [
        pytest.param(2026011501, 2026013101, id="the first change of a day"),
        pytest.param(2026013101, 2026013102, id="the second"),
        pytest.param(2026013199, 2026013200, id="the hundredth"),
        pytest.param(2026020101, 2026020102, id="begun further east"),
        pytest.param(2027010101, 2027010102, id="a date in the future"),
        pytest.param(41, 42, id="a number"),
        pytest.param(2**32 - 1, 0, id="the last number"),
    ],
)
def test_what_to_write_next(old: int, right: int) -> None:
    assert next_serial(old, TODAY) == right
    assert compared(right, old) == "newer"


@pytest.mark.parametrize(
    ("new", "old", "why"),
    [
        (2026013102, 2026013101, ""),
        (7, 6, ""),
        (202601310, 2026013101, "is no date"),
        (2027013101, 2026013101, "lies in the future"),
    ],
)
def test_a_habit_that_is_broken_is_told(new: int, old: int, why: str) -> None:
    texts = [one.text for one in habits(new, old, TODAY)]
    said = f"the published serial {old} begins with a date, and the new one {new} {why}"
    assert texts == ([said] if why else [])
