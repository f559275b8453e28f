"""Facts are derived here as the engine derives them, from a table of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import DnsAnswer, NameServer, ServerQuery, name_server, told
from mailcheck.finding import met
from mailcheck.question import each_of
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.check import Told
    from mailcheck.finding import Finding
    from mailcheck.question import Question

    Answered: TypeAlias = Callable[..., Any]


def answer_to(question: Question[Any], *told: Told) -> Any:
    """Derive the fact (or Unobserved) twice, answers coming in order and in reverse."""
    forwards, backwards = (_answer_to(question, told, turn=turn) for turn in (False, True))
    assert forwards == backwards, "the order of answers makes a difference"
    return forwards


def _answer_to(question: Question[Any], told: tuple[Told, ...], *, turn: bool) -> Any:
    found: list[Any] = []

    async def judge() -> Finding:
        found.extend(await each_of([question]))
        return met()

    engine = Engine(ToldWorld(told, backwards=turn))
    engine.finish(engine.plan(judge))
    return found[0]


@pytest.fixture
def answered() -> Answered:
    """Return what a question is answered with, given what its world is told."""
    return answer_to


@dataclass(frozen=True)
class Corner:
    """A corner of DNS: the zone io, and dakao.io below it, for which the resolver fails."""

    name: str = "vm26.dakao.io"
    io: NameServer = name_server("192.0.2.1", "a0.nic.io")
    ns1: NameServer = name_server("198.51.100.1", "ns1.dakao.io")
    ns2: NameServer = name_server("198.51.100.2", "ns2.dakao.io")

    @property
    def resolver(self) -> tuple[Told, ...]:
        """It knows io, and says SERVFAIL for everything under dakao.io."""
        return (
            told(f"{self.name} A", "SERVFAIL"),
            told(f"{self.name} NS", "SERVFAIL"),
            told("dakao.io NS", "SERVFAIL"),
            told("io NS", "a0.nic.io."),
            told("a0.nic.io A", "192.0.2.1"),
            told("a0.nic.io AAAA", "NODATA"),
        )

    @property
    def registry(self) -> Told:
        """The servers of io refer to those of dakao.io, with their addresses."""
        hosts = ("ns1.dakao.io", "ns2.dakao.io")
        return self.refers(self.io, "dakao.io", hosts, (self.ns1, self.ns2))

    def refers(
        self,
        server: NameServer,
        cut: str,
        hosts: tuple[str, ...],
        glue: tuple[NameServer, ...] = (),
    ) -> Told:
        """Asked for the NS of the name, *server* refers to the servers of *cut*."""
        answer = DnsAnswer(self.name, "NS", "referral", cut=cut, delegated_to=hosts, glue=glue)
        return ServerQuery(self.name, "NS", server), answer

    def says(self, server: NameServer, rdtype: str, answer: str) -> Told:
        """Asked for the name directly, *server* answers so; ``REFUSED`` is a refusal of its own."""
        said = "REFUSED-BY-AUTHORITY" if answer == "REFUSED" else answer
        return ServerQuery(self.name, rdtype, server), told(f"{self.name} {rdtype}", said)[1]

    def both(self, answer: str) -> tuple[Told, ...]:
        """Both servers of dakao.io answer so, whatever they are asked."""
        return tuple(
            self.says(server, rdtype, answer)
            for server in (self.ns1, self.ns2)
            for rdtype in ("NS", "A")
        )


@pytest.fixture
def corner() -> Corner:
    """Return the corner in which the resolver fails."""
    return Corner()
