"""Two thousand questions: every answer is what the zone says, and none is asked twice."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import pytest

from mailcheck.errors import Place
from mailcheck.lab.authority import Authority
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems

from . import nsd, unbound
from .internet import APEX, AUTHORITY, TTL, add_named, add_unbound, internet, unbound_at
from .judging import judge_sentences, live
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "nsd-control", "unbound-control", "ip")

UNBOUND, NAMED = (ipaddress.IPv4Address(f"198.51.100.{last}") for last in (1, 2))

ORIGIN = "many.example"

DISTINCT = 2000


def records(number: int) -> str:
    """Return what stands at one name, of a kind that depends on its *number*."""
    match number % 5:
        case 0:
            return f"n{number} MX 10 mail{number}\nn{number} MX 20 backup.example.net.\n"
        case 1:
            return f"n{number} A 192.0.2.{number % 256}\n"
        case 2:
            return f'n{number} TXT "v=spf1 exists:%{{i}}.{number} -all"\n'
        case 3:
            return f"n{number} CNAME target{number}\ntarget{number} A 198.51.100.{number % 256}\n"
    return ""


ZONE = APEX + "".join(records(number) for number in range(DISTINCT))

TYPES = ("MX", "A", "TXT", "A", "A")

ASKED = [{"name": f"n{n}.{ORIGIN}", "type": TYPES[n % 5]} for n in range(DISTINCT)]
"""Three kinds of data, aliases, and names that do not exist: 400 of each."""


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run the zone by nsd, and two resolvers."""
    with internet(folder, {ORIGIN: ZONE}) as running:
        add_unbound(running, UNBOUND)
        add_named(running, NAMED, "dnssec-validation no;", "querylog yes;")
        wait_for_dns(running, [UNBOUND, NAMED])
        yield running


@pytest.fixture(scope="module")
def foretold() -> list[dict[str, Any]]:
    """What the lab says, which has read the same zone."""
    zone = read_zone(ZONE, dns.name.from_text(ORIGIN), Place(ORIGIN, 1), Problems())
    assert zone is not None
    lab = Authority([zone])
    return [_told(lab, asked["name"], asked["type"]) for asked in ASKED]


def _told(lab: Authority, name: str, rdtype: str) -> dict[str, Any]:
    answer = lab.answer(dns.message.make_query(name, rdtype, flags=0))
    if answer.rcode() == dns.rcode.NXDOMAIN:
        return {"status": "nxdomain", "records": [], "aliases": [], "denier": ORIGIN}
    *aliases, last = answer.answer
    return {
        "status": "data",
        "records": sorted(str(record).lower() for record in last),
        "aliases": [alias[0].target.to_text(omit_final_dot=True) for alias in aliases],
        "denier": "",
    }


def _concluded(answer: dict[str, Any]) -> dict[str, Any]:
    assert "cause" not in answer, answer
    assert answer["ttl"] is None or 0 < answer["ttl"] <= TTL
    kept = {key: answer[key] for key in ("status", "aliases", "denier")}
    return kept | {"records": sorted(record.lower() for record in answer["records"])}


def test_of_the_zones_own_server(space: Namespace, foretold: list[dict[str, Any]]) -> None:
    asked = [one | {"server": str(AUTHORITY)} for one in ASKED]
    nsd.queries_answered(space, AUTHORITY)
    said = space.ask("ask_world.py", asked)
    assert nsd.queries_answered(space, AUTHORITY) == DISTINCT
    assert [_concluded(one) for one in said] == foretold
    assert all(one["authoritative"] for one in said)


def test_of_unbound(space: Namespace, foretold: list[dict[str, Any]]) -> None:
    """Counted when it knows the answers: one that has to find them out may be asked twice for it."""
    first = space.ask("ask_world.py", ASKED, str(UNBOUND))
    unbound.queries_had(space, unbound_at(UNBOUND))
    second = space.ask("ask_world.py", ASKED, str(UNBOUND))
    assert unbound.queries_had(space, unbound_at(UNBOUND)) == DISTINCT
    assert [_concluded(one) for one in first] == foretold
    assert [_concluded(one) for one in second] == foretold


def test_of_named(space: Namespace, foretold: list[dict[str, Any]]) -> None:
    first = space.ask("ask_world.py", ASKED, str(NAMED))
    before = len(logged(space))
    second = space.ask("ask_world.py", ASKED, str(NAMED))
    assert len(logged(space)) - before == DISTINCT
    assert [_concluded(one) for one in first] == foretold
    assert [_concluded(one) for one in second] == foretold


def test_what_many_sentences_want_to_know_is_asked_once(space: Namespace) -> None:
    """By the command: the sentences share most of their questions."""
    names = [f"n{number}.{ORIGIN}" for number in range(0, 100, 5)]
    about = ("domain {} has MX", "MX hosts of {} resolve", "domain {} accepts no mail")
    sentences = [one.format(name) for name in names for one in about]
    judged = judge_sentences(space, live([NAMED]), sentences)
    assert {one.verdict for one in judged} == {"unmet", "met"}
    before = len(logged(space))
    assert judge_sentences(space, live([NAMED]), sentences) == judged
    asked = logged(space)[before:]
    assert set(names) <= {question.split()[0] for question in asked}
    assert sorted(asked) == sorted(set(asked))


def logged(space: Namespace) -> list[str]:
    """Return the questions about the zone that named has had, as its log has them."""
    lines = (space.folder / f"named-{NAMED}.log").read_text().splitlines()
    asked = [line.partition("query: ")[2] for line in lines]
    return [" ".join(question.split()[:3]) for question in asked if f"{ORIGIN} IN" in question]
