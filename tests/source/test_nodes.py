"""Nodes: what a file comes to, and what people call it."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence, describe

HERE = Place("x.yml", 1)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        pytest.param(Scalar("a", HERE), "a text", id="text"),
        pytest.param(Scalar("", HERE), "nothing", id="nothing-written"),
        pytest.param(Scalar("", HERE, "'"), "a text", id="empty-quotes-are-a-text"),
        pytest.param(Sequence((), HERE), "a list", id="list"),
        pytest.param(Mapping((), HERE), "a mapping (key: value)", id="mapping"),
    ],
)
def test_nodes_are_named_for_people(node: Node, expected: str) -> None:
    assert expected == describe(node)


def test_a_mapping_finds_its_values() -> None:
    value = Scalar("b", HERE)
    mapping = Mapping(((Scalar("a", HERE), value),), HERE)
    assert value is mapping.get("a")
    assert mapping.get("b") is None


def test_only_unquoted_text_is_plain() -> None:
    assert Scalar("a", HERE).plain
    assert not Scalar("a", HERE, '"').plain
