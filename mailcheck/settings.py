"""What a run was told, whole and typed: the world it asks and how it reports.

Built from options, ini keys and defaults by the plugin and the command; passed on as one value,
so that no function grows a row of knobs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.names import Address, Network

Endpoint: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Resolver:
    """A resolver the run asks: an address and a port."""

    address: Address
    port: int = 53


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of one run.

    ``lab`` is None for a live run, ``"auto"`` to look for a ``lab.yml`` at or above each suite, or
    the path of one. ``resolvers`` empty means the system's. ``min_evaluated`` is a percentage. ``connect_to`` maps (address, port) to
    where packets for it go instead. ``ehlo`` empty means the address literal of the local socket.
    """

    lab: Literal["auto"] | Path | None = None
    resolvers: tuple[Resolver, ...] = ()
    connect_to: dict[Endpoint, Endpoint] = field(default_factory=dict)
    private_networks: tuple[Network, ...] = ()
    ehlo: str = ""
    vantage: str = ""
    checks: Path | None = None
    secrets: frozenset[str] = frozenset()
    inconclusive: Literal["error", "fail", "skip"] = "error"
    not_evaluated: Literal["skip", "fail"] = "skip"
    min_evaluated: int = 0
    junit: Path | None = None
    junit_file_line: bool = False
