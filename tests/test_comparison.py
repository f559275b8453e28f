"""A verdict after a change, weighed by the one before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.comparison import BROKEN_BEFORE, compared
from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Reason
from mailcheck.verdict import Verdict

MET = Verdict("met")
NO_MX = Verdict("unmet", (Reason("no-mx", "example.com has no MX record"),))
MX1_BROKEN = Verdict("unmet", (Reason("no-address", "mx1 has none", "mx1"),))
MX2_BROKEN = Verdict("unmet", (Reason("no-address", "mx2 has none", "mx2"),))
BOTH_BROKEN = Verdict("unmet", MX1_BROKEN.reasons + MX2_BROKEN.reasons)
SILENT = Verdict("inconclusive", cause="timeout", text="no answer")
ABOUT_THE_CHANGE = Verdict("not evaluated", cause="nothing-proposed")
BLOCKED = Verdict("not evaluated", cause="port-blocked-here")


@pytest.mark.parametrize(
    ("before", "after", "kind", "excused"),
    [
        pytest.param(MET, MET, "met", "", id="nothing is wrong"),
        pytest.param(MET, NO_MX, "unmet", "", id="the change breaks it"),
        pytest.param(NO_MX, NO_MX, "unmet", BROKEN_BEFORE, id="it was broken before"),
        pytest.param(NO_MX, MET, "met", "", id="the change repairs it"),
        pytest.param(MX1_BROKEN, NO_MX, "unmet", "", id="broken in another way"),
        pytest.param(MX1_BROKEN, MX2_BROKEN, "unmet", "", id="another host is broken"),
        pytest.param(MX1_BROKEN, BOTH_BROKEN, "unmet", "", id="one more host is broken"),
        pytest.param(BOTH_BROKEN, MX1_BROKEN, "unmet", BROKEN_BEFORE, id="one host less is broken"),
        pytest.param(SILENT, NO_MX, "unmet", "", id="what is not known before excuses nothing"),
        pytest.param(BLOCKED, NO_MX, "unmet", "", id="nor what could not be asked"),
        pytest.param(NO_MX, SILENT, "inconclusive", "", id="what is not known after may be worse"),
        pytest.param(SILENT, SILENT, "inconclusive", "", id="not known, before and after"),
        pytest.param(NO_MX, BLOCKED, "not evaluated", "", id="cannot be asked after"),
    ],
)
def test_only_what_is_worse_counts(
    before: Verdict, after: Verdict, kind: str, excused: str
) -> None:
    verdict = compared(after, before)
    assert (verdict.kind, verdict.excused) == (kind, excused)


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        pytest.param(NO_MX, MET, ["the change repairs what was unmet: no-mx"], id="repaired"),
        pytest.param(
            SILENT,
            NO_MX,
            ["whether it was so before the change is not known: timeout"],
            id="not known before",
        ),
        pytest.param(MET, MET, [], id="nothing to say"),
        pytest.param(MET, NO_MX, [], id="the failure says it"),
        pytest.param(ABOUT_THE_CHANGE, NO_MX, [], id="there was no change before the change"),
    ],
)
def test_what_is_said_beside_it(before: Verdict, after: Verdict, advice: list[str]) -> None:
    assert [one.text for one in compared(after, before).advice] == advice


@pytest.mark.parametrize("before", [MET, NO_MX, SILENT], ids=lambda verdict: verdict.kind)
def test_an_excuse_of_the_suite_stays(before: Verdict) -> None:
    waived = Verdict("unmet", NO_MX.reasons, excused="waived by net-ops: ticket 1")
    assert compared(waived, before) == waived


@pytest.mark.parametrize(("before", "after"), [(NO_MX, MET), (SILENT, NO_MX)])
def test_advice_of_the_check_stays(before: Verdict, after: Verdict) -> None:
    advised = replace(after, advice=(Advice("single-mx", "one host only"),))
    assert compared(advised, before).advice[:1] == advised.advice


@pytest.mark.parametrize(
    ("live", "changed"),
    [
        pytest.param(["192.0.2.1"], False, id="the same"),
        pytest.param(["192.0.2.2"], True, id="something else"),
        pytest.param(["NXDOMAIN (denied by example.com)"], True, id="nothing"),
        pytest.param(["192.0.2.2", "192.0.2.1"], False, id="one server says the same"),
        pytest.param([], None, id="nobody asked"),
    ],
)
def test_what_is_written_is_compared_with_what_was_seen_live(
    live: list[str], *, changed: bool | None
) -> None:
    zone = Place("zones/example.com.zone", 7)
    seen = tuple(Evidence("www.example.com A", said, "from 192.0.2.53") for said in live)
    written = Evidence("www.example.com A", "192.0.2.1", "proposed", place=zone)
    heard = Evidence("www.example.com A", "192.0.2.1", "live")
    after = compared(replace(NO_MX, evidence=(written, heard)), replace(MET, evidence=seen))
    assert [line.changed for line in after.evidence] == [changed, None]


def test_an_alias_that_is_written_is_as_live_wherever_it_ends() -> None:
    place = Place("zones/example.com.zone", 7)
    written = Evidence("a.example A", "alias of b.example", "proposed", place=place)
    live = Evidence("a.example A", "alias of b.example → 192.0.2.1", "from 192.0.2.53")
    [line] = compared(replace(NO_MX, evidence=(written,)), replace(MET, evidence=(live,))).evidence
    assert line.changed is False


@pytest.mark.parametrize(
    ("was", "new", "told"),
    [
        pytest.param([], ["a"], ["a"], id="new"),
        pytest.param(["a"], ["a"], ["a piece of advice was"], id="as it was"),
        pytest.param(
            ["a", "b"], ["a", "b", "c"], ["c", "2 pieces of advice were"], id="as it was, and new"
        ),
        pytest.param(["a"], [], [], id="it is not true any more"),
    ],
)
def test_old_advice_is_counted(was: list[str], new: list[str], told: list[str]) -> None:
    before, after = (
        replace(MET, advice=tuple(Advice("alias-to-nothing", text) for text in texts))
        for texts in (was, new)
    )
    texts = [one.text for one in compared(after, before).advice]
    assert [text.removesuffix(" given before the change as well") for text in texts] == told
