"""What becomes of one resource."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.plans.terraform.resources import resource
from mailcheck.plans.terraform.values import WrongError
from tests.plans.terraform.making import change

OLD, NEW = {"name": "old"}, {"name": "new"}
ADDRESS = "aws_route53_record.mx"


@pytest.mark.parametrize(
    ("actions", "change_of", "was", "will", "changes"),
    [
        ("create", (None, NEW), None, "new", True),
        ("update", (OLD, NEW), "old", "new", True),
        ("delete", (OLD, None), "old", None, True),
        ("delete create", (OLD, NEW), "old", "new", True),
        ("create delete", (OLD, NEW), "old", "new", True),
        ("no-op", (OLD, OLD), "old", "old", False),
        ("forget", (OLD, None), "old", "old", False),
        ("create forget", (OLD, NEW), "old", "new", True),
        ("read", (None, NEW), None, "new", False),
    ],
)
def test_what_was_and_will_be(
    actions: str,
    change_of: tuple[dict[str, Any] | None, dict[str, Any] | None],
    was: str | None,
    will: str | None,
    changes: bool,  # noqa: FBT001  a column of the table
) -> None:
    found = resource(change(ADDRESS, actions, *change_of))
    assert (found.was.text("name") if found.was else None) == was
    assert (found.will.text("name") if found.will else None) == will
    assert found.changes is changes


def test_a_deposed_object_goes() -> None:
    found = resource({**change(ADDRESS, "delete", OLD), "deposed": "12345678"})
    assert found.changes
    assert found.will is None


def test_a_deposed_object_that_stays_is_not_the_resource() -> None:
    found = resource({**change(ADDRESS, "no-op", OLD, OLD), "deposed": "12345678"})
    assert found.will is None


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        pytest.param({}, "no address", id="nothing"),
        pytest.param({"address": 5}, "no address", id="an address that is none"),
        pytest.param({"address": "a..b"}, "no address", id="another"),
        pytest.param({"address": ADDRESS}, "change is missing", id="no change"),
        pytest.param(change(ADDRESS, ""), "actions is missing", id="no action"),
        pytest.param(change(ADDRESS, "open"), "the action 'open' is not known", id="an action"),
        pytest.param(
            change(ADDRESS, "create"), "after is missing", id="created, and nothing there"
        ),
        pytest.param(
            change(ADDRESS, "delete"), "before is missing", id="deleted, and nothing there"
        ),
        pytest.param(change(ADDRESS, "update", OLD), "after is missing", id="updated to nothing"),
        pytest.param(
            {"address": ADDRESS, "change": {"actions": ["create"], "after": []}},
            "after is no object",
            id="a list",
        ),
    ],
)
def test_what_is_wrong(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongError, match=said):
        resource({"type": "aws_route53_record", **entry})
