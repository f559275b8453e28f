"""The options of every sentence, and defaults of a block."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.suite.load import load_suite
from mailcheck.verdict import Policy, Waiver
from tests.suite.conftest import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.suite.requirement import Requirement
    from tests.suite.conftest import Load

WAIVED = "waive: {until: 2026-12-31, owner: net-ops, reason: ISP ticket 1234}"


def only(load: Load, options: str, defaults: str = "") -> Requirement:
    text = f"mailcheck: 1\n{defaults}\nchecks:\n  - domain a.example has MX{options}\n"
    [requirement] = load(text).requirements
    return requirement


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param("", Policy(), id="none"),
        pytest.param(": {severity: advised}", Policy(severity="advised"), id="severity"),
        pytest.param(
            ": {severity: {no-mx: advised, single-mx: required}}",
            Policy(tag_severity={"no-mx": "advised", "single-mx": "required"}),
            id="severity-of-tags",
        ),
        pytest.param(": {expect: no-mx}", Policy(expect="no-mx"), id="expect"),
        pytest.param(
            f": {{{WAIVED}}}",
            Policy(waiver=Waiver(dt.date(2026, 12, 31), "net-ops", "ISP ticket 1234")),
            id="waiver",
        ),
    ],
)
def test_options_make_a_policy(load: Load, options: str, expected: Policy) -> None:
    assert expected == only(load, options).policy


HAS_MX = CATALOGUE.checks["has-mx"]
ADVISED = Catalogue({"has-mx": replace(HAS_MX, advised=tuple(HAS_MX.unmet_tags))})
"""A check of which nothing counts where the suite says nothing."""


@pytest.mark.parametrize(
    ("options", "defaults", "severity"),
    [
        pytest.param("", "", "advised", id="nothing said"),
        pytest.param(": {note: a}", "", "advised", id="nothing said of it"),
        pytest.param(": {severity: required}", "", "required", id="required"),
        pytest.param("", "defaults: {severity: required}", "required", id="required of all"),
        pytest.param("", "defaults: {tags: dns}", "advised", id="defaults about something else"),
        pytest.param(": {severity: {no-mx: required}}", "", "advised", id="a tag required"),
        pytest.param(": {expect: no-mx}", "", "required", id="a fault expected"),
        pytest.param(": {expect: no-mx, severity: advised}", "", "advised", id="expected, advised"),
    ],
)
def test_a_check_may_be_advised_by_default(
    tmp_path: Path, options: str, defaults: str, severity: str
) -> None:
    text = f"mailcheck: 1\n{defaults}\nchecks:\n  - domain a.example has MX{options}\n"
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    [requirement] = load_suite(tmp_path / "x.yml", "x.yml", ADVISED).requirements
    assert requirement.policy.severity == severity


def test_tags_and_note_are_kept(load: Load) -> None:
    requirement = only(load, ": {tags: [nightly, outbound], note: ask net-ops}")
    assert requirement.tags == ("nightly", "outbound")
    assert requirement.note == "ask net-ops"


def test_one_tag_needs_no_list(load: Load) -> None:
    assert only(load, ": {tags: nightly}").tags == ("nightly",)


def test_defaults_hold_where_a_sentence_says_nothing(load: Load) -> None:
    defaults = "defaults: {severity: advised, note: a}"
    assert only(load, "", defaults).policy.severity == "advised"
    assert only(load, ": {severity: required}", defaults).policy.severity == "required"
    assert only(load, ": {severity: required}", defaults).note == "a"


def test_tags_of_defaults_and_of_a_sentence_add_up(load: Load) -> None:
    assert only(load, ": {tags: [b, a]}", "defaults: {tags: a}").tags == ("a", "b")


def test_a_default_severity_may_name_a_tag_of_other_checks(load: Load) -> None:
    requirement = only(load, "", "defaults: {severity: {listed: advised, no-mx: advised}}")
    assert requirement.policy.tag_severity == {"no-mx": "advised"}


def test_defaults_of_one_document_do_not_reach_the_next(load: Load) -> None:
    text = """\
mailcheck: 1
defaults: {severity: advised}
checks: [domain a.example has MX]
---
mailcheck: 1
checks: [domain b.example has MX]
"""
    severities = [requirement.policy.severity for requirement in load(text).requirements]
    assert severities == ["advised", "required"]


def test_texts_for_people_cannot_move_a_cursor(load: Load) -> None:
    requirement = only(load, ':\n      note: "a\\e[2Jb\\nc"', 'title: "x\\ay"')
    assert requirement.note == "a\\x1b[2Jb\nc"
    assert requirement.block == "x\\x07y"


def test_sentences_that_say_the_same_options_share_them(load: Load) -> None:
    options = "{severity: advised, tags: [a], note: b}"
    one, other, apart = load(
        "mailcheck: 1\nchecks:\n"
        f"  - domain a.example has MX: {options}\n"
        f"  - domain b.example has MX: {options}\n"
        "  - domain c.example has MX: {severity: advised, tags: a, note: c}\n"
    ).requirements
    assert one.policy is other.policy
    assert (apart.policy.severity, apart.tags, apart.note) == ("advised", ("a",), "c")
