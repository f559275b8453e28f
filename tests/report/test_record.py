"""The record: plain values, safe to carry, the same for the same verdict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import execnet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Reason, Remedy
from mailcheck.report.record import (
    json_line,
    says_more,
    settled,
)
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]


def test_every_part_of_a_verdict_has_its_key(record: MakeRecord) -> None:
    """A reader finds each part of the verdict under one key."""
    verdict = Verdict(
        "unmet",
        reasons=(
            Reason("alias", "mx1.example.com is an alias", "mx1.example.com"),
            Reason("alias", "mx2.example.com is an alias", "mx2.example.com"),
            Reason("no-address", "mx3.example.com has no address"),
        ),
        advice=(Advice("one-mx", "there is one exchange"),),
        excused="advised only: alias",
        waiver="ends in 3 days: ...",
        evidence=(Evidence("example.com MX", "10 mx1.example.com.", "", "dig example.com MX"),),
        matters=("many refuse it", "many refuse it", "mail cannot be delivered"),
        remedies=(Remedy(("a", "b"), "do"), Remedy(("a", "b"), "do"), Remedy()),
        result="softfail",
    )
    assert record(verdict, note="n", sources=("RFC 2181 §10.3",), seconds=0.25) == {
        "suite": "suites/tour.yml",
        "line": 9,
        "column": 5,
        "block": "Tour",
        "title": "domain tour.example.com has MX",
        "sentence": "domain has MX",
        "check": "has-mx",
        "verdict": "unmet",
        "result": "softfail",
        "tags": ["alias", "no-address"],
        "cause": "",
        "text": "",
        "excused": "advised only: alias",
        "waiver": "ends in 3 days: ...",
        "reasons": [
            {
                "tag": "alias",
                "text": "mx1.example.com is an alias",
                "matters": "many refuse it",
            },
            {
                "tag": "alias",
                "text": "mx2.example.com is an alias",
                "matters": "many refuse it",
            },
            {
                "tag": "no-address",
                "text": "mx3.example.com has no address",
                "matters": "mail cannot be delivered",
            },
        ],
        "advice": [{"tag": "one-mx", "text": "there is one exchange"}],
        "evidence": ["example.com MX → 10 mx1.example.com."],
        "places": [],
        "at_fault": None,
        "remedies": [{"publish": ["a", "b"], "instruction": "do"}],
        "commands": ["dig example.com MX"],
        "note": "n",
        "sources": ["RFC 2181 §10.3"],
        "seconds": 0.25,
    }


def test_only_a_crash_has_a_traceback(record: MakeRecord) -> None:
    """The key is absent otherwise."""
    crashed = Verdict("inconclusive", cause="probe-crashed", traceback="Trace")
    assert record(crashed)["traceback"] == "Trace"
    assert json.loads(json_line(record(crashed)))["traceback"] == "Trace"
    assert "traceback" not in record()
    assert "traceback" not in json.loads(json_line(record()))


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1.0])
def test_seconds_are_always_a_number_that_can_be_printed(
    record: MakeRecord, seconds: float
) -> None:
    """A clock that jumped makes no invalid report."""
    assert record(seconds=seconds)["seconds"] == 0.0


def test_settled_replaces_what_was_run_again_and_forgets_the_order_of_arrival(
    record: MakeRecord,
) -> None:
    """By suite, then by document as they stand in the file, then by line."""
    unknown = record(Verdict("inconclusive", cause="timeout"), line=3, block="Zone")
    again = record(line=3, block="Zone")
    later = record(line=20, block="Again")
    same_line = record(line=3, block="Zone", title="another subject")
    other = record(suite="suites/a.yml", line=40)
    arrived = [later, unknown, other, same_line, again]
    assert settled(arrived) == [other, same_line, again, later]


def test_the_json_line_has_the_promised_keys_in_order(record: MakeRecord) -> None:
    """Non-ASCII text stands as it is."""
    verdict = Verdict(
        "unmet",
        reasons=(Reason("no-mx", "..."),),
        advice=(Advice("a", "b"),),
        evidence=(Evidence("후이즈검색.한국 MX", "NODATA", command="dig MX"),),
        remedies=(Remedy(("a. IN MX 10 b.",), "Add:"),),
    )
    line = json_line(record(verdict, sentence="domain 후이즈검색.한국 has MX"))
    read = json.loads(line)
    assert list(read) == [
        "sentence", "title", "suite", "line", "column", "check", "verdict", "result", "tags",
        "reasons", "cause", "text", "excused", "advice", "evidence", "places", "remedies", "commands",
    ]  # fmt: skip
    assert read["result"] == ""
    assert read["reasons"] == [{"tag": "no-mx", "text": "...", "matters": ""}]
    assert read["advice"] == [{"tag": "a", "text": "b"}]
    assert read["remedies"] == [{"publish": ["a. IN MX 10 b."], "instruction": "Add:"}]
    assert read["commands"] == ["dig MX"]
    assert "후이즈검색.한국 MX → NODATA" in line


def test_the_lines_of_a_change_are_named_the_most_telling_first(record: MakeRecord) -> None:
    lines = (
        Evidence("b.example MX", "10 c.example.", "proposed, zones/b:4", place=Place("zones/b", 4)),
        Evidence("a.example MX", "NODATA", "proposed, zones/a", place=Place("zones/\udc80", 2)),
        Evidence("d.example MX", "NODATA", "live, from 192.0.2.53, 1 ms"),
    )
    verdict = Verdict("unmet", reasons=(Reason("no-mx", "a.example has none"),), evidence=lines)
    told = record(verdict)
    assert told["at_fault"] == {"file": r"zones/\udc80", "line": 2}
    assert json.loads(json_line(told))["places"] == [
        {"file": r"zones/\udc80", "line": 2},
        {"file": "zones/b", "line": 4},
    ]


@given(data=st.data())
def test_any_record_becomes_one_line_of_utf8_json_that_reads_back(
    data: st.DataObject, any_record: st.SearchStrategy[Record]
) -> None:
    """No text in any field breaks the line."""
    drawn = data.draw(any_record)
    line = json_line(drawn)
    line.encode("utf-8")
    assert line.isprintable()
    assert [line] == line.splitlines()
    read = json.loads(line)
    assert read == {key: drawn[key] for key in read}  # type: ignore[literal-required]  # keys of JSON


@given(data=st.data())
def test_any_record_survives_the_way_from_an_xdist_worker(
    data: st.DataObject, any_record: st.SearchStrategy[Record]
) -> None:
    """xdist carries plain values in UTF-8 and nothing else."""
    drawn = data.draw(any_record)
    assert execnet.loads(execnet.dumps(drawn)) == drawn
    assert json.loads(json.dumps(drawn)) == drawn


@pytest.mark.parametrize(
    ("verdict", "more"),
    [
        pytest.param(Verdict("met"), False, id="met"),
        pytest.param(Verdict("met", evidence=(Evidence("a", "b"),)), False, id="evidence"),
        pytest.param(Verdict("met", advice=(Advice("single-mx", "x"),)), True, id="advice"),
        pytest.param(Verdict("met", waiver="unused: waiver"), True, id="waiver"),
        pytest.param(Verdict("met", text="expected no-mx, and found it"), True, id="expected"),
        pytest.param(Verdict("unmet"), True, id="unmet"),
        pytest.param(Verdict("not evaluated"), True, id="not evaluated"),
    ],
)
def test_of_most_that_is_met_there_is_no_more_to_say(
    record: MakeRecord, verdict: Verdict, *, more: bool
) -> None:
    assert says_more(record(verdict)) == more
