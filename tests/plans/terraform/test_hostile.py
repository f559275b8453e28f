"""Real plans with one thing changed in each: whatever it is, no reader may stumble."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.errors import SourceError
from tests.plans.terraform.making import read, real

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEP: Any = "x"
for _ in range(200):
    DEEP = [DEEP]

OTHERS: tuple[Any, ...] = (None, True, -1, 1.5, "", '\x00\x1b..\\"', [], [None], {}, {"": {}}, DEEP)

GONE = object()


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container in *value* with each of its keys."""
    keys = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in [*keys]:
        yield value, key
        if isinstance(one, (dict, list)):
            yield from spots(one)


@pytest.mark.parametrize("name", ["create", "change"])
@pytest.mark.parametrize("turn", range(2))
def test_one_thing_is_something_else(name: str, turn: int) -> None:
    """Each spot is one of them; which, depends on its number, and so all meet all kinds of spots."""
    plan, files = real(name)
    for useless in ("planned_values", "relevant_attributes"):
        del plan[useless]
    kinds = (*OTHERS, GONE)
    for number, (container, key) in enumerate([*spots(plan)]):
        was, other = container[key], kinds[(number + turn * 5) % len(kinds)]
        if other is GONE and isinstance(container, dict):
            del container[key]
        else:
            container[key] = None if other is GONE else copy.copy(other)
        with suppress(SourceError):
            read(plan, files)
        container[key] = was
