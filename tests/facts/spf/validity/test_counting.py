"""Limits over all that a record leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.spf.spf_is_valid import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.spf.validity.counting import breakdown, ending, lookups
from mailcheck.testing import judged
from tests.facts.spf.validity.test_tree import spf, tree

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
        pytest.param(
            (spf("include:o.p ptr -all"), spf("?ip4:192.0.2.1 +all", "o.p")),
            2,
            "include:o.p 1, ptr 1",
            id="behind an include of everybody but some",
        ),
        pytest.param(
            (
                spf("include:o.p ptr -all"),
                spf("?a:q.r +all", "o.p"),
                "q.r A: NODATA",
                "q.r AAAA: NODATA",
            ),
            2,
            "include:o.p 2 (?a:q.r 1)",
            id="nothing behind an include of everybody but nobody",
        ),
        pytest.param(
            (spf("include:o.p ptr -all"), spf("redirect=q.r", "o.p"), spf("all", "q.r")),
            2,
            "include:o.p 2 (redirect=q.r 1)",
            id="nothing behind a redirect to everybody",
        ),
        pytest.param(
            (
                spf("include:o.p ptr -all"),
                spf("?include:q.r +all", "o.p"),
                spf("-ip4:192.0.2.1 -all", "q.r"),
            ),
            2,
            "include:o.p 2 (?include:q.r 1)",
            id="nothing behind an include of everybody but whom a record lets pass that lets nobody",
        ),
        pytest.param((spf("include:%{l}.a.b -all"),), 1, "include:%{l}.a.b 1", id="macros"),
    ],
)
def test_lookups(said: tuple[str, ...], count: int, parts: str, answered: Answered) -> None:
    root = tree(answered, *said).root
    assert (lookups(root), breakdown(root)) == (count, parts)


TEN = "ptr " * 10


@pytest.mark.parametrize(
    ("said", "count"),
    [
        pytest.param((spf(f"include:s.t {TEN}-all"),), 1, id="before ten"),
        pytest.param((spf(f"{TEN}include:s.t -all"),), 11, id="behind ten"),
        pytest.param((spf(f"-include:s.t {TEN}-all"),), 1, id="that keeps out"),
        pytest.param((spf(f"include:s.t {TEN}-all"), 's.t TXT: "x" | ...'), 1, id="read in part"),
        pytest.param((spf(f"include:s.t {TEN}-all"), "s.t TXT: NODATA"), 11, id="not there at all"),
        pytest.param(
            (spf(f"include:o.p {TEN}-all"), spf("redirect=s.t", "o.p")), 2, id="a redirect"
        ),
        pytest.param(
            (spf(f"include:o.p {TEN}-all"), spf("include:s.t -all", "o.p")), 2, id="within one"
        ),
        pytest.param(
            (spf(f"include:o.p {TEN}-all"), spf("-include:s.t -all", "o.p")),
            12,
            id="within one that lets nobody pass",
        ),
        pytest.param(
            (spf(f"include:o.p {TEN}-all"), spf("-include:s.t +all", "o.p")),
            2,
            id="within one that lets all others pass",
        ),
        pytest.param(
            (spf(f"include:o.p {TEN}-all"), spf("-ip4:192.0.2.1 include:s.t", "o.p")),
            12,
            id="behind some who are kept out",
        ),
        pytest.param((spf("include:s.t ptr -all"),), 2, id="few, whatever it holds"),
        pytest.param((spf(f"exists:s.t {TEN}-all"),), 1, id="an exists"),
        pytest.param((spf(f"{TEN}exists:s.t -all"),), 11, id="an exists behind ten"),
        pytest.param(
            (spf(f"include:o.p {TEN}-all"), spf("-exists:s.t +all", "o.p")),
            2,
            id="an exists that may keep everybody out",
        ),
    ],
)
def test_lookups_behind_a_record_that_is_not_known(
    said: tuple[str, ...], count: int, answered: Answered
) -> None:
    """Everybody may pass by s.t."""
    silent = (
        ()
        if any(line.startswith("s.t ") for line in said)
        else ("s.t TXT: TIMEOUT", "s.t A: TIMEOUT")
    )
    assert lookups(tree(answered, *said, *silent).root) == count


def test_too_many_behind_a_silent_include_are_not_known_to_be_met() -> None:
    said = spf(f"include:s.t {TEN}-all")
    silent = (told(*said.split(": ", 1)), told("s.t TXT", "TIMEOUT"))
    assert judged(CHECK, "SPF of example.com is valid", *silent).cause == "timeout"


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
