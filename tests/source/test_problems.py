"""Collecting problems: all at once, each once, and not without end."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place, SourceError
from mailcheck.source.documents import parse_documents
from mailcheck.source.nodes import Node, Scalar
from mailcheck.source.problems import MOST, Problems, nearest

HERE = Place("x.yml", 1)


def node(text: str) -> Node:
    return parse_documents(text, "x.yml")[0]


def said(problems: Problems) -> list[str]:
    return [str(problem) for problem in problems.found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[a]", "x.yml:1:1: title is a list; expected a text", id="list"),
        pytest.param(
            "{a: b}", "x.yml:1:1: title is a mapping (key: value); expected a text", id="mapping"
        ),
        pytest.param("---\n\n", "x.yml:3:1: title is nothing; expected a text", id="nothing"),
        pytest.param("''", "x.yml:1:1: title is an empty text; expected a text", id="empty"),
    ],
)
def test_what_is_no_text_is_said(text: str, expected: str) -> None:
    problems = Problems()
    assert problems.scalar(node(text), "title") is None
    assert said(problems) == [expected]


def test_one_text_is_a_list_of_one() -> None:
    problems = Problems()
    assert [s.text for s in problems.scalars(node("a"), "tags")] == ["a"]
    assert [s.text for s in problems.scalars(node("[a, b]"), "tags")] == ["a", "b"]
    assert not problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[]", "x.yml:1:1: tags is an empty list; expected at least one item", id="empty"
        ),
        pytest.param("[[a]]", "x.yml:1:2: an item of tags is a list; expected a text", id="nested"),
        pytest.param(
            "{a: b}",
            "x.yml:1:1: tags is a mapping (key: value); expected a list (- item)",
            id="mapping",
        ),
    ],
)
def test_what_is_no_list_of_texts_is_said(text: str, expected: str) -> None:
    problems = Problems()
    assert problems.scalars(node(text), "tags") == ()
    assert said(problems) == [expected]


def test_unknown_keys_name_the_closest_known_one_and_are_left_out() -> None:
    problems = Problems()
    keys = problems.keys(node("titel: a\nchecks: b\nxyz: c\n"), ("title", "checks"), "the suite")
    assert list(keys) == ["checks"]
    assert said(problems) == [
        'x.yml:1:1: unknown key "titel" in the suite; did you mean "title"?',
        'x.yml:3:1: unknown key "xyz" in the suite; known: title, checks',
    ]


def test_what_is_no_mapping_has_no_keys() -> None:
    problems = Problems()
    assert problems.keys(node("a"), ("title",), "the suite") == {}
    assert said(problems) == ["x.yml:1:1: the suite is a text; expected a mapping (key: value)"]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        pytest.param("No-MXs", ("no-mx", "null-mx"), 'did you mean "no-mx"?', id="close"),
        pytest.param("zzz", ("no-mx", "null-mx"), "known: no-mx, null-mx", id="far"),
        pytest.param("zzz", (), "there are none", id="none-known"),
    ],
)
def test_the_nearest_known_word_is_named(word: str, known: tuple[str, ...], expected: str) -> None:
    assert expected == nearest(word, known)


def test_a_problem_met_twice_is_said_once() -> None:
    problems = Problems()
    problems.add(HERE, "a")
    problems.add(HERE, "a")
    problems.add(HERE, "b")
    assert len(problems.found) == 2


def test_what_a_file_says_cannot_move_a_cursor() -> None:
    problems = Problems()
    problems.unknown(Scalar("\x1b[31m\n", HERE, '"'), "key", ("\x07",), "the suite")
    assert said(problems) == [
        r'x.yml:1:1: unknown key "\x1b[31m\n" in the suite; known: \x07',
    ]


def test_problems_come_in_the_order_of_their_places() -> None:
    problems = Problems()
    problems.add(Place("x.yml", 10), "later")
    problems.add(Place("x.yml", 9), "earlier")
    with pytest.raises(SourceError, match=r"x.yml:9:1: earlier\nx.yml:10:1: later"):
        problems.raise_any()


def test_nothing_is_raised_for_nothing() -> None:
    Problems().raise_any()


def test_nobody_reads_thousands_of_problems() -> None:
    problems = Problems()

    def add_thousands() -> None:
        for line in range(1, 10_000):
            problems.add(Place("x.yml", line), "wrong")

    with pytest.raises(SourceError) as caught:
        add_thousands()
    assert len(caught.value.problems) == MOST + 1
    assert str(caught.value.problems[-1]).endswith("the rest of the file was not read")
