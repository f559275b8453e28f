"""What is measured, and what it should come to."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Standing = Literal["moonshot", "target", "missed", "not measured", ""]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal. ``what`` is measured against ``yardstick``, in ``unit``.

    ``x`` is the ratio of the two, ``ms`` and ``s`` are what comes on top of the yardstick. A row
    without target and moonshot is there to compare with.
    """

    key: str
    what: str
    yardstick: str
    target: float | None = None
    moonshot: float | None = None
    unit: Literal["x", "ms", "s"] = "x"
    more_is_better: bool = False

    @property
    def number(self) -> str:
        """The goal's number: ``P7`` for ``P7 raw``."""
        return self.key.partition(" ")[0]

    def standing(self, value: float) -> Standing:
        """Say what *value* reaches."""
        if self.target is None or self.moonshot is None:
            return ""
        sign = -1 if self.more_is_better else 1
        if sign * value <= sign * self.moonshot:
            return "moonshot"
        return "target" if sign * value <= sign * self.target else "missed"


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured for one goal: one value for each round; none if it could not be had.

    Where ``values`` are of the clock, ``cpu`` are the same of CPU time: on a machine that is busy
    with something else they say more.
    """

    goal: Goal
    values: tuple[float, ...]
    detail: str
    cpu: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The value that stands for all rounds."""
        return median(self.values)

    @property
    def standing(self) -> Standing:
        """What the median reaches."""
        return self.goal.standing(self.median) if self.values else "not measured"


_BARE = "bare stock pytest, as many trivial items"
_PLUS = "bare pytest, one test"

GOALS = (
    Goal("P1", "whole run, DNS sentences, loopback, -q", _BARE, 0.50, 0.33),
    Goal("P2", "the same, a conftest hooks into the phases", _BARE, 1.25, 1.10),
    Goal("P3", "P1 at 20 ms and 1 % loss", "P1 at 0 ms", 1.20, 1.05),
    Goal("P4", "transport alone, 20 ms, window 500", "N * RTT / window", 1.10, 1.03),
    Goal("P4 engine", "engine alone, the same", "N * RTT / window", 1.10, 1.03),
    Goal("P4 dnsperf", "dnsperf, the same", "N * RTT / window"),
    Goal("P6", "transport, CPU per query, answer raw", "dnsperf's CPU per query", 2.5, 1.5),
    Goal("P6 fixed", "the same", "massdns once elsewhere: 4.8 us", 2.5, 1.5),
    Goal("P7 raw", "queries per second, answer raw", "dnsperf", 0.6, 0.9, more_is_better=True),
    Goal("P7 decoded", "the same, decoded", "dnsperf", 0.18, 0.28, more_is_better=True),
    Goal("P7 asyncresolver", "dnspython's asyncresolver", "dnsperf", more_is_better=True),
    Goal("P9", "queries sent, an audit", "distinct (name, type)", 1.0, 1.0),
    Goal("P9 -n", "the same, -n 2 --dist loadgroup", "distinct (name, type)", 1.0, 1.0),
    Goal("P10", "peak memory of P1", _BARE, 0.75, 0.5),
    Goal("P11", "YAML with line numbers, options", "CSafeLoader, same file", 0.35, 0.12),
    Goal("P11 plain", "the same, sentences only", "CSafeLoader, same file"),
    Goal("P11 suite", "file with options to requirements", "CSafeLoader, same file"),
    Goal("P11 plain suite", "the same, sentences only", "CSafeLoader, same file"),
    Goal("P12", "plugin installed, a YAML file, no suite", _PLUS, 10, 3, "ms"),
    Goal("P12b resolver", "one sentence, resolver on loopback", _PLUS, 250, 120, "ms"),
    Goal("P12b lab", "one sentence in a lab", _PLUS, 250, 120, "ms"),
    Goal(
        "P13",
        "SMTP sessions/s, STARTTLS, 20 at once",
        "a script on asyncio streams",
        0.90,
        0.97,
        more_is_better=True,
    ),
    Goal(
        "P13 engine",
        "the same, through engine and world",
        "a script on asyncio streams",
        more_is_better=True,
    ),
    Goal("P13 far", "whole run, 50 ms a reply, 20 at once", "N * replies * 50 ms / 20", 1.10, 1.03),
    Goal("P14", "SMTP sessions, two sentences a host", "distinct (address, port, name)", 1.0, 1.0),
    Goal(
        "P16 naive",
        "audit, ten sentences a domain, 20 ms",
        "parametrized test, dnspython",
        40,
        80,
        more_is_better=True,
    ),
    Goal("P16 checkdmarc", "the same", "checkdmarc", 60, 150, more_is_better=True),
    Goal("P16 first", "its first result after collection", "0", 1.0, 1.0, "s"),
    Goal("P16 memory", "its peak memory", _BARE, 0.75, 0.5),
    Goal("P17", "cost per item, all of P1's", "cost per item, 1,000", 1.15, 1.05),
    Goal("P18", "zone file of 50,000 records, ready to answer", "dnspython's dns.zone", 0.5, 0.33),
    Goal("P19", "SPF of a client, answers cached", "pyspf, the same answers", 0.5, 0.33),
    Goal("P20 terraform", "plan of 20,000 records, ready to answer", "JSON and dnspython's rdata"),
    Goal(
        "P20 octodns",
        "zone of 20,000 records, ready to answer",
        "octoDNS, the same zone",
        0.5,
        0.33,
    ),
)

NUMBERS = tuple(dict.fromkeys(goal.number for goal in GOALS))


def row(key: str, values: Iterable[float], detail: str, cpu: Iterable[float] = ()) -> Row:
    """Return the row of the goal *key*."""
    return Row(next(goal for goal in GOALS if goal.key == key), tuple(values), detail, tuple(cpu))


def ratios(ours: list[float], yardstick: list[float]) -> list[float]:
    """Divide round by round: what slows a whole round down cancels out."""
    return [a / b for a, b in zip(ours, yardstick, strict=True)]
