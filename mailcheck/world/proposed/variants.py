"""The networks that a change makes: one, or several of which different clients are given one each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.world.proposed.network import ProposedNetwork
from mailcheck.world.proposed.patch.patch import Patch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailcheck.world.names_in_use import Names
    from mailcheck.world.proposed.authority import Authority


def networks_of(
    authorities: Mapping[str, Authority], names: Names | None = None
) -> tuple[ProposedNetwork, ...]:
    """Return a network for the first variants of all zones, one for the second ones, and so on.

    What several zones vary is not combined: that would be a network for every client there may be.
    """
    patches = [one for one in authorities.values() if isinstance(one, Patch)]
    count = 1 + max((len(patch.variants) for patch in patches), default=0)
    return tuple(ProposedNetwork(_given(authorities, at), names) for at in range(count))


def unasked(networks: Sequence[ProposedNetwork]) -> dict[str, str]:
    """Return the zones that nobody asked about in any of *networks*, each in words for people."""
    first, *others = [network.unasked() for network in networks]
    return {zone: text for zone, text in first.items() if all(zone in one for one in others)}


def _given(authorities: Mapping[str, Authority], number: int) -> dict[str, Authority]:
    return {
        origin: one.variant(number) if isinstance(one, Patch) else one
        for origin, one in authorities.items()
    }
