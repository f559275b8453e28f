"""Templates and sentences: forms, tokens, collisions."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import CatalogueError
from mailcheck.suite.titles import spelled
from mailcheck.template import Hole, Template, Token, collide, tokens_of

NOT_ON = Template.parse("[IP [{ip}] is] not on {list}")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("domain  has\tMX ", [Token("domain"), Token("has"), Token("MX")], id="spaces"),
        pytest.param('on "a b"', [Token("on"), Token("a b", quoted=True)], id="quoted"),
        pytest.param(r'"a \"b\" \\"', [Token('a "b" \\', quoted=True)], id="escapes"),
        pytest.param("on a, b", [Token("on"), Token("a, b", quoted=True)], id="list"),
        pytest.param("on a ,b", [Token("on"), Token("a, b", quoted=True)], id="list-spaced-oddly"),
        pytest.param("on a,b", [Token("on"), Token("a,b")], id="list-without-space"),
        pytest.param(
            'on "a " "b" c',
            [*map(Token, ["on"]), Token("a b", quoted=True), Token("c")],
            id="strings-of-a-zone-file",
        ),
        pytest.param(
            'on "a" "b", "c"  "d"',
            [Token("on"), Token("ab, cd", quoted=True)],
            id="list-of-strings",
        ),
        pytest.param(r'"a" "\"b"', [Token('a"b', quoted=True)], id="escapes-in-strings"),
        pytest.param('"a" b', [Token("a", quoted=True), Token("b")], id="quoted-before-a-word"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_sentence_is_split(sentence: str, expected: list[Token]) -> None:
    assert expected == [*tokens_of(sentence)]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        pytest.param('on "a', "a double quote is not closed", id="open-quote"),
        pytest.param('on "a"b', "a double quote is not closed", id="text-after-quote"),
        pytest.param('on a"b', "a double quote stands inside 'a\"b'", id="quote-in-a-word"),
        pytest.param("domain has MX,", "nothing follows the last comma", id="comma-at-the-end"),
        pytest.param(", domain", "nothing stands before a comma", id="comma-at-the-start"),
        pytest.param("on a,, b", "nothing stands before a comma", id="two-commas"),
    ],
)
def test_a_sentence_that_cannot_be_split(sentence: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        tokens_of(sentence)


@given(st.text())
def test_no_text_brings_it_down(text: str) -> None:
    try:
        tokens = tokens_of(text)
    except ValueError:
        return
    assert all(token.text or token.quoted for token in tokens)


def test_whatever_is_space_parts_words_with_and_without_quotes() -> None:
    for space in filter(str.isspace, map(chr, range(sys.maxunicode + 1))):
        words = (Token("a"), Token("b"))
        assert tokens_of(f"{space}a{space}b{space}") == words
        assert tokens_of(f'{space}a{space}b{space}"c"{space}')[:2] == words


@given(st.lists(st.text(), max_size=5))
def test_texts_that_are_spelled_are_read_back(texts: list[str]) -> None:
    sentence = " and ".join(map(spelled, texts))
    assert [token.text for token in tokens_of(sentence)][::2] == texts


def test_the_fullest_form_stands_first() -> None:
    ip, listed = Hole("ip"), Hole("list")
    assert NOT_ON.forms == (
        ("IP", ip, "is", "not", "on", listed),
        ("IP", "is", "not", "on", listed),
        ("not", "on", listed),
    )
    assert NOT_ON.holes == ("ip", "list")


def test_without_its_slot_nothing_can_be_rendered() -> None:
    with pytest.raises(KeyError):
        NOT_ON.render({"ip": "192.0.2.1"})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[{ip}] has PTR", id="begins-with-a-slot"),
        pytest.param("domain {a} {a}", id="slot-twice"),
        pytest.param("domain [has", id="open-bracket"),
        pytest.param("domain] has", id="bracket-too-many"),
        pytest.param("[domain]", id="all-may-be-left-out"),
    ],
)
def test_a_template_that_cannot_be_read(text: str) -> None:
    with pytest.raises(CatalogueError):
        Template.parse(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("domain {d} has MX", "domain {x} has TXT", False, id="other-word"),
        pytest.param("domain {d} has MX", "Domain {x} HAS mx", True, id="case"),
        pytest.param("domain {d}", "domain has", True, id="slot-over-word"),
        pytest.param("domain {d} has", "domain has", False, id="length"),
    ],
)
def test_forms_collide_if_a_sentence_fits_both(one: str, other: str, expected: bool) -> None:  # noqa: FBT001  a column of the table
    def anything(_slot: str, _word: str) -> bool:
        return True

    [form] = Template.parse(one).forms
    [other_form] = Template.parse(other).forms
    assert expected == collide(form, other_form, anything, anything)
    assert expected == collide(other_form, form, anything, anything)


def test_a_slot_that_does_not_take_the_word_keeps_forms_apart() -> None:
    [form] = Template.parse("domain {d}").forms
    [other] = Template.parse("domain has").forms

    def nothing(_slot: str, _word: str) -> bool:
        return False

    assert not collide(form, other, nothing, nothing)
