"""Single records that come and go beside those of others, which are live."""

from __future__ import annotations

from dataclasses import replace

import dns.name
import dns.rdata
import dns.rdatatype
import pytest

from mailcheck.errors import Place
from mailcheck.facts.dns import ServerQuery
from mailcheck.world.proposed.patch.amended import AmendedRRset
from mailcheck.world.proposed.patch.patch import Patch
from tests.world.proposed.changes import loaded
from tests.world.proposed.patched import NS, LiveZone, Through, judged, words

LIVE = {
    ("@", "MX"): "10 mail\n@ MX 20 other",
    ("one", "A"): "192.0.2.1",
    ("long", "TXT"): '"ab" "cd"',
    ("*", "A"): "192.0.2.99",
    ("two", "A"): "192.0.2.1",
    ("two", "TXT"): '"x"',
}
PLACE = Place("plan.json", 1, of="dns_record.x")


def rdatas(rdtype: str, values: str) -> tuple[dns.rdata.Rdata, ...]:
    said = values.split(" | ") if values else []
    return tuple(dns.rdata.from_text("IN", rdtype, value) for value in said)


def amending(name: str, rdtype: str, adds: str, takes: str) -> Patch:
    at = (dns.name.from_text(name), dns.rdatatype.from_text(rdtype))
    amended = AmendedRRset(rdatas(rdtype, adds), rdatas(rdtype, takes), 300, PLACE)
    return Patch("example.com", "plan.json", {}, amended={at: amended})


@pytest.mark.parametrize(
    ("changed", "adds", "takes", "then"),
    [
        pytest.param(
            "example.com MX",
            "30 new.example.com.",
            "",
            "10 mail.example.com. | 20 other.example.com. | 30 new.example.com.",
            id="one comes",
        ),
        pytest.param(
            "example.com MX",
            "",
            "10 MAIL.example.com.",
            "20 other.example.com.",
            id="one goes, another stays",
        ),
        pytest.param(
            "example.com MX",
            "",
            "10 mail.example.com. | 20 other.example.com.",
            "NODATA",
            id="all go",
        ),
        pytest.param("long.example.com TXT", '"n"', '"abcd"', '"n"', id="a text cut otherwise"),
        pytest.param(
            "one.example.com A", "192.0.2.2", "192.0.2.1", "192.0.2.2", id="one for another"
        ),
        pytest.param("one.example.com A", "192.0.2.1", "", "192.0.2.1", id="one that is there"),
        pytest.param(
            "one.example.com A", "", "192.0.2.1", "192.0.2.99", id="the name goes, for a wildcard"
        ),
        pytest.param(
            "two.example.com A", "", "192.0.2.1", "NODATA", id="the name has another type"
        ),
        pytest.param("new.example.com MX", "10 a.b.", "", "10 a.b.", id="a new name"),
    ],
)
def test_what_will_be_there(changed: str, adds: str, takes: str, then: str) -> None:
    live = loaded(LIVE)
    assert live is not None
    name, rdtype = changed.split()
    patch = amending(name, rdtype, adds, takes)
    [answer] = judged(LiveZone(live), Through(patch), ServerQuery(name, rdtype, NS))
    assert words(answer) == then


def test_a_new_name_is_covered_by_no_wildcard() -> None:
    live = loaded(LIVE)
    assert live is not None
    patch = amending("new.example.com", "MX", "10 a.b.", "")
    [answer] = judged(LiveZone(live), Through(patch), ServerQuery("new.example.com", "A", NS))
    assert words(answer) == "NODATA"


def test_evidence_says_that_others_are_live() -> None:
    live = loaded(LIVE)
    assert live is not None
    patch = amending("example.com", "MX", "30 new.example.com.", "")
    [answer] = judged(LiveZone(live), Through(patch), ServerQuery("example.com", "MX", NS))
    assert not isinstance(answer, Patch)
    [line] = answer.evidence
    assert line.source == "proposed, dns_record.x in plan.json:1, beside records that are live"
    assert replace(line, source="").place == PLACE
