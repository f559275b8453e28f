"""Records of providers that are written by their schemas; no real plan is here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plans.terraform.making import change, lines, plan, read, wrong


def there(kind: str, **attributes: Any) -> dict[str, Any]:
    """A zone that stays."""
    return change(f"{kind}.main", "no-op", attributes, attributes)


ZONES = [
    there("google_dns_managed_zone", name="main", dns_name="example.com.", visibility="public"),
    there("google_dns_managed_zone", name="inside", dns_name="example.com.", visibility="private"),
    there("hetznerdns_zone", id="rMu2waTJPbHr4", name="example.com"),
    there("hcloud_zone", id=4711, name="example.com"),
]
ZONES[1]["address"] = "google_dns_managed_zone.inside"

LONG = "a" * 300

AZURE = {"zone_name": "example.com", "resource_group_name": "dns", "ttl": 300}
GOOGLE = {"managed_zone": "main", "ttl": 300}
DIGITALOCEAN = {"domain": "example.com", "ttl": 300}
HETZNER = {"zone_id": "rMu2waTJPbHr4", "ttl": 300}
CLOUD = {"zone": "example.com", "ttl": 300}
UPDATE = {"zone": "example.com.", "ttl": 300}
POWERDNS = {"zone": "example.com.", "ttl": 300}

RECORDS: list[tuple[str, dict[str, Any], str]] = [
    (
        "google_dns_record_set",
        {**GOOGLE, "name": "example.com.", "type": "MX", "rrdatas": ["10 mail.example.com."]},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "google_dns_record_set",
        {**GOOGLE, "name": "a.example.com.", "type": "TXT", "rrdatas": ['"a""b"']},
        'a.example.com 300 TXT "a" "b"',
    ),
    (
        "google_dns_record_set",
        {**GOOGLE, "name": "a.example.com.", "type": "TXT", "rrdatas": ['"v=DKIM1; k=rsa"']},
        'a.example.com 300 TXT "v=DKIM1; k=rsa"',
    ),
    (
        "google_dns_record_set",
        {**GOOGLE, "name": "a.example.com.", "type": "TXT", "rrdatas": ["v=spf1 -all"]},
        'a.example.com 300 TXT "v=spf1" "-all"',
    ),
    (
        "google_dns_record_set",
        {
            **GOOGLE,
            "managed_zone": "projects/p/managedZones/main",
            "name": "a.example.com.",
            "type": "A",
            "ttl": None,
            "rrdatas": ["192.0.2.1"],
        },
        "a.example.com 300 A 192.0.2.1",
    ),
    (
        "azurerm_dns_a_record",
        {**AZURE, "name": "@", "records": ["192.0.2.1", "192.0.2.2"]},
        "example.com 300 A 192.0.2.1 + 192.0.2.2",
    ),
    (
        "azurerm_dns_aaaa_record",
        {**AZURE, "name": "a", "records": ["2001:db8::1"]},
        "a.example.com 300 AAAA 2001:db8::1",
    ),
    (
        "azurerm_dns_mx_record",
        {**AZURE, "name": "@", "record": [{"preference": "10", "exchange": "mail.example.com"}]},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "azurerm_dns_txt_record",
        {**AZURE, "name": "a", "record": [{"value": LONG}]},
        f'a.example.com 300 TXT "{"a" * 254}" "{"a" * 46}"',
    ),
    (
        "azurerm_dns_txt_record",
        {**AZURE, "name": "a", "record": [{"value": 'a "b"'}]},
        'a.example.com 300 TXT "a \\"b\\""',
    ),
    (
        "azurerm_dns_cname_record",
        {**AZURE, "name": "a", "record": "b.example.net"},
        "a.example.com 300 CNAME b.example.net.",
    ),
    (
        "azurerm_dns_srv_record",
        {
            **AZURE,
            "name": "_imaps._tcp",
            "record": [{"priority": 0, "weight": 5, "port": 993, "target": "a.example.com"}],
        },
        "_imaps._tcp.example.com 300 SRV 0 5 993 a.example.com.",
    ),
    (
        "azurerm_dns_caa_record",
        {**AZURE, "name": "@", "record": [{"flags": 0, "tag": "issue", "value": "ca.example.net"}]},
        'example.com 300 CAA 0 issue "ca.example.net"',
    ),
    (
        "azurerm_dns_ns_record",
        {**AZURE, "name": "sub", "records": ["ns1.example.net."]},
        "sub.example.com 300 NS ns1.example.net.",
    ),
    (
        "azurerm_dns_ptr_record",
        {**AZURE, "name": "1", "records": ["a.example.com"]},
        "1.example.com 300 PTR a.example.com.",
    ),
    (
        "azurerm_dns_tlsa_record",
        {
            "dns_zone_id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/dnsZones/example.com",
            "ttl": 300,
            "name": "_25._tcp",
            "record": [
                {
                    "usage": 3,
                    "selector": 1,
                    "matching_type": 1,
                    "certificate_association_data": "ab" * 32,
                }
            ],
        },
        f"_25._tcp.example.com 300 TLSA 3 1 1 {'ab' * 32}",
    ),
    (
        "azurerm_dns_a_record",
        {**AZURE, "name": "@", "records": [], "target_resource_id": "/subscriptions/x"},
        "example.com A ? azurerm_dns_a_record.x: what Azure finds at its target resource",
    ),
    (
        "digitalocean_record",
        {**DIGITALOCEAN, "name": "@", "type": "MX", "value": "mail", "priority": 10},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "digitalocean_record",
        {**DIGITALOCEAN, "name": "@", "type": "MX", "value": "mail.example.net.", "priority": 10},
        "example.com 300 MX 10 mail.example.net.",
    ),
    (
        "digitalocean_record",
        {**DIGITALOCEAN, "name": "@", "type": "MX", "value": "mail.example.com", "priority": 10},
        "example.com 300 MX 10 mail.example.com.example.com.",
    ),
    (
        "digitalocean_record",
        {**DIGITALOCEAN, "name": "a", "type": "CNAME", "value": "@"},
        "a.example.com 300 CNAME example.com.",
    ),
    (
        "digitalocean_record",
        {
            **DIGITALOCEAN,
            "name": "a.example.com.",
            "type": "TXT",
            "value": "v=spf1 -all",
            "ttl": None,
        },
        'a.example.com 1800 TXT "v=spf1 -all"',
    ),
    (
        "digitalocean_record",
        {
            **DIGITALOCEAN,
            "name": "@",
            "type": "CAA",
            "value": "ca.example.net.",
            "flags": 0,
            "tag": "issue",
        },
        'example.com 300 CAA 0 issue "ca.example.net"',
    ),
    (
        "hetznerdns_record",
        {**HETZNER, "name": "@", "type": "MX", "value": "10 mail"},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "hetznerdns_record",
        {**HETZNER, "name": "a", "type": "TXT", "value": '"v=spf1 -all"', "ttl": None},
        'a.example.com 86400 TXT "v=spf1 -all"',
    ),
    (
        "hetznerdns_record",
        {**HETZNER, "name": "a", "type": "TXT", "value": "v=spf1 -all"},
        'a.example.com 300 TXT "v=spf1 -all"',
    ),
    (
        "dns_a_record_set",
        {**UPDATE, "name": "a", "addresses": ["192.0.2.1"]},
        "a.example.com 300 A 192.0.2.1",
    ),
    (
        "dns_mx_record_set",
        {**UPDATE, "name": None, "mx": [{"preference": 10, "exchange": "mail.example.com."}]},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "dns_txt_record_set",
        {**UPDATE, "name": "a", "txt": [LONG], "ttl": None},
        f'a.example.com 3600 TXT "{"a" * 255}" "{"a" * 45}"',
    ),
    (
        "dns_txt_record_set",
        {**UPDATE, "name": "a", "txt": ['a" "b', 'c \\"d\\" \\059']},
        'a.example.com 300 TXT "a" "b" + "c \\"d\\" ;"',
    ),
    (
        "dns_cname_record",
        {**UPDATE, "name": "a", "cname": "b.example.net."},
        "a.example.com 300 CNAME b.example.net.",
    ),
    (
        "dns_ns_record_set",
        {**UPDATE, "name": "a", "nameservers": ["ns1.example.net."]},
        "a.example.com 300 NS ns1.example.net.",
    ),
    (
        "dns_srv_record_set",
        {
            **UPDATE,
            "name": "_imaps._tcp",
            "srv": [{"priority": 0, "weight": 5, "port": 993, "target": "a.example.com."}],
        },
        "_imaps._tcp.example.com 300 SRV 0 5 993 a.example.com.",
    ),
    (
        "powerdns_record",
        {**POWERDNS, "name": "a.example.com.", "type": "TXT", "records": ['"v=spf1 -all"']},
        'a.example.com 300 TXT "v=spf1 -all"',
    ),
    (
        "powerdns_record",
        {**POWERDNS, "name": "example.com.", "type": "MX", "records": ["10 mail.example.com."]},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "hcloud_zone_rrset",
        {**CLOUD, "name": "@", "type": "MX", "records": [{"value": "10 mail.example.com."}]},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "hcloud_zone_rrset",
        {
            **CLOUD,
            "zone": "4711",
            "name": "a",
            "type": "TXT",
            "ttl": None,
            "records": [{"value": '"a" "b"', "comment": "c"}],
        },
        'a.example.com 3600 TXT "a" "b"',
    ),
    (
        "hcloud_zone_rrset",
        {**CLOUD, "name": "@", "type": "MX", "records": [{"value": "10 mail"}]},
        "example.com 300 MX 10 mail.example.com.",
    ),
    (
        "hcloud_zone_record",
        {**CLOUD, "name": "a", "type": "A", "value": "192.0.2.1"},
        "a.example.com 300 A 192.0.2.1",
    ),
]


@pytest.mark.parametrize(
    ("kind", "attributes", "said"), RECORDS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_records(kind: str, attributes: dict[str, Any], said: str) -> None:
    assert lines(read(plan(*ZONES, change(f"{kind}.x", "create", after=attributes)))) == [said]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    (
        "hcloud_zone_rrset",
        {**CLOUD, "zone": "4712", "name": "a", "type": "A"},
        "zone cannot be told",
    ),
    ("hcloud_zone_rrset", {**CLOUD, "name": "a", "type": "A", "records": []}, "no records"),
    (
        "google_dns_record_set",
        {**GOOGLE, "name": "a.example.net.", "type": "A", "rrdatas": ["192.0.2.1"]},
        "not in the zone",
    ),
    (
        "google_dns_record_set",
        {**GOOGLE, "name": "a.example.com.", "type": "A"},
        "neither rrdatas nor a routing policy",
    ),
    (
        "google_dns_record_set",
        {**GOOGLE, "managed_zone": "x", "name": "a.example.com.", "type": "A"},
        "zone cannot be told",
    ),
    ("azurerm_dns_mx_record", {**AZURE, "name": "@", "record": []}, "no records"),
    (
        "azurerm_dns_a_record",
        {**AZURE, "zone_name": "a..b", "name": "@", "records": []},
        "zone_name is no zone",
    ),
    (
        "digitalocean_record",
        {**DIGITALOCEAN, "name": "a.example.net.", "type": "A", "value": "192.0.2.1"},
        "its name is none",
    ),
    ("dns_a_record_set", {**UPDATE, "name": "a", "addresses": []}, "it has no data"),
    (
        "dns_txt_record_set",
        {**UPDATE, "name": "a", "txt": ['a"b']},
        "is no text with quotation marks",
    ),
    (
        "powerdns_record",
        {**POWERDNS, "name": "a.example.net.", "type": "A", "records": ["192.0.2.1"]},
        "not in the zone",
    ),
    (
        "powerdns_record",
        {**POWERDNS, "name": "a.example.com.", "type": "A", "records": []},
        "no records",
    ),
]


@pytest.mark.parametrize(
    ("kind", "attributes", "said"), WRONG, ids=lambda one: one if isinstance(one, str) else ""
)
def test_what_is_wrong(kind: str, attributes: dict[str, Any], said: str) -> None:
    assert said in wrong(plan(*ZONES, change(f"{kind}.x", "create", after=attributes)))


POLICIES: list[tuple[dict[str, Any], list[str]]] = [
    (
        {
            "wrr": [
                {"weight": 1, "rrdatas": ["192.0.2.1"]},
                {"weight": 0.5, "rrdatas": ["192.0.2.2"]},
                {"weight": 0, "rrdatas": ["192.0.2.3"]},
            ]
        },
        ["a.example.com 300 A [wrr 0] 192.0.2.1", "a.example.com 300 A [wrr 1] 192.0.2.2"],
    ),
    (
        {"geo": [{"location": "us-east1", "rrdatas": ["192.0.2.1"]}]},
        ["a.example.com 300 A [geo us-east1] 192.0.2.1"],
    ),
    (
        {
            "primary_backup": [
                {
                    "primary": [{"external_endpoints": ["192.0.2.1"]}],
                    "backup_geo": [
                        {
                            "location": "us-east1",
                            "health_checked_targets": [{"external_endpoints": ["192.0.2.2"]}],
                        }
                    ],
                }
            ]
        },
        [
            "a.example.com 300 A [primary] 192.0.2.1",
            "a.example.com 300 A [backup us-east1] 192.0.2.2",
        ],
    ),
    (
        {
            "wrr": [
                {
                    "weight": 1,
                    "health_checked_targets": [
                        {"internal_load_balancers": [{"ip_address": "10.0.0.1"}]}
                    ],
                }
            ]
        },
        ["a.example.com A [wrr 0] ? addresses of load balancers inside"],
    ),
]


@pytest.mark.parametrize(("policy", "said"), POLICIES)
def test_routing_policies_of_google(policy: dict[str, Any], said: list[str]) -> None:
    after = {
        **GOOGLE,
        "name": "a.example.com.",
        "type": "A",
        "rrdatas": None,
        "routing_policy": [policy],
    }
    assert (
        lines(read(plan(*ZONES, change("google_dns_record_set.x", "create", after=after)))) == said
    )


@pytest.mark.parametrize("policy", [{}, {"wrr": [{"weight": 1}]}])
def test_routing_policies_without_data(policy: dict[str, Any]) -> None:
    after = {**GOOGLE, "name": "a.example.com.", "type": "A", "routing_policy": [policy]}
    text = wrong(plan(*ZONES, change("google_dns_record_set.x", "create", after=after)))
    assert "routing_policy" in text


def test_private_zones_of_google_are_left_out() -> None:
    after = {
        **GOOGLE,
        "managed_zone": "inside",
        "name": "a.example.com.",
        "type": "A",
        "rrdatas": ["10.0.0.1"],
    }
    found = read(plan(*ZONES, change("google_dns_record_set.x", "create", after=after)))
    assert found.rrsets == ()
    assert "1 resource of example.com (google_dns_managed_zone.inside): private" in found.notes[0]


def test_a_domain_that_is_new_may_have_an_address() -> None:
    def zone(**more: Any) -> dict[str, Any]:
        return change("digitalocean_domain.x", "create", after={"name": "example.com", **more})

    after = {**DIGITALOCEAN, "name": "a", "type": "A", "value": "192.0.2.1"}
    a_record = change("digitalocean_record.x", "create", after=after)
    assert read(plan(zone(), a_record)).whole == ("example.com",)
    assert read(plan(zone(ip_address="192.0.2.1"), a_record)).whole == ()


def test_updates_add_to_what_is_there() -> None:
    after = {**UPDATE, "name": "@", "addresses": ["192.0.2.1"]}
    found = read(plan(change("dns_a_record_set.x", "create", after=after)))
    assert lines(found) == ["\\@.example.com 300 A 192.0.2.1"]
    assert found.notes == (
        ("\\@.example.com A: its records are added to those that are there, which are not seen"),
    )
