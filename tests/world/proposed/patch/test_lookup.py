"""Zones and patches of all kinds: what is said is what the zone holds once the patch is in it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mailcheck.facts.dns import ServerQuery
from mailcheck.question import Unobserved
from tests.world.proposed.changes import Change, changes, loaded
from tests.world.proposed.patched import (
    NS,
    LiveZone,
    Through,
    answer_of,
    judged,
    patch_of,
    words,
)

UNKNOWABLE = {"names-below-unseen", "hidden-till-then"}
"""Why it may be open what a zone will say: of these, servers show nothing before."""

seen: Counter[str] = Counter()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(change=changes(), data=st.data())
def test_a_patched_zone_answers_as_the_zone_with_the_patch_in_it(
    change: Change, data: st.DataObject
) -> None:
    before, after = loaded(change.before), loaded(change.after)
    assume(change.replaced or change.removed)
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    asked = data.draw(st.lists(st.sampled_from(change.questions), min_size=12, max_size=12))
    queries = [
        ServerQuery(f"{name}.example.com".removeprefix("."), kind, NS) for name, kind in asked
    ]
    got = judged(LiveZone(before), Through(patch_of(change.patch)), *queries)
    for query, answer in zip(queries, got, strict=True):
        if isinstance(answer, Unobserved):
            assert answer.cause in UNKNOWABLE, (query, answer)
            seen["open"] += 1
        else:
            assert words(answer) == words(answer_of(after, query)), query
            seen["said"] += 1


def test_little_of_it_is_open() -> None:
    """After the test above: among names that touch each other all the time, a sixth at most."""
    assert seen["open"] * 5 < seen["said"] or not seen


def test_a_name_is_told_from_what_a_wildcard_covers_alike() -> None:
    before = loaded({("*.*.deep", "DNAME"): "new.example.net.", ("x.*", "TXT"): "x"})
    assert before is not None
    patch = patch_of("* CNAME mail\n")
    queries = [ServerQuery(f"{name}.example.com", "A", NS) for name in ("deep", "new")]
    got = judged(LiveZone(before), Through(patch), *queries)
    assert [words(answer) for answer in got] == ["NODATA", "-> mail.example.com"]


@pytest.mark.parametrize(
    ("there", "patch", "after", "at_most"),
    [
        pytest.param("www", "", "NXDOMAIN", 40, id="nothing is there"),
        pytest.param("*", "", "192.0.2.1", 700, id="a wildcard at the top"),
        pytest.param("*.a.a.a", "", "192.0.2.1", 700, id="a wildcard further down"),
        pytest.param("*" + 85 * ".a", "", "192.0.2.1", 700, id="a wildcard right above it"),
        pytest.param("www", "*.a.a A 192.0.2.1\n", "192.0.2.1", 40, id="a wildcard of the patch"),
    ],
)
def test_a_long_name_costs_no_question_for_each_label(
    there: str, patch: str, after: str, at_most: int
) -> None:
    before, name = loaded({(there, "A"): "192.0.2.1"}), "b" + 85 * ".a"
    assert before is not None
    live, change = LiveZone(before), Through(patch_of(f"{patch}-{name}\n"))
    [answer] = judged(live, change, ServerQuery(f"{name}.example.com", "A", NS))
    assert words(answer) == after
    assert len(live.asked) < at_most


def inconclusive(before: Any, patch: str, asked: str) -> str:
    """The cause for which a question is open."""
    zone = loaded(before)
    assert zone is not None
    name, kind = asked.split()
    [answer] = judged(LiveZone(zone), Through(patch_of(patch)), ServerQuery(name, kind, NS))
    assert isinstance(answer, Unobserved), words(answer)
    return answer.cause


def test_an_empty_non_terminal_that_may_go_is_open() -> None:
    before = {("s1._domainkey", "TXT"): "x"}
    patch = "-s1._domainkey\n"
    assert inconclusive(before, patch, "_domainkey.example.com A") == "names-below-unseen"


def test_so_is_the_wildcard_that_it_may_uncover() -> None:
    before = {("s1._domainkey", "TXT"): "x", ("*", "TXT"): "all"}
    patch = "-s1._domainkey\n"
    asked = "s2._domainkey.example.com TXT"
    assert inconclusive(before, patch, asked) == "names-below-unseen"


def test_at_the_zone_itself_a_patch_decides_alone() -> None:
    """No alias can stand beside what it writes there, so a run without a network knows as well."""
    zone = loaded({})
    assert zone is not None
    silent = LiveZone(zone, unseen={"example.com CNAME": "timeout", "example.com NS": "timeout"})
    patch = patch_of("@ MX 10 mail\n")
    [answer] = judged(silent, Through(patch), ServerQuery("example.com", "MX", NS))
    assert words(answer) == "10 mail.example.com."
