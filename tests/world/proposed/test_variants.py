"""The networks that a change makes of which different clients are given different ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.change.changes import Changes
from mailcheck.facts.dns import DnsQuery, told
from mailcheck.world.proposed import networks_of, unasked
from mailcheck.world.proposed.patch.patch import UnknownRRset
from tests.world.proposed.changes import loaded
from tests.world.proposed.patched import LiveZone, judged, patch_of, words
from tests.world.proposed.zones import proposed

if TYPE_CHECKING:
    from mailcheck.world.proposed.authority import Authority

LIVE = loaded({})
assert LIVE is not None
ONE, TWO, THREE = (
    patch_of(f"www A 192.0.2.{number}\nx{number} A 192.0.2.9\n") for number in (1, 2, 3)
)
OTHER = replace(
    patch_of("www A 192.0.2.8\n", "example.net"),
    variants=(patch_of("www CNAME www.example.org.\n", "example.net"),),
)
VARIED = {"example.com": replace(ONE, variants=(TWO, THREE)), "example.net": OTHER}


def test_mostly_there_is_one() -> None:
    zones: dict[str, Authority] = {"example.com": ONE, "example.org": proposed("example.org", "")}
    [network] = networks_of(zones)
    assert network.unasked().keys() == zones.keys()
    assert len(networks_of({})) == 1


@pytest.mark.parametrize(
    ("at", "answers"),
    [(0, ["192.0.2.1", "NODATA"]), (1, ["192.0.2.2", "NODATA"]), (2, ["192.0.2.3", "NODATA"])],
)
def test_each_is_given_one_of_all_zones_whole(at: int, answers: list[str]) -> None:
    assert LIVE is not None
    networks = networks_of(VARIED)
    assert len(networks) == 3
    queries = [DnsQuery("www.example.com", kind) for kind in ("A", "MX")]
    queries += [DnsQuery(f"x{number}.example.com", "A") for number in (1, 2, 3)]
    got = judged(LiveZone(LIVE), networks[at], *queries)
    assert [words(answer) for answer in got[:2]] == answers
    there = [words(answer) for answer in got[2:]]
    assert [one == "192.0.2.9" for one in there] == [number == at for number in range(3)]


def test_a_zone_with_fewer_repeats_its_first() -> None:
    assert LIVE is not None
    changes = [judged(LiveZone(LIVE), network, Changes())[0] for network in networks_of(VARIED)]
    kinds = [[one.rdtype for one in fact.zones["example.net"].written] for fact in changes]
    assert kinds == [["A"], ["CNAME"], ["A"]]


def test_what_is_not_the_same_for_all_is_known_of_each() -> None:
    assert LIVE is not None
    changes = [judged(LiveZone(LIVE), network, Changes())[0] for network in networks_of(VARIED)]
    own = {("www.example.com", "A"), *((f"x{number}.example.com", "A") for number in (1, 2, 3))}
    for fact in changes:
        assert fact.zones["example.com"].varied == own
        assert fact.zones["example.net"].varied == {
            ("www.example.net", "A"),
            ("www.example.net", "CNAME"),
        }
    [alone] = networks_of({"example.com": replace(ONE, variants=())})
    assert judged(LiveZone(LIVE), alone, Changes())[0].zones["example.com"].varied == frozenset()


def test_only_what_differs_is_varied() -> None:
    key = next(iter(ONE.replaced))
    unknown = replace(ONE, replaced={}, unknown={key: UnknownRRset("x", None)})
    again = replace(ONE, variants=(patch_of("www A 192.0.2.1\nx1 A 192.0.2.9\n"),))
    assert again.variant(0).varied == again.variant(1).varied == frozenset()
    assert key in replace(ONE, variants=(unknown,)).variant(1).varied


def test_a_zone_is_asked_about_if_a_name_of_one_variant_leads_there() -> None:
    assert LIVE is not None
    zones: dict[str, Authority] = {
        "example.com": replace(ONE, variants=(patch_of("www CNAME www.example.org.\n"),)),
        "example.org": proposed("example.org", "www A 192.0.2.7\n"),
        "example.net": proposed("example.net", ""),
    }
    networks = networks_of(zones)
    live = (told("www.example.org A", "NODATA"),)
    for network in networks:
        judged(LiveZone(LIVE, live), network, DnsQuery("www.example.com", "A"))
    assert "example.org" in networks[0].unasked()
    assert unasked(networks) == {"example.net": "example.net (example.net.zone)"}
