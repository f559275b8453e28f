"""Runs of one-line items: the same nodes and the same problems as from the parser's events."""

from __future__ import annotations

from textwrap import indent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import Place, SourceError
from mailcheck.source.events import PARSER, nodes_of, nodes_without_runs
from mailcheck.source.nodes import Mapping, Node, Sequence
from mailcheck.source.problems import Problems
from mailcheck.source.runs import shortened

ITEMS = "".join(f"  - domain d{n}.example has MX\n" for n in range(5))

OPTIONED = "".join(f"  - domain d{n}.example has MX:\n      at_least: 2\n" for n in range(5))

PLAIN = "- a b|- a b|- e:f|- ::1|- 2001:db8::1 b|- a#b|- a, b|- a {b}|- 후이즈 b|- 1|- a\u00a0|- a\ufeffb"
ODD = """- a #b|- a |- a::|- c: d|- e:|- a:|- - a|-|- |- &x a|- &x|- *x|- !t a|- @a|- %a|- a\tb|\t- a
- "a|b"|- 'a|- ¦|- >-|b: >|a: ¦|- [a|- b]|- {a: b|- a "b c"|a: b|a:|a: &x|a: &x [b, c]|<<: *x|? a|: b
text||# c|---|...|- a\x85|- a\u2028|- a\rb""".replace("\n", "|")

WITH_OPTIONS = [
    "- a b:\n    k: v",
    "- a b:\n    k: v w\n    l_m:  ::1",
    "- a:\n   k: v",
    "- a:\n        k: 1",
]

ODDLY_WITH_OPTIONS = [
    *(
        "- a:\n    k: v\n     l: w",
        "- a:\n    k: v\n   l: w",
        "- a:\n      kkkk: v\n   l: w",
        "- a:\n  k: v",
    ),
    *(
        "- a:\n        k: v\n   l: w",
        "- a:\n    k: v\n    k: w",
        "- a:\n    k: v\n      more",
        "- a:\n    K: v",
    ),
    *(
        "- a:\n    k: 'v'",
        "- a:\n    k:",
        "- a :\n    k: v",
        "- a::\n    k: v",
        "- a:\n    k: v # c",
    ),
    *("- a: # c\n    k: v", "- a:\n\n    k: v", "- a: b\n    k: v", f"- {'a' * 1030}:\n    k: v"),
    f"- a:\n    {'k' * 1030}: v",
    *("- a:\n    - k: v", "- a:\n  - k\n  - v", "- {a: {k: v}}", "- a:\n    k: v\n  b: c"),
]

SHAPES = [
    *(*PLAIN.split("|"), *WITH_OPTIONS, *ODDLY_WITH_OPTIONS),
    *(line.replace("¦", "|") for line in ODD.split("|")),
]

TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["", "", "  ", "    "]), st.sampled_from(SHAPES), st.sampled_from([1, 3, 4])
    ).map(lambda drawn: (indent(drawn[1], drawn[0]) + "\n") * drawn[2]),
    max_size=9,
).map("".join)


def plain(node: Node) -> Any:
    kind = type(node).__name__
    if isinstance(node, Sequence):
        return kind, node.place, node.flow, [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return kind, node.place, node.flow, [(plain(k), plain(v)) for k, v in node.entries]
    return kind, *node


def outcome(read: Any, text: str, parser: Any) -> tuple[Any, list[str]]:
    problems = Problems()
    try:
        nodes = [plain(node) for node in read(text, "x.yml", problems, parser)]
    except SourceError as error:
        return None, [str(problem) for problem in error.problems]
    return nodes, [str(problem) for problem in problems.found]


@pytest.mark.parametrize(
    "parser", [pytest.param(PARSER, id="fastest"), pytest.param(yaml.SafeLoader, id="python")]
)
@given(text=TEXTS)
def test_runs_change_nothing(parser: Any, text: str) -> None:
    assert outcome(nodes_of, text, parser) == outcome(nodes_without_runs, text, parser)


@pytest.mark.parametrize("usual", ["- a b", *WITH_OPTIONS])
def test_every_shape_is_read_the_same_in_a_run(usual: str) -> None:
    for shape in SHAPES:
        for row in ("xxxxx", "ooxooo", "oxxxo", "ooxxoo", "xoooo", "oooox"):
            items = [shape if mark == "x" else usual for mark in row]
            for margin in ("", "  "):
                text = "checks:\n" + indent("\n".join(items) + "\n", margin)
                read = outcome(nodes_of, text, PARSER), outcome(nodes_without_runs, text, PARSER)
                assert read[0] == read[1], text


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(ITEMS, id="plain"),
        pytest.param(OPTIONED, id="with-options"),
        pytest.param(ITEMS + OPTIONED + ITEMS, id="with-options-between"),
    ],
)
def test_runs_go_as_deep_as_all_lists(items: str) -> None:
    for depth in range(54, 66):
        text = "- " * depth + "a:\n" + indent(items, "  " * depth)
        assert outcome(nodes_of, text, PARSER) == outcome(nodes_without_runs, text, PARSER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: |\n" + ITEMS, id="block-of-text"),
        pytest.param("a: b\n" + ITEMS, id="folded-into-the-text-above"),
        pytest.param('a: "\n' + ITEMS + '"\n', id="in-quotes"),
        pytest.param("a: [\n" + ITEMS + "]\n", id="in-brackets"),
        pytest.param("checks:\n" + ITEMS + "    and more\n", id="the-last-one-goes-on"),
        pytest.param("checks:\n" + ITEMS + " - b\n", id="dedented-to-no-column"),
        pytest.param("checks: &x\n" + ITEMS + "again: *x\n", id="named-and-repeated"),
        pytest.param("a: |\n" + OPTIONED, id="options-in-a-block-of-text"),
        pytest.param("checks:\n" + OPTIONED + "       and more\n", id="the-last-option-goes-on"),
    ],
)
def test_items_are_items_only_where_the_parser_says_so(text: str) -> None:
    assert outcome(nodes_of, text, PARSER) == outcome(nodes_without_runs, text, PARSER)


def test_the_parser_is_given_the_first_and_the_last_item() -> None:
    short, runs = shortened("checks:\n" + ITEMS + "  - a: b\n" + OPTIONED, "x.yml")
    assert short.count("- ") == 5
    assert short.count("\n") == 17
    assert [(run.place, len(run.between)) for run in runs.values()] == [
        (Place("x.yml", 2, 5), 3),
        (Place("x.yml", 8, 5), 3),
    ]


def test_an_alias_of_a_run_counts_all_its_items() -> None:
    items = "- a\n" * 60_000
    _, [problem] = outcome(nodes_of, f"a: &x\n{items}b: [*x, *x]\n", PARSER)
    assert "aliases make more than" in problem


def test_what_is_in_a_run_is_like_all_else() -> None:
    [document] = nodes_of(OPTIONED, "x.yml", Problems())
    assert isinstance(document, Sequence)
    assert all(type(item) is Mapping for item in document.items)
    assert [item.place.line for item in document.items] == [1, 3, 5, 7, 9]
