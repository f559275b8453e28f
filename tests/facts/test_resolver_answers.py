"""Which resolvers are asked, and which of them were heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.engine import Engine
from mailcheck.facts.authority import told_by
from mailcheck.facts.dns import NameServer, ServerQuery, name_server
from mailcheck.facts.resolver_answers import ResolverAnswers, ResolverAnswersFact
from mailcheck.facts.run import RunResolvers, RunResolversFact
from mailcheck.finding import Finding
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told

ONE, TWO = name_server("198.51.100.1"), name_server("8.8.8.8")


def ask(resolvers: tuple[NameServer, ...], *answers: Told) -> ResolverAnswersFact:
    """Ask for the MX of example.com."""
    found: list[ResolverAnswersFact] = []

    async def judge() -> Finding:
        found.append(await ResolverAnswers("example.com", "MX", resolvers))
        return Finding()

    engine = Engine(ToldWorld(answers))
    engine.finish(engine.plan(judge))
    return found[0]


def test_named_resolvers_are_asked_and_not_the_runs() -> None:
    fact = ask((ONE,), told_by(ONE, "example.com MX", "10 a.", recursive=True))
    assert [server for server, _ in fact.heard] == [ONE]


def test_otherwise_the_runs_are_asked_each_once_and_known_ones_are_named() -> None:
    fact = ask((), (RunResolvers(), RunResolversFact((TWO, ONE, TWO))))
    assert [str(server) for server, _ in fact.said] == ["Google (8.8.8.8)", "198.51.100.1"]


def test_the_silent_are_said_and_not_heard() -> None:
    heard = told_by(ONE, "example.com MX", "NXDOMAIN", recursive=True)
    fact = ask((ONE, TWO), heard, told_by(TWO, "example.com MX", "TIMEOUT", recursive=True))
    assert (len(fact.said), len(fact.heard)) == (2, 1)


def test_where_nobody_could_agree_it_is_said_what_to_pass() -> None:
    """A run with one resolver, and one without any, as authoritative ones are."""
    one = ask((), (RunResolvers(), RunResolversFact((ONE,))))
    none = ask((), (RunResolvers(), RunResolversFact(())))
    texts = [few.text for fact in (one, none) for few in fact.too_few]
    assert len(texts) == 2
    assert all("in the sentence, as resolvers: [KT, 9.9.9.9]" in text for text in texts)
    assert "give --mail-resolver more than once" in texts[0]
    assert "--mail-resolver authoritative" in texts[1]


def test_one_answer_is_too_few_to_agree() -> None:
    heard = [told_by(one, "example.com MX", "10 a.", recursive=True) for one in (ONE, TWO)]
    assert ask((ONE, TWO), *heard).too_few == ()
    [few] = ask((ONE, TWO), heard[0]).too_few
    assert (few.cause, few.text[:6]) == ("too-few-answers", "1 of 2")


def test_where_none_could_be_asked_that_is_said() -> None:
    dead = Unobserved("resolver-dead", not_evaluated=True)
    asked = [ServerQuery("example.com", "MX", one, recursive=True) for one in (ONE, TWO)]
    assert ask((ONE, TWO), *((query, dead) for query in asked)).too_few == (dead,)
