"""The domain's own record as it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.evaluation.amending import (
    is_unreadable,
    let_through,
    meant_by,
    passed_over,
    put_right,
)
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from tests.facts.spf.conftest import Evaluate

IP = parse_address("192.0.2.1")


@pytest.mark.parametrize(
    ("said", "unreadable", "right"),
    [
        pytest.param('"v=spf1mx -all"', True, "v=spf1 mx -all", id="a close text"),
        pytest.param('"v=spf1;moo"', True, "", id="an unclear one"),
        pytest.param('"v=spf1 mx" | "v=spf1 a -all"', True, "v=spf1 mx a -all", id="several"),
        pytest.param('"v=spf1 inlcude:a.b -all"', True, "v=spf1 include:a.b -all", id="a slip"),
        pytest.param(
            '"v=spf1 include:c.d,a.b ~all"',
            False,
            "v=spf1 include:c.d include:a.b ~all",
            id="no name",
        ),
        pytest.param('"v=spf1 include:c.d -all mx"', False, "", id="what another has to correct"),
        pytest.param('"v=spf1 -all mx"', False, "", id="no fault"),
        pytest.param('"x"', False, "", id="nothing"),
    ],
)
def test_what_cannot_be_evaluated_is_put_right(
    said: str, *, unreadable: bool, right: str, evaluate: Evaluate
) -> None:
    gone = ("c.d TXT: NODATA", "c.d,a.b TXT: NODATA")
    fact = evaluate(f"example.com TXT: {said}", *gone)
    assert is_unreadable(fact) is unreadable
    assert put_right(fact) == right


@pytest.mark.parametrize(
    ("terms", "right"),
    [
        pytest.param("include=a.b -all", "include:a.b ip4:192.0.2.1 -all", id="with ="),
        pytest.param("ip4=192.0.2.0/24 -all", "ip4:192.0.2.0/24 -all", id="which lets it pass"),
        pytest.param("-all ip4:192.0.2.0/24", "ip4:192.0.2.0/24 -all", id="behind all"),
        pytest.param("-all redirect=a.b", "include:a.b ip4:192.0.2.1 -all", id="beside all"),
        pytest.param("ip4=192.0.2.0/24", "ip4:192.0.2.0/24", id="no all"),
        pytest.param("-ip4:192.0.2.1 -all mx", "", id="another term decides"),
        pytest.param("-all", "", id="as meant"),
    ],
)
def test_a_client_is_let_through(terms: str, right: str, evaluate: Evaluate) -> None:
    fact = evaluate(f'example.com TXT: "v=spf1 {terms}"')
    assert let_through(fact, (IP,)) == (f"v=spf1 {right}" if right else "")


def test_what_is_not_clear_is_left() -> None:
    assert meant_by(read_record(b"v=spf1 moo -all mx")) == ""


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("-all", ""),
        ("moo -all mx", ""),
        (
            "include=a.b -all",
            "; receivers ignore include=a.b, since a mechanism is written with a colon",
        ),
        ("-all a mx", "; nobody comes to a, mx behind all"),
        ("-all redirect=a.b", "; nobody follows redirect=a.b beside all"),
        ("-all a a a a a a mx", "; nobody comes to a, a, a, a, a and 2 more behind all"),
    ],
)
def test_what_is_passed_over(terms: str, said: str) -> None:
    assert passed_over(read_record(b"v=spf1 " + terms.encode())) == said
