"""The faults of a proposed file, or why there is no file to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.errors import Place
from mailcheck.facts.change.changes import Changes, ChangesFact, ZoneChange
from mailcheck.facts.change.proposed import ProposedCopy, ProposedCopyFact
from mailcheck.facts.change.proposed_copy import MOST, file_of, told
from mailcheck.finding import Advice, Finding, met
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld
from mailcheck.zones.fault import Fault

if TYPE_CHECKING:
    from mailcheck.check import Told

COPY = ProposedCopy("example.com")
FILE = "zones/example.com.zone"


def found(*told: Told) -> Any:
    """Return the file of example.com that is found, or why there is none."""

    async def judge() -> Finding:
        return met(Advice("file", (await file_of("example.com")).by))

    engine = Engine(ToldWorld(told))
    return engine.finish(engine.plan(judge)).outcome


def test_a_file() -> None:
    assert found((COPY, ProposedCopyFact(FILE))).advice[0].text == FILE


def test_nothing_is_proposed() -> None:
    outcome = found((COPY, ProposedCopyFact()))
    assert isinstance(outcome, Unobserved)
    assert (outcome.cause, outcome.not_evaluated) == ("nothing-proposed", True)
    assert "give it with --mail-proposed" in outcome.text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        pytest.param(
            ZoneChange("example.com", "www.patch", whole=False),
            "only a part of the zone example.com is proposed, by www.patch: write that into the file",
            id="a patch",
        ),
        pytest.param(
            ZoneChange("example.com", "ns1.example.net", whole=True),
            "example.com is proposed as ns1.example.net serves it",
            id="servers",
        ),
        pytest.param(
            ZoneChange("example.com", "plan.json", whole=False, planned=True),
            "example.com is proposed by plan.json, which is no file of a zone: its provider",
            id="a plan of the whole zone",
        ),
        pytest.param(
            ZoneChange("com", "com.zone", whole=True),
            "example.com lies in the zone com of com.zone: say it of that",
            id="a zone above",
        ),
    ],
)
def test_what_is_proposed_otherwise_is_no_file(change: ZoneChange, text: str) -> None:
    changes = ChangesFact({change.zone: change})
    outcome = found((COPY, ProposedCopyFact()), (Changes(), changes))
    assert isinstance(outcome, Unobserved)
    assert (outcome.cause, outcome.not_evaluated) == ("no-zone-file", True)
    assert text in outcome.text


def test_a_change_to_another_zone_is_none() -> None:
    change = ZoneChange("example.net", "example.net.zone", whole=True)
    outcome = found((COPY, ProposedCopyFact()), (Changes(), ChangesFact({change.zone: change})))
    assert isinstance(outcome, Unobserved)
    assert outcome.cause == "nothing-proposed"


def test_without_a_file_the_zones_are_named_that_have_one() -> None:
    zones = tuple(f"z{n}.example" for n in range(7))
    told = ((COPY, ProposedCopyFact(proposed=zones)), (Changes(), ChangesFact({})))
    shown = "no file is proposed for the zone example.com (proposed: z0.example, z1.example, "
    assert found(*told).text.startswith(f"{shown}z2.example, z3.example, z4.example, 2 more): give")


def test_the_file_of_another_zone_says_nothing_else_of_this_one() -> None:
    outcome = found((COPY, ProposedCopyFact(FILE, zone="exmaple.com")))
    assert isinstance(outcome, Unobserved)
    assert (outcome.cause, outcome.not_evaluated) == ("nothing-proposed", True)
    assert outcome.text.endswith(f"the zone example.com: {FILE} is that of exmaple.com")


def faults(tag: str, count: int, *, refuses: bool) -> tuple[Fault, ...]:
    return tuple(Fault(tag, "wrong", Place(FILE, n + 1), refuses) for n in range(count))


def test_those_that_refuse_and_the_others_are_told_apart() -> None:
    both = (*faults("no-ns", 1, refuses=True), *faults("ttl-differs", 1, refuses=False))
    copy = ProposedCopyFact(FILE, both)
    assert [tag for tag, _ in told(copy, refuses=True)] == ["no-ns"]
    assert [tag for tag, _ in told(copy, refuses=False)] == ["ttl-differs"]


@pytest.mark.parametrize(
    ("count", "shown", "last"),
    [
        pytest.param(1, 1, f"{FILE}:1: wrong", id="one"),
        pytest.param(MOST, MOST, f"{FILE}:{MOST}: wrong", id="as many as are told"),
        pytest.param(MOST + 1, MOST, f"{FILE}:{MOST}: wrong; and 1 more like it", id="one more"),
        pytest.param(10_000, MOST, f"{FILE}:{MOST}: wrong; and 9980 more like it", id="many"),
    ],
)
def test_the_first_of_a_tag_are_told_and_the_rest_is_counted(
    count: int, shown: int, last: str
) -> None:
    said = [*told(ProposedCopyFact(FILE, faults("syntax", count, refuses=True)), refuses=True)]
    assert len(said) == shown
    assert said[-1] == ("syntax", last)


def test_a_fault_of_the_whole_file_names_the_file() -> None:
    copy = ProposedCopyFact(FILE, (Fault("no-soa", "no SOA", None, refuses=True),))
    assert [*told(copy, refuses=True)] == [("no-soa", f"{FILE}: no SOA")]
