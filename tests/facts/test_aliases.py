"""Chains of aliases over several answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.aliases import MAX_ALIASES, endless, is_unfinished, joined, within
from mailcheck.facts.dns import DnsAnswer, told


def answer(asked: str, said: str, *, denier: str = "") -> DnsAnswer:
    fact = told(asked, said, denier=denier)[1]
    assert isinstance(fact, DnsAnswer)
    return fact


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        pytest.param("192.0.2.1", "192.0.2.1", id="no alias"),
        pytest.param("-> b.example | 192.0.2.1", "-> b.example | 192.0.2.1", id="in the zone"),
        pytest.param("-> b.test | 192.0.2.1", "-> b.test", id="out of it, with an address"),
        pytest.param("-> b.test | NXDOMAIN", "-> b.test", id="out of it, with a denial"),
        pytest.param(
            "-> b.example | -> c.test | -> d.example | 192.0.2.1",
            "-> b.example | -> c.test",
            id="out of it and back",
        ),
        pytest.param("NXDOMAIN", "NXDOMAIN", id="a denial"),
    ],
)
def test_a_server_is_believed_within_its_zone(said: str, believed: str) -> None:
    found, expected = (
        within(answer("a.example A", said), "example"),
        answer("a.example A", believed),
    )
    assert (found.status, found.aliases, found.texts) == (
        expected.status,
        expected.aliases,
        expected.texts,
    )


@pytest.mark.parametrize(
    ("said", "denier", "unfinished"),
    [
        pytest.param("-> b.test", "", True, id="an alias and nothing behind it"),
        pytest.param("-> b.test", "test", False, id="an alias and its target's NODATA"),
        pytest.param("-> b.test | NXDOMAIN", "", False, id="an alias of nothing"),
        pytest.param("-> b.test | 192.0.2.1", "", False, id="an alias of an address"),
        pytest.param("NODATA", "", False, id="NODATA without its SOA"),
    ],
)
def test_a_chain_may_be_unfinished(said: str, denier: str, *, unfinished: bool) -> None:
    assert is_unfinished(answer("a.example A", said, denier=denier)) is unfinished


def test_joined_answers_live_as_long_as_the_shortest_and_are_validated_if_all_are() -> None:
    first = replace(answer("a.example A", "-> b.test"), ttl=300, authenticated=True)
    last = replace(answer("b.test A", "192.0.2.1"), ttl=60, authenticated=False)
    whole = joined([first, last])
    assert (whole.name, whole.aliases, whole.texts) == ("a.example", ("b.test",), ("192.0.2.1",))
    assert (whole.ttl, whole.authenticated) == (60, False)
    assert joined([last]) is last


@pytest.mark.parametrize(
    ("aliases", "cause"),
    [
        pytest.param(["b"], None, id="one"),
        pytest.param(["b", "a"], "alias-loop", id="back to the name"),
        pytest.param(["b", "c", "b"], "alias-loop", id="back to an alias"),
        pytest.param(["a"], "alias-loop", id="of itself"),
        pytest.param([str(n) for n in range(MAX_ALIASES)], None, id="as many as may be"),
        pytest.param(
            [str(n) for n in range(MAX_ALIASES + 1)], "alias-chain-too-long", id="one too many"
        ),
    ],
)
def test_a_chain_that_does_not_end_is_named(aliases: list[str], cause: str | None) -> None:
    found = endless("a", aliases)
    assert (found and found.cause) == cause
    assert found is None or found.text.endswith(" → ".join(["a", *aliases]))


def test_what_a_chain_says_is_shown_escaped() -> None:
    found = endless("a", ["a\x1b[2J", "a"])
    assert found is not None
    assert "\x1b" not in found.text
