"""A zone that a plan deletes, or makes anew on other name servers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from mailcheck.evidence import Evidence, visible
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from mailcheck.errors import Place


@dataclass(frozen=True, slots=True)
class UnservedZone:
    """The zone *origin*, of which nobody knows before the change who will serve it, and what.

    ``why`` is a clause with the resource that is the cause, which stands at ``place``. Whoever has
    the zone above goes on delegating it, to servers that lose it; nobody can ask those to come.
    """

    origin: str
    by: str
    why: str
    place: Place

    async def answer(self, name: str, rdtype: str) -> NoReturn:  # noqa: ARG002  asked of all zones alike
        """Say that nobody knows.

        Raises:
            NotObserved: always.
        """
        zone = visible(to_u_labels(self.origin))
        text = f"what will be in {zone} is not known before the change: {self.why}"
        seen = Evidence(f"zone {zone}", self.why, f"proposed, {self.by}", place=self.place)
        raise NotObserved(Unobserved("not-known-yet", text, (seen,)))
