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

if TYPE_CHECKING:
    from mailcheck.source.nodes import Node
    from mailcheck.source.problems import Problems

MAX_REPAIRS = 20
"""Lines that are read as they were probably meant, to find the problems behind them."""

MAX_REPAIRED = 1_000_000
"""Characters of a text that is read again after a repair."""

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 takes for the end of a line, so that its line numbers are ours."""


def nodes_of(text: str, file: str, problems: Problems, parser: Any = None) -> tuple[Node, ...]:
    """Return one node for each document in *text*.

    An item that YAML misreads for its first character, or for a colon in it, is added to
    *problems* and then read as it was probably meant.

    Raises:
        SourceError: if the rest cannot be read; with everything found so far.
    """
    lines = _LINE_BREAK.split(text)
    repaired: set[int] = set()
    while True:
        before = len(problems.found)
        try:
            events = yaml.parse("\n".join(lines), Loader=parser or PARSER)
            return tuple(Composer(events, lines, file, problems).documents())
        except (yaml.YAMLError, ValueError, OverflowError) as error:
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
