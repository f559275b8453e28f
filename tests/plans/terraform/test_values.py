"""Attributes of resources, and which of them are not to be had."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.plans.terraform.values import (
    LATER,
    SENSITIVE,
    HiddenError,
    Values,
    WrongError,
    shown,
)


@pytest.mark.parametrize(
    ("unknown", "sensitive", "why"),
    [
        pytest.param({"records": True}, {}, LATER, id="unknown"),
        pytest.param({"records": [False, True]}, {}, LATER, id="one is unknown"),
        pytest.param({}, {"records": True}, SENSITIVE, id="sensitive"),
        pytest.param({}, {"records": [True]}, SENSITIVE, id="one is sensitive"),
        pytest.param({"records": True}, {"records": True}, SENSITIVE, id="both"),
        pytest.param(True, False, LATER, id="all is unknown"),
        pytest.param({}, True, SENSITIVE, id="all is sensitive"),
    ],
)
def test_what_is_not_to_be_had(unknown: Any, sensitive: Any, why: str) -> None:
    values = Values({"records": ["a", "b"]}, unknown, sensitive)
    with pytest.raises(HiddenError, match=f"records is {why}") as caught:
        values.texts("records")
    assert caught.value.why == why
    assert values.hides("records")


@pytest.mark.parametrize(
    "marks", [None, False, {}, [], {"records": [False, False]}, {"ttl": True}, "true", 1]
)
def test_what_is_to_be_had(marks: Any) -> None:
    assert Values({"records": ["a", "b"]}, marks, marks).texts("records") == ("a", "b")


def test_marks_may_be_as_deep_as_json_is() -> None:
    deep: Any = True
    for _ in range(50_000):
        deep = [deep]
    with pytest.raises(HiddenError):
        Values({"a": "b"}, {"a": deep}).text("a")


@pytest.mark.parametrize(("said", "number"), [(300, 300), (300.0, 300), ("300", 300), (-1, -1)])
def test_numbers(said: Any, number: int) -> None:
    assert Values({"ttl": said}).number("ttl") == number


@pytest.mark.parametrize("said", [True, 1.5, 1e300, 10**20, "", "x", [], {}, None, "\u0661"])
def test_what_is_no_number(said: Any) -> None:
    with pytest.raises(WrongError, match=r"^ttl is"):
        Values({"ttl": said}).number("ttl")


def test_what_is_not_set_is_otherwise() -> None:
    values = Values({"a": None})
    assert values.text_or("a", "x") == values.text_or("b", "x") == "x"
    assert values.number_or("a", 1) == 1
    assert values.texts("a") == ()
    assert values.blocks("a") == ()
    assert values.flag("a") is False
    assert values.block("a") is None


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("text", 1),
        ("text", None),
        ("text_or", []),
        ("texts", "a"),
        ("texts", [1]),
        ("flag", "true"),
        ("blocks", "a"),
        ("blocks", ["a"]),
        ("block", [{}, {}]),
    ],
)
def test_what_is_of_another_type(method: str, value: Any) -> None:
    with pytest.raises(WrongError, match=r"^a is"):
        getattr(Values({"a": value}), method)("a")


def test_blocks_know_what_in_them_is_not_to_be_had() -> None:
    values = Values({"alias": [{"name": None, "zone_id": "Z"}]}, {"alias": [{"name": True}]})
    alias = values.block("alias")
    assert alias
    assert alias.text("zone_id") == "Z"
    with pytest.raises(HiddenError, match=r"alias\[0\]\.name is known only after apply"):
        alias.text("name")


def test_an_object_is_a_block() -> None:
    values = Values({"data": {"flags": "0"}}, {"data": {}}, {"data": {"flags": True}})
    [data] = values.blocks("data")
    with pytest.raises(HiddenError, match=r"data\.flags is sensitive"):
        data.text("flags")


def test_a_number_of_blocks_that_is_not_known() -> None:
    with pytest.raises(HiddenError):
        Values({"vpc": None}, {"vpc": True}).blocks("vpc")


def test_what_is_shown_moves_no_cursor() -> None:
    assert shown("a\x1b[2J\n") == r"'a\x1b[2J\n'"
