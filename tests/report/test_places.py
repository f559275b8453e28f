"""Which line of a change is at fault: the one that leads to what is wrong, in its own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.finding import Reason
from mailcheck.report.places import at_fault, bearing, resting_on
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]

ZONE = "zones/example.com.zone"


def written(subject: str, result: str, line: int) -> Evidence:
    """A line of the change, with its records, from there on one a line, if there are several."""
    records = result.split(" | ")
    parts = tuple((text, Place(ZONE, number)) for number, text in enumerate(records, line))
    source = f"proposed, {ZONE}:{line}"
    several = parts if len(parts) > 1 else ()
    return Evidence(subject, result, source, place=Place(ZONE, line), parts=several)


def heard(subject: str, result: str) -> Evidence:
    """A line of the live network."""
    return Evidence(subject, result, "live, from 192.0.2.53, 3 ms")


SOA = 2
"""The line of what is missing."""

MX = written("example.com MX", "10 mail.example.com. | 20 gone.example.net.", 5)
MAIL = written("mail.example.com A", "203.0.113.25", 7)
NO_IPV6 = written("mail.example.com AAAA", "NODATA (in zone example.com)", SOA)
NO_MX = written("tour.example.com MX", "NODATA (in zone example.com)", SOA)
WWW = written("www.example.com A", "alias of gone.example.net", 9)
GONE = heard("gone.example.net A", "NXDOMAIN (denied by example.net)")
PTR = heard("25.113.0.203.in-addr.arpa PTR", "mail.example.org.")
REFUSED = Evidence("mail.example.com (203.0.113.25 port 25)", "connection refused")
TXT = written("xn--bcher-kva.example TXT", '"v=spf1 -all"', 11)
FAULT = Evidence(f"{ZONE}:14", "an MX record names an address", place=Place(ZONE, 14))
WARNED = Evidence(f"{ZONE}:3", "the TTL of the SOA is taken", place=Place(ZONE, 3))


@pytest.mark.parametrize(
    ("reason", "evidence", "line"),
    [
        pytest.param("tour.example.com has no MX record", [NO_MX], SOA, id="what is missing"),
        pytest.param(
            "gone.example.net does not exist", [MX, MAIL, NO_IPV6, GONE], 6, id="a dead host's name"
        ),
        pytest.param(
            "mail.example.com has no AAAA record", [MX, NO_IPV6], 5, id="the way to what is missing"
        ),
        pytest.param(
            "mail.example.com has no AAAA record", [NO_IPV6, MX], 5, id="whatever was seen first"
        ),
        pytest.param(
            "mail.example.com (203.0.113.25 port 25) refuses connections",
            [MX, MAIL, NO_IPV6, REFUSED],
            7,
            id="the address, not the name",
        ),
        pytest.param(
            "www.example.com is an alias of gone.example.net, which does not exist",
            [WWW, GONE],
            9,
            id="an alias",
        ),
        pytest.param("bücher.example lacks a text", [TXT, PTR], 11, id="a name as people write it"),
        pytest.param(
            "an MX record names an address", [WARNED, FAULT], 14, id="a fault of a zone file"
        ),
        pytest.param("example.com has 2 of 3 exchanges", [MX], 5, id="an RRset as a whole"),
        pytest.param("something else", [MX], 5, id="all there is"),
        pytest.param("mail.example.org is not it", [MX, PTR], None, id="a live fault"),
        pytest.param("gone.example.net does not exist", [GONE], None, id="nothing of the change"),
    ],
)
def test_a_line_of_the_change_is_at_fault(
    record: MakeRecord, reason: str, evidence: list[Evidence], line: int | None
) -> None:
    verdict = Verdict("unmet", reasons=(Reason("a-tag", reason),), evidence=tuple(evidence))
    fault = at_fault(evidence, record(verdict))
    assert fault == (Place(ZONE, line) if line else None)


@pytest.mark.parametrize("kind", ["met", "inconclusive", "not evaluated"])
def test_nothing_is_at_fault_unless_it_is_known_to_be_wrong(record: MakeRecord, kind: str) -> None:
    verdict = Verdict(kind, text="tour.example.com has no MX record")  # type: ignore[arg-type]  # a kind
    assert at_fault([NO_MX], record(verdict)) is None


@pytest.mark.parametrize(
    ("cause", "place"),
    [
        pytest.param("zone-does-not-load", FAULT.place, id="written in the change"),
        pytest.param("timeout", None, id="heard from nobody"),
    ],
)
def test_what_leaves_a_verdict_open_is_at_fault_if_the_change_says_it(
    record: MakeRecord, cause: str, place: Place | None
) -> None:
    """Not the record of another zone that leads there, nor what is only advice."""
    text = f"no server would load {ZONE}: {FAULT.result}"
    lines = (NO_MX, MX, WARNED, FAULT)
    verdict = Verdict("inconclusive", cause=cause, text=text, evidence=lines)
    assert at_fault(lines, record(verdict)) == place


def test_the_most_telling_place_comes_first_and_each_once(record: MakeRecord) -> None:
    reason = Reason("connection-refused", "mail.example.com (203.0.113.25 port 25) refuses")
    lines = [NO_MX, MX, NO_IPV6, MAIL, REFUSED]
    found = resting_on(lines, record(Verdict("unmet", reasons=(reason,))))
    assert [place.line for place, _ in found] == [7, 5, SOA, 6]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(MAIL, 2, id="the name and the address"),
        pytest.param(MX, 1, id="the way there"),
        pytest.param(NO_IPV6, 1, id="something else about the name"),
        pytest.param(NO_MX, 0, id="another name"),
    ],
)
def test_what_leads_to_the_fault_bears_on_it(
    record: MakeRecord, line: Evidence, expected: int
) -> None:
    reason = Reason("refused", "mail.example.com (203.0.113.25 port 25) refuses")
    assert bearing(line, record(Verdict("unmet", reasons=(reason,)))) == expected


@pytest.mark.parametrize(
    ("ptr", "address", "line"),
    [
        pytest.param(None, None, 7, id="nobody compared them: the address shows it"),
        pytest.param(True, None, 5, id="the PTR record is another one"),
        pytest.param(True, False, 5, id="and the address is as it was"),
        pytest.param(None, False, 5, id="the address is as it was"),
        pytest.param(False, True, 7, id="the address is another one"),
        pytest.param(False, None, 7, id="the PTR record is as it was"),
    ],
)
def test_what_was_changed_comes_first(
    record: MakeRecord, *, ptr: bool | None, address: bool | None, line: int
) -> None:
    """GitHub shows annotations in a diff at the lines that it shows: those that were changed."""
    text = "203.0.113.25 has the PTR name www.example.com, but that name has 203.0.113.26"
    lines = (
        replace(written("25.113.0.203.in-addr.arpa PTR", "www.example.com.", 5), changed=ptr),
        replace(written("www.example.com A", "203.0.113.26", 7), changed=address),
    )
    verdict = Verdict("unmet", (Reason("ptr-not-confirmed", text),), evidence=lines)
    place = at_fault(lines, record(verdict))
    assert place is not None
    assert place.line == line


def test_a_change_that_bears_on_nothing_is_not_at_fault(record: MakeRecord) -> None:
    other = replace(written("other.example.org A", "192.0.2.9", 20), changed=True)
    lines = (other, replace(NO_MX, changed=False))
    text = "tour.example.com has no MX record"
    place = at_fault(lines, record(Verdict("unmet", (Reason("no-mx", text),), evidence=lines)))
    assert place is not None
    assert place.line == SOA
