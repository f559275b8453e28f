"""What the servers of a proposed zone will say, and where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.dns import DnsAnswer
from mailcheck.question import NotObserved
from mailcheck.world.proposed import ProposedZone
from mailcheck.world.proposed.zone import Cut
from mailcheck.zones.fault import Fault
from tests.world.proposed.zones import proposed

if TYPE_CHECKING:
    from mailcheck.facts.change.proposed import ProposedAnswer

ZONE = proposed(
    "example.com",
    """\
@ MX 10 mail
@ MX 20 mx2.example.net.
mail 600 A 192.0.2.25
www CNAME mail
a.b TXT "deep"
*.wild TXT "any"
*.alias CNAME mail
child NS ns.child
child NS ns2.example.net.
ns.child A 192.0.2.53
old DNAME new.example.net.
""",
)


def said(name: str, rdtype: str) -> ProposedAnswer:
    """What the zone says, where it says something itself."""
    answer = ZONE.said(name, rdtype)
    assert not isinstance(answer, Cut)
    return answer


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        pytest.param(
            "example.com MX",
            "example.com MX → 10 mail.example.com. | 20 mx2.example.net., proposed, example.com.zone:3",
            id="data, at the first line of its records",
        ),
        pytest.param(
            "mail.example.com A",
            "mail.example.com A → 192.0.2.25, proposed, example.com.zone:5",
            id="an address",
        ),
        pytest.param(
            "www.example.com A",
            "www.example.com A → alias of mail.example.com, proposed, example.com.zone:6",
            id="an alias",
        ),
        pytest.param(
            "www.example.com CNAME",
            "www.example.com CNAME → mail.example.com., proposed, example.com.zone:6",
            id="the alias itself",
        ),
        pytest.param(
            "mail.example.com MX",
            "mail.example.com MX → NODATA (in zone example.com), proposed, example.com.zone",
            id="another type",
        ),
        pytest.param(
            "b.example.com A",
            "b.example.com A → NODATA (in zone example.com), proposed, example.com.zone",
            id="an empty non-terminal",
        ),
        pytest.param(
            "none.example.com A",
            "none.example.com A → NXDOMAIN (denied by example.com), proposed, example.com.zone",
            id="no such name",
        ),
        pytest.param(
            "x.wild.example.com TXT",
            'x.wild.example.com TXT → "any", proposed, example.com.zone:8',
            id="a wildcard, at its own line",
        ),
        pytest.param(
            "x.alias.example.com A",
            "x.alias.example.com A → alias of mail.example.com, proposed, example.com.zone:9",
            id="a wildcard that is an alias",
        ),
        pytest.param(
            "x.old.example.com A",
            "x.old.example.com A → alias of x.new.example.net by the DNAME of old.example.com, "
            "proposed, example.com.zone:13",
            id="below a DNAME",
        ),
        pytest.param(
            "x.old.example.com CNAME",
            "x.old.example.com CNAME → x.new.example.net., proposed, example.com.zone:13",
            id="the CNAME that is made of a DNAME",
        ),
        pytest.param(
            "old.example.com A",
            "old.example.com A → NODATA (in zone example.com), proposed, example.com.zone",
            id="a DNAME says nothing of its own name",
        ),
    ],
)
def test_what_is_said_and_where_it_stands(asked: str, line: str) -> None:
    answer = said(*asked.split())
    assert [str(evidence) for evidence in answer.evidence] == [line]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        pytest.param(
            "example.com MX", ["10 mail.example.com. at 3", "20 mx2.example.net. at 4"], id="two"
        ),
        pytest.param("mail.example.com A", [], id="one alone stands where its RRset does"),
        pytest.param("none.example.com A", [], id="what is missing is nowhere"),
    ],
)
def test_each_of_several_records_has_its_place(asked: str, places: list[str]) -> None:
    [line] = said(*asked.split()).evidence
    assert [f"{text} at {place.line}" for text, place in line.parts] == places


def test_records_are_in_one_order_however_they_are_written() -> None:
    answer = proposed("example.com", "@ MX 20 b\n@ MX 10 a\n").said("example.com", "MX")
    assert isinstance(answer, DnsAnswer)
    assert answer.texts == ("10 a.example.com.", "20 b.example.com.")


def test_an_answer_is_authoritative_and_has_its_ttl() -> None:
    answer = said("mail.example.com", "A")
    assert (answer.authoritative, answer.ttl, answer.status) == (True, 600, "data")


def test_a_denial_names_its_zone() -> None:
    answer = said("none.example.com", "A")
    assert (answer.status, answer.denier, answer.ttl) == ("nxdomain", "example.com", None)


def test_what_is_delegated_is_others_to_say() -> None:
    cut = ZONE.said("deep.child.example.com", "A")
    assert isinstance(cut, Cut)
    assert cut.below == "child.example.com"
    assert cut.hosts == ("ns.child.example.com", "ns2.example.net")
    assert [str(server) for server in cut.glue] == ["ns.child.example.com (192.0.2.53)"]
    assert str(cut.seen) == (
        "child.example.com NS → ns.child.example.com., ns2.example.net., proposed, "
        "example.com.zone:10"
    )


def test_nothing_is_known_of_a_zone_that_does_not_load() -> None:
    with pytest.raises(NotObserved) as error:
        ProposedZone("example.com", "zones/example.com", None).said("example.com", "MX")
    assert error.value.unobserved.cause == "zone-does-not-load"
    assert "zones/example.com" in error.value.unobserved.text


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        pytest.param(Place("zones/mail.inc", 3), "zones/mail.inc:3", id="a line"),
        pytest.param(None, "example.com.zone", id="the zone as a whole"),
    ],
)
def test_what_does_not_load_shows_the_first_fault_that_refuses(
    place: Place | None, shown: str
) -> None:
    faults = (
        Fault("ttl-differs", "two TTLs", Place("example.com.zone", 2), refuses=False),
        Fault("no-ns", "no server", place, refuses=True),
        Fault("no-soa", "no SOA", Place("example.com.zone", 9), refuses=True),
    )
    with pytest.raises(NotObserved) as error:
        ProposedZone("example.com", "example.com.zone", None, faults=faults).said("a.example", "A")
    unobserved = error.value.unobserved
    assert unobserved.text == "no server would load example.com.zone: no server"
    top = Place("example.com.zone", 1)
    assert unobserved.evidence == (Evidence(shown, "no server", place=place or top),)


def test_a_name_that_a_dname_makes_too_long_is_not_guessed() -> None:
    zone = proposed("example.com", f"old DNAME {'.'.join(['x' * 60] * 3)}.example.net.\n")
    with pytest.raises(NotObserved) as error:
        zone.said(f"{'y' * 60}.old.example.com", "A")
    assert error.value.unobserved.cause == "yxdomain"
