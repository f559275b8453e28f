"""What those are told who fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.spf.conftest import Evaluate

RECORD = 'example.com TXT: "v=spf1 -all exp=why.%{d}"'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param('"%{i} is not ours"', "192.0.2.1 is not ours", id="macros"),
        pytest.param('"two " "strings"', "two strings", id="strings"),
        pytest.param('"%{c} %{r} %{t}"', "192.0.2.1 unknown 1769817600", id="its own letters"),
        pytest.param('"trailing."', "trailing.", id="a dot at the end"),
        pytest.param('"one" | "two"', "", id="two texts"),
        pytest.param('"%{x}"', "", id="no macro"),
        pytest.param('"\\195\\188"', "", id="not ASCII"),
        pytest.param("NXDOMAIN", "", id="no name"),
        pytest.param("NODATA", "", id="no text"),
        pytest.param("TIMEOUT", "", id="nobody answers"),
        pytest.param("REFUSED-BY-AUTHORITY", "", id="all refuse"),
    ],
)
def test_what_is_told(text: str, told: str, evaluate: Evaluate) -> None:
    fact = evaluate(RECORD, f"why.example.com TXT: {text}")
    assert (fact.result, fact.explanation, fact.lookups, fact.voids) == ("fail", told, 0, 0)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param(
            ('example.com TXT: "v=spf1 exp=a.b redirect=c.d"', 'c.d TXT: "v=spf1 -all"'),
            "",
            id="of a record that redirects",
        ),
        pytest.param(
            ('example.com TXT: "v=spf1 redirect=c.d"', 'c.d TXT: "v=spf1 -all exp=a.b"'),
            "c.d",
            id="of the record that it redirects to",
        ),
        pytest.param(
            ('example.com TXT: "v=spf1 -include:c.d exp=a.b"', 'c.d TXT: "v=spf1 +all exp=e.f"'),
            "example.com",
            id="of the record that includes",
        ),
        pytest.param(('example.com TXT: "v=spf1 -all exp=a..b"',), "", id="at no name"),
    ],
)
def test_whose_words_count(said: tuple[str, ...], told: str, evaluate: Evaluate) -> None:
    fact = evaluate(*said, 'a.b TXT: "%{d}"', 'e.f TXT: "wrong"')
    assert (fact.result, fact.explanation) == ("fail", told)


def test_who_does_not_fail_is_told_nothing(evaluate: Evaluate) -> None:
    fact = evaluate('example.com TXT: "v=spf1 ~all exp=a.b"', 'a.b TXT: "hello"')
    assert (fact.result, fact.explanation) == ("softfail", "")


def test_the_limits_are_not_those_of_the_result(evaluate: Evaluate) -> None:
    """The result stands: the lookups of a macro in the explanation cannot make it permerror."""
    fact = evaluate(
        'example.com TXT: "v=spf1 ' + "a " * 10 + '-all exp=a.b"',
        "example.com A: 192.0.2.9",
        'a.b TXT: "%{p}"',
        "1.2.0.192.in-addr.arpa PTR: NXDOMAIN",
    )
    assert (fact.result, fact.explanation) == ("fail", "unknown")
