"""What SPF authorises: networks by the terms that let them pass, and what cannot be listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.spf.networks.address_set import AddressSet, networks_of, span_of
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.spf.evaluation.result import Fault
    from mailcheck.facts.spf.record.terms import SpfRecord
    from mailcheck.finding import Reason
    from mailcheck.names import Network
    from mailcheck.question import Unobserved

Path: TypeAlias = tuple[str, ...]
"""Domains by whose records one comes to a term, from the first record to the one that has it."""

FAMILIES = (4, 6)

SITE = 48
"""The prefix of IPv6 that counts as one address does of IPv4: a site is assigned no less than this
or a /56 (RFC 6177 §2), and a host there may take any address below."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The networks that a term lets pass: all it names but those that are kept out before."""

    path: Path
    term: str
    networks: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A term of which nobody can list whom it matches; whether it lets them ``pass``."""

    path: Path
    term: str
    passes: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """Where an evaluation breaks off for those who come there.

    ``domain`` is whose record was evaluated; ``families`` are those to whose clients that happens.
    It is a permerror, of which ``fault`` says why, or ``refused`` says who refuses to answer.
    """

    domain: str
    families: tuple[int, ...]
    fault: Fault | None = None
    refused: Reason | None = None

    def __str__(self) -> str:
        what = self.fault.what if self.fault else self.refused.text if self.refused else ""
        return what if self.families == FAMILIES else f"for IPv{self.families[0]}, {what}"


@dataclass(frozen=True, slots=True)
class SpfNetworksFact:
    """What the record of a domain lets pass, with all that it includes.

    ``listed`` may overlap: each has what its term lets pass, whether or not another does so before.
    ``record`` is None if the domain has none, and ``absent`` says why it does not exist, if so;
    ``owner`` is where the record stands. ``unknown`` is what could not be looked up; it might let
    anybody of ``undecided`` pass.
    """

    record: SpfRecord | None
    owner: str
    listed: tuple[Listed, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    ended: tuple[Ended, ...] = ()
    absent: Reason | None = None
    unknown: Unobserved | None = None
    undecided: tuple[Network, ...] = ()

    @property
    def networks(self) -> tuple[Network, ...]:
        """All networks that pass, those that overlap or touch put together; IPv4 first."""
        return merged(network for listed in self.listed for network in listed.networks)

    @property
    def uncountable(self) -> tuple[Unlisted, ...]:
        """The terms that let somebody pass, and nobody can list whom."""
        return tuple(term for term in self.unlisted if term.passes)


def merged(networks: Iterable[Network]) -> tuple[Network, ...]:
    """Return the fewest networks that hold just the addresses of *networks*; IPv4 first."""
    every = tuple(networks)
    return tuple(
        one
        for version in FAMILIES
        for s in addresses(every, version)
        for one in networks_of(s, version)
    )


def addresses(networks: Iterable[Network], version: int) -> AddressSet:
    """Return the addresses of a family that are in *networks*."""
    return AddressSet(span_of(network) for network in networks if network.version == version)


def counted(networks: Iterable[Network]) -> int:
    """Return how many addresses *networks* hold together: each of IPv4, and each /48 of IPv6."""
    every = tuple(networks)
    if len(every) == 1:
        return _size(every[0])
    rest = 128 - SITE
    sites = AddressSet((first >> rest, last >> rest) for first, last in addresses(every, 6))
    return addresses(every, 4).size + sites.size


def _size(network: Network) -> int:
    return network.num_addresses if network.version == 4 else 1 << max(0, SITE - network.prefixlen)


def told_term(path: Path, term: str) -> str:
    """Say which term is meant: with the domain whose record has it."""
    return f"{visible(to_u_labels(path[-1]), 80)}: {visible(term, 80)}"
