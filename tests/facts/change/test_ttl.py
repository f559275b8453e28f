"""What leads from a name to its records, with the TTL of each link."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.change.proposed import Proposed, ProposedAnswer, ProposedFact
from mailcheck.facts.change.ttl import links
from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.finding import Advice, Finding, met
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told

NS1 = name_server("192.0.2.1", "ns1.example.net")
NS2 = name_server("192.0.2.2", "ns2.example.net")
SERVERS = (
    *told_servers("example.com", NS1, NS2),
    *(
        told(f"{at}.example.com NS", "NODATA", denier="example.com")
        for at in ("www", "web", "web2")
    ),
)


def found(asked: str, *answers: Told) -> list[str]:
    """Return name, type and TTL of each link; of what is no answer, what it is."""

    async def judge() -> Finding:
        return met(*(Advice("link", _shown(link)) for link in await links(*asked.split())))

    engine = Engine(ToldWorld([*SERVERS, *answers]))
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Finding), outcome
    return [advice.text for advice in outcome.advice]


def _shown(link: DnsAnswer | Unobserved) -> str:
    if isinstance(link, Unobserved):
        return link.cause
    kind = link.status if link.status != "data" else str(link.ttl)
    return f"{link.name} {link.rdtype} {kind}"


def both(asked: str, answer: str, ttl: int = 3600, other: int = 0) -> list[Told]:
    """Return that both servers answer the same, maybe with another TTL."""
    return [
        told_by(NS1, asked, answer, ttl=ttl),
        told_by(NS2, asked, answer, ttl=other or ttl),
    ]


A = "192.0.2.80"
W, X, Y = "www.example.com", "web.example.com", "web2.example.com"


@pytest.mark.parametrize(
    ("asked", "answers", "said"),
    [
        pytest.param(f"{W} A", both(f"{W} A", A, 300), [f"{W} A 300"], id="records"),
        pytest.param(f"{W} A", both(f"{W} A", A, 60, 900), [f"{W} A 900"], id="servers differ"),
        pytest.param(
            f"{W} A",
            [told_by(NS1, f"{W} A", "NODATA"), told_by(NS2, f"{W} A", A, ttl=60)],
            [f"{W} A 60"],
            id="one server lacks them",
        ),
        pytest.param(
            f"{W} A",
            [told_by(NS1, f"{W} A", "NODATA"), told_by(NS2, f"{W} A", A, ttl=0)],
            [f"{W} A 0"],
            id="one server lacks them, the other has them for now",
        ),
        pytest.param(
            f"{W} A",
            [told_by(NS1, f"{W} A", A, ttl=60), told_by(NS2, f"{W} A", "TIMEOUT")],
            [f"{W} A 60"],
            id="one server is silent",
        ),
        pytest.param(f"{W} A", both(f"{W} A", "NODATA"), [f"{W} A nodata"], id="no record"),
        pytest.param(f"{W} A", both(f"{W} A", "NXDOMAIN"), [f"{W} A nxdomain"], id="no name"),
        pytest.param(
            f"{W} A",
            both(f"{W} A", "REFUSED-BY-AUTHORITY"),
            [f"{W} A refused"],
            id="all refuse",
        ),
        pytest.param(
            f"{W} A",
            [told_by(NS1, f"{W} A", "REFUSED-BY-AUTHORITY"), told_by(NS2, f"{W} A", "TIMEOUT")],
            ["timeout"],
            id="one refuses, one is silent",
        ),
        pytest.param(f"{W} A", both(f"{W} A", "LAME"), ["lame"], id="none speaks for it"),
        pytest.param(
            f"{W} A",
            [
                *both(f"{W} A", f"-> {X} | {A}", 60),
                *both(f"{W} CNAME", f"{X}.", 86400),
                *both(f"{X} A", A, 60),
            ],
            [f"{W} CNAME 86400", f"{X} A 60"],
            id="an alias, kept for longer than what it leads to",
        ),
        pytest.param(
            f"{W} CNAME",
            both(f"{W} CNAME", f"{X}.", 600),
            [f"{W} CNAME 600"],
            id="the alias itself",
        ),
        pytest.param(
            f"{W} A",
            [
                *both(f"{W} A", f"-> {X}"),
                *both(f"{W} CNAME", f"{X}.", 5),
                *both(f"{X} A", "NODATA"),
            ],
            [f"{W} CNAME 5", f"{X} A nodata"],
            id="an alias of nothing",
        ),
        pytest.param(
            f"{W} A",
            [
                *both(f"{W} A", "TIMEOUT"),
                *both(f"{W} CNAME", f"{X}.", 5),
                *both(f"{X} A", "TIMEOUT"),
                *both(f"{X} CNAME", "TIMEOUT"),
            ],
            [f"{W} CNAME 5", "timeout"],
            id="an alias whose target is not known",
        ),
        pytest.param(
            f"{W} A",
            [
                *both(f"{W} A", f"-> {X} | {A}"),
                *both(f"{X} A", f"-> {W} | {A}"),
                *both(f"{W} CNAME", f"{X}."),
                *both(f"{X} CNAME", f"{W}."),
            ],
            [f"{W} CNAME 3600", f"{X} CNAME 3600", "alias-loop"],
            id="a circle",
        ),
        pytest.param(
            f"{W} A",
            [
                *both(f"{W} A", f"-> {X} | {A}"),
                *both(f"{X} A", f"-> {Y} | {A}"),
                *both(f"{Y} A", f"-> {X} | {A}"),
                *both(f"{W} CNAME", f"{X}."),
                *both(f"{X} CNAME", f"{Y}."),
                *both(f"{Y} CNAME", f"{X}."),
            ],
            [f"{W} CNAME 3600", f"{X} CNAME 3600", f"{Y} CNAME 3600", "alias-loop"],
            id="a circle further on",
        ),
    ],
)
def test_links(asked: str, answers: list[Told], said: list[str]) -> None:
    assert found(asked, *answers) == said


def test_what_is_proposed_counts_and_not_what_is_published() -> None:
    asked, answer = told(f"{W} A", A)
    assert isinstance(answer, DnsAnswer)
    proposed = (Proposed(W), ProposedFact("example.com.zone"))
    will_be = (asked, replace(answer, ttl=300))
    assert found(f"{W} A", proposed, will_be, *both(f"{W} A", A, 86400)) == [f"{W} A 300"]


@pytest.mark.parametrize(
    ("kind", "text", "behind", "said"),
    [
        pytest.param("A", A, both(f"{X} A", A, 60), f"{W} A 60", id="the original goes sooner"),
        pytest.param("A", A, both(f"{X} A", A, 900), f"{W} A 300", id="the copy goes sooner"),
        pytest.param(
            "A",
            A,
            [
                *both(f"{X} A", f"-> {Y} | {A}", 900),
                *both(f"{X} CNAME", f"{Y}.", 30),
                *both(f"{Y} A", A, 900),
            ],
            f"{W} A 30",
            id="an alias before the original",
        ),
        pytest.param("A", A, both(f"{X} A", "TIMEOUT"), "timeout", id="of it nothing is known"),
        pytest.param("A", "NODATA", [], f"{W} A nodata", id="there is none to copy"),
        pytest.param(
            "CNAME", f"{Y}.", both(f"{X} CNAME", f"{Y}.", 60), f"{W} CNAME 60", id="alias"
        ),
    ],
)
def test_a_copy_is_kept_no_longer_than_what_it_is_copied_from(
    kind: str, text: str, behind: list[Told], said: str
) -> None:
    asked, answer = told(f"{W} {kind}", text)
    assert isinstance(answer, DnsAnswer)
    copy = ProposedAnswer.resting_on(replace(answer, ttl=300))
    will_be = (asked, replace(copy, copied_from=X))
    proposed = (Proposed(W), ProposedFact("plan.json"))
    assert found(f"{W} {kind}", proposed, will_be, *behind) == [said]


def test_an_alias_that_is_copied_is_kept_no_longer_either() -> None:
    asked, answer = told(f"{W} A", f"-> {Y} | {A}")
    alias, target = told(f"{W} CNAME", f"{Y}.")
    assert isinstance(answer, DnsAnswer)
    assert isinstance(target, DnsAnswer)
    copy = replace(ProposedAnswer.resting_on(target), copied_from=X)
    proposed = (Proposed(W), ProposedFact("plan.json"))
    behind = [*both(f"{X} CNAME", f"{Y}.", 60), *both(f"{Y} A", A, 900)]
    assert found(f"{W} A", proposed, (asked, answer), (alias, copy), *behind) == [
        f"{W} CNAME 60",
        f"{Y} A 900",
    ]
