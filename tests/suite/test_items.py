"""Items of ``checks`` as YAML hands them over."""

from __future__ import annotations

import pytest

from mailcheck.source.documents import parse_documents
from mailcheck.source.nodes import Sequence
from mailcheck.source.problems import Problems
from mailcheck.suite.items import Item, read_item


def read(text: str) -> Item | None:
    problems = Problems()
    [document] = parse_documents(text, "x.yml", problems)
    assert isinstance(document, Sequence)
    item = read_item(document.items[0], problems)
    assert (item is None) == bool(problems)
    return item


@pytest.mark.parametrize(
    ("text", "sentence", "options"),
    [
        pytest.param("- domain has MX\n", "domain has MX", [], id="alone"),
        pytest.param("- domain has MX # why\n", "domain has MX", [], id="with-a-comment"),
        pytest.param(
            '- TXT includes "a b" # why\n', 'TXT includes "a b"', [], id="comment-behind-quotes"
        ),
        pytest.param("- 'TXT includes \"a #b\"'\n", 'TXT includes "a #b"', [], id="quoted"),
        pytest.param(
            "- domain has MX:\n    at_least: 2\n    severity: advised\n",
            "domain has MX",
            ["at_least", "severity"],
            id="options-below",
        ),
        pytest.param(
            "- {domain has MX: {at_least: 2}}\n", "domain has MX", ["at_least"], id="in-braces"
        ),
        pytest.param("- >\n  domain\n  has MX\n", "domain has MX\n", [], id="folded"),
    ],
)
def test_an_item_is_a_sentence_and_its_options(
    text: str, sentence: str, options: list[str]
) -> None:
    item = read(text)
    assert item is not None
    assert item.sentence.text == sentence
    assert [key.text for key, _ in item.options] == options


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('- TXT includes "a #b"\n', id="cut-by-a-comment"),
        pytest.param("- IP 2001:db8:: has PTR\n", id="cut-by-a-colon"),
        pytest.param('- TXT includes: "a"\n', id="colon-before-quotes"),
        pytest.param("- domain has MX:\n", id="colon-and-nothing"),
        pytest.param("- domain has MX:\n  at_least: 2\n", id="options-not-indented"),
        pytest.param("- [a]\n", id="list"),
        pytest.param("- ''\n", id="empty"),
    ],
)
def test_what_is_no_item_is_said(text: str) -> None:
    assert read(text) is None
