"""Fields of objects in JSON."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailcheck.plans.fields import Fields

HELD = Fields(
    {"text": "a", "number": 7, "yes": True, "list": [1], "object": {"a": 1}, "null": None}
)


def test_what_is_there() -> None:
    assert HELD.text("text") == "a"
    assert HELD.number("number", 7) == 7
    assert HELD.flag("yes")
    assert HELD.items("list") == [1]
    assert HELD.inner("object") == Fields({"a": 1})


def test_what_is_not_there() -> None:
    assert HELD.text("null", "b") == "b"
    assert HELD.number("no", 9, 8) == 8
    assert not HELD.flag("no")
    assert HELD.items("no") == []
    assert HELD.inner("null") is None


@pytest.mark.parametrize(
    ("read", "said"),
    [
        pytest.param(lambda: HELD.text("number"), 'its "number" is no text', id="text"),
        pytest.param(lambda: HELD.text("no"), 'its "no" is missing', id="no text"),
        pytest.param(lambda: HELD.number("yes", 9), "no whole number from 0 to 9", id="a flag"),
        pytest.param(
            lambda: HELD.number("number", 6), "no whole number from 0 to 6", id="too large"
        ),
        pytest.param(lambda: HELD.flag("text"), "neither true nor false", id="flag"),
        pytest.param(lambda: HELD.items("text"), 'its "text" is no list', id="list"),
        pytest.param(lambda: HELD.inner("list"), 'its "list" is no object', id="object"),
        pytest.param(lambda: Fields.of([]), "no JSON object", id="no object at all"),
        pytest.param(lambda: HELD.only({"text"}), "not known, 'number'", id="an unknown key"),
    ],
)
def test_what_is_wrong(read: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read()
