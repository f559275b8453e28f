"""Which networks SPF lets pass, and where each of them comes from.

A record is evaluated (RFC 7208 §4) for all addresses of a family at once: what a term matches is
taken from what is open, and passes or is kept out, as its qualifier says. So order, qualifiers,
``include`` and ``redirect`` count as they do for receivers. So do the limits of §4.6.4, for each
client along its own way; and what breaks off does so for those who come there.

``ptr``, ``exists``, and terms whose macros stand for something of the client cannot be listed. What
they let pass is missing here, and what they keep out is not taken away; they are named instead.
``%{d}`` and ``%{o}`` stand for the domain, as they do for its own mail.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from mailcheck.facts.spf.networks.address_set import AddressSet, networks_of
from mailcheck.facts.spf.networks.authorised import FAMILIES, Ended, Listed, Path, SpfNetworksFact
from mailcheck.facts.spf.networks.standing import MOST_NETWORKS, too_many
from mailcheck.facts.spf.networks.walk import Walk
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.names import Network


@question
class SpfNetworks(Question[SpfNetworksFact]):
    """The networks that the SPF record of *domain* lets pass."""

    domain: str

    async def derive(self) -> SpfNetworksFact:
        """Evaluate the record, and all that it includes, for each family in turn.

        Raises:
            NotObserved: if there are more networks than are listed.
        """
        read = cache(read_record)  # once for both families
        walks = [Walk(self.domain, version, read) for version in FAMILIES]
        for walk in walks:
            await walk.through()
        return _together(walks)


def _together(walks: list[Walk]) -> SpfNetworksFact:
    """Put what was found for each family into one fact."""
    first = walks[0]
    unknown = next((end.unknown for walk in walks for _, end, _ in walk.ends if end.unknown), None)
    return SpfNetworksFact(
        record=first.record,
        owner=first.owner,
        listed=_listed(walks),
        unlisted=tuple(dict.fromkeys(one for walk in walks for one in walk.unlisted)),
        ended=_ended(walks),
        absent=first.absent,
        unknown=unknown,
        undecided=tuple(n for walk in walks for n in _undecided(walk)),
    )


def _listed(walks: list[Walk]) -> tuple[Listed, ...]:
    by_term: dict[tuple[Path, str], dict[Network, None]] = {}
    several = (
        (path, term, network)
        for walk in walks
        for path, term, spans in walk.passing.terms
        for span in spans
        for network in networks_of(span, walk.version)
    )
    for path, term, network in islice(several, MOST_NETWORKS + 1):
        by_term.setdefault((path, term), {})[network] = None
    if sum(map(len, by_term.values())) > MOST_NETWORKS:
        raise too_many()
    return tuple(Listed(path, term, tuple(found)) for (path, term), found in by_term.items())


def _ended(walks: list[Walk]) -> tuple[Ended, ...]:
    families: dict[Ended, list[int]] = {}
    for walk in walks:
        for domain, end, _ in walk.ends:
            if not end.unknown:
                ended = Ended(domain, FAMILIES, end.fault, end.refused)
                families.setdefault(ended, []).append(walk.version)
    return tuple(replace(end, families=tuple(sorted({*f}))) for end, f in families.items())


def _undecided(walk: Walk) -> Iterator[Network]:
    spans = [span for _, end, whom in walk.ends if end.unknown for span in whom]
    for span in AddressSet(spans):
        yield from networks_of(span, walk.version)
