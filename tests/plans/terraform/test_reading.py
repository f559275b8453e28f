"""Resources of a plan, in order."""

from __future__ import annotations

import pytest

from mailcheck.plans.terraform.unread import has_records
from tests.plans.terraform.making import ZONE, change, lines, plan, read, record, wrong

UNREAD = (
    "ns1_record",
    "gandi_livedns_record",
    "ovh_domain_zone_record",
    "akamai_dns_record",
    "linode_domain_record",
    "vultr_dns_record",
    "desec_rrset",
    "scaleway_domain_record",
    "openstack_dns_recordset_v2",
    "infoblox_mx_record",
    "njalla_record_mx",
    "namecheap_domain_records",
    "aws_route53_traffic_policy_instance",
    "cloudflare_email_routing_settings",
    "aws_eip_domain_name",
    "hcloud_rdns",
)


@pytest.mark.parametrize("kind", UNREAD)
@pytest.mark.parametrize("actions", ["create", "update", "delete", "delete create"])
def test_a_resource_with_records_that_is_not_understood(kind: str, actions: str) -> None:
    text = wrong(plan(ZONE, change(f"{kind}.x", actions, {"name": "a"}, {"name": "b"})))
    assert f"plan.json:1:1: {kind}.x: {kind} has DNS records, and is not understood" in text
    assert "zone:FILE" in text


@pytest.mark.parametrize("kind", UNREAD)
@pytest.mark.parametrize("actions", ["no-op", "forget"])
def test_one_that_stays(kind: str, actions: str) -> None:
    assert read(plan(change(f"{kind}.x", actions, {"name": "a"}, {"name": "a"}))).rrsets == ()


@pytest.mark.parametrize(
    "kind",
    [
        "aws_eip",
        "aws_route53_zone",
        "aws_route53_health_check",
        "aws_ses_domain_dkim",
        "aws_config_configuration_recorder",
        "aws_route53domains_delegation_signer_record",
        "google_dns_managed_zone",
        "time_static",
    ],
)
def test_what_has_no_records(kind: str) -> None:
    assert not has_records(kind)


@pytest.mark.parametrize(
    "kind", ["azurerm_private_dns_a_record", "azurerm_private_dns_zone_virtual_network_link"]
)
def test_private_records_are_left_out(kind: str) -> None:
    found = read(plan(change(f"{kind}.x", "create", after={"name": "a"})))
    assert found.notes == (
        f"1 resource of {kind}: private, so mail servers elsewhere do not see it",
    )


def test_all_problems_are_told() -> None:
    bad = [
        change(f"aws_route53_record.x[{i}]", "create", after=record("x", "A", "?", zone_id=zone))
        for i, zone in enumerate((record("x", "A")["zone_id"], "Z9", None))
    ]
    text = wrong(plan(ZONE, *bad, change("ns1_record.x", "create", after={}), {}))
    assert len(text.splitlines()) == 5
    for said in (
        "x[0]: '?' is no data",
        "x[1]: its zone",
        "x[2]: zone_id",
        "ns1_record.x",
        "no type",
    ):
        assert said in text


def test_names_that_are_known_only_later_are_counted() -> None:
    def dkim(key: str) -> dict[str, object]:
        after = {**record("x", "CNAME", "a.example.net"), "name": None}
        unknown = {"name": True}
        return change(f"aws_route53_record.x{key}", "create", after=after, after_unknown=unknown)

    found = read(
        plan(
            ZONE,
            dkim("[0]"),
            dkim("[1]"),
            change("aws_route53_record.y", "create", after=record("y", "A", "192.0.2.1")),
        )
    )
    assert lines(found) == ["y.example.com 300 A 192.0.2.1"]
    assert found.notes == (
        (
            "2 resources of aws_route53_record.x in example.com: its name is known only after apply, "
            "so it is not judged"
        ),
    )


def test_one_whose_name_is_known_only_later_leaves_its_old_name() -> None:
    old = record("x", "A", "192.0.2.1")
    later = change(
        "aws_route53_record.x",
        "delete create",
        old,
        {**old, "name": None},
        after_unknown={"name": True},
    )
    assert lines(read(plan(ZONE, later))) == ["- x.example.com A"]


def test_a_type_that_is_known_only_later() -> None:
    after = {**record("x", "A", "192.0.2.1"), "type": None}
    said = change("aws_route53_record.x", "create", after=after, after_unknown={"type": True})
    assert "its type is known only after apply" in wrong(plan(ZONE, said))


def test_addresses_move_no_cursor() -> None:
    said = change('aws_route53_record.x["\x1b[2J"]', "create", after=record("x", "A", "?"))
    assert "\x1b" not in wrong(plan(ZONE, said))


def test_of_thousands_of_problems_some_are_told() -> None:
    bad = [change(f"ns1_record.x[{i}]", "create", after={}) for i in range(2_000)]
    text = wrong(plan(*bad))
    assert len(text.splitlines()) == 101
    assert "there are 1900 more problems in this plan" in text
