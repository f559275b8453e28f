"""Formats of plans, which are told by their content."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck.plans.document import Document
from mailcheck.plans.formats import FORMATS, format_called, format_of

PLANS = Path(__file__).parent
SUITES = PLANS.parents[1] / "suites"

_OTHERWISE = {"csv_records": "csv"}
"""Folders that are not called as their format."""

_FILES = [path for path in sorted(PLANS.glob("*/**/*")) if path.is_file() and path.suffix != ".py"]
_ZONES = sorted(SUITES.rglob("*.zone"))


def _named(paths: list[Path], below: Path) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(below))) for path in paths]


def _recognised(path: Path) -> set[str]:
    document = Document(path.read_text("utf-8", "surrogateescape"), path.name)
    return {name for name in FORMATS if format_called(name).recognises(document)}


@pytest.mark.parametrize("path", _named(_FILES, PLANS))
def test_a_plan_is_none_of_another_tool_s(path: Path) -> None:
    folder = path.relative_to(PLANS).parts[0]
    assert _recognised(path) <= {_OTHERWISE.get(folder, folder)}


@pytest.mark.parametrize("path", _named(_ZONES, SUITES))
def test_a_zone_file_is_no_plan(path: Path) -> None:
    assert _recognised(path) == set()


@pytest.mark.parametrize("name", FORMATS)
def test_each_has_a_title(name: str) -> None:
    assert format_called(name).TITLE


def test_which_one_it_is() -> None:
    assert format_of(Document("name,type,ttl,value\n", "a")) == "csv"
    assert format_of(Document("$ORIGIN example.com.\n", "a")) == ""
