"""``zone D has a newer serial than live``: what secondaries make of the serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.change.zone_has_newer_serial import CHECK
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
from mailcheck.facts.change.proposed import (
    ProposedCopy,
    ProposedCopyFact,
    Published,
    PublishedByEach,
    PublishedByEachFact,
)
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.run import told_date
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.verdict import Verdict

SENTENCE = "zone example.com has a newer serial than live"
FILE = (ProposedCopy("example.com"), ProposedCopyFact("zones/example.com.zone"))
TODAY = told_date("2026-01-31")


def soa(serial: int) -> str:
    return f"ns1.example.com. hostmaster.example.com. {serial} 7200 3600 1209600 300"


def live(answer: str) -> Told:
    """Return what the servers of today say of the SOA."""
    return Published("example.com", "SOA"), told("example.com SOA", answer)[1]


def verdict(new: int, old: int) -> Verdict:
    """Judge the proposed serial *new* where *old* is published."""
    return judged(CHECK, SENTENCE, FILE, told("example.com SOA", soa(new)), live(soa(old)), TODAY)


def test_of_servers_that_differ_the_newest_serial_counts() -> None:
    _, newer = told("example.com SOA", soa(43))
    assert isinstance(newer, DnsAnswer)
    each = PublishedByEach("example.com", "SOA"), PublishedByEachFact((newer,))
    said = FILE, told("example.com SOA", soa(42)), live(soa(41)), TODAY
    found = judged(CHECK, SENTENCE, *said, each)
    assert found.tags == ("serial-goes-back",)
    assert "older than 43" in found.reasons[0].text


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("new", "old", "ends", "advice"),
    [
        pytest.param(42, 41, "met", "", id="numbers"),
        pytest.param(2026013101, 2026011501, "met", "", id="dates"),
        pytest.param(2026013101, 41, "met", "", id="from numbers to dates"),
        pytest.param(0, 2**32 - 1, "met", "", id="over the end"),
        pytest.param(2026011502, 2026011501, "met", "", id="the date of the last change"),
        pytest.param(2026011600, 2026011599, "met", "", id="the hundredth change of a day"),
        pytest.param(2026013200, 2026013199, "met", "serial-is-no-date", id="of the last day"),
        pytest.param(2026031501, 2026011501, "met", "serial-is-no-date", id="in the future"),
        pytest.param(2206011501, 2026011501, "met", "serial-is-no-date", id="a year mistyped"),
        pytest.param(4000000000, 2026011501, "met", "serial-is-no-date", id="too far"),
        pytest.param(2027010102, 2027010101, "met", "", id="in the future already"),
        pytest.param(41, 41, "serial-not-raised", "", id="numbers, the same"),
        pytest.param(2026011501, 2026011501, "serial-not-raised", "", id="dates, the same"),
        pytest.param(1, 2026011501, "serial-goes-back", "", id="from a date to one"),
        pytest.param(2026011501, 2026101501, "serial-goes-back", "", id="an older date"),
        pytest.param(2**31 + 5, 5, "serial-undefined", "", id="half way round"),
    ],
)
def test_how_it_ends(new: int, old: int, ends: str, advice: str) -> None:
    said = verdict(new, old)
    assert ending(said) == (ends,)
    assert [a.tag for a in said.advice] == ([advice] if advice else [])


@pytest.mark.parametrize(
    ("new", "old", "right"),
    [
        pytest.param(2026011501, 2026011501, 2026013101, id="today"),
        pytest.param(2026013101, 2026013101, 2026013102, id="again today"),
        pytest.param(41, 41, 42, id="a number"),
        pytest.param(1, 2**32 - 1 - 2**30 * 2, 2**31, id="one more than what is published"),
    ],
)
def test_the_record_to_write(new: int, old: int, right: int) -> None:
    [remedy] = verdict(new, old).remedies
    assert remedy.publish == (f"example.com.  3600  IN  SOA  {soa(right)}",)
    assert f" {right} " in remedy.instruction


@pytest.mark.parametrize(
    ("answer", "ends", "advice"),
    [
        pytest.param("NXDOMAIN", "met", "not-published-yet", id="no such name"),
        pytest.param("NODATA", "met", "not-published-yet", id="a name of the zone above"),
        pytest.param(
            f"-> example.net | {soa(1)}", "met", "not-published-yet", id="an alias into a zone"
        ),
        pytest.param("REFUSED-BY-AUTHORITY", "inconclusive: refused", "", id="refused"),
        pytest.param("TIMEOUT", "inconclusive: timeout", "", id="silence"),
    ],
)
def test_where_no_serial_is_published(answer: str, ends: str, advice: str) -> None:
    said = judged(CHECK, SENTENCE, FILE, told("example.com SOA", soa(1)), live(answer), TODAY)
    assert ending(said) == (ends,)
    assert [a.tag for a in said.advice] == ([advice] if advice else [])


def test_without_a_file_there_is_nothing_to_compare() -> None:
    said = judged(CHECK, SENTENCE, (ProposedCopy("example.com"), ProposedCopyFact()), live(soa(1)))
    assert ending(said) == ("not evaluated: nothing-proposed",)


def test_a_zone_that_does_not_load_has_no_serial() -> None:
    said = judged(
        CHECK, SENTENCE, FILE, told("example.com SOA", "ZONE-DOES-NOT-LOAD"), live(soa(1)), TODAY
    )
    assert ending(said) == ("inconclusive: zone-does-not-load",)


def test_a_part_of_a_reverse_zone_has_a_serial() -> None:
    zone = "0/25.2.0.192.in-addr.arpa"
    file = (ProposedCopy(zone), ProposedCopyFact("zones/part"))
    live = (Published(zone, "SOA"), told(f"{zone} SOA", soa(1))[1])
    sentence = f"zone {zone} has a newer serial than live"
    assert judged(CHECK, sentence, file, told(f"{zone} SOA", soa(2)), live, TODAY).kind == "met"


WRITTEN = {
    "example.com NS": "ns1.example.net.",
    "example.com MX": "10 mx1.example.com.",
    "mx1.example.com A": "192.0.2.25",
    "_imaps._tcp.example.com SRV": "0 0 993 mx1.example.com.",
}

NAMES = ("lists.example.com", "mx1.example.com", "_imaps._tcp.example.com")


def where_changed(
    live: dict[str, str],
    *more: Told,
    after: dict[str, str] = WRITTEN,
    new: str = soa(41),
    old: str = soa(41),
    serial: str = "where_changed: true",
) -> Verdict:
    """Judge a file of a repository, where a pull request changed perhaps another one."""
    asked = (one.partition(" ") for one in ("example.com SOA", *after))
    written = tuple(ChangedRRset(name, rdtype) for name, _, rdtype in asked)
    change = ZoneChange("example.com", "zones/example.com.zone", whole=True, written=written)
    used = NamesInUseFact({"lists.example.com": (Place("suites/mail.yml", 4),)})
    facts = dict(
        (
            FILE,
            TODAY,
            (Changes(), ChangesFact({"example.com": change})),
            (NamesInUse(), used),
            *told_zone("example.com", live, after, *NAMES),
            told("example.com SOA", new),
            told_published("example.com SOA", old),
            *more,
        )
    )
    sentence = f"{SENTENCE}: {{{serial}}}" if serial else SENTENCE
    return judged(CHECK, sentence, *facts.items())


@pytest.mark.parametrize(
    ("live", "ends"),
    [
        pytest.param({}, "met", id="nothing"),
        pytest.param({"example.com MX": "20 mx1.example.com."}, "serial-not-raised", id="MX"),
        pytest.param({"mx1.example.com A": "NXDOMAIN"}, "serial-not-raised", id="a new host"),
        pytest.param(
            {"_imaps._tcp.example.com SRV": "NODATA"}, "serial-not-raised", id="of any type"
        ),
        pytest.param({"lists.example.com A": "192.0.2.9"}, "serial-not-raised", id="a used name"),
        pytest.param({"www.example.com A": "192.0.2.9"}, "serial-not-raised", id="a usual name"),
        pytest.param({"mx1.example.com A": "TIMEOUT"}, "inconclusive: timeout", id="not known"),
        pytest.param(
            {"mx1.example.com A": "TIMEOUT", "example.com MX": "NODATA"},
            "serial-not-raised",
            id="one difference is enough",
        ),
    ],
)
def test_a_zone_that_is_not_changed_needs_no_newer_serial(live: dict[str, str], ends: str) -> None:
    found = where_changed({**WRITTEN, **live})
    assert ending(found) == (ends,)
    told_of = [one.tag for one in found.advice]
    assert told_of == (["nothing-known-differs"] if ends == "met" else [])
    assert ending(where_changed({**WRITTEN, **live}, serial="")) == ("serial-not-raised",)


def test_what_differs_is_named_and_is_evidence() -> None:
    found = where_changed({**WRITTEN, "example.com MX": "20 mx1.example.com."})
    [reason] = found.reasons
    assert reason.text == (
        "the serial of example.com is 41, the one that is published, and not all is as it was: "
        "MX of example.com"
    )
    assert "example.com MX" in [line.subject for line in found.evidence]
    assert found.remedies[0].instruction.startswith("Write a newer serial 42 ")


@pytest.mark.parametrize(
    ("new", "old", "ends"),
    [
        pytest.param(soa(42), soa(41), "met", id="raised"),
        pytest.param(soa(40), soa(41), "serial-goes-back", id="older"),
        pytest.param(
            soa(41).replace(" 300", " 600"), soa(41), "serial-not-raised", id="another number"
        ),
    ],
)
def test_the_soa_itself_may_differ(new: str, old: str, ends: str) -> None:
    assert ending(where_changed(WRITTEN, new=new, old=old)) == (ends,)


def test_another_ttl_is_a_difference() -> None:
    shorter = told_published("mx1.example.com A", "192.0.2.25", ttl=60)
    assert ending(where_changed(WRITTEN, shorter)) == ("serial-not-raised",)


@pytest.mark.parametrize(
    ("live", "ends"),
    [
        pytest.param("ns.sub.example.com.", "met", id="as it was"),
        pytest.param("NXDOMAIN", "serial-not-raised", id="new"),
        pytest.param("ns9.example.net.", "serial-not-raised", id="to others"),
        pytest.param("TIMEOUT", "met", id="to nobody"),
    ],
)
def test_of_what_is_delegated_only_that_is_compared(live: str, ends: str) -> None:
    sub = {"sub.example.com NS": "ns.sub.example.com.", "ns.sub.example.com A": "TIMEOUT"}
    other = told_published("sub.example.com NS", live)
    found = where_changed({**WRITTEN, **sub}, other, after={**WRITTEN, **sub})
    assert ending(found) == (ends,)
    if ends == "met":
        assert found.advice[0].text.endswith("; what it delegates was not compared")


def test_of_a_large_zone_it_is_not_known() -> None:
    many = {f"h{n}.example.com TLSA": "NODATA" for n in range(LIMIT)}
    found = where_changed({**WRITTEN, **many}, after={**WRITTEN, **many})
    assert ending(found) == ("inconclusive: not-compared",)
