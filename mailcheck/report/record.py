"""The record: one requirement's verdict as plain values.

Everything mailcheck writes (failure texts, JUnit, annotations, the summary, JSON) is made from
records, so that a verdict reached in an xdist worker and one reached at the desk read the same.
A record holds nothing but dict, list, str, int, float and None, and every text in it can be
encoded as UTF-8: a path with undecodable bytes has lone surrogates, which neither xdist nor XML
can carry.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from mailcheck.report.relevance import telling_commands
from mailcheck.verdict import CRASHES, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.errors import Place
    from mailcheck.verdict import Kind

SUITE_ERROR = "suite-error"
"""The cause of the one item that a suite which cannot be read is collected as."""

UNREADABLE_TITLE = "suite can be read"


class ReasonRecord(TypedDict):
    """A reason of an unmet requirement, with what a receiver makes of it."""

    tag: str
    text: str
    matters: str


class AdviceRecord(TypedDict):
    """Advice that did not change the verdict."""

    tag: str
    text: str


class RemedyRecord(TypedDict):
    """Zone-file lines to publish, and the sentence that leads to them or stands alone."""

    publish: list[str]
    instruction: str


class PlaceRecord(TypedDict):
    """A line of a file, from 1."""

    file: str
    line: int


class Record(TypedDict):
    """One requirement and its verdict.

    ``suite`` is the file's path with forward slashes, ``block`` the title of its document (empty
    if it has none), ``title`` the sentence as rendered with its subjects, ``sentence`` as written.
    ``result`` is a standard's word for what was found, empty where it has none. ``evidence`` stands in
    the order it was asked for; ``commands`` has the most telling first, and so do ``places``, the lines
    of a change that the verdict rests on. ``at_fault`` is the one for which it is unmet, or cannot be
    judged, or None. ``seconds`` is finite and not negative. ``traceback`` is there only after a crash.
    """

    suite: str
    line: int
    column: int
    block: str
    title: str
    sentence: str
    check: str
    verdict: Kind
    result: str
    tags: list[str]
    cause: str
    text: str
    excused: str
    waiver: str
    reasons: list[ReasonRecord]
    advice: list[AdviceRecord]
    evidence: list[str]
    places: list[PlaceRecord]
    at_fault: PlaceRecord | None
    remedies: list[RemedyRecord]
    commands: list[str]
    note: str
    sources: list[str]
    seconds: float
    traceback: NotRequired[str]


def record_of(
    *,
    verdict: Verdict,
    suite: str,
    line: int,
    column: int,
    block: str,
    title: str,
    sentence: str,
    check_id: str,
    note: str,
    sources: tuple[str, ...],
    seconds: float,
) -> Record:
    """Write down *verdict* for the requirement at *suite*, *line* and *column* (1-based)."""
    record: Record = {
        "suite": _plain(suite),
        "line": line,
        "column": column,
        "block": _plain(block),
        "title": _plain(title),
        "sentence": _plain(sentence),
        "check": _plain(check_id),
        "verdict": verdict.kind,
        "result": _plain(verdict.result),
        "tags": [_plain(tag) for tag in verdict.tags],
        "cause": _plain(verdict.cause),
        "text": _plain(verdict.text),
        "excused": _plain(verdict.excused),
        "waiver": _plain(verdict.waiver),
        "reasons": _reasons(verdict),
        "advice": [{"tag": _plain(a.tag), "text": _plain(a.text)} for a in verdict.advice],
        "evidence": [_plain(str(seen)) for seen in verdict.evidence],
        "places": [],
        "at_fault": None,
        "remedies": _remedies(verdict),
        "commands": [],
        "note": _plain(note),
        "sources": [_plain(source) for source in sources],
        "seconds": max(0.0, float(seconds)) if math.isfinite(seconds) else 0.0,
    }
    record["commands"] = [_plain(c) for c in telling_commands(verdict.evidence, record)]
    if any(seen.place for seen in verdict.evidence):
        # Imported late: most runs propose nothing.
        from mailcheck.report.places import at_fault, resting_on

        record["places"] = [_place(place) for place, _ in resting_on(verdict.evidence, record)]
        fault = at_fault(verdict.evidence, record)
        record["at_fault"] = _place(fault) if fault else None
    if verdict.traceback:
        record["traceback"] = _plain(verdict.traceback)
    return record


def settled(records: Iterable[Record]) -> list[Record]:
    """Return the last record of each requirement (a rerun replaces), in the order of reports.

    That is by suite path, then by where its documents begin, then by line: the order verdicts
    came in depends on the workers, and must not show.
    """
    last = {(r["suite"], r["line"], r["column"], r["title"], r["block"]): r for r in records}
    begins: dict[tuple[str, str], int] = {}
    for record in last.values():
        block = record["suite"], record["block"]
        begins[block] = min(record["line"], begins.get(block, record["line"]))
    return sorted(
        last.values(),
        key=lambda r: (
            r["suite"],
            begins[r["suite"], r["block"]],
            r["block"],
            r["line"],
            r["column"],
            r["title"],
        ),
    )


def place_of(record: Record) -> str:
    """Return ``file:line:column``, as editors and CI logs link it."""
    return f"{record['suite']}:{record['line']}:{record['column']}"


def is_broken_suite(record: Record) -> bool:
    """Whether the record stands for a suite that cannot be read, not for a requirement."""
    return record["cause"] == SUITE_ERROR


def is_an_error(record: Record) -> bool:
    """Whether something is broken here, not in the network: an error under any policy."""
    return is_broken_suite(record) or record["cause"] in CRASHES


def says_more(record: Record) -> bool:
    """Whether there is more to report than that the requirement is met."""
    told = ("cause", "text", "excused", "waiver", "reasons", "advice")
    return record["verdict"] != "met" or any(record[key] for key in told)  # type: ignore[literal-required]  # each is one


def json_line(record: Record) -> str:
    """Return the record for programs: one line of JSON, the same for the same record."""
    chosen: dict[str, Any] = {
        "sentence": record["sentence"],
        "title": record["title"],
        "suite": record["suite"],
        "line": record["line"],
        "column": record["column"],
        "check": record["check"],
        "verdict": record["verdict"],
        "result": record["result"],
        "tags": record["tags"],
        "reasons": record["reasons"],
        "cause": record["cause"],
        "text": record["text"],
        "excused": record["excused"],
        "advice": [{"tag": a["tag"], "text": a["text"]} for a in record["advice"]],
        "evidence": record["evidence"],
        "places": record["places"],
        "remedies": record["remedies"],
        "commands": record["commands"],
    }
    if "traceback" in record:
        chosen["traceback"] = record["traceback"]
    line = json.dumps(chosen, ensure_ascii=False)
    # JSON leaves U+0085, U+2028 and the C1 controls as they are: the first two end a line for
    # many readers, the others move a terminal's cursor.
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def _place(place: Place) -> PlaceRecord:
    return {"file": _plain(place.file), "line": place.line}


def _plain(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _reasons(verdict: Verdict) -> list[ReasonRecord]:
    """Pair each reason with what stands at its position in ``matters``, if anything does."""
    matters = (*verdict.matters, *("" for _ in verdict.reasons))
    return [
        {"tag": _plain(reason.tag), "text": _plain(reason.text), "matters": _plain(said)}
        for reason, said in zip(verdict.reasons, matters, strict=False)
    ]


def _remedies(verdict: Verdict) -> list[RemedyRecord]:
    """Several reasons may have one remedy: each is said once."""
    return [
        {"publish": [_plain(p) for p in remedy.publish], "instruction": _plain(remedy.instruction)}
        for remedy in dict.fromkeys(verdict.remedies)
        if remedy.publish or remedy.instruction
    ]
