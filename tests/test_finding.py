"""How conclusions about parts make one: what decides, decides, in whatever order it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.finding import Advice, Finding, Part, Reason, all_hold, any_holds, met, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

MET, OLD, GONE = met(), unmet("old", "is old"), unmet("gone", "is gone")
IN_VAIN = Unobserved("timeout")
NO_ROUTE = Unobserved("no-route", not_evaluated=True)


def ending(combine: Callable[[Iterable[Part]], Finding], parts: Iterable[Part]) -> str:
    """Return ``met``, the tags, or the cause of what is unknown."""
    finding = combine(parts)
    if finding.unknown and not finding.reasons:
        return f"unknown: {finding.unknown.cause}"
    return "met" if finding.met else " ".join(reason.tag for reason in finding.reasons)


@pytest.mark.parametrize(
    ("parts", "all_end", "any_ends"),
    [
        pytest.param([MET], "met", "met", id="one that holds"),
        pytest.param([OLD], "old", "old", id="one that does not"),
        pytest.param([MET, OLD], "old", "met", id="one of each"),
        pytest.param([OLD, GONE], "old gone", "old gone", id="two that do not"),
        pytest.param([OLD, OLD], "old", "old", id="the same reason twice"),
        pytest.param([MET, IN_VAIN], "unknown: timeout", "met", id="holds, and unknown"),
        pytest.param([OLD, IN_VAIN], "old", "unknown: timeout", id="does not, and unknown"),
        pytest.param([MET, OLD, IN_VAIN], "old", "met", id="all three"),
        pytest.param([IN_VAIN], "unknown: timeout", "unknown: timeout", id="unknown"),
        pytest.param([NO_ROUTE], "unknown: no-route", "unknown: no-route", id="not evaluated"),
        pytest.param(
            [NO_ROUTE, IN_VAIN],
            "unknown: timeout",
            "unknown: timeout",
            id="asked in vain stands before not evaluated",
        ),
        pytest.param([MET, NO_ROUTE], "unknown: no-route", "met", id="holds, and not evaluated"),
        pytest.param([], "met", "met", id="no parts"),
    ],
)
def test_what_parts_make(parts: list[Part], all_end: str, any_ends: str) -> None:
    assert (ending(all_hold, parts), ending(any_holds, parts)) == (all_end, any_ends)


def test_of_several_unknowns_the_first_is_told() -> None:
    parts = [Unobserved("servfail"), Unobserved("timeout")]
    assert ending(all_hold, parts) == "unknown: servfail"


def test_an_unknown_part_stays_beside_the_reasons() -> None:
    """The suite may excuse every reason; then the unknown is what is left."""
    assert all_hold([OLD, IN_VAIN]).unknown == IN_VAIN
    assert all_hold([all_hold([OLD, IN_VAIN]), MET]).unknown == IN_VAIN
    assert any_holds([MET, IN_VAIN]).unknown is None


def test_more_advice_changes_nothing_else() -> None:
    advice = Advice("slow", "is slow")
    finding = all_hold([OLD, IN_VAIN]).with_advice(advice, advice)
    assert finding == Finding(OLD.reasons, (advice,), IN_VAIN)


def test_advice_of_all_parts_is_kept_each_once() -> None:
    one, other = Advice("slow", "is slow"), Advice("odd", "is odd")
    parts = [met(one), met(one, other), unmet("old", "is old", advice=(other,))]
    assert all_hold(parts).advice == any_holds(parts).advice == (one, other)


def test_reasons_stand_in_the_order_of_the_parts() -> None:
    parts = [unmet("b", "2"), MET, Finding((Reason("a", "1"), Reason("b", "2")))]
    assert [reason.tag for reason in all_hold(parts).reasons] == ["b", "a"]


PARTS = st.lists(st.sampled_from([MET, OLD, GONE, IN_VAIN, NO_ROUTE]), max_size=6)


def kind(combine: Callable[[Iterable[Part]], Finding], parts: Iterable[Part]) -> str:
    """Return which of the four kinds a whole is, whatever its reasons."""
    end = ending(combine, parts)
    return end if end == "met" or end.startswith("unknown") else "unmet"


@given(PARTS, st.randoms(use_true_random=False))
def test_the_order_of_parts_never_changes_the_kind(parts: list[Part], chance: Random) -> None:
    shuffled = chance.sample(parts, len(parts))
    for combine in (all_hold, any_holds):
        assert kind(combine, parts) == kind(combine, shuffled)


@given(PARTS)
def test_what_is_known_decides_whatever_the_unknown_turns_out_to_be(parts: list[Part]) -> None:
    for combine in (all_hold, any_holds):
        now = kind(combine, parts)
        if now.startswith("unknown"):
            continue
        for turned in (MET, OLD):
            later = [turned if isinstance(part, Unobserved) else part for part in parts]
            assert kind(combine, later) == now


@given(PARTS)
def test_unknown_only_if_the_unknown_could_change_it(parts: list[Part]) -> None:
    for combine in (all_hold, any_holds):
        if kind(combine, parts).startswith("unknown"):
            ends = {
                kind(combine, [turned if isinstance(p, Unobserved) else p for p in parts])
                for turned in (MET, OLD)
            }
            assert ends == {"met", "unmet"}
