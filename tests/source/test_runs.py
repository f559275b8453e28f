"""Runs of one-line items: the same nodes and the same problems as from the parser's events."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import SourceError
from mailcheck.source.events import PARSER, nodes_of, nodes_without_runs
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence
from mailcheck.source.problems import Problems
from mailcheck.source.runs import shortened

ITEMS = "".join(f"  - domain d{n}.example has MX\n" for n in range(5))

PLAIN = "- a b|- a b|- e:f|- ::1|- 2001:db8::1 b|- a#b|- a, b|- a {b}|- 후이즈 b|- 1|- a\u00a0|- a\ufeffb"
ODD = """- a #b|- a |- a::|- c: d|- e:|- a:|- - a|-|- |- &x a|- &x|- *x|- !t a|- @a|- %a|- a\tb|\t- a
- "a|b"|- 'a|- ¦|- >-|b: >|a: ¦|- [a|- b]|- {a: b|- a "b c"|a: b|a:|a: &x|a: &x [b, c]|<<: *x|? a|: b
text||# c|---|...|- a\x85|- a\u2028|- a\rb""".replace("\n", "|")

LINES = st.one_of(
    *(
        st.sampled_from(some.split("|")).map(lambda line: line.replace("¦", "|"))
        for some in (PLAIN, ODD)
    )
)

TEXTS = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 2]), LINES, st.sampled_from([1, 3, 4])).map(
        lambda drawn: (" " * 2 * drawn[0] + drawn[1] + "\n") * drawn[2]
    ),
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
        pytest.param("[" * 62 + "\n" + ITEMS, id="deep"),
    ],
)
def test_items_are_items_only_where_the_parser_says_so(text: str) -> None:
    assert outcome(nodes_of, text, PARSER) == outcome(nodes_without_runs, text, PARSER)


def test_the_parser_is_given_the_first_and_the_last_item() -> None:
    short, runs = shortened("checks:\n" + ITEMS + "  - a: b\n" + ITEMS)
    assert short.count("- ") == 5
    assert short.count("\n") == 12
    assert [(line, run.column, len(run.texts)) for line, run in runs.items()] == [
        (2, 5, 5),
        (8, 5, 5),
    ]


def test_an_alias_of_a_run_counts_all_its_items() -> None:
    items = "- a\n" * 60_000
    _, [problem] = outcome(nodes_of, f"a: &x\n{items}b: [*x, *x]\n", PARSER)
    assert "aliases make more than" in problem


def test_a_scalar_of_a_run_is_like_any_other() -> None:
    [document] = nodes_of(ITEMS, "x.yml", Problems())
    assert isinstance(document, Sequence)
    assert all(type(item) is Scalar for item in document.items)
    assert [item.place.line for item in document.items] == [1, 2, 3, 4, 5]
