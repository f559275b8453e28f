"""Which zone a record is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.plans.terraform.making import ZONE, ZONE_ID, change, plan, read, real, record, wrong

if TYPE_CHECKING:
    from mailcheck.plans.plan import Plan

ADDRESS = 'module.dns["a"].aws_route53_record.x[0]'
RECORD = change(ADDRESS, "create", after=record("x", "A", "192.0.2.1"))


def in_state(*resources: dict[str, Any], deep: int = 0) -> dict[str, Any]:
    module: dict[str, Any] = {"resources": [*resources]}
    for _ in range(deep):
        module = {"child_modules": [module]}
    return {"prior_state": {"format_version": "1.0", "values": {"root_module": module}}}


DATA: dict[str, Any] = {
    "address": "data.aws_route53_zone.main",
    "mode": "data",
    "type": "aws_route53_zone",
    "values": {"zone_id": ZONE_ID, "name": "example.com", "private_zone": False},
}


@pytest.mark.parametrize("deep", [0, 3])
def test_one_that_is_looked_up(deep: int) -> None:
    [one] = read(plan(RECORD, **in_state(DATA, deep=deep))).rrsets
    assert one.zone == "example.com"


def test_a_private_one_is_left_out() -> None:
    private = {**DATA, "values": {**DATA["values"], "private_zone": True}}
    found = read(plan(RECORD, **in_state(private)))
    assert found.rrsets == ()
    assert found.notes == (
        (
            "1 resource of example.com (data.aws_route53_zone.main): private, so mail servers "
            "elsewhere do not see it"
        ),
    )


@pytest.mark.parametrize(
    "of",
    [
        ADDRESS,
        'module.dns["a"].aws_route53_record.x',
        "module.dns.aws_route53_record.x",
        'module.dns["a"]',
        "module.dns",
        ZONE_ID,
    ],
)
def test_one_that_the_run_says(of: str) -> None:
    [one] = read(plan(RECORD), zones={of: "example.com"}).rrsets
    assert (one.zone, one.name) == ("example.com", "x.example.com")


def test_what_is_said_of_one_record_holds_of_its_zone() -> None:
    other = change("aws_route53_record.y", "create", after=record("y", "A", "192.0.2.1"))
    found = read(plan(other, RECORD), zones={ADDRESS: "example.com"})
    assert [one.name for one in found.rrsets] == ["y.example.com", "x.example.com"]


def test_what_the_run_says_goes_before_the_plan() -> None:
    [one] = read(plan(ZONE, RECORD), zones={ADDRESS: "example.net"}).rrsets
    assert one.zone == "example.net"


def test_nobody_says_it() -> None:
    text = wrong(plan(RECORD))
    assert "its zone cannot be told from the plan (zone_id 'Z0123456789EXAMPLE')" in text
    assert f"say it by --mail-zone-of '{ADDRESS}=example.com', or of all that is in it by " in text
    assert "by 'Z0123456789EXAMPLE=example.com', with the zone's name" in text


def test_what_stays_needs_no_zone() -> None:
    same = record("x", "A", "192.0.2.1")
    assert read(plan(change("aws_route53_record.x", "no-op", same, same))).rrsets == ()


def test_two_zones_with_one_identifier_are_none() -> None:
    other = {
        **DATA,
        "address": "data.aws_route53_zone.o",
        "values": {"zone_id": ZONE_ID, "name": "a.b"},
    }
    assert "cannot be told" in wrong(plan(RECORD, **in_state(DATA, other)))


def test_a_zone_whose_name_is_not_known() -> None:
    zone = change(
        "aws_route53_zone.main",
        "update",
        {"name": "a"},
        {"zone_id": ZONE_ID, "vpc": []},
        after_unknown={"name": True},
    )
    assert "name of the zone is known only after apply" in wrong(plan(zone, RECORD))


def test_a_zone_of_which_nobody_knows_whether_it_is_private() -> None:
    zone = change(
        "aws_route53_zone.main",
        "update",
        {"name": "a"},
        {"zone_id": ZONE_ID, "name": "example.com"},
        after_unknown={"vpc": True},
    )
    assert "vpc of the zone is known only after apply" in wrong(plan(zone, RECORD))


STATE = {
    "address": "aws_route53_zone.main",
    "mode": "managed",
    "type": "aws_route53_zone",
    "values": ZONE["change"]["before"],
}


@pytest.mark.parametrize("state", [{}, in_state(STATE)])
def test_one_that_is_deleted(state: dict[str, Any]) -> None:
    zone = change("aws_route53_zone.main", "delete", ZONE["change"]["before"])
    gone = change("aws_route53_record.x", "delete", record("x", "A", "192.0.2.1"))
    found = read(plan(zone, gone, **state))
    assert [one.name for one in found.removals] == ["x.example.com"]
    assert unserved(found) == {"example.com": f"{DELETED} aws_route53_zone.main in plan.json:1"}
    assert not found.notes


DELETED = "the zone is deleted by"
ANEW = "the zone is made anew, maybe with other name servers, by"
PRIVATE = {**ZONE["change"]["before"], "vpc": [{"vpc_id": "vpc-1"}]}
NEW = {"name": "example.com", "vpc": []}
LATER = {"id": True, "zone_id": True}


def unserved(found: Plan) -> dict[str, str]:
    """Why nobody serves a zone, by the zone; of one that is made anew, without what follows of it."""
    return {one.zone: one.why.partition(", and nobody")[0] for one in found.unserved}


def zone_change(
    actions: str, after: dict[str, Any] | None = None, at: str = "main", **more: Any
) -> dict[str, Any]:
    """A change to the zone example.com, which was there if it is not just made."""
    was = None if actions == "create" else ZONE["change"]["before"]
    return change(f"aws_route53_zone.{at}", actions, was, after, after_unknown=LATER, **more)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param(
            [zone_change("delete create", NEW)],
            f"{ANEW} aws_route53_zone.main in plan.json:1",
            id="replaced",
        ),
        pytest.param(
            [zone_change("create delete", NEW)],
            f"{ANEW} aws_route53_zone.main in plan.json:1",
            id="replaced, the new one first",
        ),
        pytest.param(
            [zone_change("delete"), zone_change("create", NEW, at="other")],
            f"{ANEW} aws_route53_zone.other in plan.json:1",
            id="made under another address",
        ),
        pytest.param(
            [zone_change("delete"), zone_change("create", PRIVATE, at="other")],
            f"{DELETED} aws_route53_zone.main in plan.json:1",
            id="a private one is made",
        ),
        pytest.param(
            [
                zone_change("delete"),
                change(
                    "google_dns_managed_zone.g",
                    "create",
                    after={"dns_name": "Example.com.", "name": "g"},
                ),
            ],
            f"{ANEW} google_dns_managed_zone.g in plan.json:1",
            id="made by another provider",
        ),
        pytest.param(
            [
                change(
                    "aws_route53_zone.main",
                    "delete create",
                    ZONE["change"]["before"],
                    {"vpc": []},
                    after_unknown={"name": True, **LATER},
                )
            ],
            f"{DELETED} aws_route53_zone.main in plan.json:1",
            id="replaced by one whose name nobody knows",
        ),
        pytest.param(
            [zone_change("delete"), zone_change("no-op", ZONE["change"]["after"], at="other")],
            f"{DELETED} aws_route53_zone.main in plan.json:1",
            id="another one of the name stays",
        ),
        pytest.param(
            [
                zone_change("no-op", ZONE["change"]["after"])
                | {"previous_address": "aws_route53_zone.old"}
            ],
            "",
            id="moved",
        ),
        pytest.param([zone_change("update", ZONE["change"]["after"])], "", id="updated"),
        pytest.param([zone_change("forget")], "", id="forgotten"),
        pytest.param([zone_change("create", NEW)], "", id="made for the first time"),
        pytest.param(
            [change("aws_route53_zone.main", "delete create", PRIVATE, PRIVATE)],
            "",
            id="a private one",
        ),
    ],
)
def test_one_that_nobody_serves(changes: list[dict[str, Any]], why: str) -> None:
    assert unserved(read(plan(*changes))) == ({"example.com": why} if why else {})


@pytest.mark.parametrize(
    ("kind", "was"),
    [
        ("azurerm_dns_zone", {"name": "example.com"}),
        ("cloudflare_zone", {"id": "c1", "zone": "example.com"}),
        ("digitalocean_domain", {"id": "example.com", "name": "example.com"}),
        ("google_dns_managed_zone", {"name": "g", "dns_name": "example.com."}),
        ("hcloud_zone", {"id": "7", "name": "example.com"}),
        ("hetznerdns_zone", {"id": "h1", "name": "example.com"}),
        ("powerdns_zone", {"id": "example.com.", "name": "example.com."}),
    ],
)
def test_zones_of_other_providers(kind: str, was: dict[str, Any]) -> None:
    found = read(plan(change(f"{kind}.main", "delete", was)))
    assert unserved(found) == {"example.com": f"{DELETED} {kind}.main in plan.json:1"}


def test_the_line_that_makes_it_anew() -> None:
    files = {"zones.tf": '\n\nresource "aws_route53_zone" "main" {\n'}
    [one] = read(plan(zone_change("delete create", NEW)), files).unserved
    assert one.place.line_of == "aws_route53_zone.main in zones.tf:3"
    assert one.why == (
        f"{ANEW} aws_route53_zone.main in zones.tf:3, and nobody delegates it to those yet"
    )


def test_the_records_of_one_that_is_made_anew_are_not_all_that_is_known_of_it() -> None:
    again = change("aws_route53_record.x", "create", after=record("x", "A", "192.0.2.1"))
    found = read(plan(zone_change("delete create", {**NEW, "zone_id": ZONE_ID}), again))
    assert [one.name for one in found.rrsets] == ["x.example.com"]
    assert (found.whole, found.notes) == ((), ())


@pytest.mark.parametrize("state", [{}, in_state(STATE)])
def test_one_that_gets_another_name(state: dict[str, Any]) -> None:
    """Terraform replaces it, and all records in it: the state before knows its old name only."""
    zone = change(
        "aws_route53_zone.main",
        "delete create",
        ZONE["change"]["before"],
        {"name": "example.net", "vpc": []},
        after_unknown={"id": True, "zone_id": True},
    )
    moved = change(
        "aws_route53_record.x",
        "delete create",
        record("x", "A", "192.0.2.1"),
        record("x", "A", "192.0.2.1", zone_id=None),
        after_unknown={"zone_id": True},
    )
    refers = {
        "address": "aws_route53_record.x",
        "mode": "managed",
        "type": "aws_route53_record",
        "name": "x",
        "expressions": {"zone_id": {"references": ["aws_route53_zone.main.zone_id"]}},
    }
    configuration = {"root_module": {"resources": [refers]}}
    found = read(plan(zone, moved, configuration=configuration, **state))
    assert [one.name for one in found.rrsets] == ["x.example.net"]
    assert [one.name for one in found.removals] == ["x.example.com"]
    assert found.notes == (
        "example.net: the zone is new, so nothing is in it but what the plan says",
    )
    assert unserved(found) == {"example.com": f"{DELETED} aws_route53_zone.main in plan.json:1"}


def without_zone_id(plan: dict[str, Any], expression: Any) -> dict[str, Any]:
    """The plan of new zones, with another expression for the zone of the module's records."""
    plan["configuration"]["root_module"]["module_calls"]["mail"]["expressions"]["zone_id"] = (
        expression
    )
    return plan


@pytest.mark.parametrize(
    ("references", "zone"),
    [
        pytest.param(
            ["aws_route53_zone.main.zone_id", "aws_route53_zone.main"], "example.com", id="one"
        ),
        pytest.param(
            ["each.key", "aws_route53_zone.other"], "each", id="the one with the same key"
        ),
        pytest.param(
            ['aws_route53_zone.other["example.org"].id'], "example.org", id="a written key"
        ),
        pytest.param(
            ['aws_route53_zone.other["example.edu"].id'], "", id="a key that is not there"
        ),
        pytest.param(["aws_route53_zone.other"], "", id="several"),
        pytest.param(["aws_route53_zone.main", "aws_route53_zone.other"], "", id="one or another"),
        pytest.param(["local.zone"], "", id="a local value"),
        pytest.param(["var.zone"], "", id="a variable of the root"),
        pytest.param(["module.mail.zone"], "", id="an output that is not there"),
        pytest.param([], "", id="nothing"),
        pytest.param([5, None], "", id="no references"),
    ],
)
def test_before_it_has_an_identifier(references: list[Any], zone: str) -> None:
    created, _ = real("create")
    said = without_zone_id(created, {"references": references})
    if not zone:
        assert "cannot be told" in wrong(said)
    elif zone == "each":
        found = [one for one in read(said).rrsets if "module.mail" in one.place.of]
        assert len(found) == 4
        assert all(f'"{one.zone}"' in one.place.of for one in found)
    else:
        found = [one for one in read(said, zones={}).rrsets if "module.mail" in one.place.of]
        assert {one.zone for one in found} == {zone}


def test_references_that_run_in_circles() -> None:
    created, _ = real("create")
    said = without_zone_id(created, {"references": ["module.mail.zone"]})
    module = said["configuration"]["root_module"]["module_calls"]["mail"]["module"]
    module["outputs"]["zone"] = {"expression": {"references": ["var.zone_id"]}}
    assert "cannot be told" in wrong(said)


def numbered(*expression: str, records: int, zones: int) -> dict[str, Any]:
    """New zones and records, by ``count``, of which each refers to a zone by *expression*."""
    after = {**record("x", "A", "192.0.2.1"), "zone_id": None}
    return plan(
        *(
            change(f"aws_route53_zone.z[{i}]", "create", after={"name": f"z{i}.example", "vpc": []})
            for i in range(zones)
        ),
        *(
            change(
                f"aws_route53_record.x[{i}]", "create", after=after, after_unknown={"zone_id": True}
            )
            for i in range(records)
        ),
        configuration={
            "root_module": {
                "resources": [
                    {
                        "address": "aws_route53_record.x",
                        "expressions": {"zone_id": {"references": [*expression]}},
                    }
                ]
            }
        },
    )


def test_instances_with_one_number_belong_together() -> None:
    found = read(numbered("aws_route53_zone.z", "count.index", records=3, zones=3))
    assert [one.zone for one in found.rrsets] == ["z0.example", "z1.example", "z2.example"]


@pytest.mark.parametrize(("records", "zones"), [(2, 3), (4, 2)])
def test_others_may_not(records: int, zones: int) -> None:
    said = numbered("aws_route53_zone.z", "count.index", records=records, zones=zones)
    assert "cannot be told" in wrong(said)


def test_a_number_that_is_written() -> None:
    said = numbered(
        "aws_route53_zone.z[1].id",
        "aws_route53_zone.z[1]",
        "aws_route53_zone.z",
        records=1,
        zones=3,
    )
    assert [one.zone for one in read(said).rrsets] == ["z1.example"]


def test_a_private_record_that_changes_is_counted_once() -> None:
    values = {**DATA["values"], "private_zone": True}
    old, new = record("x", "A", "10.0.0.1"), record("x", "A", "10.0.0.2")
    said = plan(change(ADDRESS, "update", old, new), **in_state({**DATA, "values": values}))
    assert read(said).notes[0].startswith("1 resource of example.com")


def test_references_to_everything_are_not_followed_for_ever() -> None:
    created, _ = real("create")
    names = [f"v{i}" for i in range(2_000)]
    said = without_zone_id(created, {"references": [f"module.mail.{name}" for name in names]})
    module = said["configuration"]["root_module"]["module_calls"]["mail"]["module"]
    all_of_them = {"references": [f"module.mail.{name}" for name in names]}
    module["outputs"] = {name: {"expression": all_of_them} for name in names}
    assert "cannot be told" in wrong(said)
