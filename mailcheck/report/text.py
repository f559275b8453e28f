"""What a verdict looks like as text: the failure text of a test and of the command.

The first line says it and where it stands in the suite. Below, under labels in one column: what
was seen, why it matters to a receiver, what to publish or do, and how to see it with one's own
tools. Prose is wrapped; what will be copied (evidence, records, commands) never is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.causes import explained
from mailcheck.evidence import visible
from mailcheck.report.columns import columns, padded, wrapped
from mailcheck.report.record import is_broken_suite, place_of
from mailcheck.report.relevance import ARROW, answers_and_way, order_shown
from mailcheck.verdict import UNEXPECTED, WAIVER_EXPIRED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.report.record import ReasonRecord, Record

EVIDENCE_SHOWN = 12

LABELS = 12
"""Columns before the text: two of indent, and room for the longest label."""

_ALIGNED_UP_TO = 48
"""Columns of the longest subject that the arrows of its neighbours are aligned with."""

LONGEST = 4000
"""Characters of one line. Evidence is cut shorter where it is made; this bounds all else."""

_NOT_KNOWN = frozenset({"inconclusive", "not evaluated"})

_UNEXPLAINED = "this is neither a yes nor a no: it was asked, and no usable answer came"

_TITLE_SHOWN = 500
_MESSAGE_SHOWN = 1000


def headline(record: Record) -> str:
    """Return the verdict in a few words: ``met``, ``unmet: no-mx``, ``inconclusive: timeout``."""
    if is_broken_suite(record):
        return record["cause"]
    why = ", ".join(record["tags"]) if record["verdict"] == "unmet" else record["cause"]
    return _line(f"{record['verdict']}: {why}" if why else record["verdict"])


def message(record: Record) -> str:
    """Return the verdict and its reasons on one line, for places that have one line."""
    said = [r["text"] for r in record["reasons"]] or record["text"].splitlines()
    whole = "; ".join(part for part in (headline(record), *dict.fromkeys(said)) if part)
    return visible(whole, _MESSAGE_SHOWN)


def failure_text(record: Record, *, width: int = 100) -> str:
    """Return the whole text; only its prose is held to *width* columns."""
    lines = [_first_line(record, width)]
    if is_broken_suite(record):
        return "\n".join([*lines, *(f"  {_line(p)}" for p in record["text"].split("\n"))])
    previous = ""
    for label, text in _rows(record, width - LABELS):
        if not text.strip():
            continue
        # GitHub's runner obeys a line that begins with "::", blanks before it or not.
        shown = "" if label == previous and not text.startswith("::") else label
        lines.append(f"  {shown:<{LABELS - 2}}{text}".rstrip())
        previous = label
    return "\n".join([*lines, *_traceback(record)])


def junit_text(record: Record) -> str:
    """Return the failure text with the headline above it.

    pytest's own JUnit file has no ``type`` on a failure: readers that group failures group them
    by the first line.
    """
    return f"{headline(record)}\n{failure_text(record)}"


def evidence_lines(record: Record) -> list[str]:
    """Return all evidence, its arrows aligned."""
    return _aligned(record["evidence"])


def _first_line(record: Record, width: int) -> str:
    where = f"{_line(place_of(record))}  {visible(record['title'], _TITLE_SHOWN)}"
    end = headline(record)
    return padded(where, max(columns(where) + 2, width - columns(end))) + end


def _rows(record: Record, width: int) -> Iterator[tuple[str, str]]:
    """Yield a label and one line of text each; a label repeated is printed once."""
    for label, text in _prose_before(record):
        yield from _block(label, text, width)
    yield from (("seen", line) for line in _seen(record))
    yield from _matters(record, width)
    yield from _remedies(record, width)
    if record["verdict"] in _NOT_KNOWN and (cause := explained(record["cause"])):
        yield from _block("do", cause.do, width)
    yield from (("try", _line(command)) for command in record["commands"])
    for label, text in _prose_after(record):
        yield from _block(label, text, width)


def _block(label: str, text: str, width: int) -> Iterator[tuple[str, str]]:
    yield from ((label, line) for line in wrapped(_line(text), width))


def _prose_before(record: Record) -> Iterator[tuple[str, str]]:
    if UNEXPECTED in record["tags"]:
        yield "expected", record["text"].removeprefix("expected ")
    found = [r for r in record["reasons"] if r["tag"] not in (UNEXPECTED, WAIVER_EXPIRED)]
    several = len({r["tag"] for r in found}) > 1 or UNEXPECTED in record["tags"]
    for reason in found:
        yield "found", _tagged(reason["tag"], reason["text"]) if several else reason["text"]
    yield "result", record["result"]
    if record["cause"]:
        fallback = _UNEXPLAINED if record["verdict"] == "inconclusive" else ""
        yield "means", record["text"] or fallback
    elif record["verdict"] == "met":
        yield "means", record["text"]
    yield "excused", record["excused"]
    for reason in record["reasons"]:
        if reason["tag"] == WAIVER_EXPIRED:
            yield "waiver", reason["text"]
    yield "waiver", record["waiver"]


def _prose_after(record: Record) -> Iterator[tuple[str, str]]:
    for advice in record["advice"]:
        yield "advice", _tagged(advice["tag"], advice["text"])
    yield "note", record["note"]


def _tagged(tag: str, text: str) -> str:
    return f"{tag}: {text}" if text else tag


def _seen(record: Record) -> list[str]:
    """Return the evidence, or what bears on the verdict and how much more there is.

    What was answered comes first, then the way there.
    """
    answers, way = answers_and_way(record["evidence"])
    order = order_shown(answers, record)
    shown = [answers[i] for i in sorted(order[:EVIDENCE_SHOWN])]
    shown += way[: EVIDENCE_SHOWN - len(shown)]
    left = len(answers) + len(way) - len(shown)
    more = [f"… and {left} more, all in --mail-junit and check --json"] if left else []
    return [*_aligned(shown), *more]


def _aligned(evidence: list[str]) -> list[str]:
    parts = [_line(seen).partition(ARROW) for seen in evidence]
    widths = [columns(subject) for subject, arrow, _ in parts if arrow]
    width = max((w for w in widths if w <= _ALIGNED_UP_TO), default=0)
    return [
        f"{padded(subject, width)}{arrow}{result}" if arrow else subject
        for subject, arrow, result in parts
    ]


def _matters(record: Record, width: int) -> Iterator[tuple[str, str]]:
    by_tag = {r["tag"]: r for r in record["reasons"] if r["matters"]}
    for reason in by_tag.values():
        yield from _block("matters", _said(reason, several=len(by_tag) > 1), width)


def _said(reason: ReasonRecord, *, several: bool) -> str:
    return _tagged(reason["tag"], reason["matters"]) if several else reason["matters"]


def _remedies(record: Record, width: int) -> Iterator[tuple[str, str]]:
    """An instruction leads to the records below it; without records it stands for itself."""
    for remedy in record["remedies"]:
        yield from _block("publish" if remedy["publish"] else "do", remedy["instruction"], width)
        yield from (("publish", _line(zone_line)) for zone_line in remedy["publish"])


def _traceback(record: Record) -> list[str]:
    lines = record.get("traceback", "").rstrip().splitlines()
    return [f"  | {_line(line)}".rstrip() for line in lines]


def _line(text: str) -> str:
    return visible(text, LONGEST)
