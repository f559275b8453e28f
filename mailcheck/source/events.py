"""From YAML text to nodes, and from what YAML's parser refuses to what was probably meant.

Only the parser of PyYAML is used, libyaml's where it is installed; its errors end here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from mailcheck.errors import Place, SourceError
from mailcheck.source import traps
from mailcheck.source.composer import Composer
from mailcheck.source.problems import Problems
from mailcheck.source.runs import odd_breaks, shortened

if TYPE_CHECKING:
    from mailcheck.source.nodes import Node
    from mailcheck.source.runs import Run

MAX_REPAIRS = 20
"""Lines that are read as they were probably meant, to find the problems behind them."""

MAX_REPAIRED = 1_000_000
"""Characters of a text that is read again after a repair."""

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FAULTS = (yaml.YAMLError, ValueError, OverflowError)
"""What the parsers raise at a text they cannot read."""

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 takes for the end of a line, so that its line numbers are ours."""


def nodes_of(text: str, file: str, problems: Problems, parser: Any = None) -> tuple[Node, ...]:
    """Return one node for each document in *text*.

    An item that YAML misreads for its first character, or for a colon in it, is added to
    *problems* and then read as it was probably meant.

    Raises:
        SourceError: if the rest cannot be read; with everything found so far.
    """
    parser = parser or PARSER
    nodes = _in_runs(text, file, parser)
    return nodes_without_runs(text, file, problems, parser) if nodes is None else nodes


def _in_runs(text: str, file: str, parser: Any) -> tuple[Node, ...] | None:
    """Return the nodes of a *text* with long lists; None if it has none, or has any problem."""
    short, runs = shortened(text, file)
    if not runs:
        return None
    problems = Problems()
    try:
        nodes = _composed(short, file, problems, parser, runs)
    except (*_FAULTS, SourceError):
        return None
    return None if runs or problems else nodes


def nodes_without_runs(text: str, file: str, problems: Problems, parser: Any) -> tuple[Node, ...]:
    """Return what :func:`nodes_of` does, from an event for every node."""
    lines = _LINE_BREAK.split(text) if odd_breaks(text) else text.split("\n")
    repaired: set[int] = set()
    while True:
        before = len(problems.found)
        try:
            return _composed("\n".join(lines), file, problems, parser, {})
        except _FAULTS as error:
            problem = traps.explain(_fault(error), lines)
        meant = problem.repaired
        if problem.line in repaired or len(repaired) == MAX_REPAIRS or len(text) > MAX_REPAIRED:
            meant = None
        if meant is not None:  # what was found by the way is found again
            del problems.found[before:]
        if problem.line not in repaired:
            place = Place(file, problem.line, problem.column)
            said = problems.misread if meant is not None else problems.add
            said(place, problem.what, problem.expected)
        if meant is None:
            raise SourceError(problems.found)
        repaired.add(problem.line)
        lines[problem.line - 1] = meant


def _composed(
    text: str, file: str, problems: Problems, parser: Any, runs: dict[int, Run]
) -> tuple[Node, ...]:
    loader = parser(text)
    try:
        events = iter(loader.get_event, None)
        return tuple(Composer(events, text, file, problems, runs).documents())
    finally:
        loader.dispose()


def _fault(error: Exception) -> traps.Fault:
    if not isinstance(error, yaml.MarkedYAMLError):
        return traps.Fault("", "", 1, 1, 1, 1)
    at = error.problem_mark or error.context_mark
    since = error.context_mark or at
    if at is None or since is None:
        return traps.Fault("", "", 1, 1, 1, 1)
    return traps.Fault(
        error.problem or "",
        error.context or "",
        *(at.line + 1, at.column + 1),
        *(since.line + 1, since.column + 1),
    )
