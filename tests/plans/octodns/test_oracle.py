"""Our reading of configurations beside that of octoDNS itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck.plans.document import Document
from mailcheck.plans.octodns import read, recognises
from mailcheck.plans.plan import Given
from tests.plans.octodns.oracle import Answers, asked, ours
from tests.plans.octodns.projects import Folder, plan_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""octoDNS warns of its own old options, some of which are here because people have them."""

CONFIGS = Path(__file__).with_name("configs")


def all_of(answers: dict[str, Answers]) -> Answers:
    return {key: said for each in answers.values() for key, said in each.items()}


@pytest.mark.parametrize("name", ["types", "split", "changed"])
def test_a_configuration(name: str) -> None:
    root = CONFIGS / name
    wanted = asked(root / "config.yaml", root)
    plan = plan_of(root, "config.yaml")
    assert ours(plan) == all_of(wanted.answers)
    assert {zone for zone, _, _ in ours(plan)} <= set(plan.whole)


@pytest.mark.parametrize("name", ["types", "split", "changed"])
def test_its_plan_as_json(name: str) -> None:
    root = CONFIGS / name
    wanted = asked(root / "config.yaml", root)
    document = Document(wanted.text, "plan.json")
    assert recognises(document)
    plan = read(document, Given(Folder(root)))
    assert ours(plan) == all_of(wanted.answers)
    assert not plan.whole


def test_a_plan_for_what_is_there() -> None:
    root = CONFIGS / "existing"
    wanted = asked(root / "config.yaml", root)
    plan = read(Document(wanted.text, "plan.json"), Given(Folder(root)))
    made = all_of(wanted.answers)
    assert ours(plan) == made
    gone = {(one.zone, one.name, one.rdtype) for one in plan.removals}
    assert gone == wanted.deleted.keys() - made.keys()
    assert ("example.com", "gone.example.com", "TXT") in gone


def test_a_zone_that_is_there_becomes_what_octodns_makes_of_it() -> None:
    root = CONFIGS / "existing"
    wanted = asked(root / "config.yaml", root)
    plan = plan_of(root, "config.yaml")
    (left,) = plan.left
    stay = {key: said for key, said in wanted.before.items() if left.stays(key[1], key[2])}
    root_ns = {("example.com", "example.com", "NS")}
    found = {**stay, **ours(plan)}
    assert found == {key: said for key, said in wanted.after.items() if key not in root_ns}
    assert {(name, rdtype) for _, name, rdtype in stay} == {
        ("ca.example.com", "CAA"),
        ("ignored.example.com", "A"),
        ("other.example.com", "A"),
    }
