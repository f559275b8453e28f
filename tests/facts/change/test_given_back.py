"""What a change takes away from a name."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.given_back import given_back
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from tests.facts.smtp.test_hosts import found

NAME = "a.example.com"
A_CHANGE = (Proposed(NAME), ProposedFact("example.com.zone"))


@pytest.mark.parametrize(
    ("live", "lines"),
    [
        pytest.param('"x"', (f'{NAME}.  3600  IN  TXT  "x"',), id="a record"),
        pytest.param(
            '-> b.example.net | "x"', (f"{NAME}.  3600  IN  CNAME  b.example.net.",), id="an alias"
        ),
        pytest.param("NODATA", (), id="nothing"),
        pytest.param("NXDOMAIN", (), id="no such name"),
        pytest.param("TIMEOUT", (), id="nobody knows"),
    ],
)
def test_what_is_live_comes_back(live: str, lines: tuple[str, ...]) -> None:
    assert found(given_back(NAME, "TXT"), A_CHANGE, told_published(f"{NAME} TXT", live)) == lines


def test_without_a_change_nothing_is_asked() -> None:
    assert found(given_back(NAME, "TXT"), told_published(f"{NAME} TXT", '"x"')) == ()


def test_what_is_not_wanted_stays_away() -> None:
    live = told_published(f"{NAME} TXT", '"x"')
    assert found(given_back(NAME, "TXT", lambda _: False), A_CHANGE, live) == ()


@pytest.mark.parametrize(
    ("at_name", "at_target", "lines"),
    [
        pytest.param(
            '-> b.example.com | "x"', '"x"', ('b.example.com.  3600  IN  TXT  "x"',),
            id="the target is taken away",
        ),
        pytest.param('"x"', "NXDOMAIN", (f'{NAME}.  3600  IN  TXT  "x"',), id="an alias took its place"),
        pytest.param("-> b.example.com | NODATA", "NODATA", (), id="there was nothing"),
        pytest.param('-> c.example.com | "x"', "NODATA", (), id="another alias"),
    ],
)  # fmt: skip
def test_where_an_alias_leads_on(at_name: str, at_target: str, lines: tuple[str, ...]) -> None:
    target = "b.example.com"
    answers = (told_published(f"{NAME} TXT", at_name), told_published(f"{target} TXT", at_target))
    change = (Proposed(target), ProposedFact("example.com.zone"))
    back = given_back(NAME, "TXT", aliases=(target,))
    assert found(back, A_CHANGE, change, *answers) == lines
