"""What is proposed in a run, and who uses what."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place
from mailcheck.facts.change.changes import ChangesFact, NamesInUseFact, ZoneChange
from mailcheck.question import NotObserved

CHANGES = ChangesFact(
    {
        zone: ZoneChange(zone, f"zones/{zone}", whole=True)
        for zone in ("example.com", "sub.example.com")
    }
)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("example.com", "example.com"),
        ("mail.example.com", "example.com"),
        ("a.sub.example.com", "sub.example.com"),
        ("example.net", ""),
        ("com", ""),
        (".", ""),
    ],
)
def test_the_change_to_the_closest_zone_counts(name: str, zone: str) -> None:
    found = CHANGES.around(name)
    assert (found.zone if found else "") == zone


def test_without_a_change_to_a_zone_there_is_nothing_to_judge() -> None:
    with pytest.raises(NotObserved) as raised:
        CHANGES.to("xn--mnchen-3ya.example")
    assert raised.value.unobserved.cause == "nothing-proposed"
    assert raised.value.unobserved.not_evaluated
    assert "münchen.example" in raised.value.unobserved.text


def test_the_evidence_names_some_zones_and_counts_the_others() -> None:
    many = {f"{n}.example": ZoneChange(f"{n}.example", f"z/{n}", whole=True) for n in range(7)}
    [line] = ChangesFact(many).evidence
    assert str(line).startswith("proposed change → 0.example by z/0, 1.example by z/1, ")
    assert str(line).endswith("4.example by z/4, 2 more")
    [line] = CHANGES.evidence
    assert "more" not in str(line)


def test_users_are_shown_by_file_and_line() -> None:
    fact = NamesInUseFact({"a.example": (Place("s.yml", 3), Place("t.yml", 9, 2))})
    assert fact.users("a.example") == ("s.yml:3", "t.yml:9")
    assert fact.users("b.example") == ()
