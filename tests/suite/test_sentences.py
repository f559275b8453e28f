"""Requirements made from sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.suite.conftest import Load


@pytest.mark.parametrize(
    ("item", "params"),
    [
        pytest.param(
            "TXT of _spf.a.example includes exists:%{i}._spf", "exists:%{i}._spf", id="spf-macro"
        ),
        pytest.param("TXT of a.example includes {{domain}}", "{domain}", id="doubled-braces"),
        pytest.param('TXT of a.example includes "say \\"a\\""', 'say "a"', id="escaped-quotes"),
        pytest.param("TXT of a.example includes: {text: no}", None, id="slot-not-in-brackets"),
        pytest.param(
            "TXT of a.example includes {text}: {text: v=spf1 a}", "v=spf1 a", id="slot-as-an-option"
        ),
        pytest.param("TXT of {name} includes {text}: {text: v, name: a.example}", "v", id="both"),
        pytest.param('TXT of a.example includes "v=spf1 " "-all"', "v=spf1 -all", id="strings"),
        pytest.param("TXT of a.example includes 1.10", "1.10", id="number-stays-text"),
        pytest.param("TXT of a.example includes 25:30", "25:30", id="time-stays-text"),
        pytest.param("TXT of a.example includes null", "null", id="null-stays-text"),
    ],
)
def test_a_text_is_what_was_typed(
    load: Load, problems_of: Callable[[str], list[str]], item: str, params: str | None
) -> None:
    text = f"mailcheck: 1\nchecks:\n  - {item}\n"
    if params is None:
        assert "no check reads" in problems_of(text)[0]
    else:
        assert load(text).requirements[0].params.text == params


def test_an_option_goes_before_the_subject_of_that_name(load: Load) -> None:
    text = """\
mailcheck: 1
for: {domain: a.example}
checks:
  - domain {domain} has MX
  - domain {domain} has MX: {domain: b.example}
"""
    titles = [requirement.title for requirement in load(text).requirements]
    assert titles == ["domain a.example has MX", "domain b.example has MX"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("{severity: warnin}", "{expect: nothing}", id="both"),
        pytest.param("{severity: warnin}", "{severity: advised}", id="the-first"),
        pytest.param("{severity: advised}", "{severity: warnin}", id="the-second"),
    ],
)
def test_a_sentence_with_faulty_options_is_not_said_twice_as_well(
    problems_of: Callable[[str], list[str]], one: str, other: str
) -> None:
    """What it would be with the right options nobody knows; the fault comes first."""
    said = [f"  - domain a.example has MX: {options}\n" for options in (one, other)]
    problems = problems_of("mailcheck: 1\nchecks:\n" + "".join(said))
    assert problems
    assert not [problem for problem in problems if "is said already" in problem]


def test_a_placeholder_in_an_option(load: Load) -> None:
    text = "mailcheck: 1\nfor: {ip: [192.0.2.1, 192.0.2.2]}\nchecks:\n  - domain a.example has MX\n"
    item = '  - resolvers agree on MX of a.example: {resolvers: ["{ip}", 8.8.8.8]}\n'
    shown = [requirement.title for requirement in load(text + item).requirements]
    assert shown == [
        "domain a.example has MX",
        "resolvers agree on MX of a.example [resolvers=192.0.2.1, 8.8.8.8]",
        "resolvers agree on MX of a.example [resolvers=192.0.2.2, 8.8.8.8]",
    ]


def test_the_same_sentence_with_other_options_is_another_requirement(load: Load) -> None:
    text = """\
mailcheck: 1
checks:
  - domain a.example has MX
  - domain a.example has MX: {at_least: 2, severity: advised}
"""
    titles = [requirement.title for requirement in load(text).requirements]
    assert titles == ["domain a.example has MX", "domain a.example has MX [at_least=2]"]


def test_the_same_sentence_that_counts_otherwise_is_said_twice(
    problems_of: Callable[[str], list[str]],
) -> None:
    text = """\
mailcheck: 1
checks:
  - domain a.example has MX
  - domain a.example has MX: {severity: advised}
"""
    assert problems_of(text) == [
        'x.yml:4:5: "domain a.example has MX" is said already at line 3; keep one of them'
    ]


def test_an_alias_may_repeat_options_but_not_requirements(load: Load) -> None:
    text = """\
mailcheck: 1
checks:
  - domain a.example has MX: &strict {at_least: 2, tags: strict}
  - domain b.example has MX: *strict
  - domain c.example has MX:
      <<: *strict
      at_least: 3
"""
    found = [(r.title, r.tags) for r in load(text).requirements]
    assert found == [
        ("domain a.example has MX [at_least=2]", ("strict",)),
        ("domain b.example has MX [at_least=2]", ("strict",)),
        ("domain c.example has MX [at_least=3]", ("strict",)),
    ]


def test_a_sentence_is_kept_as_written_on_one_line(load: Load) -> None:
    text = "mailcheck: 1\nchecks:\n  - |\n    domain  a.example\n    has MX\n"
    [requirement] = load(text).requirements
    assert requirement.sentence == r"domain  a.example\nhas MX"
    assert requirement.title == "domain a.example has MX"
