"""What became of the networks that a lock of SPF has: which are lost, and which were added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.spf.networks.address_set import networks_of, span_of
from mailcheck.facts.spf.networks.authorised import FAMILIES, addresses
from mailcheck.facts.spf.networks.lock import key_of, last_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.spf.networks.address_set import AddressSet
    from mailcheck.facts.spf.networks.authorised import SpfNetworksFact
    from mailcheck.facts.spf.networks.lock import Locked, SpfLock
    from mailcheck.names import Network

SHOWN = 5
"""Networks of one record that a sentence names."""


@dataclass(frozen=True, slots=True)
class Part:
    """The ``networks`` within one network, ``of`` which they are, that something happened to."""

    of: Network
    networks: tuple[Network, ...]

    @property
    def network(self) -> Network:
        """The one network to name: the whole, if it is in pieces."""
        return self.networks[0] if len(self.networks) == 1 else self.of

    def __str__(self) -> str:
        if self.networks == (self.of,):
            return str(self.of)
        if len(self.networks) == 1:
            return f"{self.networks[0]} of {self.of}"
        if self.of.version == 6:
            return f"{len(self.networks)} pieces of {self.of}"
        size = sum(network.num_addresses for network in self.networks)
        return f"{size:,} of the {self.of.num_addresses:,} addresses of {self.of}"


@dataclass(frozen=True, slots=True)
class Drift:
    """How what SPF lets pass differs from a lock.

    ``lost`` and ``added`` are networks by the records that lead there; ``lost_terms`` and
    ``added_terms`` are terms that nobody can list. What is lost to one record and let pass by
    another is in neither. ``undecided`` is whether something else may be lost as well, which could
    not be found out.
    """

    lost: dict[str, tuple[Part, ...]]
    added: dict[str, tuple[Part, ...]]
    lost_terms: tuple[tuple[str, str], ...]
    added_terms: tuple[tuple[str, str], ...]
    undecided: bool


def drift(lock: SpfLock, fact: SpfNetworksFact) -> Drift:
    """Compare what *fact* says with *lock*."""
    was = {v: addresses((n for _, n in lock.networks), v) for v in FAMILIES}
    now = {v: addresses(fact.networks, v) for v in FAMILIES}
    open_still = {v: addresses(fact.undecided, v) for v in FAMILIES}
    missing = {v: was[v].without(now[v]) for v in FAMILIES}
    lost = {v: missing[v].without(open_still[v]) for v in FAMILIES}
    added = {v: now[v].without(was[v]) for v in FAMILIES}
    now_terms = {(key_of(one.path), one.term): None for one in fact.uncountable}
    # By the record that has it: whoever includes that, the term says the same.
    have = {_term(one) for one in now_terms}
    missing_terms = tuple(one for one in lock.terms if _term(one) not in have)
    had = {_term(one) for one in lock.terms}
    listed = ((key_of(one.path), n) for one in fact.listed for n in one.networks)
    return Drift(
        lost=_parts(lock.networks, lost),
        added=_parts(listed, added),
        lost_terms=() if fact.unknown else missing_terms,
        added_terms=tuple(one for one in now_terms if _term(one) not in had),
        undecided=fact.unknown is not None
        and (bool(missing_terms) or any(missing[v].size != lost[v].size for v in FAMILIES)),
    )


def differences(old: SpfLock, new: SpfLock) -> tuple[tuple[str, Locked], ...]:
    """Return the lines by which *new* differs from *old*: with - those that went, with + others."""
    gone, come = set(old.lines), set(new.lines)
    went = [("-", line) for line in old.lines if line not in come]
    return (*went, *(("+", line) for line in new.lines if line not in gone))


def shown(parts: Iterable[object]) -> str:
    """Name the first of *parts*, and say how many more there are."""
    every = [visible(str(part), 80) for part in parts]
    more = f" and {len(every) - SHOWN} more" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + more


def _term(line: tuple[str, str]) -> tuple[str, str]:
    return last_of(line[0]), line[1]


def _parts(
    networks: Iterable[tuple[str, Network]], which: dict[int, AddressSet]
) -> dict[str, tuple[Part, ...]]:
    """Return what of *networks* is in the sets *which*, by the records that lead there."""
    found: dict[str, dict[Part, None]] = {}
    for key, network in networks:
        version = network.version
        spans = which[version].common(span_of(network))
        if parts := tuple(part for span in spans for part in networks_of(span, version)):
            found.setdefault(key, {})[Part(network, parts)] = None
    return {key: tuple(parts) for key, parts in found.items()}
