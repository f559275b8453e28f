"""Reading an SPF record by the grammar of RFC 7208 §12, and choosing it among texts (§4.5)."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from mailcheck.evidence import visible
from mailcheck.facts.spf.record.macro_string import SHOWN, domain_spec, macro_string, shown
from mailcheck.facts.spf.record.terms import (
    BITS,
    MECHANISMS,
    Directive,
    Mechanism,
    Modifier,
    Qualifier,
    SpfRecord,
    SyntaxFault,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.names import Network

VERSION = "v=spf1"

_VERSION = VERSION.encode()
_BEHIND = (b"", b" ")

_TERM = re.compile(r"[^ ]+")
_MODIFIER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9._-]*)=(?P<value>.*)", re.DOTALL)
_DIRECTIVE = re.compile(r"(?P<qualifier>[+?~-]?)(?P<name>[^:/]*)(?P<rest>.*)", re.DOTALL)
_LENGTHS = re.compile(r"(?P<name>.*?)(?:/(?P<four>[0-9]+))?(?://(?P<six>[0-9]+))?", re.DOTALL)
_ADDRESS = re.compile(r"(?P<address>[^/]*)(?:/(?P<length>[0-9]+))?")

_HOST = re.compile(r"(?:[A-Za-z0-9_-]+\.)+[A-Za-z][A-Za-z0-9-]*")

_ONCE = ("redirect", "exp")
"""Modifiers that may not stand twice (§6); of all others, as many as anybody likes are ignored."""

OFTEN = {
    **dict.fromkeys(("al", "aal", "alll", "all."), "all"),
    **dict.fromkeys(("inc", "incl"), "include"),
    **dict.fromkeys(("ip", "ipv4", "ip-4", "ip_4", "ip4v"), "ip4"),
    **dict.fromkeys(("ipv6", "ip-6", "ip_6", "ip6v"), "ip6"),
    "prt": "ptr",
}
"""What is often published in place of a mechanism."""

KEPT, USUAL = 1024, 2048
"""How many records are kept as they were read, and the octets of the longest of them: those of large
providers are included everywhere, and somebody's 60,000 octets are not."""


def spf_records(texts: Iterable[bytes]) -> list[bytes]:
    """Return those of *texts* that are SPF records: ``v=spf1``, then a space or nothing (§4.5)."""
    return [t for t in texts if t[:6].lower() == _VERSION and t[6:7] in _BEHIND]


def read_record(record: bytes) -> SpfRecord:
    """Read a *record* that begins as one; whatever breaks the grammar is among its faults."""
    return _kept(record) if len(record) <= USUAL else _read(record)


def _read(record: bytes) -> SpfRecord:
    text = record.decode("latin-1")
    directives: list[Directive] = []
    modifiers: list[Modifier] = []
    faults: list[SyntaxFault] = []
    for found in _TERM.finditer(text, len(VERSION)):
        term, position = found[0], found.start()
        try:
            read = _term(term, position)
            if isinstance(read, Directive):
                directives.append(read)
            else:
                _insist_on_one(read, modifiers)
                modifiers.append(read)
        except ValueError as error:
            faults.append(SyntaxFault(term, position, str(error)))
    return SpfRecord(text, tuple(directives), tuple(modifiers), tuple(faults))


_kept = lru_cache(KEPT)(_read)


def _insist_on_one(modifier: Modifier, before: list[Modifier]) -> None:
    if modifier.name in _ONCE and any(m.name == modifier.name for m in before):
        raise ValueError(f"{modifier.name}= stands twice")


def _term(text: str, position: int) -> Directive | Modifier:
    if not text.isascii():
        raise ValueError("it holds a character that is not ASCII")
    modifier = _MODIFIER.fullmatch(text)
    if modifier:
        name, value = modifier["name"].lower(), modifier["value"]
        # Whoever does not know a modifier ignores it; of its value only the grammar is known.
        read = domain_spec(value) if name in _ONCE else macro_string(value)
        return Modifier(text, position, name, read)
    return _directive(text, position)


def _directive(text: str, position: int) -> Directive:
    found = _DIRECTIVE.fullmatch(text)
    assert found is not None  # every part may be empty
    qualifier = cast("Qualifier", found["qualifier"] or "+")
    name, rest = found["name"].lower(), found["rest"]
    if name not in MECHANISMS:
        raise ValueError(_no_mechanism(text, name))
    mechanism = cast("Mechanism", name)
    match mechanism:
        case "all":
            if rest:
                raise ValueError(f"nothing may follow all, and {shown(rest)} does")
            return Directive(text, position, qualifier, mechanism)
        case "ip4" | "ip6":
            network = _network(mechanism, rest)
            return Directive(text, position, qualifier, mechanism, network=network)
        case "a" | "mx":
            target, lengths = _target_and_lengths(rest)
            return Directive(text, position, qualifier, mechanism, target, lengths=lengths)
        case _:
            target = _target(mechanism, rest)
            return Directive(text, position, qualifier, mechanism, target)


def _no_mechanism(text: str, name: str) -> str:
    if meant := OFTEN.get(name):
        return f"{shown(name)} is no mechanism; {meant} is"
    if name in _ONCE:
        return f"{name} is a modifier, and written with ="
    try:
        version = ipaddress.ip_address(name or text).version
    except ValueError:
        said = f"{shown(name or text)} is no mechanism"
        if not _HOST.fullmatch(text):
            return said
        bare = visible(text, SHOWN)
        return f"{said}; a host is written a:{bare}, and whose record is to count include:{bare}"
    return f"an address is written ip{version}:{name or text}"


def _target(mechanism: Mechanism, rest: str) -> MacroString | None:
    """Read the domain of ``include``, ``exists`` and ``ptr``, of which only the last can lack it."""
    if not rest and mechanism == "ptr":
        return None
    if not rest.startswith(":"):
        raise ValueError(f"{shown(rest)} follows {mechanism}" if rest else "it names no domain")
    return domain_spec(rest[1:])


def _target_and_lengths(rest: str) -> tuple[MacroString | None, tuple[int, int]]:
    """Read ``[ ":" domain-spec ] [ dual-cidr-length ]``.

    A domain may hold a slash, but does not end in one and digits: no top label has it.
    """
    found = _LENGTHS.fullmatch(rest)
    assert found is not None  # the name takes whatever is no length
    name = found["name"]
    if name and not name.startswith(":"):
        raise ValueError(f"{shown(rest)} is neither a domain nor a prefix length")
    lengths = _length(found["four"], BITS[0]), _length(found["six"], BITS[1])
    return domain_spec(name[1:]) if name else None, lengths


def _length(digits: str | None, bits: int) -> int:
    if digits is None:
        return bits
    if len(digits) > 1 and digits.startswith("0"):
        raise ValueError(f"the prefix length {shown(digits)} begins with 0")
    if len(digits) > 3 or int(digits) > bits:
        raise ValueError(f"the prefix length {shown(digits)} is more than {bits}")
    return int(digits)


def _network(mechanism: Mechanism, rest: str) -> Network:
    found = _ADDRESS.fullmatch(rest[1:]) if rest.startswith(":") else None
    if found is None or not found["address"]:
        raise ValueError(
            f"{shown(rest)} is no address with or without a length"
            if rest
            else "it names no address"
        )
    text = found["address"]
    bits = BITS[mechanism == "ip6"]
    try:
        address = ipaddress.IPv6Address(text) if bits == 128 else ipaddress.IPv4Address(text)
    except ValueError:
        raise ValueError(f"{shown(text)} is no IPv{mechanism[2]} address") from None
    if "%" in text:  # a scope, which Python takes
        raise ValueError(f"{shown(text)} is no IPv6 address")
    return ipaddress.ip_network((address, _length(found["length"], bits)), strict=False)
