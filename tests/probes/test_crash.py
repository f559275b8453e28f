"""A probe that crashes observed nothing, and says where it crashed."""

from __future__ import annotations

from types import FunctionType
from typing import Any

import dns.exception
import pytest

from mailcheck.facts.records import record
from mailcheck.probes.crash import crashed
from mailcheck.secrets import Secret


def int_of(text: str) -> int:
    """Crash."""
    raise ValueError(text)


def test_a_crash_is_no_answer_and_is_fit_to_be_shown() -> None:
    with pytest.raises(ValueError, match="2J") as caught:
        int_of("\x1b[2J")
    said = crashed(caught.value)
    assert (said.cause, said.not_evaluated) == ("probe-crashed", False)
    assert said.text == r"ValueError: \x1b[2J"
    assert str(said.evidence[0]) == r"probe → ValueError('\x1b[2J')"


def test_where_it_crashed_is_told_by_modules_and_not_by_paths() -> None:
    with pytest.raises(ValueError, match="secret") as caught:
        Secret.parse("x")
    *frames, said = crashed(caught.value).traceback.split("\n")
    [frame] = [line for line in frames if line.startswith("mailcheck")]
    assert frame.startswith("mailcheck.secrets:")
    assert frame.endswith(' in parse: raise ValueError("a secret is not written in a suite")')
    assert said == "ValueError: a secret is not written in a suite"


def test_where_a_library_crashed_and_how_we_came_there() -> None:
    with pytest.raises(dns.exception.DNSException) as caught:
        record("MX", "\x1b[2J")
    *frames, said = crashed(caught.value).traceback.split("\n")
    assert [line.partition(".")[0] for line in frames] == ["mailcheck", "dns"]
    assert said.isprintable()


def dig(depth: int) -> int:
    """Crash far down."""
    return dig(depth - 1) if depth else 1 // 0


def test_a_long_way_is_told_from_its_end() -> None:
    ours: dict[str, Any] = {"__name__": "mailcheck.mine"}
    ours["dig"] = FunctionType(dig.__code__, ours)
    with pytest.raises(ZeroDivisionError) as caught:
        ours["dig"](100)
    *frames, said = crashed(caught.value).traceback.split("\n")
    assert {line.partition(":")[0] for line in frames} == {"mailcheck.mine"}
    assert (len(frames), said.partition(":")[0]) == (7, "ZeroDivisionError")
