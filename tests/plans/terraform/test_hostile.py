"""Real plans with one thing changed in each: whatever it is, no reader may stumble."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.errors import SourceError
from tests.plans.terraform.making import change, plan, read, real
from tests.plans.terraform.providers.test_cloudflare import RECORDS as OF_CLOUDFLARE
from tests.plans.terraform.providers.test_cloudflare import ZONE, of_4
from tests.plans.terraform.providers.test_others import RECORDS, ZONES

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


def of_all_providers() -> dict[str, Any]:
    """A plan with records of each provider of which there is no real one."""
    records = [
        change(f"{kind}.x[{number}]", "create", after=attributes, after_unknown={})
        for number, (kind, attributes, _) in enumerate(RECORDS)
    ]
    cloudflare = [
        change(f"cloudflare_record.x[{number}]", "create", after=of_4(*said, **more))
        for number, (said, more, _) in enumerate(OF_CLOUDFLARE)
    ]
    return plan(*ZONES, ZONE, *records, *cloudflare)


@pytest.mark.parametrize("name", ["create", "change", ""], ids=["create", "change", "others"])
@pytest.mark.parametrize("turn", range(2))
def test_one_thing_is_something_else(name: str, turn: int) -> None:
    """Each spot once; what it is depends on its number, and so all meet all kinds of spots."""
    said, files = real(name) if name else (of_all_providers(), {})
    for useless in ("planned_values", "relevant_attributes"):
        said.pop(useless, None)
    kinds = (*OTHERS, GONE)
    for number, (container, key) in [*enumerate(spots(said))][turn::2]:
        was, other = container[key], kinds[number % len(kinds)]
        if other is GONE and isinstance(container, dict):
            del container[key]
        else:
            container[key] = None if other is GONE else copy.copy(other)
        with suppress(SourceError):
            read(said, files)
        container[key] = was
