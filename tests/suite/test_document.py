"""Documents of a suite: blocks that know nothing of each other, in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError

if TYPE_CHECKING:
    from tests.suite.conftest import Load

BLOCK = "mailcheck: 1\nfor: {domain: a.example}\nchecks: [domain has MX]\n"


def test_subjects_of_one_document_do_not_reach_the_next(load: Load) -> None:
    with pytest.raises(SourceError, match=r"x\.yml:6:10: .*does not say which domain"):
        load(BLOCK + "---\nmailcheck: 1\nchecks: [domain has MX]\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + BLOCK, id="byte-order-mark"),
        pytest.param("# story\n---\n" + BLOCK, id="document-start"),
        pytest.param("%YAML 1.1\n---\n" + BLOCK, id="directive"),
        pytest.param(BLOCK.replace("\n", "\r\n"), id="windows"),
        pytest.param(BLOCK + "...\n", id="document-end"),
        pytest.param(BLOCK.replace("1", "'1'"), id="quoted-version"),
    ],
)
def test_how_a_file_begins_and_ends_makes_no_difference(load: Load, text: str) -> None:
    [requirement] = load(text).requirements
    assert requirement.title == "domain a.example has MX"


def test_the_problems_of_all_documents_are_said(load: Load) -> None:
    with pytest.raises(SourceError) as caught:
        load(BLOCK.replace("for", "fro") + "---\n" + BLOCK.replace("checks", "cheks"))
    lines = [problem.place.line for problem in caught.value.problems]
    assert lines == [2, 3, 7]
