"""A record of octoDNS': all values of one name and type, and what is said about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.plans.octodns.rdata import ALONE, TYPES, read_value
from mailcheck.plans.octodns.variants import variants_of
from mailcheck.source.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.errors import Place
    from mailcheck.plans.octodns.rdata import Value
    from mailcheck.plans.octodns.values import Fields
    from mailcheck.source.problems import Problems

MAX_TTL = 2**31 - 1
"""Seconds (RFC 2181 §8)."""

_PROTOCOLS = ("HTTP", "HTTPS", "ICMP", "TCP", "UDP")
"""Those of health checks."""

_FOREIGN = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/[A-Za-z_]\w*", re.ASCII)
"""A type that the package of a provider has: ``Route53Provider/ALIAS``."""

_SERVICE = re.compile(r"(?:\*|_[^.]+)\.[^.]+")
"""How names of SRV and URI records begin."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record, whose ``name`` is relative to its zone, in A-labels; the apex has none.

    ``values`` are as :mod:`mailcheck.plans.octodns.rdata` keeps them, or, of the types that packages
    of providers have (``Route53Provider/ALIAS``), as they were given. ``variants`` are other values,
    by what tells whom they are given to. ``unknown`` says why nobody knows the values.
    """

    name: str
    rdtype: str
    ttl: int
    place: Place
    values: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    variants: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    unknown: str = ""

    @property
    def lenient(self) -> bool:
        """Whether octoDNS only warns about what is wrong with it."""
        return bool(self.options.get("lenient"))

    @property
    def foreign(self) -> bool:
        """Whether only the package of a provider knows the type."""
        return "/" in self.rdtype

    @property
    def is_flattened(self) -> bool:
        """Whether its answers are addresses that the provider looks up.

        octoDNS takes a CNAME at the apex only if it is lenient, and providers only if they do that.
        """
        return self.rdtype == "ALIAS" or (self.rdtype == "CNAME" and not self.name)

    def targets(self, key: str) -> tuple[str, ...]:
        """Return the targets that the option *key* names, ``included`` or ``excluded``."""
        named = self.options.get(key) or ()
        return tuple(map(str, named)) if isinstance(named, list) else (str(named),) if named else ()


class Reading:
    """Collects what is wrong with one record, which is called *owner* (``www A``)."""

    def __init__(self, owner: str, place: Place, problems: Problems, *, lenient: bool) -> None:
        self.owner = owner
        self.place = place
        self.problems = problems
        self.lenient = lenient
        self.failed = False

    def complain(self, what: str) -> None:
        """Add what octoDNS' validators say, which ``lenient`` makes a warning."""
        if not self.lenient:
            self.fail(what)

    def fail(self, what: str, expected: str = "") -> None:
        """Add what nobody can make a record of."""
        self.problems.add(self.place, f"{self.owner}: {what}", expected)
        self.failed = True


def read_record(
    name: str, fields: Fields, place: Place, problems: Problems, *, lenient: bool
) -> Record | None:
    """Read the record with *fields* at *name*; None if something is wrong with it.

    It has a ``ttl``; *lenient* says whether octoDNS takes what its validators find wrong.
    """
    rdtype: Any = fields.get("type")
    owner = f"{visible(name, 100) or 'the apex'} {visible(str(rdtype or ''), 40)}".rstrip()
    reading = Reading(owner, place, problems, lenient=lenient)
    options = fields.get("octodns", {})
    if not isinstance(options, dict):
        reading.fail("octodns is no mapping", "expected options below octodns:")
        options = {}
    if not isinstance(options.get("lenient", False), int):
        reading.fail("lenient is neither true nor false")
    reading.lenient = lenient or bool(options.get("lenient"))
    if not isinstance(rdtype, str):
        reading.fail("it has no type", "expected type: A, or another")
        return None
    if not _is_known(rdtype, reading):
        return None
    _healthcheck(options, reading)
    ttl = _ttl(fields, reading)
    if "/" in rdtype:
        values = tuple(_listed(fields))
        return None if reading.failed else Record(name, rdtype, ttl, place, values, options)
    if rdtype in {"SRV", "URI"} and not _SERVICE.match(name):
        reading.complain("a name like _service._protocol is expected")
    read = _values(rdtype, fields, reading)
    variants: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    try:
        variants = variants_of(rdtype, fields, reading.complain)
    except ValueError as error:
        reading.fail(str(error))
    if reading.failed:
        return None
    return Record(name, rdtype, ttl, place, read, options, variants)


def _is_known(rdtype: str, reading: Reading) -> bool:
    if rdtype not in TYPES and not _FOREIGN.fullmatch(rdtype):
        reading.fail("octoDNS knows no such type", nearest(rdtype, sorted(TYPES)))
        return False
    return True


def _healthcheck(options: Mapping[str, Any], reading: Reading) -> None:
    check = options.get("healthcheck")
    if isinstance(check, dict) and check.get("protocol", "HTTP") not in _PROTOCOLS:
        reading.complain("the protocol of its healthcheck is none that octoDNS knows")


def _ttl(fields: Fields, reading: Reading) -> int:
    ttl = fields["ttl"]
    try:
        seconds = int(ttl)
    except (TypeError, ValueError, OverflowError):
        seconds = -1
    if not 0 <= seconds <= MAX_TTL:
        shown = "a list or mapping" if isinstance(ttl, dict | list) else visible(str(ttl), 40)
        reading.fail(f"its ttl is {shown}", "expected seconds")
    return seconds


def _values(rdtype: str, fields: Fields, reading: Reading) -> tuple[Value, ...]:
    raws = [fields["value"]] if rdtype in ALONE and "value" in fields else []
    if rdtype not in ALONE:
        raws = _listed(fields)
    if not raws:
        key = "value" if rdtype in ALONE else "values"
        reading.fail("it has no value", f"expected {key}:")
    read: list[Value] = []
    for raw in raws:
        try:
            read.append(read_value(rdtype, raw, reading.complain))
        except ValueError as error:
            reading.fail(str(error))
    return tuple(read)


def _listed(fields: Fields) -> list[Any]:
    # As octoDNS has it: the list counts where both are given.
    raw = fields.get("values", fields.get("value", []))
    return raw if isinstance(raw, list) else [raw]
