"""Patches of the zones of which a plan speaks."""

from __future__ import annotations

import dns.name
import pytest
from dns.rdatatype import AAAA, CNAME, MX, NS, TXT, A

from mailcheck.errors import Place, SourceError
from mailcheck.plans.plan import Left, Plan, PlannedRemoval, PlannedRRset
from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch, UnknownRRset
from mailcheck.world.proposed.planned import MOST_VARIANTS, patches_of

ZONE = "example.com"
HERE = Place("plan.json", 1, of="dns_record.x")
THERE = Place("plan.json", 1, of="dns_record.y")


def rrset(
    name: str,
    rdtype: str,
    *values: str,
    zone: str = ZONE,
    place: Place = HERE,
    unknown: str = "",
    target: str = "",
    variant: str = "",
    takes: tuple[str, ...] | None = None,
) -> PlannedRRset:
    return PlannedRRset(zone, name, rdtype, 300, place, values, unknown, target, variant, takes)


def removal(name: str, rdtype: str = "", place: Place = HERE) -> PlannedRemoval:
    return PlannedRemoval(ZONE, name, rdtype, place)


def patch(*said: PlannedRRset | PlannedRemoval, whole: tuple[str, ...] = ()) -> Patch:
    sets = tuple(one for one in said if isinstance(one, PlannedRRset))
    gone = tuple(one for one in said if isinstance(one, PlannedRemoval))
    [made] = patches_of(Plan("plan.json", sets, gone, whole))
    return made


def at(name: str) -> dns.name.Name:
    return dns.name.from_text(name)


def test_records_are_read_as_servers_read_them() -> None:
    made = patch(
        rrset(ZONE, "MX", "10 MX1.example.com.", "20 mx2.example.com"),
        rrset("*.example.com", "TXT", '"a b" "c"'),
        rrset("xn--bcher-kva.example.com", "AAAA", "2001:db8::1"),
    )
    assert [record.to_text() for record in made.replaced[at(ZONE), MX].rrset] == [
        "10 MX1.example.com.",
        "20 mx2.example.com.",
    ]
    assert made.replaced[at("*.example.com"), TXT].rrset[0].strings == (b"a b", b"c")
    assert made.replaced[at("xn--bcher-kva.example.com"), AAAA].place == HERE
    assert (made.origin, made.by, made.whole, made.variants) == (ZONE, "plan.json", False, ())


def test_what_nobody_knows_what_is_flattened_and_what_goes() -> None:
    made = patch(
        rrset("a.example.com", "A", unknown="given out at apply"),
        rrset(ZONE, "A", target="lb.example.net"),
        removal("old.example.com"),
        removal("half.example.com", "TXT"),
    )
    assert made.unknown[at("a.example.com"), A] == UnknownRRset("given out at apply", HERE)
    assert made.flattened[at(ZONE), A] == FlattenedRRset(at("lb.example.net"), 300, HERE)
    assert made.removed == {
        (at("old.example.com"), None): HERE,
        (at("half.example.com"), TXT): HERE,
    }


def test_single_records_stand_beside_those_of_others() -> None:
    made = patch(
        rrset(ZONE, "MX", "10 new.example.com.", takes=("10 old.example.com.",)),
        rrset(ZONE, "TXT", takes=('"v=spf1 -all"',)),
        rrset("a.example.com", "CNAME", takes=("b.example.com.",)),
    )
    mx, txt = made.amended[at(ZONE), MX], made.amended[at(ZONE), TXT]
    assert [record.to_text() for record in mx.adds] == ["10 new.example.com."]
    assert [record.to_text() for record in mx.takes] == ["10 old.example.com."]
    assert (txt.adds, txt.takes[0].to_text()) == ((), '"v=spf1 -all"')
    assert (made.replaced, made.removed) == ({}, {(at("a.example.com"), CNAME): HERE})


def test_of_a_whole_zone_nobody_else_has_a_record() -> None:
    made = patch(
        rrset(ZONE, "MX", "10 new.example.com.", takes=("10 old.example.com.",)),
        rrset(ZONE, "TXT", takes=('"v=spf1 -all"',)),
        whole=(ZONE,),
    )
    assert [*made.replaced] == [(at(ZONE), MX)]
    assert not made.amended


def test_what_takes_the_place_of_what_goes_stays() -> None:
    """A resource is replaced, or another one takes over its RRset."""
    made = patch(removal(ZONE, "MX", THERE), rrset(ZONE, "MX", "10 mx.example.com."))
    assert not made.removed
    assert (at(ZONE), MX) in made.replaced


def test_what_a_tool_leaves_alone_stays() -> None:
    left = Left(ZONE, lambda name, _: name.startswith("_acme."))
    [made] = patches_of(Plan("plan.json", whole=(ZONE,), left=(left,)))
    assert made.whole
    assert made.planned
    assert made.stays
    assert made.stays("_acme.example.com", "TXT")


def test_each_zone_has_its_patch() -> None:
    sets = (
        rrset(ZONE, "A", "192.0.2.1"),
        rrset("example.net", "A", "192.0.2.2", zone="example.net"),
    )
    made = patches_of(Plan("plan.json", sets, whole=("example.net", "example.org")))
    assert {one.origin: one.whole for one in made} == {
        "example.net": True,
        "example.org": True,
        "example.com": False,
    }


def test_clients_are_given_one_variant_each() -> None:
    made = patch(
        rrset("a.example.com", "A", "192.0.2.1", variant="eu"),
        rrset("a.example.com", "A", "192.0.2.2", variant="us"),
        rrset("a.example.com", "A", unknown="later", variant="ap"),
        rrset("b.example.com", "A", "192.0.2.3", variant="eu"),
        rrset("b.example.com", "A", "192.0.2.4", variant="us"),
        rrset("c.example.com", "A", "192.0.2.5"),
    )
    turns = [made, *made.variants]
    a, b = at("a.example.com"), at("b.example.com")
    assert [one.replaced[b, A].rrset[0].address for one in turns] == [
        "192.0.2.3",
        "192.0.2.4",
        "192.0.2.3",
    ]
    assert [one.has(a, A) for one in turns] == [True, True, True]
    places = [one.place_of(a, A) for one in turns]
    assert [place.of for place in places if place] == [
        "dns_record.x (eu)",
        "dns_record.x (us)",
        "dns_record.x (ap)",
    ]
    assert [(a, A) in one.unknown for one in turns] == [False, False, True]
    assert all((at("c.example.com"), A) in one.replaced for one in turns)


def test_so_many_variants_that_nobody_looks_at_each() -> None:
    many = range(MOST_VARIANTS + 1)
    made = patch(*(rrset("a.example.com", "A", f"192.0.2.{n}", variant=str(n)) for n in many))
    assert not made.variants
    assert "17 RRsets" in made.unknown[at("a.example.com"), A].text


@pytest.mark.parametrize(
    ("said", "what"),
    [
        pytest.param(
            [rrset(ZONE, "MX", "10 a.b."), rrset(ZONE, "MX", "20 a.b.", place=THERE)],
            "example.com MX is written, and in dns_record.x in plan.json:1 too",
            id="two resources write one RRset",
        ),
        pytest.param(
            [rrset(ZONE, "A", "192.0.2.1", variant="eu"), rrset(ZONE, "A", "192.0.2.2")],
            "example.com A is written, and in",
            id="a variant, and one for all",
        ),
        pytest.param(
            [rrset(ZONE, "A", "192.0.2.300")],
            "example.com A cannot be 192.0.2.300: ",
            id="no address",
        ),
        pytest.param(
            [rrset(ZONE, "TXT", '"a"\nb TXT "c"')],
            "it has several lines",
            id="lines of a zone in a value",
        ),
        pytest.param([rrset(ZONE, "A")], "example.com A has no value", id="no value"),
        pytest.param(
            [rrset(ZONE, "A", takes=("nowhere",))],
            "example.com A cannot be nowhere",
            id="what goes",
        ),
        pytest.param([rrset(ZONE, "MOO", "x")], "cannot be in a zone", id="no type"),
        pytest.param([rrset(ZONE, "ANY", "x")], "no type of data in a zone", id="no type of data"),
        pytest.param(
            [rrset("a.example.net", "A", "192.0.2.1")],
            "a.example.net A lies outside of the zone example.com",
            id="another zone",
        ),
        pytest.param(
            [rrset("a..example.com", "A", "192.0.2.1")], "cannot be in a zone", id="no name"
        ),
        pytest.param(
            [rrset("a.example.com", "CNAME", "b."), rrset("a.example.com", "TXT", "x")],
            "is an alias (CNAME) and has other records",
            id="an alias and more",
        ),
        pytest.param(
            [rrset("a.example.com", "CNAME", "b.", "c.")],
            "several different CNAME",
            id="two aliases",
        ),
        pytest.param([rrset(ZONE, "CNAME", "b.")], "cannot be an alias", id="an alias at the apex"),
        pytest.param([removal(ZONE)], "needs its SOA", id="all of the apex goes"),
        pytest.param([removal(ZONE, "NS")], "needs its NS", id="its name servers go"),
    ],
)
def test_what_no_server_would_load(said: list[PlannedRRset | PlannedRemoval], what: str) -> None:
    with pytest.raises(SourceError) as raised:
        patch(*said)
    assert what in str(raised.value)
    assert all(problem.place.of for problem in raised.value.problems)


def test_a_fault_of_all_clients_is_told_once() -> None:
    with pytest.raises(SourceError) as raised:
        patch(
            rrset("a.example.com", "A", "192.0.2.1", variant="eu"),
            rrset("a.example.com", "A", "192.0.2.2", variant="us"),
            rrset("b.example.com", "A", "nowhere"),
        )
    assert len(raised.value.problems) == 1


def test_the_servers_of_a_delegation_may_go() -> None:
    assert patch(removal("sub.example.com", "NS")).removes(at("sub.example.com"), NS)
    assert patch(removal("sub.example.com")).removes(at("sub.example.com"), CNAME)
