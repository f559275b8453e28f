"""Suites, blocks, requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.suite.conftest import Load

TWO = """\
mailcheck: 1
checks: [domain b.example has MX]
---
mailcheck: 1
checks: [domain a.example has MX, IP 192.0.2.1 has PTR]
"""


def test_a_suite_gives_its_requirements_in_the_order_of_the_file(load: Load) -> None:
    suite = load(TWO)
    assert [len(block.requirements) for block in suite.blocks] == [1, 2]
    assert [requirement.place.line for requirement in suite.requirements] == [2, 5, 5]


def test_a_suite_knows_its_file_and_how_to_call_it(load: Load) -> None:
    suite = load(TWO)
    assert suite.path.name == "x.yml"
    assert suite.path.is_absolute()
    assert suite.shown_as == "x.yml"


def test_a_requirement_is_about_its_first_subject(load: Load) -> None:
    suite = load(TWO)
    subjects = [requirement.subject for requirement in suite.requirements]
    assert subjects == ["b.example", "a.example", "192.0.2.1"]
