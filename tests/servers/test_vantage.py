"""What is seen of mail servers from behind firewalls: what is theirs to mend, and what is ours.

Every scenario has targets, control hosts and rules of nftables of its own, in one namespace, and all
of them run at once: most wait for somebody who is silent.
"""

from __future__ import annotations

import ipaddress
import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mailcheck.probes.smtp.probe import SESSIONS

from .internet import APEX, add_unbound, internet
from .judging import Judged, arguments, judge_sentences, live
from .postfix import Receiver, start_postfix
from .postfix_log import logged
from .real_lab import wait_for_dns, wait_for_smtp
from .vantages import CONTROLS, MANY, MANY_ON_A_SHUT_PORT, SCENARIOS, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

    from .namespace import Namespace

pytestmark = pytest.mark.servers("postfix", "unbound", "nsd", "ip", "nft")

RESOLVER = ipaddress.IPv4Address("198.51.100.1")

DOOR = Receiver("door.vantage.example", ipaddress.IPv4Address("198.51.100.25"))
"""Whoever waits for Postfix asks here: elsewhere every connection counts."""

ZONE = "vantage.example"

# Notes every attempt to connect, however often its first packet is sent.
FIREWALL = """\
table inet filter {{
  set tries {{ type ipv4_addr . inet_service; flags dynamic; }}
  set tries6 {{ type ipv6_addr . inet_service; flags dynamic; }}
  chain in {{
    type filter hook input priority 0;
    tcp flags & (syn | ack) == syn add @tries {{ ip daddr . tcp sport }}
    tcp flags & (syn | ack) == syn add @tries6 {{ ip6 daddr . tcp sport }}
{rules}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a host of a scenario; ``who`` ends in ``-6`` if it is of IPv6."""

    scenario: Scenario
    who: str
    address: Address
    is_up: bool = True
    is_routed: bool = True

    @property
    def host(self) -> str:
        """The host within its scenario, the same for both families."""
        return self.who.removesuffix("-6")

    @property
    def name(self) -> str:
        return _name(self.scenario, self.host)

    @property
    def receiver(self) -> Receiver:
        return Receiver(f"{self.who}.{self.scenario.name}", self.address)


def _places() -> Iterator[Place]:
    """Give every host of every scenario addresses of its own."""
    fourth = ipaddress.IPv4Network("203.0.113.0/24").hosts()
    sixth = ipaddress.IPv6Network("2001:db8::/120").hosts()
    for scenario in SCENARIOS:
        hosts = {who: (one.families, one.is_up) for who, one in scenario.targets.items()}
        hosts |= {who: (scenario.control_families, port == 25) for who, port in CONTROLS.items()}
        for who, (families, is_up) in hosts.items():
            for family in families:
                if family == "4":
                    yield Place(scenario, who, next(fourth), is_up)
                else:
                    yield Place(scenario, f"{who}-6", next(sixth), is_up, "!" not in family)


PLACES = tuple(_places())


def _name(scenario: Scenario, who: str) -> str:
    return f"{who}.{scenario.name}.{ZONE}"


def _addresses(scenario: Scenario) -> dict[str, str]:
    return {place.who: str(place.address) for place in PLACES if place.scenario is scenario}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of each scenario, by its name, and who tried how often to connect to whom."""

    space: Namespace
    judged: dict[str, list[Judged]]
    told: dict[str, list[list[str]]]
    tries: Counter[str]


@pytest.fixture(scope="module")
def outcome(folder: Path) -> Iterator[Outcome]:
    """Run all scenarios at once."""
    records = "".join(
        f"{p.name}. {'A' if p.address.version == 4 else 'AAAA'} {p.address}\n" for p in PLACES
    )
    with internet(folder, {ZONE: APEX + records}) as space:
        space.add_addresses([DOOR.address, *(p.address for p in PLACES if p.is_routed)])
        add_unbound(space, RESOLVER)
        start_postfix(space, [*(p.receiver for p in PLACES if p.is_up and p.is_routed), DOOR])
        space.start("web", sys.executable, "-m", "http.server", "443", "--bind", "::")
        wait_for_dns(space, [RESOLVER])
        wait_for_smtp(space, [DOOR.address])
        rules = [rule.format_map(_addresses(s)) for s in SCENARIOS for rule in s.rules]
        space.run("nft", "--file", "-", stdin=FIREWALL.format(rules="\n".join(rules)))
        with ThreadPoolExecutor(sum(scenario.runs for scenario in SCENARIOS)) as pool:
            judged = {
                s.name: pool.submit(judge_sentences, space, _options(s), _sentences(s))
                for s in SCENARIOS
            }
            told = {
                s.name: [pool.submit(_run, space, *command) for command in _commands(s, folder)]
                for s in SCENARIOS
                if s.summary
            }
        yield Outcome(
            space,
            {name: done.result() for name, done in judged.items()},
            {name: [done.result() for done in both] for name, both in told.items()},
            _tries(space),
        )


def _options(scenario: Scenario) -> dict[str, list[str]]:
    hosts = [f"{_name(scenario, who)}:{port}" for who, port in CONTROLS.items()]
    return {**live([RESOLVER]), "control-host": hosts, "vantage": [f"behind {scenario.name}"]}


def _sentences(scenario: Scenario) -> list[str]:
    return [f"SMTP port 25 of {_name(scenario, who)} accepts" for who in scenario.targets]


def _commands(scenario: Scenario, folder: Path) -> Iterator[tuple[str, ...]]:
    """Return how a suite of the scenario is run by the command, and by pytest."""
    suite = folder / f"{scenario.name}.yml"
    lines = "".join(f"  - {sentence}\n" for sentence in _sentences(scenario))
    suite.write_text(f"mailcheck: 1\ntitle: {scenario.name}\nchecks:\n{lines}")
    run, options = (sys.executable, "-m"), _options(scenario)
    yield (*run, "mailcheck.cli", "check", *arguments(options), str(suite))
    quiet = ("-q", "-p", "no:cacheprovider")
    yield (*run, "pytest", *quiet, *arguments(options, "--mail-"), str(suite))


def _run(space: Namespace, *command: str) -> list[str]:
    """Return what a program writes, its exit status as the last line."""
    return space.run("sh", "-c", '"$@"; echo $?', "sh", *command, check=False).splitlines()


def _tries(space: Namespace) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in ("tries", "tries6"):
        listed = json.loads(space.run("nft", "-j", "list", "set", "inet", "filter", name))
        [found] = [one["set"] for one in listed["nftables"] if "set" in one]
        counts.update(element["concat"][0] for element in found.get("elem", ()))
    return counts


def _cases(scenarios: tuple[Scenario, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scenario", scenarios, ids=[one.name for one in scenarios])


@_cases(SCENARIOS)
def test_what_is_said_of_the_targets(outcome: Outcome, scenario: Scenario) -> None:
    told = [(judged.end, judged.advice) for judged in outcome.judged[scenario.name]]
    assert told == [(target.end, target.advice) for target in scenario.targets.values()]
    texts = [judged.text for judged in outcome.judged[scenario.name]]
    ends = [target.says.format_map(_addresses(scenario)) for target in scenario.targets.values()]
    assert [text for text, end in zip(texts, ends, strict=True) if not text.endswith(end)] == []


@_cases(tuple(scenario for scenario in SCENARIOS if scenario.summary))
def test_how_a_run_ends(outcome: Outcome, scenario: Scenario) -> None:
    assert scenario.summary is not None
    by_command, by_pytest = outcome.told[scenario.name]
    unknown = scenario.summary.unknown.format_map(_addresses(scenario))
    for told in (by_command, by_pytest):
        assert f"vantage        behind {scenario.name}" in told
        assert scenario.summary.counts in told
        assert any(line.startswith(unknown) for line in told), "\n".join(told)
    status = scenario.summary.by_command, scenario.summary.by_pytest
    assert (int(by_command[-1]), int(by_pytest[-1])) == status


@_cases(tuple(scenario for scenario in SCENARIOS if scenario is not MANY_ON_A_SHUT_PORT))
def test_each_address_is_tried_once(outcome: Outcome, scenario: Scenario) -> None:
    """Nobody asks a control host who has no need of it, nor asks one twice."""
    places = [place for place in PLACES if place.scenario is scenario]
    expected = {
        p.who: scenario.runs
        if p.is_routed
        and (p.host in scenario.targets or str(p.address.version) == scenario.controls_asked)
        else 0
        for p in places
    }
    assert {p.who: outcome.tries[str(p.address)] for p in places} == expected


def test_of_many_on_a_shut_port_few_are_tried(outcome: Outcome) -> None:
    """Those that are begun before the first one is silent; the rest waits for the control hosts."""
    places = _addresses(MANY_ON_A_SHUT_PORT)
    tries = [outcome.tries[places[who]] for who in MANY]
    assert set(tries) == {0, 1}
    assert sum(tries) <= SESSIONS


@_cases(SCENARIOS)
def test_control_hosts_are_greeted_and_left(outcome: Outcome, scenario: Scenario) -> None:
    controls = [p for p in PLACES if p.scenario is scenario and p.host in "ab"]
    for place in controls:
        log = logged(outcome.space, place.receiver.name)
        assert set(log.sessions) <= {"quit=1 commands=1"}
        assert not log.complaints
