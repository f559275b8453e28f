"""``mailcheck check``: what is given is read, judged in order, and told as verdicts come."""

from __future__ import annotations

import queue
from collections import deque
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from mailcheck.catalogue import load_catalogue
from mailcheck.cli import INTERRUPTED
from mailcheck.cli.configuration import configured, project
from mailcheck.cli.items import (
    STDIN,
    Item,
    Reader,
    ToJudge,
    Unreadable,
    absolute,
    is_file,
    unreadable,
)
from mailcheck.cli.lines import AHEAD, Lines
from mailcheck.cli.telling import JsonLines, Telling, Verdicts
from mailcheck.conclusion import record_for
from mailcheck.description import run_properties
from mailcheck.list_quota import refuse_too_many
from mailcheck.report.stand_ins import broken_suite
from mailcheck.report.summary import exit_status, not_asked
from mailcheck.run import Planned, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailcheck.report.record import Record

Waiting: TypeAlias = Planned | Unreadable


def check_items(items: Sequence[str], given: Mapping[str, Any], *, as_json: bool) -> int:
    """Judge *items* with the options *given*, and return the exit status.

    Raises:
        MailcheckError: if an option, the catalogue or a lab cannot be used.
    """
    here = Path.cwd()
    files = [absolute(item) for item in items if is_file(item)]
    ini = project(here, files)
    settings = configured(given, ini, here)
    reader = Reader(load_catalogue(settings.checks), settings, here)
    # What stands on the command line is read at once: a mistake in it shows before the first wait.
    sources = [None if item == STDIN else list(read) for item, read in _read(items, reader)]
    titles = [i.requirement.title for s in sources if s for i in s if isinstance(i, ToJudge)]
    telling: Telling = (
        JsonLines() if as_json else Verdicts(titles, run_properties(settings, ini.root))
    )
    judged = (one.requirement for s in sources if s for one in s if isinstance(one, ToJudge))
    refuse_too_many(judged, settings)
    run = Run(settings, root=ini.root)
    records: list[Record] = []
    preflight: Mapping[str, str] = {}
    status = None
    waiting: deque[Waiting] = deque()
    try:
        for record in _judged(run, sources, reader, waiting):
            records.append(record)
            telling.verdict(record)
        preflight = run.preflight(telling.patience, at_end=True)
        preflight = {**preflight, **not_asked(run.unasked().values())}
    except KeyboardInterrupt:
        status = INTERRUPTED
    finally:
        run.close()
    telling.end(records, preflight)
    if waiting:
        left = f"{len(waiting)} {'sentence was' if len(waiting) == 1 else 'sentences were'}"
        click.echo(f"mailcheck: interrupted; {left} not judged", err=True)
    return exit_status(records) if status is None else status


def _read(items: Sequence[str], reader: Reader) -> Iterator[tuple[str, Iterator[Item]]]:
    sentences = sum(item != STDIN and not is_file(item) for item in items)
    numbers = count(1)
    for item in items:
        if item == STDIN or is_file(item):
            yield item, reader.file(item)
        else:
            number = f" {next(numbers)}" if sentences > 1 else ""
            yield item, reader.sentence(item, f"<sentence{number}>")


def _judged(
    run: Run, sources: list[list[Item] | None], reader: Reader, waiting: deque[Waiting]
) -> Iterator[Record]:
    """Yield a record for each item, in order, while those *waiting* behind it are asked for."""
    for source in sources:
        if source is None:
            yield from _judged_lines(run, Lines(), reader, waiting)
        else:
            waiting.extend(_planned(run, item) for item in source)
    while waiting:
        yield _settled(run, waiting)


def _judged_lines(
    run: Run, lines: Lines, reader: Reader, waiting: deque[Waiting]
) -> Iterator[Record]:
    while True:
        try:
            line = lines.next(wait=not waiting)
        except queue.Empty:
            yield _settled(run, waiting)
            continue
        except OSError as error:
            what = f"standard input cannot be read: {error.strerror}"
            waiting.append(_planned(run, unreadable("<stdin>", what, "expected sentences")))
            return
        if line is None:
            return
        waiting.extend(_planned(run, item) for item in reader.line(line))
        while len(waiting) > AHEAD:
            yield _settled(run, waiting)


def _planned(run: Run, item: Item) -> Waiting:
    if isinstance(item, Unreadable):
        click.echo(str(item.error), err=True)
        return item
    return run.plan(item.requirement, item.folder)


def _settled(run: Run, waiting: deque[Waiting]) -> Record:
    """Settle the first of those *waiting*, which waits until that is done."""
    first = waiting[0]
    if isinstance(first, Unreadable):
        record = broken_suite(first.shown_as, first.error.problems)
        record["sentence"] = first.text
    else:
        record = record_for(first.requirement, run.verdict(first))
    waiting.popleft()
    return record
