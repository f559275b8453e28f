"""What the table is made of: faults, and the words for how a row must end.

``TRUTH`` means that the fault is survived: the row ends as it would without it. Anything else is
the ending itself, in the words of a check's examples; where two endings are right, both stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.faults.replies import both, honest, over_tcp
from tests.faults.rig import CORE, HONEST, Network, Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.faults.server import Reply

TRUTH = "truth"

DATA = ("mx", "null", "ptr", "listed")
"""Families whose first question has records."""

ABSENT = ("no-mx", "gone", "no-ptr", "not-on")
"""Families whose first question has none."""


def unknown(*causes: str) -> str:
    """Return that a row ends inconclusive for one of *causes*."""
    return " or ".join(f"inconclusive: {cause}" for cause in causes)


TIMEOUT = unknown("timeout")
IGNORED = unknown("timeout", "malformed")
CUT_SHORT = unknown("truncated", "malformed")
ALIAS_LOOP = unknown("alias-loop")
TOO_LONG = unknown("alias-chain-too-long")
MALFORMED = unknown("malformed")
TRUNCATED = unknown("truncated")
SERVFAIL = unknown("servfail")
REFUSED = unknown("refused")
NO_RECURSION = unknown("no-recursion")


def either(*ends: str) -> str:
    """Return that each of *ends* is right."""
    return " or ".join(ends)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and its expected ending; ``but`` holds the families that end otherwise.

    ``shows`` is what evidence or text must say of it, if anything. ``waits`` marks a fault whose rows
    wait for silence many times over: it is not met under the conditions of a bad network as well.
    """

    name: str
    ends: str
    network: Network
    but: Mapping[str, str] = field(default_factory=dict)
    families: tuple[str, ...] = CORE
    shows: str = ""
    waits: bool = False

    def expected(self, family: str) -> str:
        """Return how *family* must end."""
        return self.but.get(family, self.ends)


def fault(
    name: str,
    ends: str,
    *resolvers: Site | Reply,
    but: Mapping[str, str] | None = None,
    also: tuple[str, ...] = (),
    shows: str = "",
    waits: bool = False,
) -> Fault:
    """Return a fault of *resolvers*, met by every core family and those of *also*."""
    network = Network(tuple(map(site, resolvers)))
    return Fault(name, ends, network, but or {}, (*CORE, *also), shows, waits)


def these(families: tuple[str, ...], ends: str) -> dict[str, str]:
    """Return that each of *families* ends so."""
    return dict.fromkeys(families, ends)


def authorities(
    name: str,
    ends: str,
    *both: Site | Reply,
    but: Mapping[str, str] | None = None,
    resolver: Reply = honest,
    root: Site | Reply = honest,
    families: tuple[str, ...] = CORE,
    waits: bool = False,
) -> Fault:
    """Return a fault of a zone's servers: of both, or of the second one only."""
    first, second = (HONEST, *map(site, both))[-2:]
    network = Network((Site(resolver), Site(resolver)), (first, second), site(root))
    return Fault(name, ends, network, but or {}, families, waits=waits)


def before(truth: Reply, reply: Reply) -> Site:
    """Return a server whose *truth* comes over UDP behind *reply*, and alone over TCP."""
    return Site(both(reply, truth), over_tcp(honest))


def site(one: Site | Reply) -> Site:
    """Return a server that gives a reply, over TCP as well."""
    return one if isinstance(one, Site) else Site(one)
