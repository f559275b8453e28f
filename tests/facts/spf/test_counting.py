"""Limits over all that a record leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.counting import breakdown, ending, lookups, too_many_voids
from tests.facts.spf.test_tree import spf, tree

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

GOOGLE = (
    spf("include:n1.g include:n2.g ~all", "spf.g"),
    spf("ip4:192.0.2.0/24 ~all", "n1.g"),
    spf("ip6:2001:db8::/32 ~all", "n2.g"),
)


@pytest.mark.parametrize(
    ("said", "count", "parts"),
    [
        pytest.param((spf("ip4:192.0.2.1 -all"),), 0, "", id="none"),
        pytest.param(
            (spf("a mx ptr exists:a.b -all"),), 4, "a 1, mx 1, ptr 1, exists:a.b 1", id="each"
        ),
        pytest.param(
            (spf("mx include:spf.g -all"), *GOOGLE),
            4,
            "mx 1, include:spf.g 3 (include:n1.g 1, include:n2.g 1)",
            id="an include with what it includes",
        ),
        pytest.param(
            (spf("redirect=spf.g"), *GOOGLE),
            3,
            "redirect=spf.g 3 (include:n1.g 1, include:n2.g 1)",
            id="a redirect",
        ),
        pytest.param(
            (spf("include:n1.g include:n1.g -all"), *GOOGLE),
            2,
            "include:n1.g 1, include:n1.g 1",
            id="a repeated include counts twice",
        ),
        pytest.param((spf("-all a mx redirect=spf.g"),), 0, "", id="nothing behind all"),
        pytest.param((spf("exp=a.b foo=a.b -all"),), 0, "", id="no modifier but redirect"),
        pytest.param(
            (spf("a:%{p}.a.b exists:%{p}.c.d -all"),),
            3,
            "a:%{p}.a.b 1, exists:%{p}.c.d 1, %{p} 1",
            id="the name of the client, once",
        ),
        pytest.param(
            (spf("include:o.p a mx -all"), spf("+all", "o.p")),
            1,
            "include:o.p 1",
            id="nothing behind an include of everybody",
        ),
        pytest.param((spf("include:%{l}.a.b -all"),), 1, "include:%{l}.a.b 1", id="macros"),
    ],
)
def test_lookups(said: tuple[str, ...], count: int, parts: str, answered: Answered) -> None:
    root = tree(answered, *said).root
    assert (lookups(root), breakdown(root)) == (count, parts)


@pytest.mark.parametrize(
    ("said", "qualifier", "way"),
    [
        pytest.param((spf("mx ~all"),), "~", ["~all"], id="all"),
        pytest.param((spf("mx"),), None, [], id="none"),
        pytest.param(
            (spf("redirect=spf.g"), *GOOGLE), "~", ["redirect=spf.g", "~all"], id="redirect"
        ),
        pytest.param(
            (spf("~include:o.p -all"), spf("all", "o.p")), "~", ["~include:o.p", "all"], id="open"
        ),
        pytest.param((spf("include:n1.g -all"), *GOOGLE), "-", ["-all"], id="an all of an include"),
        pytest.param(
            (spf("?exists:a.b mx -all"), "a.b A: 127.0.0.1"), "?", ["?exists:a.b"], id="exists"
        ),
        pytest.param((spf("exists:a.b -all"), "a.b A: NXDOMAIN"), "-", ["-all"], id="does not"),
        pytest.param((spf("redirect=%{l}.a.b"),), None, ["redirect=%{l}.a.b"], id="macros"),
    ],
)
def test_ending(
    said: tuple[str, ...], qualifier: str | None, way: list[str], answered: Answered
) -> None:
    found, through = ending(tree(answered, *said).root)
    assert (found, [reached.term.text for reached in through]) == (qualifier, way)


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
