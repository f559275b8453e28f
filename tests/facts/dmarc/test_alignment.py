"""Whether two domains are one organisation, also where steps are unknown."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from mailcheck.facts.dmarc.alignment import Organization
from mailcheck.facts.dns import told
from mailcheck.question import Unobserved


def organization(answered: Any, one: str, other: str, **psd: str) -> Any:
    """Ask with a record at each name that *psd* has, dots written as underscores."""
    said = {name.replace("_", "."): value for name, value in psd.items()}
    answers = {
        name: f'"v=DMARC1; p=none; psd={value}"' if len(value) == 1 else value or "NXDOMAIN"
        for name, value in said.items()
    }
    return answered(
        Organization(one, other), *(told(f"_dmarc.{n} TXT", a) for n, a in answers.items())
    )


def test_without_a_common_label_nothing_is_asked(answered: Any) -> None:
    assert not answered(Organization("example.com", "example.net")).same


def test_both_are_named(answered: Any) -> None:
    fact = organization(answered, "a.b", "c.b", a_b="", c_b="", b="y")
    assert (fact.same, fact.one, fact.other) == (False, "a.b", "c.b")


@pytest.mark.parametrize(
    ("known", "same"),
    [
        pytest.param({"a_b": "", "c_b": "", "b": "TIMEOUT"}, None, id="the organisation itself"),
        pytest.param({"a_b": "n", "c_b": "", "b": "TIMEOUT"}, False, id="one ends below it"),
        pytest.param({"a_b": "TIMEOUT", "c_b": "n", "b": ""}, False, id="the other ends below it"),
        pytest.param({"a_b": "", "c_b": "TIMEOUT", "b": "u"}, None, id="psd=n may stand there"),
        pytest.param({"a_b": "TIMEOUT", "c_b": "TIMEOUT", "b": "y"}, False, id="a public suffix"),
    ],
)
def test_an_unknown_step_matters_only_if_it_may_decide(
    answered: Any, known: dict[str, str], *, same: bool | None
) -> None:
    fact = organization(answered, "a.b", "c.b", **known)
    assert (None if isinstance(fact, Unobserved) else fact.same) == same


@pytest.mark.parametrize(("one", "other"), list(product("uny", repeat=2)))
def test_an_unknown_step_above_both_is_as_if_it_were_known(
    answered: Any, one: str, other: str
) -> None:
    """Whatever it is, it decides alike in all cases, or the answer is unknown."""
    known = {
        organization(answered, "a.b.c", "b.c", a_b_c=one, b_c=other, c=c).same
        for c in ("", "u", "n", "y")
    }
    fact = organization(answered, "a.b.c", "b.c", a_b_c=one, b_c=other, c="TIMEOUT")
    assert isinstance(fact, Unobserved) if len(known) > 1 else {fact.same} == known


def test_a_refusal_that_may_decide(answered: Any) -> None:
    fact = organization(answered, "a.b", "c.b", a_b="", c_b="", b="REFUSED-BY-AUTHORITY")
    assert fact.refused.tag == "refused-by-authority"


def test_nobody_tries_out_what_a_dead_resolver_might_say(answered: Any) -> None:
    names = ("a_b_c_d_e", "b_c_d_e", "c_d_e", "d_e", "e")
    fact = organization(answered, "a.b.c.d.e", "d.e", **dict.fromkeys(names, "TIMEOUT"))
    assert fact.cause == "timeout"
