"""Facts for their own sake."""

from __future__ import annotations

from mailcheck.engine import Engine
from mailcheck.engine.learning import learn
from mailcheck.facts.dns import told
from mailcheck.facts.txt import Texts
from mailcheck.question import Question, Unobserved, question
from mailcheck.world.told import ToldWorld


@question
class Broken(Question[None]):
    async def derive(self) -> None:
        raise ZeroDivisionError


def test_each_question_has_its_fact_or_why_there_is_none() -> None:
    table = [told("a.example TXT", '"a"'), told("b.example TXT", "TIMEOUT")]
    found, missing = learn(Engine(ToldWorld(table)), [Texts("a.example"), Texts("b.example")])
    assert not isinstance(found, Unobserved)
    assert found.texts == (b"a",)
    assert isinstance(missing, Unobserved)
    assert missing.cause == "timeout"


def test_no_question_is_no_fact() -> None:
    assert learn(Engine(ToldWorld([])), []) == ()


def test_a_question_that_breaks_leaves_the_others_their_facts() -> None:
    questions: list[Question[object]] = [Broken(), Texts("a.example")]
    broken, found = learn(Engine(ToldWorld([told("a.example TXT", '"a"')])), questions)
    assert isinstance(broken, Unobserved)
    assert "ZeroDivisionError" in broken.traceback
    assert not isinstance(found, Unobserved)
