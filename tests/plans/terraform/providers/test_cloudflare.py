"""Records of Cloudflare, by the schemas of its provider's versions 4 and 5; no real plan is here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plans.terraform.making import change, lines, plan, read, wrong

ID = "023e105f4ecef8ad9ca31a8372d0c353"
ZONE = change(
    "cloudflare_zone.main",
    "no-op",
    {"id": ID, "zone": "example.com"},
    {"id": ID, "zone": "example.com"},
)
ZONE_5 = change(
    "cloudflare_zone.main",
    "no-op",
    {"id": ID, "name": "example.com"},
    {"id": ID, "name": "example.com"},
)


def of_4(name: str, rdtype: str, value: str | None, **more: Any) -> dict[str, Any]:
    said = {"zone_id": ID, "name": name, "type": rdtype, "value": value, "content": value}
    return {**said, "ttl": 1, "proxied": False, "priority": None, "data": [], **more}


def of_5(name: str, rdtype: str, content: str | None, **more: Any) -> dict[str, Any]:
    said = {"zone_id": ID, "name": name, "type": rdtype, "content": content, "ttl": 1}
    return {**said, "proxied": False, "priority": None, "data": None, "settings": None, **more}


def made(attributes: dict[str, Any], kind: str = "cloudflare_record", **more: Any) -> list[str]:
    said = change(f"{kind}.x", "create", after=attributes, **more)
    return lines(read(plan(ZONE, said)))


SRV = {"priority": 0, "weight": 5, "port": 993, "target": "imap.example.com"}

RECORDS: list[tuple[tuple[str, str, str], dict[str, Any], list[str]]] = [
    (
        ("@", "MX", "mail.example.com"),
        {"priority": 10},
        ["example.com 300 MX 10 mail.example.com."],
    ),
    (("example.com", "MX", "."), {"priority": 0}, ["example.com 300 MX 0 ."]),
    (("a", "A", "192.0.2.1"), {"ttl": 60}, ["a.example.com 60 A 192.0.2.1"]),
    (("a.example.com", "AAAA", "2001:db8::1"), {}, ["a.example.com 300 AAAA 2001:db8::1"]),
    (("_dmarc", "TXT", "v=DMARC1; p=none"), {}, ['_dmarc.example.com 300 TXT "v=DMARC1; p=none"']),
    (("a", "TXT", '"a" "b"'), {}, ['a.example.com 300 TXT "a" "b"']),
    (("a", "TXT", 'a "b" \\'), {}, ['a.example.com 300 TXT "a \\"b\\" \\\\"']),
    (("a", "TXT", "a" * 256), {}, [f'a.example.com 300 TXT "{"a" * 255}" "a"']),
    (
        ("s1._domainkey", "CNAME", "a.example.net"),
        {},
        ["s1._domainkey.example.com 300 CNAME a.example.net."],
    ),
    (
        ("@", "CNAME", "a.example.net"),
        {},
        ["example.com 300 A → a.example.net", "example.com 300 AAAA → a.example.net"],
    ),
    (
        ("a", "LOC", "1"),
        {},
        ["a.example.com LOC ? cloudflare_record.x: data of LOC are not read here"],
    ),
]


@pytest.mark.parametrize(
    ("said", "more", "found"), RECORDS, ids=lambda one: one[1] if isinstance(one, tuple) else ""
)
def test_both_versions_say_it_alike(
    said: tuple[str, str, str], more: dict[str, Any], found: list[str]
) -> None:
    assert made(of_4(*said, **more)) == found
    five = lines(
        read(plan(ZONE_5, change("cloudflare_dns_record.x", "create", after=of_5(*said, **more))))
    )
    assert five == [line.replace("cloudflare_record", "cloudflare_dns_record") for line in found]


@pytest.mark.parametrize("rdtype", ["A", "AAAA", "CNAME"])
def test_what_is_proxied_has_addresses_of_cloudflare(rdtype: str) -> None:
    value = {"A": "192.0.2.1", "AAAA": "2001:db8::1"}.get(rdtype, "a.example.net")
    why = "? cloudflare_record.x: proxied by Cloudflare, which answers with its own addresses"
    assert made(of_4("a", rdtype, value, proxied=True)) == [
        f"a.example.com A {why}",
        f"a.example.com AAAA {why}",
    ]


def test_an_alias_that_becomes_proxied_is_none_any_more() -> None:
    before, after = (of_4("a", "CNAME", "a.example.net", proxied=on) for on in (False, True))
    found = lines(read(plan(ZONE, change("cloudflare_record.x", "update", before, after))))
    assert [line.partition(" ?")[0] for line in found] == [
        "a.example.com A",
        "a.example.com AAAA",
        "- a.example.com CNAME",
    ]


def test_an_alias_that_asks_to_be_flattened() -> None:
    said = of_5("a", "CNAME", "a.example.net", settings={"flatten_cname": True})
    assert made(said, "cloudflare_dns_record")[0] == "a.example.com 300 A → a.example.net"


@pytest.mark.parametrize(
    ("rdtype", "data", "found"),
    [
        ("SRV", SRV, "0 5 993 imap.example.com."),
        (
            "CAA",
            {"flags": "0", "tag": "issue", "value": "ca.example.net"},
            '0 issue "ca.example.net"',
        ),
        ("CAA", {"flags": 0.0, "tag": "issue", "value": ";"}, '0 issue ";"'),
        (
            "TLSA",
            {"usage": 3, "selector": 1, "matching_type": 1, "certificate": "ab" * 32},
            f"3 1 1 {'ab' * 32}",
        ),
        ("HTTPS", {"priority": 1, "target": ".", "value": 'alpn="h2"'}, '1 . alpn="h2"'),
    ],
)
def test_data_in_parts(rdtype: str, data: dict[str, Any], found: str) -> None:
    assert made(of_4("a", rdtype, None, data=[data])) == [f"a.example.com 300 {rdtype} {found}"]
    five = made(
        of_5("a", rdtype, None, data=data), "cloudflare_dns_record", after_unknown={"content": True}
    )
    assert five == [f"a.example.com 300 {rdtype} {found}"]


def test_a_copy_that_is_made_later_is_not_needed() -> None:
    later = of_4("a", "A", "192.0.2.1", content=None)
    assert made(later, after_unknown={"content": True, "ttl": True}) == [
        "a.example.com 300 A 192.0.2.1"
    ]


def test_a_secret_is_not_read_from_its_copy() -> None:
    [line] = made(of_4("a", "TXT", "very-secret"), after_sensitive={"content": True})
    assert "? content of cloudflare_record.x: sensitive" in line
    assert "very-secret" not in line


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        (of_4("a", "MX", "a.example.com"), "priority is not set"),
        (of_4("a", "A", None), "value is not set"),
        (of_4("a", "SRV", None, data=[{"priority": 1}]), "data.weight is not set"),
        (
            of_4(
                "a", "SRV", None, data=[{**SRV, "service": "_imaps", "proto": "_tcp", "name": "b"}]
            ),
            "'_imaps._tcp.b' in data",
        ),
        (of_4("@", "CNAME", ".."), "content is no name"),
        (of_4("a.example.net.", "A", "192.0.2.1"), "its name is none"),
    ],
)
def test_what_is_wrong(attributes: dict[str, Any], said: str) -> None:
    assert said in wrong(plan(ZONE, change("cloudflare_record.x", "create", after=attributes)))


def mx(key: str, actions: str, *values: str | None) -> dict[str, Any]:
    states = [of_4("@", "MX", value, priority=10) if value else None for value in values]
    return change(f"cloudflare_record.{key}", actions, *states)


SINGLE = (
    "example.com MX: its resources are single records; those that this configuration does not "
    "manage are not seen"
)


def test_single_records_make_one_rrset() -> None:
    found = read(
        plan(
            ZONE,
            mx("a", "no-op", "a.example.net", "a.example.net"),
            mx("b", "create", None, "b.example.net"),
        )
    )
    assert lines(found) == ["example.com 300 MX 10 a.example.net. + 10 b.example.net."]
    assert found.rrsets[0].place.of == "cloudflare_record.b"
    assert (found.rrsets[0].takes, found.notes) == ((), ())


def test_of_single_records_one_is_deleted() -> None:
    found = read(
        plan(
            ZONE,
            mx("a", "no-op", "a.example.net", "a.example.net"),
            mx("b", "delete", "b.example.net", None),
        )
    )
    assert lines(found) == ["example.com 300 MX 10 a.example.net."]
    assert (found.rrsets[0].takes, found.notes) == (("10 b.example.net.",), ())


def test_of_single_records_one_is_changed() -> None:
    found = read(plan(ZONE, mx("b", "update", "b.example.net", "c.example.net")))
    assert lines(found) == ["example.com 300 MX 10 c.example.net."]
    assert found.rrsets[0].takes == ("10 b.example.net.",)


def test_a_proxy_shows_others_than_go() -> None:
    before, after = (of_4("a", "A", "192.0.2.1", proxied=proxied) for proxied in (True, False))
    found = read(plan(ZONE, change("cloudflare_record.x", "update", before, after)))
    [one] = [one for one in found.rrsets if one.rdtype == "A"]
    assert (one.values, one.takes) == (("192.0.2.1",), None)


def test_of_single_records_the_last_is_deleted() -> None:
    found = read(plan(ZONE, mx("b", "delete", "b.example.net", None)))
    [one] = found.rrsets
    assert (one.values, one.takes) == ((), ("10 b.example.net.",))
    assert (found.removals, found.notes) == ((), ())


def test_of_single_records_only_a_comment_changes() -> None:
    before, after = (of_4("a", "A", "192.0.2.1", comment=text) for text in ("a", "b"))
    found = read(plan(ZONE, change("cloudflare_record.x", "update", before, after)))
    assert (found.rrsets, found.notes) == ((), ())


def test_of_single_records_one_is_not_known() -> None:
    later = {**of_4("@", "MX", None, priority=10), "content": None}
    unknown = {"content": True, "value": True}
    found = read(
        plan(
            ZONE,
            mx("a", "no-op", "a.example.net", "a.example.net"),
            change("cloudflare_record.b", "create", after=later, after_unknown=unknown),
        )
    )
    assert lines(found) == [
        "example.com MX ? content of cloudflare_record.b: known only after apply"
    ]


def test_zones_that_are_looked_up_as_a_list() -> None:
    zones = {"zones": [{"id": "other", "name": "example.net"}, {"id": ID, "name": "example.com"}]}
    entry = {
        "address": "data.cloudflare_zones.x",
        "mode": "data",
        "type": "cloudflare_zones",
        "values": zones,
    }
    state = {"values": {"root_module": {"resources": [entry]}}}
    [one] = read(plan(mx("b", "create", None, "b.example.net"), prior_state=state)).rrsets
    assert one.zone == "example.com"
