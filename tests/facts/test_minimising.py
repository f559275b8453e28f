"""Which names are asked on the way down, and when the question itself."""

from __future__ import annotations

import pytest

from mailcheck.facts.minimising import is_worth_a_question, one_label_more


@pytest.mark.parametrize(
    ("name", "known", "step"),
    [
        pytest.param("a.b.example.com", ".", "com", id="from the root"),
        pytest.param("a.b.example.com", "com", "example.com", id="from a registry"),
        pytest.param("a.b.example.com", "b.example.com", "a.b.example.com", id="to the name"),
    ],
)
def test_one_label_more(name: str, known: str, step: str) -> None:
    assert one_label_more(name, known) == step


@pytest.mark.parametrize(
    ("step", "rdtype", "known", "zone", "worth"),
    [
        pytest.param("b.example.com", "A", "example.com", "example.com", True, id="in between"),
        pytest.param("a.b.example.com", "A", "b.example.com", "example.com", False, id="the name"),
        pytest.param("a.b.example.com", "A", "b.example.com", "com", True, id="at a registry"),
        pytest.param("a.b.example.com", "DS", "b.example.com", "com", False, id="the parent's DS"),
        pytest.param("a.b.example.com", "A", "a.b.example.com", "com", False, id="known already"),
    ],
)
def test_what_is_worth_a_question(
    step: str, rdtype: str, known: str, zone: str, *, worth: bool
) -> None:
    assert is_worth_a_question(step, "a.b.example.com", rdtype, known, zone) is worth
