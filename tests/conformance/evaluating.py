"""Evaluates SPF through the engine, at the servers of a lab."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING

from mailcheck.engine import Engine
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.finding import Finding, met
from mailcheck.settings import Settings
from mailcheck.world.opening import open_lab

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mailcheck.facts.spf.evaluation.result import SpfCheckFact

A_DAY = datetime.date(2026, 1, 31)


def evaluated(lab: Path, questions: Iterable[SpfCheck]) -> dict[SpfCheck, SpfCheckFact]:
    """Return the facts that the *lab* leads to; all *questions* are asked at once."""
    facts: dict[SpfCheck, SpfCheckFact] = {}

    async def judge(question: SpfCheck) -> Finding:
        facts[question] = await question
        return met()

    loop = asyncio.new_event_loop()
    opened = loop.run_until_complete(open_lab(Settings(), A_DAY, lab, "lab.yml"))
    try:
        engine = Engine(opened.world)
        planned = [engine.plan(judge, question) for question in questions]
        for judgement in planned:
            outcome = engine.finish(judgement).outcome
            assert isinstance(outcome, Finding), outcome
    finally:
        loop.run_until_complete(opened.close())
        loop.close()
    return facts
