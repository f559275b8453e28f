"""``IP I has one PTR``: names are counted, and more than one is advised against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.checks.address.has_one_ptr import CHECK
from mailcheck.facts.dns import told
from mailcheck.suite.load import load_suite
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "IP 203.0.113.25 has one PTR"
OWNER = "25.113.0.203.in-addr.arpa"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param("mail.example.com.", "met", id="one"),
        pytest.param("mail.example.com. | MAIL.example.com.", "met", id="one in two cases"),
        pytest.param("a.example. | b.example.", "several-ptr", id="two"),
        pytest.param("a.example. | b.example. | ...", "several-ptr", id="two and more"),
        pytest.param("a.example. | ...", "inconclusive: too-many-records", id="one and more"),
        pytest.param(f"-> 25.0-127.{OWNER} | a.example.", "met", id="classless delegation"),
        pytest.param("NODATA", "no-ptr", id="name without PTR"),
        pytest.param("NXDOMAIN", "no-ptr", id="no such name"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="lame reverse zone"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silence"),
    ],
)
def test_how_it_ends(answer: str, ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, told(f"{OWNER} PTR", answer)))


@pytest.mark.parametrize(
    ("severity", "excused"),
    [
        pytest.param("", True, id="by default"),
        pytest.param("severity: required", False, id="demanded"),
        pytest.param("severity: {several-ptr: required}", False, id="the tag is demanded"),
        pytest.param("severity: {no-ptr: required}", True, id="another tag is demanded"),
        pytest.param("severity: advised", True, id="advised"),
    ],
)
def test_several_names_are_advised_against(*, severity: str, excused: bool) -> None:
    wanted = f"{{{SENTENCE}: {{{severity}}}}}" if severity else SENTENCE
    verdict = judged(CHECK, wanted, told(f"{OWNER} PTR", "a.example. | b.example."))
    assert verdict.tags == ("several-ptr",)
    assert bool(verdict.excused) == excused


@pytest.mark.parametrize(
    ("defaults", "excused"),
    [
        pytest.param("severity: required", False, id="demanded of all"),
        pytest.param("severity: {several-ptr: required}", False, id="the tag is demanded"),
        pytest.param("tags: nightly", True, id="about something else"),
    ],
)
def test_defaults_of_a_block_speak_of_it_too(
    tmp_path: Path, *, defaults: str, excused: bool
) -> None:
    suite = tmp_path / "x.yml"
    suite.write_text(f"mailcheck: 1\ndefaults: {{{defaults}}}\nchecks: [{SENTENCE}]\n", "utf-8")
    [requirement] = load_suite(suite, "x.yml", Catalogue({"one": CHECK})).requirements
    policy = requirement.policy
    severity = policy.tag_severity.get("several-ptr", policy.severity)
    assert (severity == "advised") == excused


def test_a_missing_name_is_no_matter_of_advice() -> None:
    verdict = judged(CHECK, SENTENCE, told(f"{OWNER} PTR", "NXDOMAIN"))
    assert (verdict.tags, verdict.excused) == (("no-ptr",), "")


def test_the_remedy_is_one_record() -> None:
    answer = told(f"{OWNER} PTR", f"-> 25.0-127.{OWNER} | a.example. | b.example.")
    [remedy] = judged(CHECK, SENTENCE, answer).remedies
    assert remedy.publish == (f"25.0-127.{OWNER}.  3600  IN  PTR  mail.example.com.",)
    assert remedy.instruction.startswith("One record only.")
