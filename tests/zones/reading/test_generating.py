"""$GENERATE: what is put in the place of the dollar sign."""

from __future__ import annotations

import pytest

from mailcheck.zones.reading.generating import Generator, counted, filled


@pytest.mark.parametrize(
    ("template", "number", "text"),
    [
        pytest.param("host$", 7, "host7", id="number"),
        pytest.param("$-$", 7, "7-7", id="twice"),
        pytest.param("a$$", 7, "a$", id="dollar sign"),
        pytest.param("a\\$", 7, "a\\$", id="escaped"),
        pytest.param("${1}", 7, "8", id="offset"),
        pytest.param("${-8}", 7, "-1", id="below zero"),
        pytest.param("${0,3}", 7, "007", id="width"),
        pytest.param("${0,3,d}", -7, "-07", id="width with a sign"),
        pytest.param("${0,4,x}", 255, "00ff", id="hexadecimal"),
        pytest.param("${0,4,X}", 255, "00FF", id="hexadecimal in capitals"),
        pytest.param("${0,4,o}", 8, "0010", id="octal"),
        pytest.param("${0,0,n}", 0xAB1, "1.b.a", id="nibbles"),
        pytest.param("${0,0,N}", 0xAB1, "1.B.A", id="nibbles in capitals"),
        pytest.param("${0,5,n}", 0xA, "a.0.0", id="nibbles of a width"),
        pytest.param("${0,4,n}", 0xA, "a.0.", id="nibbles of an even width"),
        pytest.param("${0,2,n}", 0xAB1, "1.b.a", id="more nibbles than the width"),
        pytest.param("${-8,15,n}", 7, "f.f.f.f.f.f.f.f", id="nibbles of a number below zero"),
        pytest.param("${1}-$", 7, "8-8", id="an offset stays"),
        pytest.param("${4294967297}", 7, "8", id="an offset in 32 bits"),
    ],
)
def test_filled(template: str, number: int, text: str) -> None:
    assert filled(template, number) == text


@pytest.mark.parametrize("template", ["${", "${}", "${x}", "${1,2,q}", "${0,128}"])
def test_what_cannot_be_filled(template: str) -> None:
    with pytest.raises(ValueError, match=r"modifier|width"):
        filled(template, 7)


@pytest.mark.parametrize("template", ["${2147483647}", "${-2147483649}"])
def test_a_number_in_32_bits_does_not_overflow(template: str) -> None:
    with pytest.raises(ValueError, match="larger than 2147483647"):
        filled(template, 7)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1-4294967298", [1, 2]),
        ("1-3", [1, 2, 3]),
        ("0-5/2", [0, 2, 4]),
        ("7-7", [7]),
        ("1-2/9", [1]),
    ],
)
def test_counted(text: str, numbers: list[int]) -> None:
    assert list(counted(text)) == numbers


def test_records_are_counted_over_all_lines() -> None:
    generator = Generator()
    assert list(generator.lines("1-2", "h$", "192.0.2.$")) == [
        ("h1", "192.0.2.1"),
        ("h2", "192.0.2.2"),
    ]
    assert len(list(generator.lines("1-65534", "h$", "192.0.2.1"))) == 65534
    with pytest.raises(ValueError, match="more than 65536 records"):
        next(generator.lines("1-1", "h$", "192.0.2.1"))


def test_long_records_are_fewer() -> None:
    with pytest.raises(ValueError, match="more than 8 MiB"):
        list(Generator().lines("1-65536", "h$", "x" * 2**10))


@pytest.mark.parametrize(
    "text", ["", "1", "1-", "-1-2", "2-1", "1-2/", "1-2/0", "0-2147483648", "a-b"]
)
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(ValueError, match="range"):
        counted(text)
