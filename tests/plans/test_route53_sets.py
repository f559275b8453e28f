"""Several record sets of Route 53 under one name."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place
from mailcheck.plans.plan import PlannedRRset
from mailcheck.plans.route53_sets import RecordSet, given_out


def _set(
    variant: str,
    *values: str,
    name: str = "mail.example.com",
    weight: int | None = None,
    multivalue: bool = False,
    checked: bool = False,
    unknown: str = "",
) -> RecordSet:
    rrset = PlannedRRset(
        "example.com", name, "A", 300, Place("f", 1), values, unknown, variant=variant
    )
    return RecordSet(rrset, weight, multivalue, checked)


@pytest.mark.parametrize(
    ("sets", "given"),
    [
        pytest.param([_set("", "a")], [("", ("a",))], id="one"),
        pytest.param(
            [_set("eu", "a"), _set("us", "b")], [("eu", ("a",)), ("us", ("b",))], id="by place"
        ),
        pytest.param(
            [_set("blue", "a", weight=0), _set("green", "b", weight=1)],
            [("green", ("b",))],
            id="one drained",
        ),
        pytest.param(
            [_set("blue", "a", weight=0), _set("green", "b", weight=1, checked=True)],
            [("blue", ("a",)), ("green", ("b",))],
            id="one drained, and the other may be ill",
        ),
        pytest.param(
            [_set("blue", "a", weight=0), _set("green", "b", weight=0)],
            [("blue", ("a",)), ("green", ("b",))],
            id="all drained, which is the same as none",
        ),
        pytest.param(
            [_set("1", "a", multivalue=True), _set("2", "b", "a", multivalue=True)],
            [("", ("a", "b"))],
            id="multivalue",
        ),
        pytest.param(
            [_set("1", "a", multivalue=True, checked=True), _set("2", "b", multivalue=True)],
            [("all that are healthy", ("a", "b")), ("1", ("a",)), ("2", ("b",))],
            id="multivalue, with a health check",
        ),
        pytest.param(
            [_set("eu", "a"), _set("eu", "b", name="www.example.com")],
            [("eu", ("a",)), ("eu", ("b",))],
            id="two names",
        ),
    ],
)
def test_what_clients_are_given(
    sets: list[RecordSet], given: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(rrset.variant, rrset.values) for rrset in given_out(sets)] == given


def test_what_nobody_knows() -> None:
    nine = [_set(str(i), f"192.0.2.{i}", multivalue=True) for i in range(9)]
    [rrset] = given_out(nine)
    assert rrset.unknown == "8 multivalue sets at random, of 9"
    [rrset] = given_out([_set("1", "a", multivalue=True), _set("2", unknown="x", multivalue=True)])
    assert (rrset.values, rrset.unknown) == (("a",), "x")
