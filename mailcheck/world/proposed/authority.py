"""Who says what a zone will hold after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.world.proposed.patch.copied import Copied
    from mailcheck.world.proposed.zone import Cut


class Authority(Protocol):
    """Says it of one zone: a file, a part of one, or the servers it is to move to; or that nobody can."""

    @property
    def origin(self) -> str:
        """The zone, in normal form."""

    @property
    def by(self) -> str:
        """Who proposes it, for people."""

    async def answer(self, name: str, rdtype: str) -> DnsAnswer | Cut | Copied:
        """Return what the zone's servers will say, without following an alias.

        An answer that is no :class:`ProposedAnswer` is what they say now.

        Raises:
            NotObserved: if that cannot be known.
        """
