"""Braces in a sentence: subjects, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.suite.placeholders import fill, named_in

SUBJECTS = {"domain": "example.com", "ip": "192.0.2.1"}


@pytest.mark.parametrize(
    ("text", "named", "filled"),
    [
        pytest.param("_dmarc.{domain}", ["domain"], "_dmarc.example.com", id="subject"),
        pytest.param("{domain} {ip}", ["domain", "ip"], "example.com 192.0.2.1", id="several"),
        pytest.param("exists:%{i}._spf", [], "exists:%{i}._spf", id="spf-macro"),
        pytest.param("${env:KEY}", [], "${env:KEY}", id="secret"),
        pytest.param("${domain}", [], "${domain}", id="shell-variable"),
        pytest.param("{{domain}}", [], "{domain}", id="doubled-braces"),
        pytest.param('{"a": 1}', [], '{"a": 1}', id="json"),
        pytest.param("{}", [], "{}", id="empty"),
        pytest.param("no braces", [], "no braces", id="none"),
    ],
)
def test_placeholders_are_filled(text: str, named: list[str], filled: str) -> None:
    assert named == [*named_in(text)]
    assert filled == fill(text, SUBJECTS)


def test_a_subject_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        fill("{host}", SUBJECTS)


@given(st.text(alphabet="{}%$ab:"))
def test_what_is_named_is_all_that_is_needed(text: str) -> None:
    fill(text, dict.fromkeys(named_in(text), ""))


@given(st.text())
def test_what_a_subject_holds_is_not_filled_again(value: str) -> None:
    assert fill("{domain}", {"domain": value}) == value
