"""How much is measured, and how often."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a bench. ``wanted`` are the numbers of the goals that are asked for.

    ``items`` is the size of a large run, ``small`` that of the small one it is compared with;
    ``domains`` is the size of an audit, of which those who are slow are given ``sample``.
    ``starts`` is how often a program that ends at once is started in a round, ``small_runs`` how
    often a small run, which is over nearly as soon. ``offline`` installs nothing.
    """

    wanted: frozenset[str]
    rounds: int = 5
    items: int = 100_000
    small: int = 1_000
    domains: int = 10_000
    sample: int = 20
    starts: int = 10
    small_runs: int = 5
    offline: bool = False

    def wants(self, *numbers: str) -> bool:
        """Say whether one of these goals is asked for."""
        return not self.wanted.isdisjoint(numbers)
