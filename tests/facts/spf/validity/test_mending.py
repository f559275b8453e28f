"""Records as they should stand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.record.writing import MOST_SHOWN
from mailcheck.facts.spf.validity.mending import (
    finds_nothing,
    reduced,
    remedied,
    repaired,
    republished,
    without_voids,
)
from mailcheck.facts.spf.validity.voids import too_many_voids
from mailcheck.finding import Reason
from tests.facts.spf.validity.test_counting import GOOGLE
from tests.facts.spf.validity.test_tree import spf, tree
from tests.facts.spf.validity.test_voids import DEAD

if TYPE_CHECKING:
    from tests.facts.conftest import Answered


@pytest.mark.parametrize(
    ("terms", "meant"),
    [
        pytest.param("192.0.2.1 -all", "ip4:192.0.2.1 -all", id="an address alone"),
        pytest.param("-2001:db8::1 -all", "-ip6:2001:db8::1 -all", id="one of IPv6"),
        pytest.param("ip4:2001:db8::/32 ~all", "ip6:2001:db8::/32 ~all", id="the other family"),
        pytest.param("ip6:192.0.2.1 ~all", "ip4:192.0.2.1 ~all", id="the other one"),
        pytest.param("ipv4:192.0.2.0/24 ~all", "ip4:192.0.2.0/24 ~all", id="ipv4"),
        pytest.param("ip4:192.0.2.1, -all", "ip4:192.0.2.1 -all", id="a comma"),
        pytest.param("mx; -all;", "mx -all", id="semicolons"),
        pytest.param("redirect:a.b", "redirect=a.b", id="redirect"),
        pytest.param("prt -all.", "ptr -all", id="slips"),
        pytest.param("inc:a.b -all", "include:a.b -all", id="an abbreviation"),
        pytest.param("mx -all exp=a.b exp=c.d", "mx -all exp=a.b", id="twice"),
        pytest.param("mx include: a.b -all", "mx include:a.b -all", id="a space"),
        pytest.param("mx ip4: 192.0.2.1 -all", "mx ip4:192.0.2.1 -all", id="before an address"),
        pytest.param("mx include:  a.b -all", "mx include:a.b -all", id="two spaces"),
        pytest.param("mx include: -all", "", id="nothing behind it"),
        pytest.param("mx a: moo -all", "", id="no domain behind it"),
        pytest.param("moo -all", "", id="who knows"),
        pytest.param("192.0.2.300 -all", "", id="no address"),
        pytest.param("ip4:192.0.2.1/33 -all", "", id="no length"),
    ],
)
def test_faulty_terms(terms: str, meant: str, answered: Answered) -> None:
    root = tree(answered, spf(terms)).root
    assert root.record
    assert root.record.faults
    assert repaired(root) == (f"v=spf1 {meant}" if meant else "")


def test_a_term_of_60_kb_costs_no_time(answered: Answered) -> None:
    strings = '" "'.join("," * 250 for _ in range(240))
    root = tree(answered, f'example.com TXT: "v=spf1 a" "{strings}" "b -all"').root
    begun = time.process_time()
    assert repaired(root) == ""
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param((spf("mx include:a.b include:c.d -all"),), "mx -all", id="includes"),
        pytest.param((spf("include:a.b -all"),), "", id="nobody left"),
        pytest.param((spf("mx include:example.com -all"),), "mx -all", id="a loop"),
        pytest.param(
            (spf("include:a.b,c.d -all"), "a.b,c.d TXT: NXDOMAIN"),
            "include:a.b include:c.d -all",
            id="two in one",
        ),
    ],
)
def test_includes_that_lead_nowhere(said: tuple[str, ...], text: str, answered: Answered) -> None:
    gone = ("a.b TXT: NXDOMAIN", "c.d TXT: NODATA")
    assert repaired(tree(answered, *said, *gone).root) == (f"v=spf1 {text}" if text else "")


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        pytest.param("mx " + "ptr " * 10 + "-all", "mx -all", id="ptr"),
        pytest.param("include:n1.g " * 11 + "-all", "include:n1.g -all", id="repeated"),
        pytest.param(
            " ".join(f"exists:{n}.a.b" for n in range(10)) + " a -all",
            " ".join(f"exists:{n}.a.b" for n in range(10)) + " ip4:192.0.2.1 -all",
            id="networks",
        ),
        pytest.param(
            " ".join(f"exists:{n}.a.b" for n in range(10)) + " ~a/24 -all",
            " ".join(f"exists:{n}.a.b" for n in range(10)) + " ~ip4:192.0.2.0/24 -all",
            id="larger networks",
        ),
        pytest.param(" ".join(f"exists:{n}.a.b" for n in range(11)), "", id="too many even so"),
    ],
)
def test_fewer_lookups(terms: str, text: str, answered: Answered) -> None:
    nobody = (f"{n}.a.b A: NXDOMAIN" for n in range(11))
    own = ("example.com A: 192.0.2.1", "example.com AAAA: NODATA")
    root = tree(answered, spf(terms), *GOOGLE, *own, *nobody).root
    assert reduced(root) == (f"v=spf1 {text}" if text else "")


def test_only_what_can_be_published_is(answered: Answered) -> None:
    root = tree(answered, 'example.com TXT: -> a.b | "v=spf1 mx -all"').root
    assert republished(root, "v=spf1 -all") == ('a.b.  3600  IN  TXT  "v=spf1 -all"',)
    assert republished(root, "v=spf1 moo") == ()
    assert republished(root, "") == ()
    assert republished(root, "v=spf1 " + "a " * MOST_SHOWN) == ()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("syntax", "", "example.com"), "Correct, or take away, the term that is named."),
        (
            Reason("syntax", "", "a.b"),
            (
                "Correct, or take away, the term that is named: that is for a.b to do; until then, "
                "do without its record."
            ),
        ),
        (
            Reason("refused-by-authority", "", "a.b"),
            "Load a.b on its name servers, or take the term out that asks.",
        ),
        (Reason("no-spf", ""), "Say a domain of several labels: no other has an SPF record."),
    ],
)
def test_what_is_to_be_done_by_hand(reason: Reason, said: str) -> None:
    assert remedied(reason, "example.com").instruction == said


@pytest.mark.parametrize(("terms", "warns"), [("ip4:192.0.2.1 mx -all", 1), ("mx -all", 0)])
def test_an_address_in_place_of_a_host_has_to_follow_it(terms: str, warns: int) -> None:
    record = (f'example.com.  3600  IN  TXT  "v=spf1 {terms}"',)
    remedy = remedied(Reason("too-many-lookups", "", "example.com", record), "example.com")
    assert remedy.instruction.count("whenever the host gets another") == warns


@pytest.mark.parametrize(
    ("said", "nothing"),
    [
        (("a.b A: NODATA", "a.b AAAA: NODATA"), True),
        (("a.b A: NXDOMAIN", "a.b AAAA: TIMEOUT"), False),
        (("a.b A: 192.0.2.1", "a.b AAAA: NODATA"), False),
    ],
)
def test_finds_nothing(said: tuple[str, ...], nothing: bool, answered: Answered) -> None:  # noqa: FBT001  a column of the table
    [a] = tree(answered, spf("a:a.b"), *said).root.terms
    assert finds_nothing(a) is nothing


@pytest.mark.parametrize(
    ("terms", "left"),
    [
        pytest.param("a:d0.e mx a:d1.e a:d2.e -all", "mx -all", id="its own"),
        pytest.param("include:a.b -all", "", id="those of another"),
    ],
)
def test_terms_that_find_nothing_go(terms: str, left: str, answered: Answered) -> None:
    below = spf("a:d0.e a:d1.e a:d2.e -all", "a.b")
    root = tree(answered, spf(terms), below, "example.com MX: 1 x.y.", *DEAD).root
    too_many, _ = too_many_voids(root)
    assert too_many
    record = (f'example.com.  3600  IN  TXT  "v=spf1 {left}"',) if left else ()
    assert without_voids(root, too_many) == record
