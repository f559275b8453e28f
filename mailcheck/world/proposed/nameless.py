"""A zone file that does not say of which zone it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from mailcheck.question import NotObserved
from mailcheck.world.proposed.zone import unloaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.world.proposed.zone import ProposedZone
    from mailcheck.zones.fault import Fault


@dataclass(frozen=True, slots=True)
class NamelessZone:
    """The zone file *by*, which is taken for whatever zone a sentence asks whether it loads.

    It may change any name. Nothing but that sentence is judged with it: ``named`` reads the file as
    the zone of a name, and every other question stays open. ``faults`` are those of the file as the
    zone of no name.
    """

    by: str
    named: Callable[[str], ProposedZone]
    faults: tuple[Fault, ...] = ()
    origin: str = "."

    async def answer(self, name: str, rdtype: str) -> NoReturn:  # noqa: ARG002  asked of all zones alike
        """Say that nobody knows.

        Raises:
            NotObserved: always.
        """
        text = f"{self.by} does not say of which zone it is, so it may hold any name"
        raise NotObserved(unloaded(self.by, text, self.faults))
