"""The worlds of a run, and the engines that judge in them: each is opened when a suite needs it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck.engine import Engine, Layer
from mailcheck.errors import UsageError
from mailcheck.evidence import visible
from mailcheck.world.opening import open_world
from mailcheck.world.which import WorldKey, shown_below, which_world

if TYPE_CHECKING:
    import datetime

    from mailcheck.settings import Settings
    from mailcheck.world.names_in_use import Names
    from mailcheck.world.opening import Opened
    from mailcheck.world.proposed import ProposedNetwork
    from mailcheck.world.recipients import Recipients


NOT_JUDGED = "not judged"
"""The label of what plans have that concerns DNS, and no sentence can see."""

SHOWN_NOTES = 5
"""Notes on plans that a header shows; the rest is counted."""


class Worlds:
    """Finds, opens and closes the worlds that *settings* name for the folders of a project.

    Raises:
        MailcheckError: if the change that is proposed cannot be read.
    """

    def __init__(
        self,
        settings: Settings,
        root: Path,
        today: datetime.date,
        recipients: Recipients,
    ) -> None:
        self._settings = settings
        self._root = root
        self._today = today
        self._recipients = recipients
        self._opened: dict[WorldKey, Opened] = {}
        self._engines: dict[WorldKey, Engine] = {}
        self._before: dict[WorldKey, Engine] = {}
        self._variants: dict[WorldKey, tuple[Engine, ...]] = {}
        self._below: list[Engine] = []
        self._folders: dict[Path, WorldKey] = {}
        self._checked: set[Path] = set()
        self._shut: dict[WorldKey, UsageError] = {}
        self._door = asyncio.Lock()
        self.notes: dict[str, str] = {}
        """A line on what proposed plans have that concerns DNS, and is not judged."""
        self.names: Names | None = None
        """What the suites refer to, if a change is proposed."""
        self._proposed: tuple[ProposedNetwork, ...] = ()
        if settings.proposed:
            self._propose()
        self.is_varied = len(self._proposed) > 1
        """Whether the change gives different clients different things."""

    @property
    def opened(self) -> tuple[Opened, ...]:
        """The worlds opened so far."""
        return tuple(self._opened.values())

    @property
    def engines(self) -> tuple[Engine, ...]:
        """All of the worlds opened so far, those above before those that they ask."""
        variants = (engine for several in self._variants.values() for engine in several)
        return (*self._engines.values(), *variants, *self._before.values(), *self._below)

    def unasked(self) -> dict[str, str]:
        """Return the proposed zones that no question of the run was about, each in words."""
        if not self._proposed:
            return {}
        from mailcheck.world.proposed import unasked  # most runs propose nothing

        return unasked(self._proposed)

    def around(self, folder: Path) -> WorldKey:
        """Return which world serves *folder*.

        Raises:
            UsageError: if the lab that the run names is not there.
        """
        if folder not in self._folders:
            given = self._settings
            self._folders[folder] = which_world(
                given.lab, folder, self._root, offline=given.offline
            )
        return self._folders[folder]

    def check(self, folder: Path) -> None:
        """Read the description of the world that serves *folder*, without opening it.

        Raises:
            SourceError: if its ``lab.yml`` cannot be used.
            UsageError: if the lab that the run names is not there.
        """
        key = self.around(folder)
        if isinstance(key, Path) and key not in self._checked:
            from mailcheck.lab import read_lab  # not for a run that asks the network

            read_lab(key, shown_below(key, self._root))
            self._checked.add(key)

    def is_open(self, key: WorldKey) -> bool:
        """Whether *key* was opened."""
        return key in self._engines

    def engine(self, key: WorldKey) -> Engine:
        """Return the engine of a world that is open."""
        return self._engines[key]

    def before(self, key: WorldKey) -> Engine | None:
        """Return the engine that judges in a world as it is before the change, if they are compared."""
        return self._before.get(key)

    def variants(self, key: WorldKey) -> tuple[Engine, ...]:
        """Return the engines that judge what other clients are given after the change."""
        return self._variants.get(key, ())

    async def open(self, key: WorldKey) -> Opened:
        """Open the world *key* unless it is open.

        Raises:
            SourceError: if the description of a lab cannot be used.
            UsageError: if an option cannot, or the world cannot be opened for another reason.
        """
        async with self._door:  # several may ask at once, and a world opened twice is never closed
            if key in self._opened:
                return self._opened[key]
            if key in self._shut:
                raise self._shut[key]
            try:
                opened = await open_world(
                    key, self._settings, self._today, self._root, self._recipients
                )
            except UsageError as error:
                self._shut[key] = error
                raise
            except OSError as error:
                text = f"the world of the run cannot be opened: {error}"
                self._shut[key] = UsageError(text)
                raise self._shut[key] from error
            self._opened[key] = opened
            self._engines[key] = self._engine_of(key, opened)
            return opened

    async def closed(self) -> None:
        """Stop asking and release every socket."""
        for engine in self.engines:
            engine.close()
        for opened in self._opened.values():
            await opened.close()

    def _engine_of(self, key: WorldKey, opened: Opened) -> Engine:
        """Return an engine that judges in a world, or in what it will be after the change."""
        live = Engine(opened.world)
        if not self._proposed:
            return live
        from mailcheck.world.proposed import NetworkBefore  # as above

        first, *others = self._proposed
        self._below.append(live)
        if self._settings.compare:
            self._before[key] = Engine(Layer(live, NetworkBefore(first).answer))
        self._variants[key] = tuple(Engine(Layer(live, one.answer)) for one in others)
        return Engine(Layer(live, first.answer))

    def _propose(self) -> None:
        # As above: most runs propose nothing.
        from mailcheck.world.names_in_use import Names
        from mailcheck.world.proposed import networks_of, read_proposals

        given, self.names = self._settings, Names()
        change = read_proposals(
            given.proposed, self._root, given.zones_of, may_be_empty=given.may_be_empty
        )
        if notes := change.notes:
            left = len(notes) - SHOWN_NOTES
            more = (f"{left} more",) if left > 0 else ()
            self.notes = {NOT_JUDGED: visible("; ".join((*notes[:SHOWN_NOTES], *more)))}
        self._proposed = networks_of(change.zones, self.names)
