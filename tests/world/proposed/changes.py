"""Zones and changes to them, of few names and many kinds, which touch each other all the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import dns.name
from hypothesis import strategies as st

from mailcheck.zones.loading.load import load
from mailcheck.zones.reading.master_file import read_master_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.zones.zone import Zone

    RRsets: TypeAlias = Mapping[tuple[str, str], str]

APEX = {
    ("@", "SOA"): "ns1.example.net. hostmaster 1 7200 3600 1209600 300",
    ("@", "NS"): "ns1.example.net.",
}

_DATA = {
    "A": ("192.0.2.1", "192.0.2.2"),
    "TXT": ('"x"', '"y"'),
    "MX": ("10 mail", "10 www"),
    "CNAME": ("www.mail", "out.example.net."),
    "NS": ("ns1.example.net.", "mail.www"),
    "DNAME": ("new.example.net.", "_dmarc"),
}

ASKED = ("A", "TXT", "CNAME", "NS", "DS", "DNAME")

# What is not looked for below a name that goes is taken for absent, so names are of these alone.
_LABELS = st.sampled_from(["www", "mail", "*", "_dmarc"])
_OWNERS = st.lists(_LABELS, min_size=1, max_size=3).map(".".join)
_TYPES = st.sampled_from(["A", "A", "TXT", "TXT", "MX", "CNAME", "CNAME", "NS", "DNAME"])
_KEYS = st.tuples(_OWNERS, _TYPES)


@dataclass(frozen=True)
class Change:
    """A zone, what replaces RRsets of it, and what is removed."""

    before: RRsets
    replaced: RRsets
    removed: tuple[tuple[str, str], ...]

    @property
    def patch(self) -> str:
        """The change as a patch, without its first lines."""
        return lines(self.replaced) + "".join(f"-{name} {kind}\n" for name, kind in self.removed)

    @property
    def after(self) -> RRsets:
        """The zone with the change made."""
        stays = {
            (name, kind): data
            for (name, kind), data in self.before.items()
            if (name, kind) not in self.removed and (name, "") not in self.removed
        }
        return {**stays, **self.replaced}

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Names around all that is in the zone or in the change, with types."""
        names = {"", "new", "new.new"}
        for owner in {name for name, _ in (*self.before, *self.replaced, *self.removed)}:
            parts = owner.split(".")
            for at in range(len(parts)):
                name = ".".join(parts[at:])
                names |= {name, f"new.{name}", f"*.{name}"}
        return [(name, kind) for name in sorted(names) for kind in ASKED]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Make a zone and a change that mostly meets what is there; neither must load."""
    before = _with_data(draw(st.dictionaries(_KEYS, st.integers(0, 1), max_size=7)))
    replaced = _with_data(draw(st.dictionaries(_KEYS, st.integers(0, 1), max_size=2)))
    gone = st.tuples(_OWNERS, st.one_of(_TYPES, st.just("")))
    if before:
        there = st.sampled_from(sorted(before))
        gone = st.one_of(there, there.map(lambda key: (key[0], "")), gone)
    removed = draw(st.lists(gone, min_size=0 if replaced else 1, max_size=2))
    return Change(before, replaced, tuple(key for key in removed if key not in replaced))


def lines(rrsets: RRsets) -> str:
    """Write RRsets in master file format."""
    return "".join(f"{name} {kind} {data}\n" for (name, kind), data in rrsets.items())


def zone_text(rrsets: RRsets) -> str:
    """Write a zone in master file format."""
    return "$TTL 300\n" + lines({**APEX, **rrsets})


def loaded(rrsets: RRsets, origin: str = "example.com") -> Zone | None:
    """Return a zone, None if no server would load it."""

    def include(name: str, _: str) -> tuple[str, str]:
        raise AssertionError(name)

    file = read_master_file(zone_text(rrsets), "zone", dns.name.from_text(origin), include)
    assert not file.problems
    return load(file.origin, file.records).zone


def _with_data(found: Mapping[tuple[str, str], int]) -> RRsets:
    return {key: _DATA[key[1]][at] for key, at in found.items()}


def below(names: Iterable[str], origin: str) -> list[str]:
    """Return *names* below *origin*, which is itself the empty one."""
    return [f"{name}.{origin}".removeprefix(".") for name in names]
