"""One session tells all that is asked about a server: what real Postfix says in it, and logs."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from .certified import write_certificates
from .internet import APEX, add_unbound, internet
from .judging import Judged, judge_suite, live
from .namespace import PUBLIC
from .postfix import Receiver, start_postfix
from .postfix_log import Log, logged
from .real_lab import wait_for_dns, wait_for_smtp
from .smtp_services import SERVICES, ZONE, Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("postfix", "unbound", "nsd", "ip")

RESOLVER = ipaddress.IPv4Address("198.51.100.1")

DOOR = Receiver("door.sessions.example", ipaddress.IPv4Address("198.51.100.25"))
"""Whoever waits for Postfix asks here: elsewhere every connection counts."""

REVERSE = "113.0.203.in-addr.arpa"

ELSEWHERE = "elsewhere.example"
"""The domain of the mailbox that nobody here may relay to."""

GREYLISTS = {10450: "450 4.2.0 Greylisted", 10451: "451 4.7.1 Come back later"}
"""What policy services say to whoever is new to them, by port."""

# Postfix ends a question to a policy service with an empty line.
POLICY = """\
while read -r line; do
  [ -n "$line" ] || printf 'action=%s\\n\\n' "$*"
done
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of each service, sentence by sentence, and what it logged."""

    judged: dict[str, dict[str, Judged]]
    logs: dict[str, Log]
    at_robots: Log


@pytest.fixture(scope="module")
def outcome(folder: Path) -> Iterator[Outcome]:
    """Judge every sentence in one run."""
    records = "".join(
        f"{s.domain}. MX 10 {s.host}.\n{s.host}. A {s.address}\nother.{s.domain}. A {s.address}\n"
        for s in SERVICES
    )
    reverse = "".join(f"{s.address.reverse_pointer}. PTR {s.host}.\n" for s in SERVICES)
    zones = {ZONE: APEX + records, REVERSE: APEX + reverse, ELSEWHERE: f"{APEX}@ MX 10 ns\n"}
    with internet(folder, zones) as space:
        space.add_addresses([DOOR.address, *(service.address for service in SERVICES)])
        add_unbound(space, RESOLVER)
        trusted = write_certificates(
            folder, {f"{s.name}.pem": (s.certificate, s.host) for s in SERVICES if s.certificate}
        )
        (folder / "policy.sh").write_text(POLICY)
        start_postfix(
            space,
            [*(service.receiver for service in SERVICES), DOOR],
            domains=[service.domain for service in SERVICES if service.is_own],
            more="".join(map(_greylist, GREYLISTS)),
        )
        wait_for_dns(space, [RESOLVER])
        wait_for_smtp(space, [DOOR.address])
        _use_up_the_rate(space)
        sentences = [s.says(sentence) for s in SERVICES for sentence in s.sentences]
        options = {
            **live([RESOLVER]),
            "control-host": ["none"],
            "relay-recipient": [f"mailbox@{ELSEWHERE}"],
            "ca-file": [str(trusted)],
        }
        judged = iter(judge_suite(space, options, sentences, ZONE))
        yield Outcome(
            {s.name: dict(zip(s.sentences, judged, strict=False)) for s in SERVICES},
            {s.name: logged(space, s.host) for s in SERVICES},
            _met_by_a_robot(space),
        )


def _greylist(port: int) -> str:
    command = f"sh {PUBLIC / 'policy.sh'} {GREYLISTS[port]}"
    return f"127.0.0.1:{port}  inet  n  n  n  -  0  spawn user=nobody argv={command}\n"


def _use_up_the_rate(space: Namespace) -> None:
    [service] = [service for service in SERVICES if service.name == "rate"]
    [replies] = space.ask("ask_smtp.py", [{"server": str(service.address), "lines": ["QUIT"]}])
    assert [reply[0][:3] for reply in replies] == ["220", "221"]


def _met_by_a_robot(space: Namespace) -> Log:
    """Return the log of postscreen after somebody came who does not wait for the greeting."""
    [service] = [service for service in SERVICES if service.screen]
    robot = {"client": str(DOOR.address), "early": "EHLO robot.example\r\n", "lines": []}
    space.ask("ask_smtp.py", [{"server": str(service.address), **robot}])
    return logged(space, service.host)


def _cases(*services: Service) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("service", services, ids=[one.name for one in services])


@_cases(*SERVICES)
def test_what_is_said(outcome: Outcome, service: Service) -> None:
    said = {sentence: judged.end for sentence, judged in outcome.judged[service.name].items()}
    assert said == {sentence: service.end(sentence) for sentence in service.sentences}


@_cases(*SERVICES)
def test_the_words_of_the_server_are_evidence(outcome: Outcome, service: Service) -> None:
    judged = outcome.judged[service.name].values()
    evidence = "\n".join(line for one in judged for line in one.evidence)
    assert [words for words in service.seen if words not in evidence] == [], evidence


@_cases(*SERVICES)
def test_all_is_asked_in_one_session(outcome: Outcome, service: Service) -> None:
    """Postfix counts the commands of each client; DATA is none of them, and nothing else is odd."""
    log = outcome.logs[service.name]
    assert sorted(log.sessions) == sorted(service.sessions)
    odd = [line for line in log.complaints if not any(words in line for words in service.warns_of)]
    assert not odd


def test_postscreen_lets_pass_who_waits_for_the_greeting(outcome: Outcome) -> None:
    """It greets in two lines, seconds apart, and takes whoever talks in between for a robot."""
    [passed] = outcome.logs["postscreen"].of("postscreen", "PASS ")
    assert passed.startswith("NEW ")
    [robot] = outcome.at_robots.of("postscreen", "PREGREET ")
    assert f"from [{DOOR.address}]" in robot
