"""Which proposed zones nobody asked about, and what may be meant instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.errors import Place
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.world.proposed.unserved import UnservedZone
from mailcheck.world.proposed.zones import NAMES, Zones, is_near
from tests.world.proposed.zones import proposed

MAPLE = proposed("maple.exmaple", "")
OAK = proposed("oak.example", "")
BELOW = proposed("child.oak.example", "")


def zones(*names: str, rdtype: str = "A") -> Zones:
    """The zones, after a run that asked about *names*."""
    found = Zones({zone.origin: zone for zone in (MAPLE, OAK, BELOW)})
    for name in names:
        found.asked(name, rdtype)
    return found


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        pytest.param((), ["maple.exmaple", "oak.example", "child.oak.example"], id="nothing"),
        pytest.param(("www.oak.example",), ["maple.exmaple", "child.oak.example"], id="below one"),
        pytest.param(
            ("x.child.oak.example", "oak.example"), ["maple.exmaple"], id="the zone below as well"
        ),
        pytest.param(("oak.test", "."), [*zones().authorities], id="names outside"),
    ],
)
def test_zones_that_nobody_asked_about_are_left(asked: tuple[str, ...], left: list[str]) -> None:
    assert list(zones(*asked).unasked(())) == left


def test_who_looks_where_a_name_lies_asks_nothing() -> None:
    found = zones()
    assert found.around("www.oak.example") is OAK
    assert "oak.example" in found.unasked(())


def test_the_ds_of_a_zone_is_asked_of_the_one_above() -> None:
    assert "child.oak.example" in zones("child.oak.example", rdtype="DS").unasked(())


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        pytest.param("maple.example", "; did you mean maple.example?", id="swapped"),
        pytest.param("mail.maple.example", "; did you mean maple.example?", id="a name below"),
        pytest.param("mable.exmablo", "", id="three letters"),
        pytest.param("elsewhere.test", "", id="another name"),
        pytest.param("oak.example", "", id="a zone that is proposed"),
    ],
)
def test_a_zone_that_was_asked_about_may_be_meant(asked: str, hint: str) -> None:
    assert zones(asked).unasked(())["maple.exmaple"] == f"maple.exmaple (maple.exmaple.zone){hint}"


def test_the_nearest_name_is_meant() -> None:
    text = zones("maple.exmable.test", "maplo.exmalpe", "maple.exmaplf").unasked(())[
        "maple.exmaple"
    ]
    assert text.endswith("did you mean maple.exmaplf?")


TOLD = DnsAnswer("mail.test", "A", "nodata", aliases=("mx.oak.example",))


@pytest.mark.parametrize(
    ("named", "answer", "asked"),
    [
        pytest.param((), None, False, id="by nobody else"),
        pytest.param(("www.oak.example",), None, True, id="by a sentence that names it"),
        pytest.param(("x.child.oak.example",), None, False, id="by one about the zone below"),
        pytest.param((), TOLD, True, id="by an alias that leads there"),
        pytest.param((), told("mail.test MX", "10 mx.Oak.example.")[1], True, id="by an MX"),
        pytest.param((), told("mail.test TXT", '"v=spf1 include:_s.oak.example -all"')[1], True,
                     id="by a policy"),
        pytest.param((), told("oak.example MX", "10 mx.oak.example.")[1], False, id="by itself"),
    ],
)  # fmt: skip
def test_where_all_zones_are_looked_through_others_must_ask_as_well(
    named: tuple[str, ...], answer: DnsAnswer | None, *, asked: bool
) -> None:
    found = zones("www.oak.example")
    found.all_are_looked_through()
    if answer:
        found.leads(answer)
    assert ("oak.example" not in found.unasked(named)) == asked


@pytest.mark.parametrize(
    "text", [r'"\"; \\ \010"', r'"a\.b" "\."', '".." "." "a..b" ""', '"::" ":"']
)
def test_what_is_no_name_leads_nowhere(text: str) -> None:
    answer = told("mail.test TXT", text)[1]
    assert isinstance(answer, DnsAnswer)
    found = zones("oak.example")
    found.leads(answer)
    found.all_are_looked_through()
    assert "oak.example" in found.unasked(())


def test_an_address_leads_to_its_reverse_zone() -> None:
    reverse = proposed("2.0.192.in-addr.arpa", "")
    found = Zones({reverse.origin: reverse})
    found.asked("9.2.0.192.in-addr.arpa", "PTR")
    found.all_are_looked_through()
    assert found.unasked(())
    answer = told("mail.test A", "192.0.2.9")[1]
    assert isinstance(answer, DnsAnswer)
    found.leads(answer)
    assert not found.unasked(())


def test_names_beyond_the_limit_are_not_kept() -> None:
    names = [f"{number}.test" for number in range(NAMES)]
    assert "?" not in zones(*names, "maple.example").unasked(())["maple.exmaple"]


def test_a_file_named_after_another_zone_is_asked_about_by_either() -> None:
    found = Zones({MAPLE.origin: MAPLE, "maple.example": replace(MAPLE, origin="maple.example")})
    found.asked("www.maple.example", "A")
    assert found.unasked(()) == {}


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        pytest.param("abc", "abc", 0, id="the same"),
        pytest.param("abc", "abd", 1, id="another letter"),
        pytest.param("abc", "ab", 1, id="one left out at the end"),
        pytest.param("abc", "bc", 1, id="one left out at the beginning"),
        pytest.param("abc", "abbc", 1, id="one too many"),
        pytest.param("abc", "acb", 1, id="two swapped"),
        pytest.param("abcd", "badc", 2, id="two times two swapped"),
        pytest.param("abc", "", 3, id="nothing left"),
        pytest.param("kitten", "sitting", 3, id="three"),
    ],
)
def test_letters_that_are_wrong_are_counted(one: str, other: str, letters: int) -> None:
    for first, second in ((one, other), (other, one)):
        assert is_near(first, second, letters)
        assert not letters or not is_near(first, second, letters - 1)


def test_one_that_a_plan_deletes_is_to_be_asked_about_too() -> None:
    gone = UnservedZone("oak.example", "plan.json", "it is deleted", Place("plan.json", 1))
    found = Zones({"oak.example": gone})
    found.asked("oka.example", "A")
    meant = "oak.example (plan.json); did you mean oka.example?"
    assert found.unasked(()) == {"oak.example": meant}
    found.asked("www.oak.example", "A")
    assert not found.unasked(())
