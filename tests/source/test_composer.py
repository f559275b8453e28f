"""Aliases, merge keys, duplicate keys, tags, and files that mean harm."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place, SourceError
from mailcheck.source.documents import parse_documents
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def read(text: str) -> object:
    return [plain(node) for node in parse_documents(text, "x.yml")]


def problems_of(text: str) -> list[str]:
    with pytest.raises(SourceError) as caught:
        parse_documents(text, "x.yml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("# only a comment\n", [], id="comment"),
        pytest.param("---\na\n---\nb\n", ["a", "b"], id="two-documents"),
        pytest.param("%YAML 1.1\n---\na\n", ["a"], id="directive"),
        pytest.param("a: &x [b]\nc: *x\n", [{"a": ["b"], "c": ["b"]}], id="alias"),
        pytest.param(
            "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
            [{"a": {"b": "1", "c": "2"}, "d": {"c": "3", "b": "1"}}],
            id="own-keys-stand-before-merged-ones",
        ),
        pytest.param(
            "- &x {b: 1}\n- &y {b: 2, c: 3}\n- <<: [*x, *y]\n",
            [[{"b": "1"}, {"b": "2", "c": "3"}, {"b": "1", "c": "3"}]],
            id="the-first-merged-one-holds",
        ),
        pytest.param("'<<': a\n", [{"<<": "a"}], id="a-quoted-merge-key-is-a-text"),
        pytest.param("a: |\n  b\n  c\n", [{"a": "b\nc\n"}], id="block"),
    ],
)
def test_documents_are_read(text: str, expected: object) -> None:
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "for: 1\nchecks: 2\nfor: 3\n",
            [
                (
                    'x.yml:3:1: key "for" stands here a second time;'
                    " the first one is in line 1; keep one of them"
                )
            ],
            id="duplicate-key",
        ),
        pytest.param(
            "? [a]\n: b\n",
            ["x.yml:1:3: a key is a list; expected a text before the colon"],
            id="complex-key",
        ),
        pytest.param(
            "?\n: b\n", ["x.yml:1:2: nothing stands before a colon; expected a key"], id="no-key"
        ),
        pytest.param(
            "a:\n  - !!python/object/apply:os.system ['x']\n",
            [
                (
                    'x.yml:2:5: the YAML tag "tag:yaml.org,2002:python/object/apply:os.system"'
                    " is not taken here; write it in quotes:\n"
                    "  - \"!!python/object/apply:os.system ['x']\""
                )
            ],
            id="python-tag",
        ),
        pytest.param(
            "- !important: a\n",
            [
                (
                    'x.yml:1:3: the YAML tag "!important:" is not taken here;'
                    " write it in quotes:\n- '!important: a'"
                )
            ],
            id="tag",
        ),
        pytest.param(
            "- *x\n",
            ["x.yml:1:3: alias *x names nothing; write it in quotes:\n- '*x'"],
            id="alias-of-nothing",
        ),
        pytest.param(
            "- &amp is a tool\n",
            ["x.yml:1:3: &amp names a text nothing uses; write it in quotes:\n- '&amp is a tool'"],
            id="anchor-that-was-a-word",
        ),
        pytest.param(
            "a: &a [*a]\n",
            [
                (
                    "x.yml:1:8: alias *a stands inside the value it names;"
                    " write it out, or in smaller files"
                )
            ],
            id="alias-in-itself",
        ),
        pytest.param(
            "a: b\n<<: c\n",
            ["x.yml:2:5: << is given a text; expected an alias of a mapping"],
            id="merge-of-a-text",
        ),
        pytest.param(
            "[" * 70,
            [
                (
                    "x.yml:1:65: lists and mappings stand more than 64 deep in each other;"
                    " write it out, or in smaller files"
                )
            ],
            id="deep",
        ),
        pytest.param(
            BOMB,
            [
                (
                    "x.yml:5:36: aliases make more than 100000 values of this file;"
                    " write it out, or in smaller files"
                )
            ],
            id="bomb",
        ),
        pytest.param(
            "a: 1\na: 2\nb: 3\nb: 4\n",
            [
                (
                    'x.yml:2:1: key "a" stands here a second time;'
                    " the first one is in line 1; keep one of them"
                ),
                (
                    'x.yml:4:1: key "b" stands here a second time;'
                    " the first one is in line 3; keep one of them"
                ),
            ],
            id="all-at-once",
        ),
    ],
)
def test_what_is_not_taken_is_said(text: str, expected: list[str]) -> None:
    assert expected == problems_of(text)


def test_long_texts_count_as_many_values() -> None:
    text = f"- &a {'x' * 100_000}\n" + "- *a\n" * 200
    assert "aliases make more than" in problems_of(text)[0]


def test_a_text_stands_where_its_alias_stands() -> None:
    [document] = parse_documents("- &a b\n- *a\n", "x.yml")
    assert isinstance(document, Sequence)
    assert [item.place for item in document.items] == [Place("x.yml", 1, 3), Place("x.yml", 2, 3)]


def test_places_count_characters_from_one() -> None:
    [document] = parse_documents("한국:\n  - 후이즈: b\n", "x.yml")
    assert isinstance(document, Mapping)
    items = document.get("한국")
    assert isinstance(items, Sequence)
    [item] = items.items
    assert isinstance(item, Mapping)
    assert item.entries[0][1].place == Place("x.yml", 2, 10)


def test_a_comment_behind_an_unquoted_text_is_kept() -> None:
    [document] = parse_documents("- a # b\n- 'a' # b\n- a#b\n", "x.yml")
    assert isinstance(document, Sequence)
    comments = [item.comment for item in document.items if isinstance(item, Scalar)]
    assert comments == ["# b", "", ""]
