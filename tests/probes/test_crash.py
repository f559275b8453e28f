"""A probe that crashes observed nothing, and says where it crashed."""

from __future__ import annotations

import pytest

from mailcheck.probes.crash import crashed


def int_of(text: str) -> int:
    """Crash."""
    raise ValueError(text)


def test_a_crash_is_no_answer_and_is_fit_to_be_shown() -> None:
    with pytest.raises(ValueError, match="2J") as caught:
        int_of("\x1b[2J")
    said = crashed(caught.value)
    assert (said.cause, said.not_evaluated) == ("probe-crashed", False)
    assert said.text == r"ValueError: \x1b[2J"
    assert "test_crash.py" in str(said.evidence[0])
    assert str(said.evidence[0]).isprintable()
