"""For authors of checks: judge without a network, and run a check's own examples.

::

    from mailcheck.facts.dns import told
    from mailcheck.testing import judged, run_examples

    def test_examples() -> None:
        run_examples(CHECK)

    def test_a_domain_without_mx() -> None:
        verdict = judged(CHECK, "domain example.com has MX", told("example.com MX", "NODATA"))
        assert verdict.tags == ("no-mx",)
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from mailcheck.catalogue import Catalogue
from mailcheck.conclusion import conclude
from mailcheck.engine import Engine
from mailcheck.suite.files import GivenFiles
from mailcheck.suite.load import load_item
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.check import Check, Told
    from mailcheck.suite.requirement import Requirement
    from mailcheck.verdict import Verdict

A_DAY = datetime.date(2026, 1, 31)
"""The day on which examples are judged."""


def judged(
    check: Check[Any],
    sentence: str,
    *told: Told,
    today: datetime.date = A_DAY,
    files: Mapping[str, str] | None = None,
) -> Verdict:
    """Judge one item of ``checks`` with the answers *told*; whatever else is asked is unknown.

    *files* are the texts of those that the sentence names. The judgement is made twice, with the answers coming in one order and in the reverse.

    Raises:
        AssertionError: if the order of the answers made a difference.
        Exception: whatever the judge raised that it must not.
        SourceError: if *sentence* cannot be read as this check.
    """
    [requirement] = load_item(sentence, Catalogue({"this-check": check}), files=GivenFiles(files))
    forwards, backwards = (_judge(requirement, told, today, backwards=b) for b in (False, True))
    assert forwards == backwards, f"the order of answers matters: {forwards} or {backwards}"
    return forwards


def run_examples(check: Check[Any]) -> None:
    """Judge every example of *check* and compare how it ends with what the example says.

    Raises:
        AssertionError: for the first example that ends otherwise.
    """
    for example in check.examples:
        found = ending(judged(check, example.sentence, *example.told, files=dict(example.files)))
        assert example.ends in found, f"{example.says}: expected {example.ends}, found {found}"


def ending(verdict: Verdict) -> tuple[str, ...]:
    """Return *verdict* in the words of :attr:`mailcheck.check.Example.ends`."""
    if verdict.kind == "unmet":
        return verdict.tags
    return (f"{verdict.kind}: {verdict.cause}" if verdict.cause else verdict.kind,)


def _judge(
    requirement: Requirement, told: tuple[Told, ...], today: datetime.date, *, backwards: bool
) -> Verdict:
    engine = Engine(ToldWorld(told, backwards=backwards))
    node = engine.plan(lambda: requirement.check.judge(requirement.params))
    verdict = conclude(requirement, engine.finish(node), today)
    if verdict.crash is not None:
        raise verdict.crash.error
    return verdict
