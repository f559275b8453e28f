"""PyYAML's two parsers: the same nodes and the same problems, in our words."""

from __future__ import annotations

import pytest
import yaml

from mailcheck.errors import SourceError
from mailcheck.source.events import MAX_REPAIRS, PARSER, nodes_of
from mailcheck.source.problems import Problems

BOTH = [pytest.param(PARSER, id="fastest"), pytest.param(yaml.SafeLoader, id="python")]


def problems_of(text: str, parser: object) -> list[str]:
    problems = Problems()
    try:
        nodes_of(text, "x.yml", problems, parser)
    except SourceError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in problems.found]


@pytest.mark.parametrize("parser", BOTH)
def test_all_misread_items_of_a_file_are_said_at_once(parser: object) -> None:
    text = "checks:\n  - {domain} has MX\n  - fine\n  - [IP] has PTR:\n      at_least: 1\n  - @x\n"
    assert problems_of(text, parser) == [
        (
            'x.yml:2:5: a text that begins with "{" is a mapping to YAML; write it in quotes:\n'
            "  - '{domain} has MX'"
        ),
        (
            'x.yml:4:5: a text that begins with "[" is a list to YAML; write it in quotes:\n'
            "  - '[IP] has PTR':"
        ),
        (
            'x.yml:6:5: a text that begins with "@" is reserved to YAML; write it in quotes:\n'
            "  - '@x'"
        ),
    ]


@pytest.mark.parametrize("parser", BOTH)
def test_a_problem_before_a_repair_is_said_once(parser: object) -> None:
    problems = problems_of("a: 1\na: 2\nb: @x\n", parser)
    assert sorted(problem.partition(": ")[0] for problem in problems) == ["x.yml:2:1", "x.yml:3:4"]


@pytest.mark.parametrize("parser", BOTH)
def test_repairs_come_to_an_end(parser: object) -> None:
    assert len(problems_of("- @x\n" * 100, parser)) == MAX_REPAIRS + 1


@pytest.mark.parametrize("parser", BOTH)
@pytest.mark.parametrize(
    "text", ['"\\q"', '"\\U99999999"', "%YAML 2.0\n---\na", "a: b\n...\nc\n", "\x85\t- a", "%FOO\n"]
)
def test_no_word_of_the_parser_shows(text: str, parser: object) -> None:
    [problem] = problems_of(text, parser)
    assert problem.startswith("x.yml:")
    for theirs in ("Error", "token", "scalar", "indicator", "yaml.", "block collection"):
        assert theirs not in problem


@pytest.mark.parametrize("parser", BOTH)
def test_lines_are_counted_as_the_parser_counts_them(parser: object) -> None:
    for end in ("\n", "\r\n", "\r", "\x85", "\u2028"):
        assert problems_of(f"- a # b{end}- @c{end}", parser) == [
            (
                'x.yml:2:3: a text that begins with "@" is reserved to YAML;'
                " write it in quotes:\n- '@c'"
            )
        ]
