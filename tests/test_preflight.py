"""The preflight: what is known of resolvers, when, and what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.engine import Engine
from mailcheck.facts.dns import name_server
from mailcheck.facts.root import ROOT_SERVERS, RunRoot, RunRootFact
from mailcheck.facts.run import RunRoutes, RunRoutesFact
from mailcheck.finding import Finding, met
from mailcheck.preflight import Preflight
from mailcheck.resolvers import read_resolver
from mailcheck.run import Run
from mailcheck.settings import Settings
from mailcheck.suite.load import load_item
from mailcheck.world.told import ToldWorld
from tests.facts.test_conduct import SOA, behaves
from tests.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.check import Told
    from mailcheck.facts.dns import NameServer
    from mailcheck.suite.requirement import Requirement

RESOLVER = name_server("192.0.2.53")
SILENT = name_server("192.0.2.54")
ROUTES = (RunRoutes(), RunRoutesFact(ipv4=True, ipv6=False))


async def nothing() -> Finding:
    """Judge what needs no answer."""
    return met()


def known(
    *told: Told,
    resolvers: tuple[NameServer, ...] = (RESOLVER,),
    for_lists: tuple[NameServer, ...] = (),
    steps: int = 1000,
) -> dict[str, str]:
    """Return the lines after as many answers."""
    world = ToldWorld(told)
    engine = Engine(world)
    preflight = Preflight(engine, resolvers, for_lists)
    engine.finish(engine.plan(nothing))
    for _ in range(steps):
        if world._open:
            world.step()
            engine.finish(engine.plan(nothing))
    return preflight.lines


def test_there_is_a_line_for_each_resolver_and_one_for_routes() -> None:
    told = behaves(f"AD {SOA}", "NXDOMAIN", "NXDOMAIN")
    assert known(*told, ROUTES, resolvers=(RESOLVER, SILENT)) == {
        "resolver 192.0.2.53": "answers, validates, does not rewrite, public",
        "resolver 192.0.2.54": "does not answer (not-told)",
        "routes": "IPv4, no route for IPv6",
    }


def test_until_it_is_known_it_is_said_that_it_is_not() -> None:
    assert known(ROUTES, steps=0)["resolver 192.0.2.53"] == "no answer yet"


def test_whom_only_blocklists_are_asked_of_is_told_apart() -> None:
    told = behaves(f"AD {SOA}", "NXDOMAIN", "NXDOMAIN")
    public = name_server("8.8.8.8")
    found = known(*told, ROUTES, for_lists=(RESOLVER, public))
    assert list(found) == [
        "resolver 192.0.2.53",
        "blocklist resolver 192.0.2.53",
        "blocklist resolver 8.8.8.8",
        "routes",
    ]
    assert found["blocklist resolver 192.0.2.53"] == found["resolver 192.0.2.53"]
    refused = "; Google serves everybody, and large lists refuse it"
    assert found["blocklist resolver 8.8.8.8"] == f"does not answer (not-told){refused}"
    waiting = known(ROUTES, for_lists=(public,), steps=0)
    assert waiting["blocklist resolver 8.8.8.8"] == "no answer yet"


def test_without_resolvers_it_is_about_the_root() -> None:
    found = known(ROUTES, (RunRoot(), RunRootFact()), resolvers=())
    assert found == {
        "root": "no answer; the way to a zone is asked of nobody",
        "routes": "IPv4, no route for IPv6",
    }


# ── in a run ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Resolvers that stand on loopback, by their addresses in the lab."""
    with standing(tmp_path_factory.mktemp("net")) as where:
        yield where


def asks(sentence: str) -> Requirement:
    [requirement] = load_item(sentence, load_catalogue())
    return requirement


ADDRESSES = ("192.0.2.10", "192.0.2.11", "192.0.2.53")
"""The servers of the zones."""


def endpoint(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    return host, int(port)


def run_with(*resolvers: str, to: dict[str, str] | None = None, authoritative: bool = False) -> Run:
    """Return a run with these resolvers; *to* has the root's servers and those of its zones."""
    detours = {(address, 53): endpoint((to or {})[address]) for address in ADDRESSES if to}
    detours |= {(str(r.address), 53): detours["192.0.2.10", 53] for r in ROOT_SERVERS if to}
    settings = Settings(
        resolvers=tuple(map(read_resolver, resolvers)),
        authoritative=authoritative,
        connect_to=detours,
    )
    return Run(settings, root=Path.cwd())


def judged(run: Run, sentence: str, folder: Path) -> str:
    """Return the verdict, and its tag or cause."""
    verdict = run.verdict(run.plan(asks(sentence), folder))
    run.close()
    return " ".join([verdict.kind, *verdict.tags, *filter(None, [verdict.cause])])


def test_a_run_knows_its_resolvers(net: dict[str, str], tmp_path: Path) -> None:
    run = run_with(net["192.0.2.1"], net["192.0.2.2"])
    assert run.preflight(5) == {}
    run.plan(asks("domain example.com has MX"), tmp_path)
    found = run.preflight(5)
    run.close()
    honest, liar, routes = found.values()
    assert honest == "answers, does not validate, does not rewrite, loopback (RFC 1122)"
    assert "rewrites what does not exist to 203.0.113.99" in liar
    assert "IPv4" in routes


def test_a_run_knows_whom_it_asks_about_blocklists(net: dict[str, str], tmp_path: Path) -> None:
    settings = Settings(
        resolvers=(read_resolver(net["192.0.2.1"]),),
        blocklist_resolvers=(read_resolver(net["192.0.2.2"]),),
    )
    run = Run(settings, root=Path.cwd())
    run.plan(asks("domain example.com has MX"), tmp_path)
    found = run.preflight(5)
    run.close()
    [for_lists] = [name for name in found if name.startswith("blocklist resolver")]
    assert "rewrites what does not exist" in found[for_lists]


def test_where_lists_are_asked_themselves_the_way_to_them_is_known(
    net: dict[str, str], tmp_path: Path
) -> None:
    settings = Settings(
        resolvers=(read_resolver(net["192.0.2.1"]),),
        blocklist_resolvers=(read_resolver(net["192.0.2.2"]),),
        blocklist_authoritative=True,
        connect_to={(str(r.address), 53): endpoint(net["192.0.2.10"]) for r in ROOT_SERVERS},
    )
    run = Run(settings, root=Path.cwd())
    run.plan(asks("domain example.com has MX"), tmp_path)
    found = run.preflight(5)
    run.close()
    assert found["root"] == "a.root-servers.net (198.41.0.4) answers"
    assert not any(name.startswith("blocklist") for name in found)


def test_a_resolver_that_the_run_gave_up_is_said_to_be_silent(tmp_path: Path) -> None:
    """Its preflight may not have come to its end by then."""
    run = run_with("127.0.0.1:1")  # nobody listens there
    planned = [run.plan(asks(f"domain d{n}.example has MX"), tmp_path) for n in range(3)]
    causes = {run.verdict(one).cause for one in planned}
    found = run.preflight(at_end=True)
    run.close()
    assert "resolver-dead" in causes
    assert found["resolver 127.0.0.1 port 1"].startswith("does not answer")


SENTENCES = {
    "domain example.com has MX": "met",
    "host mail.example.com resolves": "met",
    "domain gone.example.com has MX": "unmet no-such-domain",
    "EHLO name gone.example.com resolves": "unmet no-such-domain",
    "domain mail.example.com has MX": "unmet no-mx",
    "domain nosuch.com has MX": "unmet no-such-domain",
}

each_sentence = pytest.mark.parametrize("sentence", SENTENCES)


@each_sentence
def test_the_zone_s_servers_decide_in_a_liar_s_place(
    net: dict[str, str], tmp_path: Path, sentence: str
) -> None:
    run = run_with(net["192.0.2.2"], to=net)
    assert judged(run, sentence, tmp_path) == SENTENCES[sentence]


@each_sentence
def test_if_they_cannot_be_reached_a_liar_is_not_believed(
    net: dict[str, str], tmp_path: Path, sentence: str
) -> None:
    nobody = dict.fromkeys(ADDRESSES, net["192.0.2.4"])  # who fails whatever is asked
    run = run_with(net["192.0.2.2"], to=nobody)
    inconclusive = "inconclusive resolver-rewrites"
    expected = "met" if SENTENCES[sentence] == "met" else inconclusive
    assert judged(run, sentence, tmp_path) == expected


@each_sentence
def test_a_run_without_resolvers_finds_the_way_from_the_root(
    net: dict[str, str], tmp_path: Path, sentence: str
) -> None:
    run = run_with(to=net, authoritative=True)
    assert judged(run, sentence, tmp_path) == SENTENCES[sentence]


@each_sentence
def test_a_resolver_shows_the_way_where_the_root_is_out_of_reach(
    net: dict[str, str], tmp_path: Path, sentence: str
) -> None:
    rootless = {**net, "192.0.2.10": "127.0.0.1:9"}  # where nobody listens
    run = run_with(net["192.0.2.1"], to=rootless, authoritative=True)
    assert judged(run, sentence, tmp_path) == SENTENCES[sentence]


def test_such_a_run_says_where_it_begins(net: dict[str, str], tmp_path: Path) -> None:
    run = run_with(to=net, authoritative=True)
    run.plan(asks("domain example.com has MX"), tmp_path)
    found = run.preflight(5)
    run.close()
    assert found["root"] == "a.root-servers.net (198.41.0.4) answers"
    assert not any(name.startswith("resolver") for name in found)


def test_a_silent_resolver_does_not_hold_up_what_another_answers(
    net: dict[str, str], tmp_path: Path
) -> None:
    run = run_with(net["192.0.2.1"], net["192.0.2.3"])
    planned = run.plan(asks("domain gone.example.com has MX"), tmp_path)
    verdict = run.verdict(planned)
    found = list(run.preflight().values())
    run.close()
    assert verdict.tags == ("no-such-domain",)
    assert found[0].startswith("answers")
    assert found[1] == "no answer yet"
