"""Loading: a file of a suite, or one item as the command reads it."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.catalogue import Catalogue, load_catalogue
from mailcheck.errors import Place, SourceError, UsageError
from mailcheck.names import Domain
from mailcheck.suite.load import ItemReader, load_item, load_suite
from tests.suite.conftest import CATALOGUE, HasMx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.suite.conftest import Load

FIRST_PAGE = """\
mailcheck: 1
title: Outbound mail of example.com
for:
  domain: example.com
  ip: 203.0.113.25
  ehlo: mail.example.com
checks:
  - domain has MX
  - IP has PTR
  - not on DUL
  - EHLO name resolves
  - SMTP port 25 accepts
"""


def test_the_suite_of_the_first_page(load: Load) -> None:
    suite = load(FIRST_PAGE)
    [block] = suite.blocks
    assert block.title == "Outbound mail of example.com"
    assert [requirement.title for requirement in block.requirements] == [
        "domain example.com has MX",
        "IP 203.0.113.25 has PTR",
        "IP 203.0.113.25 is not on DUL",
        "EHLO name mail.example.com resolves",
        "SMTP port 25 accepts [domain=example.com]",
    ]


def test_a_requirement_knows_where_it_was_said_and_how(load: Load) -> None:
    requirement = load(FIRST_PAGE).requirements[1]
    assert requirement.check_id == "has-ptr"
    assert requirement.place == Place("x.yml", 9, 5)
    assert requirement.sentence == "IP has PTR"
    assert requirement.block == "Outbound mail of example.com"
    assert requirement.params.ip == ip_address("203.0.113.25")


def test_the_real_catalogue_reads_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text(FIRST_PAGE.replace("has PTR", "has PTR matching A"))
    assert len(load_suite(path, "x.yml", load_catalogue()).requirements) == 5


def test_a_suite_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"x\.yml:1:1: the file cannot be read"):
        load_suite(tmp_path / "x.yml", "x.yml", CATALOGUE)


def test_documents_are_blocks_with_titles_of_their_own(load: Load) -> None:
    text = """\
mailcheck: 1
checks: [domain a.example has MX]
---
mailcheck: 1
checks: [domain b.example has MX]
---
mailcheck: 1
title: The third
checks: [domain c.example has MX]
"""
    titles = [block.title for block in load(text).blocks]
    assert titles == ["x.yml", "x.yml, document 2", "The third"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("domain a.example has MX", HasMx(Domain("a.example")), id="sentence"),
        pytest.param(" domain a.example has MX\n", HasMx(Domain("a.example")), id="spaces"),
        pytest.param(
            "domain a.example has MX: {at_least: 2}", HasMx(Domain("a.example"), 2), id="options"
        ),
        pytest.param(
            "{domain a.example has MX: {at_least: 2}}", HasMx(Domain("a.example"), 2), id="braces"
        ),
        pytest.param("'domain a.example has MX'", HasMx(Domain("a.example")), id="quotes"),
    ],
)
def test_an_item_is_read_as_in_a_suite(text: str, expected: HasMx) -> None:
    [requirement] = load_item(text, CATALOGUE)
    assert expected == requirement.params
    assert requirement.block == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "domain a.example has MXs",
            '<sentence>:1:1: no check reads "domain a.example has MXs";'
            ' did you mean "domain a.example has MX"?',
            id="unknown",
        ),
        pytest.param(
            "domain a.example has MX: {at_least: x}",
            "<sentence>:1:37: at_least: 'x' is not a whole number",
            id="option",
        ),
        pytest.param(
            "a\n- b", "<sentence>:1:1: this is more than one item; expected one sentence", id="two"
        ),
        pytest.param(
            "", "<sentence>:1:1: an item of checks is empty; expected a sentence", id="empty"
        ),
        pytest.param(
            "domain has MX",
            '<sentence>:1:1: "domain has MX" does not say which domain;'
            ' say it in the sentence ("domain {domain} has MX") or in for (domain:)',
            id="no-subject",
        ),
    ],
)
def test_an_item_that_is_wrong(text: str, expected: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_item(text, CATALOGUE)
    assert expected == str(caught.value)


@pytest.mark.parametrize("value", [5, None, b"domain a.example has MX", ["a"]])
def test_what_is_no_text_is_no_sentence(value: Any) -> None:
    with pytest.raises(UsageError, match="a sentence is a text, not "):
        load_item(value, CATALOGUE)


def test_a_reader_remembers_nothing_of_the_items_before() -> None:
    """Each is a suite of its own: said twice is no mistake, and a mistake is told once."""
    reader = ItemReader(CATALOGUE)
    for _ in range(2):
        assert len(reader.read("domain a.example has MX")) == 1
        with pytest.raises(SourceError) as caught:
            reader.read("domain a.example has MXs", "<stdin>")
        [problem] = caught.value.problems
        assert problem.place == Place("<stdin>", 1, 1)


def test_a_reader_reads_the_catalogue_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand lines on standard input are read with one grammar."""
    reader = ItemReader(CATALOGUE)
    monkeypatch.setattr(Catalogue, "__iter__", None)
    assert len(reader.read("domain a.example has MX")) == 1


def test_the_name_of_a_suite_moves_no_cursor(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        load_suite(tmp_path / "x.yml", "a\x1b[2J\nb.yml", CATALOGUE)
    assert str(caught.value).startswith(r"a\x1b[2J\nb.yml:1:1: ")


@given(st.text())
def test_no_item_brings_it_down(text: str) -> None:
    try:
        found = load_item(text, CATALOGUE)
    except SourceError as error:
        found = ()
        places = [problem.place for problem in error.problems]
    else:
        places = [requirement.place for requirement in found]
    assert all(place.column >= 1 for place in places)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "domain",
                    "has",
                    "MX",
                    "IP",
                    "is",
                    "not",
                    "on",
                    "TXT",
                    "of",
                    "includes",
                    "{domain}",
                ),
                *(
                    '"',
                    "a.example",
                    "192.0.2.1",
                    ",",
                    ":",
                    " #",
                    "[",
                    "]",
                    "{",
                    "}",
                    "at_least",
                    "2",
                ),
                *("SMTP", "port", "25", "accepts", "${env:A}", "\\", "'", "severity", "advised"),
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_no_row_of_words_brings_it_down(text: str) -> None:
    try:
        for requirement in load_item(text, CATALOGUE):
            assert requirement.title
    except SourceError as error:
        text = str(error)
    assert "Error" not in text


def test_every_title_without_options_is_a_sentence_again(load: Load) -> None:
    for requirement in load(FIRST_PAGE).requirements:
        title = requirement.title.partition(" [")[0]
        if title == requirement.title:
            [again] = load_item(title, CATALOGUE)
            assert again.params == requirement.params


def test_an_allowed_secret_is_kept_by_name(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIST_KEY", "s3cret")
    item = 'IP 192.0.2.1 is not on bl.example: {key: "${env:LIST_KEY}"}'
    [requirement] = load(
        f"mailcheck: 1\nchecks:\n  - {item}\n", frozenset({"LIST_KEY"})
    ).requirements
    assert requirement.params.key.name == "LIST_KEY"
    assert requirement.title == "IP 192.0.2.1 is not on bl.example [key=${env:LIST_KEY}]"
    assert "s3cret" not in repr(requirement)
    [same] = load_item(item, CATALOGUE, secrets=frozenset({"LIST_KEY"}))
    assert same.params == requirement.params
