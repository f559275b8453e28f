"""octoDNS (1.22): its configuration with the YAML files of its zones, and its plan as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.octodns import outputs
from mailcheck.plans.octodns.config import is_config
from mailcheck.plans.octodns.desired import read_config, read_zone_file
from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.plan_json import is_plan, read_plan
from mailcheck.plans.plan import Plan
from mailcheck.source import garbage

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

TITLE = "octoDNS"

_INCLUDE = 'the YAML tag "!include"'


def recognises(document: Document) -> bool:
    """Whether *document* is a configuration of octoDNS, or what it planned."""
    return is_config(document) or is_plan(document) or outputs.is_for_people(document)


def read(document: Document, given: Given) -> Plan:
    """Read it; the file of one zone as well, if its zone is given.

    Raises:
        SourceError: with all that is wrong.
    """
    try:
        with garbage.paused():  # nothing of 20,000 records can be freed while they are read
            return _read(document, given)
    except SourceError as error:
        raise SourceError([_explained(problem) for problem in error.problems]) from None


def _read(document: Document, given: Given) -> Plan:
    if is_plan(document):
        return read_plan(document, given)
    if is_config(document):
        return read_config(document, given)
    what = "this is no configuration of octoDNS, with providers: and zones:, and no plan of it"
    way = "if it is the file of one zone, say which: octodns:example.com=FILE"
    if outputs.is_for_people(document):
        what, way = "this is what octoDNS writes for people", THE_PLAN
    elif document.value == {}:
        return Plan(document.shown, notes=("octoDNS plans no change",))
    elif given.zone is not None:
        return read_zone_file(document, given.zone)
    raise SourceError([Problem(Place(document.shown, 1), what, way)])


def _explained(problem: Problem) -> Problem:
    if not problem.what.startswith(_INCLUDE):
        return problem
    return replace(problem, expected=f"write out what it includes; or {THE_PLAN}")
