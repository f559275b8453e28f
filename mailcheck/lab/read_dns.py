"""Reading the servers, resolvers and blocklists of a ``lab.yml``."""

from __future__ import annotations

import ipaddress
import itertools
from typing import TYPE_CHECKING

import dns.exception
import dns.rdatatype
import dns.ttl

from mailcheck.lab.blocklist import LISTED, Blocklist
from mailcheck.lab.description import Resolver, Server, StaleZone
from mailcheck.lab.faults import AUTHORITATIVE_ONLY, NO_FAULTS, Fault, Faults, Rule
from mailcheck.source.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.lab.lab_file import Entry, LabFile
    from mailcheck.names import Address
    from mailcheck.zones.zone import Zone

SERVER_KEYS = ("address", "zones", "faults", "tcp")
RESOLVER_KEYS = ("address", "stale", "rewrites", "faults", "tcp")
BLOCKLIST_KEYS = ("address", "listed", "text", "test_points", "faults")

OWN_NETWORK = ipaddress.IPv4Network("198.18.0.0/24")
"""Where the lab puts servers that a story does not place (benchmarking range, RFC 2544)."""

IMPLICIT_RESOLVER = Resolver("the lab's resolver", (OWN_NETWORK[53],))

_ANY_SERVER = tuple(Fault)
_ANY_RESOLVER = tuple(fault for fault in Fault if fault not in AUTHORITATIVE_ONLY)


def read_servers(file: LabFile, node: Node | None) -> Iterator[Server]:
    """Read ``servers``."""
    for name, keys in file.entries(node, "server", SERVER_KEYS):
        addresses = file.addresses((name, keys), "server", "DNS")
        zones = _zones(file, keys["zones"], name.text) if "zones" in keys else ()
        faults = _faults(file, keys.get("faults"), _ANY_SERVER)
        yield Server(name.text, addresses, zones, faults, _tcp(file, keys))


def read_resolvers(file: LabFile, node: Node | None) -> Iterator[Resolver]:
    """Read ``resolvers``."""
    for name, keys in file.entries(node, "resolver", RESOLVER_KEYS):
        addresses = file.addresses((name, keys), "resolver", "DNS")
        stale = tuple(_stale(file, keys["stale"])) if "stale" in keys else ()
        lies = file.address_list(keys["rewrites"], '"rewrites"') if "rewrites" in keys else []
        rewrites = tuple(address for address, _ in lies)
        faults = _faults(file, keys.get("faults"), _ANY_RESOLVER)
        yield Resolver(name.text, addresses, stale, rewrites, faults, _tcp(file, keys))


def read_blocklists(file: LabFile, node: Node | None) -> Iterator[Server]:
    """Read ``blocklists``: a server for each, at an address of the lab's own if none is given."""
    own = itertools.islice(OWN_NETWORK.hosts(), 99, None)
    for name, keys in file.entries(node, "blocklist", BLOCKLIST_KEYS):
        entry: Entry = (name, keys)
        if "address" in keys:
            addresses = file.addresses(entry, "blocklist", "DNS")
        else:
            addresses = tuple(itertools.islice(own, 1))
            if not addresses:
                what = f"no address of {OWN_NETWORK} is left for this blocklist"
                file.problems.add(name.place, what, "expected address: 192.0.2.53")
        faults = _faults(file, keys.get("faults"), _ANY_SERVER)
        blocklist = _blocklist(file, entry)
        zones = _listing(file, name, blocklist, addresses[0]) if blocklist and addresses else ()
        yield Server(f"ns.{name.text}", addresses, zones, faults)


def _listing(
    file: LabFile, name: Scalar, blocklist: Blocklist, address: Address
) -> tuple[Zone, ...]:
    """Return the zone of *blocklist*, unless no server could have it."""
    try:
        return (blocklist.zone(address),)
    except dns.exception.DNSException as error:
        what = f'the blocklist "{name.text}" makes no zone: {error}'
        file.problems.add(name.place, what, "expected a shorter name, and a text of one line")
        return ()


def _blocklist(file: LabFile, entry: Entry) -> Blocklist | None:
    name, keys = entry
    origin = file.name(name)
    listed: dict[Address, tuple[ipaddress.IPv4Address, ...]] = {}
    given = keys.get("listed")
    if isinstance(given, Mapping):
        for key, value in given.entries:
            address = file.address(key)
            codes = [code for code, _ in file.address_list(value, f"the code of {key.text}")]
            fourth = tuple(code for code in codes if isinstance(code, ipaddress.IPv4Address))
            if address is not None and fourth:
                listed[address] = fourth
    elif given is not None:
        listed = {address: (LISTED,) for address, _ in file.address_list(given, '"listed"')}
    text = file.problems.scalar(keys["text"], '"text"') if "text" in keys else None
    points = "true"
    if "test_points" in keys:
        points = file.choice(keys["test_points"], '"test_points"', ("true", "false")) or "true"
    if origin is None:
        return None
    return Blocklist(origin, listed, text.text if text else "", points == "true")


def _zones(file: LabFile, node: Node, server: str) -> tuple[Zone, ...]:
    mapping = file.problems.mapping(node, f'"zones" of server "{server}"')
    zones: dict[object, Zone] = {}
    for name, value in mapping.entries if mapping else ():
        zone = file.zone(name, value)
        if zone is not None and zone.origin in zones:
            file.problems.add(name.place, f"the zone {zone.origin} twice", "a server has one copy")
        elif zone is not None:
            zones[zone.origin] = zone
    return tuple(zones.values())


def _stale(file: LabFile, node: Node) -> Iterator[StaleZone]:
    """Read ``stale``: under each zone its old file, or ``zone`` and ``ttl_left``."""
    mapping = file.problems.mapping(node, '"stale"')
    for name, value in mapping.entries if mapping else ():
        keys: dict[str, Node] = {"zone": value}
        if isinstance(value, Mapping):
            keys = file.problems.keys(value, ("zone", "ttl_left"), f'stale zone "{name.text}"')
        ttl = _ttl(file, keys["ttl_left"]) if "ttl_left" in keys else None
        if "zone" not in keys:
            what = f'stale zone "{name.text}" has no zone'
            file.problems.add(value.place, what, "expected zone: FILE, the old copy")
            continue
        zone = file.zone(name, keys["zone"])
        if zone is not None:
            yield StaleZone(zone, ttl)


def _ttl(file: LabFile, node: Node) -> int | None:
    scalar = file.problems.scalar(node, '"ttl_left"')
    try:
        return dns.ttl.from_text(scalar.text) if scalar else None
    except dns.exception.DNSException:
        place, text = node.place, scalar.text if scalar else ""
        file.problems.add(place, f'"{text}" is not a TTL', "expected seconds, or such as 1h30m")
        return None


def _tcp(file: LabFile, keys: dict[str, Node]) -> bool:
    choices = ("accepts", "refused")
    return "tcp" not in keys or file.choice(keys["tcp"], '"tcp"', choices) != "refused"


def _faults(file: LabFile, node: Node | None, allowed: tuple[Fault, ...]) -> Faults:
    """Read ``faults``: a word for the whole server, or words by name, or by name and type."""
    if node is None:
        return NO_FAULTS
    if not isinstance(node, Mapping):
        word = file.choice(node, '"faults"', allowed)
        return Faults((Rule(Fault(word)),)) if word else NO_FAULTS
    rules = []
    for key, value in node.entries:
        word = file.choice(value, f'the fault of "{key.text}"', allowed)
        rule = _rule(file, key, Fault(word)) if word else None
        if rule is not None:
            rules.append(rule)
    return Faults(tuple(rules))


def _rule(file: LabFile, key: Scalar, fault: Fault) -> Rule | None:
    spelled, _, mnemonic = key.text.partition(" ")
    name = file.name(Scalar(spelled, key.place))
    if name is None or not mnemonic:
        return Rule(fault, name) if name is not None else None
    try:
        return Rule(fault, name, dns.rdatatype.from_text(mnemonic.strip()))
    except (dns.exception.DNSException, ValueError):
        what = f'"{mnemonic}" is not a record type'
        file.problems.add(key.place, what, "expected NAME, or NAME TYPE such as example.com MX")
        return None
