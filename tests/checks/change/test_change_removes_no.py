"""``change to D removes no T``: what is there today, and will not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.change.change_removes_no import CHECK
from mailcheck.errors import Place
from mailcheck.facts.change.asking import LIMIT
from mailcheck.facts.change.changes import (
    ChangedRRset,
    Changes,
    ChangesFact,
    NamesInUse,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.loss import told_published, told_zone
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "change to example.com removes no MX"
APEX = {"example.com NS": "ns1.example.net.", "example.com MX": "10 mx1.example.net."}
NAMES = ("lists.example.com", "_dmarc.example.com")


def change(*written: str, removed: tuple[str, ...] = ()) -> tuple[Told, ...]:
    """The change to example.com, and one name that a suite uses."""

    def rrset(text: str) -> ChangedRRset:
        name, _, rdtype = text.partition(" ")
        return ChangedRRset(name, rdtype)

    to_zone = ZoneChange(
        "example.com",
        "zones/example.com",
        whole=not removed,
        written=tuple(map(rrset, (*APEX, *written))),
        removed=tuple(map(rrset, removed)),
    )
    used = NamesInUseFact({"lists.example.com": (Place("suites/mail.yml", 4),)})
    return (Changes(), ChangesFact({"example.com": to_zone})), (NamesInUse(), used)


def zone(rdtype: str, live: str, after: str) -> tuple[Told, ...]:
    """What lists.example.com has of a type; whatever else might be asked for is not there."""
    asked = f"lists.example.com {rdtype}"
    usual = told_zone("example.com", APEX | {asked: live}, APEX | {asked: after}, *NAMES)
    others = [f"{name} {rdtype}" for name in ("example.com", "_dmarc.example.com")]
    known = dict(usual)
    for one in others:
        for question, said in (told(one, "NODATA"), told_published(one, "NODATA")):
            known.setdefault(question, said)
    return tuple(known.items())


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("live", "after", "ends"),
    [
        pytest.param("10 a.example.", "10 b.example.", "met", id="other records"),
        pytest.param("10 a.example.", "NODATA", "record-removed", id="none"),
        pytest.param("10 a.example.", "NXDOMAIN", "record-removed", id="no such name"),
        pytest.param("10 a.example.", "-> b.example | 10 b.example.", "met", id="by an alias"),
        pytest.param("-> b.example | 10 a.example.", "NXDOMAIN", "record-removed", id="an alias"),
        pytest.param("NODATA", "NXDOMAIN", "met", id="there was none"),
        pytest.param("NXDOMAIN", "10 a.example.", "met", id="a new name"),
        pytest.param("REFUSED-BY-AUTHORITY", "NODATA", "met", id="nobody could see it"),
        pytest.param("TIMEOUT", "NODATA", "inconclusive: timeout", id="live unknown"),
        pytest.param("TIMEOUT", "10 a.example.", "met", id="it is there, whatever was before"),
        pytest.param("10 a.example.", "SERVFAIL", "inconclusive: servfail", id="after unknown"),
    ],
)
def test_a_name_that_has_records_keeps_some(live: str, after: str, ends: str) -> None:
    assert ending(judged(CHECK, SENTENCE, *change(), *zone("MX", live, after))) == (ends,)


@pytest.mark.parametrize("rdtype", ["TXT", "A", "SRV", "PTR", "CNAME"])
def test_any_type_is_judged(rdtype: str) -> None:
    data = {"TXT": '"a"', "A": "192.0.2.1", "SRV": "0 0 1 a.", "PTR": "a.", "CNAME": "a."}
    sentence = f"change to example.com removes no {rdtype}"
    said = zone(rdtype, data[rdtype], "NXDOMAIN")
    assert ending(judged(CHECK, sentence, *change(), *said)) == ("record-removed",)


@pytest.mark.parametrize(
    ("after", "ends"),
    [
        pytest.param("VALUE-UNKNOWN", "met", id="its data is not known yet"),
        pytest.param("NXDOMAIN", "record-removed", id="below a new delegation"),
    ],
)
def test_what_is_written_stays_unless_it_is_hidden(after: str, ends: str) -> None:
    said = zone("MX", "10 a.example.", after)
    assert ending(judged(CHECK, SENTENCE, *change("lists.example.com MX"), *said)) == (ends,)


def test_where_the_zone_is_silent_nobody_knows_what_its_records_point_at() -> None:
    said = dict(zone("MX", "NODATA", "NODATA"))
    said |= dict([told_published("example.com TXT", "TIMEOUT")])
    assert ending(judged(CHECK, SENTENCE, *change(), *said.items())) == ("inconclusive: timeout",)


def test_the_reason_names_the_data_and_who_uses_it() -> None:
    verdict = judged(CHECK, SENTENCE, *change(), *zone("MX", "10 lists.example.com.", "NXDOMAIN"))
    [reason] = verdict.reasons
    assert reason.text == (
        "lists.example.com has MX 10 lists.example.com., and will have none; it is used by "
        "suites/mail.yml:4"
    )
    assert reason.about == "lists.example.com"
    assert reason.instead == ("lists.example.com.  3600  IN  MX  10 lists.example.com.",)
    assert {advice.tag: advice.text for advice in verdict.advice} == {
        "cached-until": "caches serve the old MX of lists.example.com for up to 1 h after the "
        "change"
    }


def test_one_known_loss_decides_whatever_is_unknown() -> None:
    said = dict(zone("MX", "10 a.example.", "NODATA"))
    said |= dict(
        [told_published("gone.example.com MX", "TIMEOUT"), told("gone.example.com MX", "NODATA")]
    )
    verdict = judged(CHECK, SENTENCE, *change("gone.example.com A"), *said.items())
    assert verdict.tags == ("record-removed",)
    assert [reason.about for reason in verdict.reasons] == ["lists.example.com"]


def test_of_a_patch_what_it_removes_is_known() -> None:
    said = dict(zone("MX", "NODATA", "NODATA"))
    said |= dict(
        [
            told_published("old.example.com MX", "10 old.example.com."),
            told("old.example.com MX", "NODATA"),
        ]
    )
    changed = change(removed=("old.example.com MX",))
    verdict = judged(CHECK, SENTENCE, *changed, *said.items())
    assert [reason.about for reason in verdict.reasons] == ["old.example.com"]


def test_records_that_point_at_the_name_use_it_too() -> None:
    pointing = told("example.com MX", "10 lists.example.com.")
    said = dict(zone("A", "192.0.2.1", "NXDOMAIN")) | dict([pointing])
    [reason] = judged(CHECK, "change to example.com removes no A", *change(), *said.items()).reasons
    assert reason.text.endswith("; it is used by suites/mail.yml:4, the MX of example.com")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        pytest.param((), "no change to judge", id="no change at all"),
        pytest.param(
            (
                (
                    Changes(),
                    ChangesFact({"example.net": ZoneChange("example.net", "z", whole=True)}),
                ),
            ),
            "no change to example.com is proposed",
            id="a change to another zone",
        ),
    ],
)
def test_without_a_change_nothing_is_evaluated(fact: tuple[Told, ...], text: str) -> None:
    verdict = judged(CHECK, SENTENCE, *fact)
    assert ending(verdict) == ("not evaluated: nothing-proposed",)
    assert text in verdict.text


def test_of_more_names_than_are_asked_for_the_rest_is_counted() -> None:
    names = tuple(f"h{n}.example.com A" for n in range(LIMIT + 50))
    verdict = judged(CHECK, SENTENCE, *change(*names))
    [advice] = [one for one in verdict.advice if one.tag == "not-compared"]
    assert "more RRsets were not compared" in advice.text


@pytest.mark.parametrize(
    ("rdtype", "ends"),
    [
        pytest.param(" MX", "inconclusive: not-compared", id="of the type"),
        pytest.param("", "inconclusive: not-compared", id="all of a name"),
        pytest.param(" A", "met", id="of another type"),
    ],
)
def test_no_removal_is_hidden_among_many(rdtype: str, ends: str) -> None:
    """A stranger's patch that removes fifty thousand names that are not there, and one that is."""
    names = tuple(f"h{n}.example.com{rdtype}" for n in range(LIMIT + 50))
    facts = (
        *zone("MX", "10 a.example.", "10 a.example."),
        *(told(f"h{n}.example.com MX", "NODATA") for n in range(LIMIT + 50)),
        *(told_published(f"h{n}.example.com MX", "NODATA") for n in range(LIMIT)),
    )
    assert ending(judged(CHECK, SENTENCE, *change(removed=names), *facts)) == (ends,)


@pytest.mark.parametrize(
    ("live", "after", "lines"),
    [
        pytest.param("10 a.example.", "10 b.example.", [], id="nothing is lost"),
        pytest.param(
            "10 a.example.",
            "NODATA",
            [
                "lists.example.com MX → 10 a.example., authoritative, TTL 3600",
                "lists.example.com MX → NODATA",
            ],
            id="lost",
        ),
        pytest.param(
            "TIMEOUT",
            "NODATA",
            ["lists.example.com MX → TIMEOUT", "lists.example.com MX → NODATA"],
            id="unknown",
        ),
    ],
)
def test_only_what_decides_is_evidence(live: str, after: str, lines: list[str]) -> None:
    verdict = judged(CHECK, SENTENCE, *change(), *zone("MX", live, after))
    proposed = "proposed change → example.com by zones/example.com"
    assert [str(line) for line in verdict.evidence] == [proposed, *lines]


def test_an_address_is_in_use_in_the_part_of_the_reverse_zone_that_it_leads_to() -> None:
    zone, rdtype = "0/25.2.0.192.in-addr.arpa", "PTR"
    name = f"4.{zone}"
    used = NamesInUseFact({"4.2.0.192.in-addr.arpa": (Place("suites/mail.yml", 4),)})
    said = judged(
        CHECK,
        f"change to {zone} removes no {rdtype}",
        (Changes(), ChangesFact({zone: ZoneChange(zone, "zones/part", whole=True)})),
        (NamesInUse(), used),
        *told_zone(zone, {f"{name} {rdtype}": "mail.example.com."}, {}, name),
    )
    assert ending(said) == ("record-removed",)
    assert "it is used by suites/mail.yml:4" in said.reasons[0].text


@pytest.mark.parametrize(
    ("removed", "live", "tags"),
    [
        pytest.param("lists.example.com", "NXDOMAIN", ["removes-nothing"], id="no such name"),
        pytest.param("lists.example.com MX", "NODATA", ["removes-nothing"], id="no such RRset"),
        pytest.param("lists.example.com", "NODATA", [], id="it may have others"),
    ],
)
def test_a_removal_of_nothing_is_advised(removed: str, live: str, tags: list[str]) -> None:
    found = judged(CHECK, SENTENCE, *change(removed=(removed,)), *zone("MX", live, "NXDOMAIN"))
    assert ending(found) == ("met",)
    assert [advice.tag for advice in found.advice] == tags


@pytest.mark.parametrize(
    ("live", "whole", "ends"),
    [
        pytest.param({"77": "a.example."}, True, "record-removed", id="a PTR nobody mentions"),
        pytest.param({"77": "a.example."}, False, "met", id="a patch does not name it"),
        pytest.param(
            {str(n): "customer.example." for n in ("*", *range(256))},
            True,
            "record-removed",
            id="a wildcard",
        ),
        pytest.param({}, True, "met", id="none"),
    ],
)
def test_all_of_a_small_reverse_zone_is_asked_for(
    live: dict[str, str], *, whole: bool, ends: str
) -> None:
    zone = "2.0.192.in-addr.arpa"
    said = judged(
        CHECK,
        f"change to {zone} removes no PTR",
        (Changes(), ChangesFact({zone: ZoneChange(zone, "zones/reverse", whole=whole)})),
        *told_zone(zone, {f"{label}.{zone} PTR": host for label, host in live.items()}, {}),
        *(told(f"{zone} {rdtype}", "NODATA") for rdtype in ("MX", "TXT")),
        *(told_published(f"{zone} {rdtype}", "NODATA") for rdtype in ("MX", "TXT")),
    )
    assert ending(said) == (ends,)
    assert len(said.reasons) == (ends != "met")


@pytest.mark.parametrize(
    ("removed", "instruction"),
    [
        pytest.param(
            ("lists.example.com MX",),
            "If lists.example.com is still in use, take what removes its MX out of the change.",
            id="by a line of a patch",
        ),
        pytest.param(
            ("lists.example.com",),
            "If lists.example.com is still in use, take what removes its MX out of the change.",
            id="with all of the name",
        ),
        pytest.param(
            (), "If lists.example.com is still in use, keep in the change:", id="by leaving it out"
        ),
    ],
)
def test_how_to_keep_what_goes(removed: tuple[str, ...], instruction: str) -> None:
    said = judged(CHECK, SENTENCE, *change(removed=removed), *zone("MX", "10 a.example.", "NODATA"))
    [remedy] = said.remedies
    assert remedy.instruction == instruction
    assert bool(remedy.publish) == (not removed)
