"""Which proposals of one zone are one, and which cannot be."""

from __future__ import annotations

import pytest

from mailcheck.errors import UsageError
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.single import one_of
from tests.world.proposed.patched import patch_of
from tests.world.proposed.zones import proposed

FILE = proposed("example.com", "")
WHOLE = Patch("example.com", "plan.json", {}, whole=True)
PART = patch_of("www A 192.0.2.1\n")


@pytest.mark.parametrize("one", [FILE, WHOLE, PART], ids=["a file", "a plan", "a patch"])
def test_one_is_itself(one: Patch) -> None:
    assert one_of([one]) is one


def test_patches_are_one() -> None:
    assert one_of([PART, patch_of("mail A 192.0.2.1\n")]).by == "change and change"


@pytest.mark.parametrize(
    ("several", "says"),
    [
        pytest.param(
            [WHOLE, PART], "plan.json and by change; a patch lies on", id="a plan, a patch"
        ),
        pytest.param([PART, WHOLE], "change and by plan.json; a patch lies on", id="the other way"),
        pytest.param([WHOLE, WHOLE], "plan.json and once more; leave one", id="a plan, twice"),
        pytest.param([FILE, WHOLE], "by plan.json; leave one", id="a file and a plan"),
    ],
)
def test_a_zone_that_is_proposed_whole_is_proposed_once(several: list[Patch], says: str) -> None:
    with pytest.raises(UsageError) as error:
        one_of(several)
    assert "example.com is proposed twice, by " in str(error.value)
    assert says in str(error.value)
