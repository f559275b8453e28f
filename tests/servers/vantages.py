"""Targets, control hosts and firewalls: what a run sees of mail servers from behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REFUSED = "connection-refused"
SILENT = "inconclusive: silent-while-controls-answer"
BLOCKED = "not evaluated: port-blocked-here"

CONTROLS = {"a": 25, "b": 25, "www": 443}
"""The control hosts of every scenario, and their ports."""


@dataclass(frozen=True, slots=True)
class Target:
    """A host, and how a sentence about it ends.

    ``is_up``: a Postfix is there. ``families`` are those of its addresses; ``6!`` is one to which
    there is no route. ``says`` is how the text of the verdict ends.
    """

    end: str
    is_up: bool = True
    families: tuple[str, ...] = ("4",)
    advice: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run of the command and one of pytest say at their end, and the status of each.

    ``unknown`` is how the line begins that says what was not found out.
    """

    counts: str
    by_command: int
    by_pytest: int
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Targets by name, and what a firewall does to connections.

    In the rules the names of targets and control hosts stand for their IPv4 addresses, with ``-6``
    behind for those of IPv6. ``controls_asked`` is the family of those addresses of control
    hosts that are connected to, once a run; empty if none is.
    """

    name: str
    targets: Mapping[str, Target]
    rules: tuple[str, ...] = ()
    controls_asked: str = "4"
    control_families: tuple[str, ...] = ("4",)
    summary: Summary | None = None

    @property
    def runs(self) -> int:
        """How many runs there are of it: for the verdicts, and for the summary of each program."""
        return 3 if self.summary else 1


def _each(rule: str, *who: str) -> tuple[str, ...]:
    return tuple(rule.format(f"{{{one}}}") for one in who)


def _shut(action: str) -> tuple[str, ...]:
    """Shut port 25, for everybody."""
    return _each(f"ip daddr {{}} tcp dport 25 {action}", "one", "two", "a", "b")


_UP = Target("met")
_BOTH_BLOCKED = {"one": Target(BLOCKED), "two": Target(BLOCKED, is_up=False)}
_BOTH_FAMILIES = ("4", "6")

MANY = tuple(f"t{number}" for number in range(70))
"""More than are asked at a time, again and again."""

MANY_ON_A_SHUT_PORT = Scenario(
    "many-on-a-shut-port",
    {one: Target(BLOCKED, is_up=False) for one in MANY},
    _each("ip daddr {} tcp dport 25 drop", "a", "b", *MANY),
)

SCENARIOS = (
    Scenario("nothing-in-the-way", {"one": _UP, "two": _UP}, controls_asked=""),
    Scenario(
        "one-is-silent",
        {"one": Target(SILENT), "two": _UP},
        ("ip daddr {one} drop",),
        summary=Summary(
            "1 met, 0 unmet, 1 inconclusive, 0 not evaluated",
            by_command=3,
            by_pytest=1,
            unknown="inconclusive   1  silent-while-controls-answer: one.one-is-silent.vantage.example "
            "({one} port 25) connect: no answer within 10 s; a.one-is-silent.vantage.example and "
            "b.one-is-silent.vantage.example answer (",
        ),
    ),
    Scenario(
        "one-is-silent-and-so-is-a-control",
        {"one": Target(SILENT), "two": _UP},
        ("ip daddr {one} drop", "ip daddr {b} drop"),
    ),
    Scenario(
        "some-hosts-are-let-through",
        {"one": Target(BLOCKED, says="and HTTPS works; still, {two} was reached"), "two": _UP},
        ("ip daddr {one} drop", "ip daddr {a} drop", "ip daddr {b} drop"),
    ),
    Scenario(
        "one-refuses",
        {"one": Target(REFUSED, is_up=False), "two": _UP},
        summary=Summary("1 met, 1 unmet, 0 inconclusive, 0 not evaluated", 1, 1),
    ),
    Scenario(
        "port-dropped",
        _BOTH_BLOCKED,
        _shut("drop"),
        summary=Summary(
            "0 met, 0 unmet, 0 inconclusive, 2 not evaluated",
            by_command=3,
            by_pytest=1,
            unknown="not evaluated  2  port-blocked-here: port 25 over IPv4 seems to be shut here: "
            "a.port-dropped.vantage.example and b.port-dropped.vantage.example cannot be reached "
            "either, and HTTPS works (first ",
        ),
    ),
    Scenario("port-rejected", _BOTH_BLOCKED, _shut("reject")),
    Scenario("port-reset", _BOTH_BLOCKED, _shut("reject with tcp reset")),
    Scenario("port-prohibited", _BOTH_BLOCKED, _shut("reject with icmpx admin-prohibited")),
    MANY_ON_A_SHUT_PORT,
    Scenario(
        "no-network",
        {"one": Target("inconclusive: no-network"), "two": Target("not evaluated: no-network")},
        _each("ip daddr {} drop", "one", "two", *CONTROLS),
        summary=Summary(
            "0 met, 0 unmet, 1 inconclusive, 1 not evaluated",
            by_command=3,
            by_pytest=1,
            unknown="inconclusive   1  no-network: there seems to be no way out over IPv4: "
            "a.no-network.vantage.example and b.no-network.vantage.example cannot be reached "
            "either, nor anybody on HTTPS (",
        ),
    ),
    Scenario(
        "all-rejected",
        {
            "one": Target("inconclusive: no-network"),
            "two": Target("not evaluated: no-network", is_up=False),
        },
        _each("ip daddr {} tcp dport 1-1023 reject", "one", "two", *CONTROLS),
    ),
    Scenario(
        "a-network-of-its-own",
        {"one": Target(REFUSED, is_up=False), "two": _UP},
        _each("ip daddr {} drop", *CONTROLS),
    ),
    Scenario(
        "no-ipv6",
        {
            "one": Target("met", families=("4", "6!"), advice=("ipv6-not-asked",)),
            "two": Target("not evaluated: no-ipv6-route", families=("6!",)),
        },
        controls_asked="",
    ),
    Scenario(
        "port-dropped-over-ipv6",
        {"one": Target("met", families=_BOTH_FAMILIES, advice=("ipv6-not-asked",))},
        _each("ip6 daddr {} tcp dport 25 drop", "one-6", "a-6", "b-6"),
        controls_asked="6",
        control_families=_BOTH_FAMILIES,
    ),
    Scenario(
        "ipv6-leads-nowhere",
        {"one": Target("met", families=_BOTH_FAMILIES, advice=("ipv6-not-asked",))},
        _each("ip6 daddr {} drop", "one-6", "a-6", "b-6", "www-6"),
        controls_asked="6",
        control_families=_BOTH_FAMILIES,
    ),
    Scenario(
        "one-is-silent-over-ipv6",
        {"one": Target(SILENT, families=_BOTH_FAMILIES)},
        ("ip6 daddr {one-6} drop",),
        controls_asked="6",
        control_families=_BOTH_FAMILIES,
    ),
    Scenario(
        "no-controls-over-ipv6",
        {"one": Target("inconclusive: timeout", families=_BOTH_FAMILIES)},
        ("ip6 daddr {one-6} drop",),
        controls_asked="",
    ),
)
