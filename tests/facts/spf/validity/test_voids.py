"""Lookups that find nothing, and whether that does harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.validity.voids import too_many_voids
from tests.facts.spf.validity.test_counting import GOOGLE
from tests.facts.spf.validity.test_tree import spf, tree

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

FOUR_ONLY = tuple(
    f"h{n}.e {rdtype}: {answer}"
    for n in range(3)
    for rdtype, answer in (("A", f"192.0.2.{n}"), ("AAAA", "NODATA"))
)
DEAD = tuple(f"d{n}.e {rdtype}: NXDOMAIN" for n in range(3) for rdtype in ("A", "AAAA"))


@pytest.mark.parametrize(
    ("said", "too_many", "harm"),
    [
        pytest.param((spf("a:d0.e a:d1.e -all"), *DEAD), False, False, id="two"),
        pytest.param((spf("a:d0.e a:d1.e a:d2.e -all"), *DEAD), True, True, id="for everybody"),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e -all"), *FOUR_ONLY), True, False, id="for strangers only"
        ),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e ip6:2001:db8::/32 -all"), *FOUR_ONLY),
            True,
            True,
            id="before clients who may send",
        ),
        pytest.param(
            (spf("ip6:2001:db8::/32 a:h0.e a:h1.e a:h2.e -all"), *FOUR_ONLY),
            True,
            False,
            id="behind clients who may send",
        ),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e -ip6:2001:db8::/32 -all"), *FOUR_ONLY),
            True,
            False,
            id="before clients who may not",
        ),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e include:spf.g -all"), *FOUR_ONLY, *GOOGLE),
            True,
            True,
            id="before an include of such clients",
        ),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e -include:spf.g -all"), *FOUR_ONLY, *GOOGLE),
            True,
            False,
            id="before an include that lets nobody pass",
        ),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e ptr exists:%{i}.a.b -all"), *FOUR_ONLY),
            True,
            False,
            id="before clients that nobody knows",
        ),
        pytest.param(
            (spf("a:h0.e a:h1.e a:h2.e +all"), *FOUR_ONLY), True, True, id="before everybody"
        ),
        pytest.param(
            (spf("mx -all"), "example.com MX: 1 d0.e. | 2 d1.e. | 3 d2.e.", *DEAD),
            False,
            False,
            id="exchanges of one term",
        ),
        pytest.param(
            (
                spf("mx:a.b mx:c.d mx:e.f -all"),
                "a.b MX: NODATA",
                "c.d MX: NODATA",
                "e.f MX: NODATA",
            ),
            True,
            True,
            id="no exchanges",
        ),
    ],
)
def test_voids(said: tuple[str, ...], too_many: bool, harm: bool, answered: Answered) -> None:  # noqa: FBT001  columns of the table
    found, does_harm = too_many_voids(tree(answered, *said).root)
    assert (found is not None, does_harm) == (too_many, harm)


def test_voids_are_told(answered: Answered) -> None:
    found, _ = too_many_voids(tree(answered, spf("a:h0.e a:h1.e a:h2.e -all"), *FOUR_ONLY).root)
    assert str(found) == (
        "for IPv6 clients, 3 lookups find nothing, and 2 should at most: "
        "AAAA of h0.e, AAAA of h1.e, AAAA of h2.e"
    )


def test_unknown_lookups_are_void_at_worst(answered: Answered) -> None:
    said = ("d0.e A: TIMEOUT", "d0.e AAAA: TIMEOUT", *DEAD[2:])
    root = tree(answered, spf("a:d0.e a:d1.e a:d2.e -all"), *said).root
    assert too_many_voids(root) == (None, False)
    worst, harm = too_many_voids(root, at_worst=True)
    assert harm
    assert worst
    assert [void.unknown is not None for void in worst.voids] == [True, False, False]


def test_of_exchanges_some_receivers_count_each(answered: Answered) -> None:
    said = "example.com MX: 1 d0.e. | 2 d1.e. | 3 d2.e."
    root = tree(answered, spf("mx -all"), said, *DEAD).root
    found, harm = too_many_voids(root, widely=True)
    assert harm
    assert str(found).startswith("3 lookups find nothing, and 2 should at most: A of d0.e, ")


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("ptr ptr ptr -all", "PTR of the client"),
        ("a:%{p}.a.b a:d0.e a:%{p}.c.d a:d1.e -all", "PTR of the client, A of d0.e, A of d1.e"),
    ],
)
def test_a_client_may_have_no_reverse_name(terms: str, told: str, answered: Answered) -> None:
    root = tree(answered, spf(terms), *DEAD).root
    assert too_many_voids(root) == (None, False)
    assert str(too_many_voids(root, widely=True)[0]).endswith(f" at most: {told}")
