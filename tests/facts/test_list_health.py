"""ListPoints points of lists: what shows that one works, and that it does not have everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.blocklists import Blocklist, ListPoints, Registry
from mailcheck.blocklists.registry import unknown
from mailcheck.engine import Engine
from mailcheck.facts.blocklists import RunBlocklists, RunBlocklistsFact
from mailcheck.facts.dns import told
from mailcheck.facts.list_health import ListHealthFact, ListIsAlive, ListIsSelective
from mailcheck.finding import Finding
from mailcheck.question import Unobserved, each_of
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.question import Question

NIBBLES = "0.0.0.0.0.f.7.f.f.f.f." + "0." * 20
UNTESTED = Blocklist("none.example", codes=unknown("none.example").codes, tests=None)
OWN = Blocklist(
    "own.example", codes=unknown("own.example").codes, tests=ListPoints("127.0.0.7", "")
)
DOMAINS = Blocklist(
    "names.example", codes=unknown("names.example").codes, tests=ListPoints("test", "invalid")
)
RUN = RunBlocklistsFact(Registry({one.zone: one for one in (UNTESTED, OWN, DOMAINS)}))


def ask(question: Question[Any], *answers: Told) -> ListHealthFact | Unobserved:
    """Ask *question* of a world that says *answers*."""
    found: list[Any] = []

    async def judge() -> Finding:
        found.extend(await each_of([question]))
        return Finding()

    engine = Engine(ToldWorld([(RunBlocklists(), RUN), *answers]))
    engine.finish(engine.plan(judge))
    return found[0]  # type: ignore[no-any-return]  # what the question gives


PROVEN, NOT_PROVEN = ListHealthFact(is_proven=True), ListHealthFact(is_proven=False)


@pytest.mark.parametrize(
    ("question", "point", "expected"),
    [
        pytest.param(
            ListIsAlive("a.example", "ip4"), "2.0.0.127.a.example 127.0.0.2", PROVEN, id="IPv4"
        ),
        pytest.param(
            ListIsAlive("a.example", "ip6"), f"2.{NIBBLES}a.example 127.0.0.2", PROVEN, id="IPv6"
        ),
        pytest.param(
            ListIsAlive("names.example", "domain"),
            "test.names.example 127.0.0.2",
            PROVEN,
            id="domains",
        ),
        pytest.param(
            ListIsAlive("own.example", "ip4"), "7.0.0.127.own.example 127.0.0.2", PROVEN, id="own"
        ),
        pytest.param(
            ListIsAlive("own.example", "domain"),
            "test.own.example 127.0.0.2",
            PROVEN,
            id="own address, of a list that takes domains as well",
        ),
        pytest.param(ListIsAlive("none.example", "ip4"), "x.example NODATA", NOT_PROVEN, id="none"),
        pytest.param(
            ListIsAlive("a.example", "ip4"),
            "2.0.0.127.a.example NXDOMAIN",
            "list-not-alive",
            id="dead",
        ),
        pytest.param(
            ListIsAlive("a.example", "ip4"),
            "2.0.0.127.a.example 127.255.255.255",
            "list-refuses",
            id="refusing",
        ),
        pytest.param(
            ListIsSelective("a.example", "ip4"),
            "1.0.0.127.a.example NXDOMAIN",
            PROVEN,
            id="selective",
        ),
        pytest.param(
            ListIsSelective("a.example", "ip4"),
            "1.0.0.127.a.example 127.0.0.2",
            "list-lists-everything",
            id="everything",
        ),
        pytest.param(
            ListIsSelective("names.example", "domain"),
            "invalid.names.example 127.0.0.2",
            "list-lists-everything",
            id="every domain",
        ),
        pytest.param(
            ListIsSelective("own.example", "ip4"),
            "x.example NODATA",
            NOT_PROVEN,
            id="no such point",
        ),
        pytest.param(
            ListIsSelective("a.example", "ip4"),
            "1.0.0.127.a.example TIMEOUT",
            "timeout",
            id="silence",
        ),
    ],
)
def test_what_test_points_show(
    question: Question[Any], point: str, expected: ListHealthFact | str
) -> None:
    name, _, answer = point.partition(" ")
    found = ask(question, told(f"{name} A", answer))
    assert (found.cause if isinstance(found, Unobserved) else found) == expected
