"""P19: what SPF says of a client, beside pyspf, which has the same answers.

As a program, ``python -m tests.bench.spf_evaluation CLIENTS ROUNDS``, it measures in a process that
has evaluated nothing else, and prints seconds of CPU as JSON.
"""

from __future__ import annotations

import ipaddress
import json
import sys
import warnings
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.child import BenchError, run
from tests.bench.goals import ratios, row
from tests.bench.rounds import cpu_seconds, interleaved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.spf.evaluation.check import SpfCheck
    from mailcheck.finding import Finding
    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size
    from tests.conformance.peer import Zones

POLICIES = {
    "suite.example": "include:_spf.provider.example ~all",
    "own.example": "a mx ip4:203.0.113.0/24 -all",
    "both.example": "ip4:203.0.113.7 include:_spf.provider.example include:cloud.example mx -all",
    "macro.example": "exists:%{ir}.%{v}.macro.example include:%{d2}.spf.example redirect=own.example",
    "parked.example": "-all",
    "whole.example": "redirect=_spf.provider.example",
    "_spf.provider.example": "include:_n1.example include:_n2.example include:_n3.example ~all",
    "_n1.example": " ".join(f"ip4:198.{n}.0.0/19" for n in range(10)) + " ~all",
    "_n2.example": " ".join(f"ip6:2001:db8:{n}::/48" for n in range(6)) + " ~all",
    "_n3.example": " ".join(f"ip4:172.{n}.0.0/19" for n in range(12)) + " ~all",
    "cloud.example": " ".join(f"ip4:40.{n}.0.0/15" for n in range(0, 12, 2)) + " -all",
    "macro.example.spf.example": "ip4:198.51.100.0/24 ?all",
}
"""Records of the kinds that are published: those of large providers, of hosts, of parked names."""

DOMAINS = tuple(name for name in POLICIES if name[0] != "_")[:6]

IPV6 = 4
"""One client in so many comes by IPv6."""


def spf_evaluation(bed: Bed, size: Size) -> list[Row]:
    """Evaluate six policies for many clients, all answers being known after the first round."""
    clients = max(size.items // 500, 20)
    command = [sys.executable, "-m", "tests.bench.spf_evaluation", str(clients), str(size.rounds)]
    said = json.loads(run(command, bed.project("spf", {})).output)
    if said["differ"]:
        raise BenchError(f"pyspf says something else of {said['differ']}")
    times: dict[str, list[float]] = said["times"]
    each = 1e6 / (clients * len(DOMAINS))
    ours, theirs = (median(times[name]) * each for name in ("ours", "yardstick"))
    detail = f"{ours:.0f} us an evaluation against {theirs:.0f}"
    return [row("P19", ratios(times["ours"], times["yardstick"]), detail)]


def zones() -> Zones:
    """Return what the policies and the hosts they name publish."""
    published: Zones = {
        (name, "TXT"): [f'"v=spf1 {terms}"', '"verification=abc"']
        for name, terms in POLICIES.items()
    }
    for name in ("own.example", "both.example"):
        published[name, "MX"] = [f"10 mx1.{name}.", f"20 mx2.{name}."]
        for host in (name, f"mx1.{name}", f"mx2.{name}"):
            published[host, "A"] = ["192.0.2.80"]
            published[host, "AAAA"] = ["2001:db8:ffff::80"]
    return published


def questions(clients: int) -> Iterator[SpfCheck]:
    """Yield the evaluations: every client at every policy."""
    from mailcheck.facts.spf.evaluation.check import SpfCheck

    for number in range(clients):
        four = ipaddress.ip_address(f"172.{number % 24}.{number // 24 % 256}.9")
        six = ipaddress.ip_address(f"2001:db8:{number % 12}::{number:x}")
        for domain in DOMAINS:
            ip = four if number % IPV6 else six
            yield SpfCheck(ip, domain, f"user@{domain}", f"mail.{domain}")


def main(clients: int, rounds: int) -> None:
    """Measure in this process."""
    warnings.simplefilter("ignore")
    from mailcheck.engine import Engine
    from mailcheck.finding import met
    from tests.conformance.peer import Peer, ZonesWorld

    published = zones()
    asked = list(questions(clients))
    results: dict[SpfCheck, str] = {}
    engine = Engine(ZonesWorld(published))
    peer = Peer(published)

    async def judge(question: SpfCheck) -> Finding:
        # Not the question itself, whose fact the engine has after the first round.
        results[question] = (await question.derive()).result
        return met()

    def ours() -> Any:
        for judgement in [engine.plan(judge, question) for question in asked]:
            engine.finish(judgement)
        return results

    def yardstick() -> Any:
        return {question: peer.opinion(question) for question in asked}

    theirs = yardstick()
    differ = [f"{q.domain} for {q.ip}" for q, result in ours().items() if theirs[q] != result]
    timed = {"ours": cpu_seconds(ours), "yardstick": cpu_seconds(yardstick)}
    said = {"differ": ", ".join(differ[:3]), "times": interleaved(rounds, timed)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
