"""Which proposals of one zone are one, and which cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import Place, UsageError
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.proposed.single import one_of
from mailcheck.world.proposed.unserved import UnservedZone
from tests.world.proposed.patched import patch_of
from tests.world.proposed.zones import proposed

if TYPE_CHECKING:
    from mailcheck.world.proposed.authority import Authority

FILE = proposed("example.com", "")
WHOLE = Patch("example.com", "plan.json", {}, whole=True)
PART = patch_of("www A 192.0.2.1\n")
NOBODY = UnservedZone("example.com", "plan.json", "it is deleted", Place("plan.json", 1))
MOVED = ServedZone("example.com", ("ns1.example.net",))


@pytest.mark.parametrize(
    "one", [FILE, WHOLE, PART, NOBODY], ids=["a file", "a plan", "a patch", "no server"]
)
def test_one_is_itself(one: Authority) -> None:
    assert one_of([one]) is one


def test_patches_are_one() -> None:
    assert one_of([PART, patch_of("mail A 192.0.2.1\n")]).by == "change and change"


@pytest.mark.parametrize(
    "patches", [[NOBODY], [PART], [WHOLE], [PART, WHOLE], [PART, PART, WHOLE, WHOLE]]
)
def test_of_a_zone_that_nobody_serves_patches_decide_nothing(patches: list[Authority]) -> None:
    assert one_of([*patches, NOBODY]) is NOBODY
    assert one_of([NOBODY, *patches]) is NOBODY


@pytest.mark.parametrize("one", [FILE, MOVED], ids=["its file", "its new servers"])
def test_who_says_all_of_a_zone_that_a_plan_deletes(one: Authority) -> None:
    assert one_of([NOBODY, one]) is one
    assert one_of([WHOLE, NOBODY, one]) is one


@pytest.mark.parametrize(
    ("several", "says"),
    [
        pytest.param(
            [WHOLE, PART], "plan.json and by change; a patch lies on", id="a plan, a patch"
        ),
        pytest.param([PART, WHOLE], "change and by plan.json; a patch lies on", id="the other way"),
        pytest.param([WHOLE, WHOLE], "plan.json and once more; leave one", id="a plan, twice"),
        pytest.param([FILE, WHOLE], "by plan.json; leave one", id="a file and a plan"),
        pytest.param(
            [NOBODY, PART, MOVED], "by ns1.example.net; a patch lies on", id="a plan and a move"
        ),
    ],
)
def test_a_zone_that_is_proposed_whole_is_proposed_once(
    several: list[Authority], says: str
) -> None:
    with pytest.raises(UsageError) as error:
        one_of(several)
    assert "example.com is proposed twice, by " in str(error.value)
    assert says in str(error.value)
