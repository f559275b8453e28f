"""What is published and served in place of a record and a policy."""

from __future__ import annotations

import time

import pytest

from mailcheck.facts.mta_sts.mending import AN_ID, by_whom, lines_of, next_id, renewed
from mailcheck.facts.mta_sts.policy import read_policy
from mailcheck.facts.mta_sts.record import read_record
from mailcheck.facts.txt import as_published

OWNER = "_mta-sts.example.com"


@pytest.mark.parametrize(
    ("live", "following"),
    [
        pytest.param("", AN_ID, id="nothing is live"),
        pytest.param("20260131T120000", "20260131T120001", id="a time"),
        pytest.param("20160831085700Z", "20160831085701Z", id="that of the RFC"),
        pytest.param("9", "10", id="a serial that grows"),
        pytest.param("009", "010", id="with zeros before"),
        pytest.param("20260131", "2026013101", id="a day, which may have no next"),
        pytest.param("a", "a2", id="a word"),
        pytest.param("9" * 32, "1", id="the largest"),
        pytest.param("a" * 32, "1", id="the longest"),
    ],
)
def test_the_id_that_follows(live: str, following: str) -> None:
    assert next_id(live) == following


def test_no_id_that_is_there_is_taken() -> None:
    assert next_id("1", {"2", "3"}) == "4"


def test_who_keeps_a_record() -> None:
    assert by_whom("example.com", [renewed(OWNER, [])]) == ""
    assert "the CNAME record leads there" in by_whom("example.com", [renewed("v.example", [])])


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        pytest.param((), f"v=STSv1; id={AN_ID};", id="none"),
        pytest.param((b"v=STSv1; id=5;",), "v=STSv1; id=6;", id="one"),
        pytest.param((b"v=STSv1;id=5; a=7",), "v=STSv1;id=6; a=7", id="all else stays"),
        pytest.param((b"v=STSv1; a=b; id=5",), "v=STSv1; a=b; id=6", id="also before it"),
        pytest.param(
            (f"v=STSv1; id={AN_ID}".encode(),), f"v=STSv1; id={AN_ID[:-1]}1", id="one of ours"
        ),
        pytest.param(
            (b"v=STSv1; id=5;", b"v=STSv1; id=6;"), "v=STSv1; id=7;", id="two, and neither of both"
        ),
        pytest.param((b"v=STSv1; id=2026-01-31",), "v=STSv1; id=2026013101;", id="hyphens in it"),
        pytest.param((b"v=STSv1; id=;",), f"v=STSv1; id={AN_ID};", id="an empty one"),
        pytest.param((b'v=STSv1; id="5"',), "v=STSv1; id=6;", id="in quotation marks"),
        pytest.param((b"v=STSv1; ID=5",), "v=STSv1; id=6;", id="in capitals"),
    ],
)
def test_the_record_has_another_id(texts: tuple[bytes, ...], text: str) -> None:
    record = renewed(OWNER, texts)
    assert record == f'{OWNER}.  3600  IN  TXT  "{text}"'
    read_record(as_published(record.partition("TXT")[2]))


def test_a_remedy_shows_no_record_of_any_length() -> None:
    record = renewed(OWNER, [b"v=STSv1; id=5;" + b" a=b;" * 13_000])
    assert record.endswith('TXT  "v=STSv1; id=6;"')


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("", ["mode: testing", "mx: mx.example.com", "max_age: 604800"], id="nothing"),
        pytest.param(
            "mode: Enforce\nmx: mx.example.com.\nmax_age: 86400 seconds",
            ["mode: enforce", "mx: mx.example.com", "max_age: 86400"], id="capitals, dot, unit",
        ),
        pytest.param(
            "\ufeffversion: STSv1\n\nmode:\u00a0enforce \nmx: *.example.com\nmax_age: 99999999",
            ["mode: enforce", "mx: *.example.com", "max_age: 31557600"], id="invisible characters",
        ),
        pytest.param(
            "mode: strict\nmx: 10 a.example.com, .example.com *\nmax_age: 1 week",
            ["mode: testing", "mx: a.example.com", "mx: *.example.com", "max_age: 604800"],
            id="several hosts in a line, and what means nothing",
        ),
        pytest.param("mode: none\nmax_age: 60", ["mode: none", "max_age: 60"], id="mode none"),
        pytest.param(
            "Mode: ENFORCE\rmx : b.example.net\rmax_age: 5",
            ["mode: enforce", "mx: b.example.net", "mx: mx.example.com", "max_age: 5"],
            id="lines that end in CR alone, and a host too few",
        ),
        pytest.param(
            "# mx: old.example.com\nmode=enforced\nMX=mx.example.com\nmax-age=1.209.600",
            ["mode: enforce", "mx: mx.example.com", "max_age: 1209600"], id="other signs, a comment",
        ),
        pytest.param(
            '{"mode":"enforce","mx":["mx.example.com","*.a.example"],"max_age":86400}',
            ["mode: enforce", "mx: mx.example.com", "mx: *.a.example", "max_age: 86400"], id="JSON",
        ),
        pytest.param(
            "version: STSv1, mode: enforce, mx: mx.example.com, max_age: 7 days",
            ["mode: enforce", "mx: mx.example.com", "max_age: 604800"], id="one line",
        ),
        pytest.param(
            "mode: enforce\\nmx: https://mx.example.com\\nmax_age: 1m",
            ["mode: enforce", "mx: mx.example.com", "max_age: 604800"], id="lines in one, a URL",
        ),
    ],
)  # fmt: skip
def test_what_can_be_read_of_a_policy_stays(body: str, lines: list[str]) -> None:
    mended = lines_of(body.encode(), ["mx.example.com"])
    assert list(mended) == ["version: STSv1", *lines]
    read_policy("\n".join(mended).encode())
    assert lines_of("\n".join(mended).encode(), ["mx.example.com"]) == mended


def test_utf_16_is_read_too() -> None:
    body = "mode: enforce\r\nmx: mx.example.com\r\nmax_age: 60\r\n".encode("utf-16")
    assert lines_of(body) == (
        "version: STSv1",
        "mode: enforce",
        "mx: mx.example.com",
        "max_age: 60",
    )


def test_a_hostile_policy_costs_no_time() -> None:
    began = time.process_time()
    for body in (b"mx:" * 20_000, b"max_age: " * 8_000, b"\n#" * 32_000, b"mode \t" * 10_000):
        lines_of(body, ["mx.example.com"])
    assert time.process_time() - began < 5
