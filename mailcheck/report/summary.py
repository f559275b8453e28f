"""What a run comes to: counts, what stayed unknown and why, advice, waivers, the exit status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mailcheck.causes import explained
from mailcheck.evidence import visible
from mailcheck.report.columns import padded
from mailcheck.report.record import is_broken_suite, place_of, settled
from mailcheck.verdict import RESOLVER_DEAD, WAIVED, WAIVER_EXPIRED, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.report.record import Record

_VERDICTS: tuple[Kind, ...] = ("met", "unmet", "inconclusive", "not evaluated")

_GIVEN_UP = {
    RESOLVER_DEAD: "no resolver answers",
    "budget-spent": "the time of --mail-budget is spent",
}
"""Why a run asks no more, by the cause of the requirements that it did not ask for."""

_ABOUT_ONE = {
    "resolver ": ("resolvers", "resolver"),
    "blocklist resolver ": ("blocklists", "blocklists"),
}
"""How the preflight begins what it says of a resolver: the property that names the same, and how
lines of it are labelled."""

_LABEL = 15
"""Columns of the longest label and two spaces."""

NOT_ASKED = "not asked"
"""The label of proposed zones that nobody asked about."""

SHOWN_ZONES = 5
"""Zones that are named; the rest is counted."""

MET, UNMET, WRONG, UNKNOWN = 0, 1, 2, 3
"""Exit statuses: all met; something unmet; the suite or the call is wrong; nothing unmet, but
something inconclusive or nothing evaluated."""


def summary_lines(records: Iterable[Record], met: int = 0) -> list[str]:
    """Return the summary of a run, one line per entry, without a heading.

    ``met`` is how many more requirements are met, of which there is no more to be said.

    Counts come first and are always complete, so that nobody takes what was not evaluated for
    what is met. Groups stand with the largest first.
    """
    every = settled(records)
    requirements = [record for record in every if not is_broken_suite(record)]
    lines = [_counts(requirements, met)]
    if broken := [record["suite"] for record in every if is_broken_suite(record)]:
        lines += _entry("not read", f"{len(broken)}  {', '.join(broken)}")
    for verdict in ("inconclusive", "not evaluated"):
        lines += _groups(
            verdict,
            ((r["cause"], r["text"], r) for r in requirements if r["verdict"] == verdict),
        )
    # What was not evaluated needs no excuse, and is told above.
    excused = [r for r in requirements if r["excused"] and r["verdict"] != "not evaluated"]
    lines += _groups("excused", ((r["excused"], "", r) for r in excused))
    lines += _groups(
        "advice", ((a["tag"], a["text"], r) for r in requirements for a in r["advice"])
    )
    waivers = dict.fromkeys(f"{text}, at {place_of(r)}" for r, text in _waivers(requirements))
    for waiver in waivers:
        lines += _entry("waiver", waiver)
    return lines


def run_lines(properties: Mapping[str, str], preflight: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of a run above its counts: its world, whom it asked, from where.

    Resolvers are named once: where it is known how they behave, the lines that say so name them.
    """
    said = [
        (next(filter(name.startswith, _ABOUT_ONE), ""), name, text)
        for name, text in preflight.items()
    ]
    told = {_ABOUT_ONE[start][0] for start, _, _ in said if start}
    for name in ("world", "proposed", "resolvers", "blocklists", "vantage"):
        if name in properties and name not in told:
            yield from _entry(name, properties[name])
    for start, name, text in said:
        if start:
            yield from _entry(_ABOUT_ONE[start][1], f"{name.removeprefix(start)}  {text}")
        else:
            yield from _entry(name, text)


def not_asked(unasked: Iterable[str]) -> dict[str, str]:
    """Return what is said of proposed zones that nobody asked about, to stand with the preflight.

    Those come first of which it is known what may be meant.
    """
    zones = sorted(unasked, key=lambda zone: "?" not in zone)
    if not zones:
        return {}
    more = [f"{len(zones) - SHOWN_ZONES} more"] if len(zones) > SHOWN_ZONES else []
    shown = ", ".join([*map(visible, zones[:SHOWN_ZONES]), *more])
    return {NOT_ASKED: f"proposed, and nobody asked about it: {shown}"}


def nothing_evaluated(records: Iterable[Record], met: int = 0) -> bool:
    """Whether there are requirements and none ended met or unmet; *met* more are met.

    What is inconclusive counts as not evaluated here: a run that excuses it must not come out
    green with nothing known. A suite that cannot be read is no requirement.
    """
    requirements, evaluated = _evaluated(records)
    return requirements > 0 and evaluated == 0 and not met


def share_evaluated(records: Iterable[Record], met: int = 0) -> float:
    """Return the share of requirements that ended met or unmet, 0 to 1; 1 if there are none.

    *met* more are met.
    """
    requirements, evaluated = _evaluated(records)
    return (evaluated + met) / (requirements + met) if requirements else 1.0


def given_up(records: Iterable[Record]) -> list[str]:
    """Say why the run asked no more, once for all requirements that were given up for it.

    Such a run fails: what it did not ask it does not know, and nobody chose not to ask.
    """
    unasked = Counter(r["cause"] for r in settled(records) if r["verdict"] == "not evaluated")
    return [
        f"{why}: {unasked[cause]} requirement{' was' if unasked[cause] == 1 else 's were'} "
        "not evaluated"
        for cause, why in _GIVEN_UP.items()
        if unasked[cause]
    ]


def exit_status(records: Iterable[Record]) -> int:
    """Return the exit status of the command for these records; see :data:`MET` and its kin.

    A suite that cannot be read outweighs all verdicts: they are not those of the whole call.
    """
    every = settled(records)
    if any(is_broken_suite(record) for record in every):
        return WRONG
    counting = {record["verdict"] for record in every if not record["excused"]}
    if "unmet" in counting:
        return UNMET
    if "inconclusive" in counting or not every or nothing_evaluated(every):
        return UNKNOWN
    if given_up(every):
        return UNKNOWN
    return MET


def _evaluated(records: Iterable[Record]) -> tuple[int, int]:
    verdicts = [r["verdict"] for r in settled(records) if not is_broken_suite(r)]
    return len(verdicts), sum(verdict in ("met", "unmet") for verdict in verdicts)


def _counts(requirements: list[Record], met: int) -> str:
    count = Counter(record["verdict"] for record in requirements)
    count["met"] += met
    return ", ".join(f"{count[verdict]} {verdict}" for verdict in _VERDICTS)


def _groups(label: str, members: Iterable[tuple[str, str, Record]]) -> Iterator[str]:
    """Yield a line for each key: how many requirements it holds for, and the first of them.

    Of the texts of that one the first is said, and how many more there are. Below what was not
    evaluated it is said what to do.
    """
    groups: dict[str, dict[str, tuple[dict[str, None], Record]]] = {}
    for key, text, record in members:
        identity = f"{place_of(record)} {record['title']}"
        groups.setdefault(key, {}).setdefault(identity, ({}, record))[0].setdefault(text)
    for key, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        texts, first = next(iter(group.values()))
        text = next(iter(texts)) + (f"; and {len(texts) - 1} more" if len(texts) > 1 else "")
        said = f"{key}: {text}" if text else key
        where = f"{place_of(first)} {first['title']}"
        among = "first " if len(group) > 1 else ""
        yield from _entry(label, f"{len(group)}  {said} ({among}{where})")
        # Of what is inconclusive the failures say what to do, and of a run given up its one error.
        if label == "not evaluated" and key not in _GIVEN_UP and (cause := explained(key)):
            yield from _entry("do", cause.do)


def _waivers(requirements: list[Record]) -> Iterator[tuple[Record, str]]:
    """Yield what there is to say of waivers; one that any subject of its sentence needs is used."""
    used = {place_of(r) for r in requirements if r["excused"].startswith(WAIVED)}
    for record in requirements:
        if record["waiver"] and not (record["verdict"] == "met" and place_of(record) in used):
            yield record, record["waiver"]
        for reason in record["reasons"]:
            if reason["tag"] == WAIVER_EXPIRED:
                yield record, reason["text"]


def _entry(label: str, text: str) -> Iterator[str]:
    yield padded(label, _LABEL) + visible(text, 1000)
