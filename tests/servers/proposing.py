"""The same zones served by named and proposed by ``--mail-proposed``, and what differs then."""

from __future__ import annotations

import contextlib
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dns.name

from mailcheck.engine import Engine, Layer
from mailcheck.facts.aliases import is_unfinished
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery
from mailcheck.facts.records import normal_name
from mailcheck.finding import met
from mailcheck.names import is_under
from mailcheck.proposals import ProposedFiles
from mailcheck.question import Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork, ProposedZone, read_proposals
from mailcheck.world.told import ToldWorld

from .ask_world import conclusions
from .authorities import serving

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mailcheck.check import Told
    from mailcheck.finding import Finding
    from mailcheck.question import Fact, Question
    from mailcheck.zones.zone import Zone

TYPES = ("A", "NS", "CNAME", "DNAME", "MX", "TXT", "DS", "SOA")

READY = "ready.test"
"""A zone that loads, which tells when named is there."""

_READY = "@ 60 SOA ns.invalid. h.invalid. 1 7200 3600 1209600 300\n@ 60 NS ns.invalid.\n"

_FIELDS = ("status", "texts", "aliases", "ttl", "authoritative", "denier", "cut", "delegated_to")

_IN_VAIN = frozenset({"alias-loop", "alias-chain-too-long", "zone-does-not-load"})
"""What named has but one word for: SERVFAIL."""

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """What named said to each question, and all that the proposed network says otherwise."""

    said: dict[str, str]
    differing: list[str]


def compare(
    zones: Mapping[str, str],
    folder: Path,
    types: Collection[str] = TYPES,
    names: Iterable[str] = (),
) -> Compared:
    """Ask named and the proposed network for *types* of *names* and of all that are around *zones*.

    The files are written to *folder*, by number, so that none is named after its zone.
    """
    files = []
    for number, (origin, text) in enumerate(zones.items()):
        files.append(ProposedFiles(folder / f"{number}.zone", "zone"))
        files[-1].path.write_text(text, "utf-8")
        (folder / f"{origin}.zone").parent.mkdir(parents=True, exist_ok=True)
    proposed = read_proposals(files, folder).zones
    with serving("named", {READY: _READY, **zones}, folder, "-n", "1") as port:
        server = NameServer(ipaddress.IPv4Address("127.0.0.1"), port=port)
        whole = [zone for zone in proposed.values() if isinstance(zone, ProposedZone)]
        all_names = dict.fromkeys([*_names(whole), *names])
        asked = [
            ServerQuery(name, rdtype, server)
            for name in all_names
            for rdtype in types
            if _is_proposed(name, rdtype, [*proposed])
        ]
        served = conclusions(asked, [])
    network = ProposedNetwork(proposed)
    will_serve = _answers(network, asked, [(one, _nothing(one)) for one in asked])
    will_find = _answers(network, [DnsQuery(one.name, one.rdtype) for one in asked], [])
    said, differing = {}, []
    for one, now, then, resolved in zip(asked, served, will_serve, will_find, strict=True):
        question = f"{one.name} {one.rdtype}"
        said[question] = _end(now)
        if _is_told_by_the_child(now, then, [*proposed]):
            continue
        if wrong := _differ(now, then):
            differing.append(f"{question}: {wrong}")
        elif _is_whole(now) and (wrong := _differ(now, resolved)):
            differing.append(f"{question}, resolved: {wrong}")
    return Compared(said, differing)


def _end(fact: Fact | Unobserved) -> str:
    if isinstance(fact, Unobserved):
        return "servfail" if fact.cause in _IN_VAIN else fact.cause
    assert isinstance(fact, DnsAnswer)
    return fact.status


def _differ(now: Fact | Unobserved, then: Fact | Unobserved) -> str:
    """Say in what a served answer and a proposed one differ, if they do."""
    served, proposed = _said(now), _said(then)
    fields = [f for f in {**served, **proposed} if served.get(f) != proposed.get(f)]
    shown = [f"{field} {served.get(field)!r} != {proposed.get(field)!r}" for field in fields]
    if isinstance(now, DnsAnswer) and isinstance(then, DnsAnswer):
        # Addresses of the zone's own are no glue to named: what is known of them does no harm.
        missing = {(s.name, s.address) for s in now.glue} - {(s.name, s.address) for s in then.glue}
        shown += [f"glue {missing} is missing"] if missing else []
    return ", ".join(shown)


def _said(fact: Fact | Unobserved) -> Said:
    if isinstance(fact, Unobserved):
        return {"cause": _end(fact)}
    assert isinstance(fact, DnsAnswer)
    said = {field: getattr(fact, field) for field in _FIELDS}
    return {field: value for field, value in said.items() if value not in ("", ())}


def _is_whole(fact: Fact | Unobserved) -> bool:
    """Whether *fact* is about the end of its aliases, so that nobody else has to be asked."""
    if not isinstance(fact, DnsAnswer):
        return False
    return fact.status in ("data", "nodata", "nxdomain") and not is_unfinished(fact)


def _nothing(asked: ServerQuery) -> DnsAnswer:
    """Return what a server says today that will serve what is proposed, and has nothing yet."""
    return DnsAnswer(asked.name, asked.rdtype, "nodata", authoritative=True)


def _answers(
    network: ProposedNetwork, asked: Sequence[Question[Any]], live: Iterable[Told]
) -> list[Any]:
    """Return what the network will answer, given what is told of it as it is."""
    engine = Engine(Layer(Engine(ToldWorld(live)), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of(asked))
        return met()

    engine.finish(engine.plan(judge))
    return got


def _is_told_by_the_child(
    now: Fact | Unobserved, then: Fact | Unobserved, zones: list[str]
) -> bool:
    """Whether named, lacking the zone above, denies a zone's DS, of which only that has the say."""
    if not isinstance(now, DnsAnswer) or now.rdtype != "DS":
        return False
    refused = isinstance(then, Unobserved) and then.cause == "zone-does-not-load"
    return (now.name in zones and refused) or bool({*now.aliases} & {*zones})


def _is_proposed(name: str, rdtype: str, zones: list[str]) -> bool:
    """Whether the change says anything about it: the DS of a zone is its parent's."""
    return any(is_under(name, zone) and (name != zone or rdtype != "DS") for zone in zones)


def _names(zones: Iterable[ProposedZone]) -> list[str]:
    """Return the names around the zones: theirs, what these point to, those beside and below."""
    names: dict[str, None] = {}
    for proposed in zones:
        origin = dns.name.from_text(proposed.origin)
        around = [origin, *_BESIDE, *_around(proposed.zone)] if proposed.zone else [origin]
        for name in around:
            absolute = name if name.is_absolute() else name.concatenate(origin)
            names.setdefault(normal_name(absolute))
    return list(names)


_BESIDE = [dns.name.Name([b"beside"]), dns.name.Name([b"x", b"beside"])]


def _around(zone: Zone) -> Iterator[dns.name.Name]:
    for name in sorted(zone.names):
        yield name
        for above in ([b"x"], [b"*"], [b"x", b"y"]):
            with contextlib.suppress(dns.name.NameTooLong):
                yield dns.name.Name(above).concatenate(name)
    for node in zone.nodes.values():
        for rrset in node.values():
            for record in rrset:
                target = getattr(record, "target", None) or getattr(record, "exchange", None)
                if target is not None:
                    yield target
