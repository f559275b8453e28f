"""What DNSControl prints, exports and reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailcheck.errors import Place
from mailcheck.plans.dnscontrol import read, recognises
from mailcheck.plans.document import Document
from mailcheck.plans.plan import Given, Plan, PlannedRemoval
from tests.plans.reading import NoFiles, given, problems, said

HERE = Path(__file__).parent


def _document(name: str) -> Document:
    return Document((HERE / name).read_text(), name)


def _rrset(plan: Plan, name: str, rdtype: str) -> Any:
    [found] = [one for one in plan.rrsets if (one.name, one.rdtype) == (name, rdtype)]
    return found


def _config(*records: dict[str, Any], **domain: Any) -> str:
    held = {"name": "example.com", "dnsProviders": {"a": -1}, "records": list(records), **domain}
    return json.dumps({"registrars": [], "dns_providers": [], "domains": [held]})


def test_a_configuration() -> None:
    plan = read(_document("print_ir.json"), given())
    mx, mail, *www, spf = plan.rrsets[:5]
    assert said(mx) == ("example.com", "MX", ("10 mail.example.com.", "0 first.example.net."))
    assert mx.place == Place("print_ir.json", 11, of="example.com MX @")
    assert (mail.values, mail.ttl) == (("192.0.2.25",), 300)
    assert [(one.name, one.rdtype, one.unknown) for one in www] == [
        ("www.example.com", "A", "addresses of Cloudflare's proxy"),
        ("www.example.com", "AAAA", "addresses of Cloudflare's proxy"),
    ]
    assert (spf.values, spf.ttl) == (('"v=spf1 mx \\"-all\\""',), 300)
    assert _rrset(plan, "example.com", "AAAA").target == "web.example.net"
    assert _rrset(plan, "example.com", "CAA").values == ('0 issue "ca.example; a=b"',)
    assert _rrset(plan, "_imaps._tcp.example.com", "SRV").values == ("0 1 993 mail.example.com.",)
    assert _rrset(plan, "sip.example.com", "NAPTR").values == (
        '1 0 "U" "E2U" "!^(.*)$!sip:\\\\1!" .',
    )
    assert plan.whole == ("example.com",)
    head = Place("print_ir.json", 25, of="example.net")
    assert plan.removals == (PlannedRemoval("example.net", "old.example.net", "MX", head),)
    [rules] = plan.notes
    assert "example.com: 1 rules of Cloudflare" in rules


class _Script(NoFiles):
    shown = "dns/dnsconfig.js"
    text_ = ""

    def text(self, path: str, beside: str) -> Any:
        return self if (path, beside) == ("dnsconfig.js", "print_ir_v5.json") else None


def test_a_configuration_of_version_5() -> None:
    plan = read(_document("print_ir_v5.json"), Given(_Script()))
    mx, spf, alias, azure, *shop = plan.rrsets
    assert said(mx) == ("example.com", "MX", ("15 mail.example.com.",))
    assert mx.place == Place("dns/dnsconfig.js", 7, 3, "example.com MX @")
    assert (spf.values, spf.place.file) == (('"v=spf1 mx -all"',), "print_ir_v5.json")
    assert (alias.name, alias.rdtype, alias.target) == ("mail.example.com", "A", "lb.example.net")
    assert (azure.rdtype, azure.unknown) == ("AAAA", "what an Azure resource gives")
    assert {one.unknown for one in shop} == {"what the provider makes of PORKBUN_URLFWD"}


_A = {"type": "A", "name": "@", "target": "192.0.2.1"}


@pytest.mark.parametrize(
    ("record", "published"),
    [
        pytest.param({"type": "MX", "name": "", "target": "a."}, "MX 0 a.", id="no preference"),
        pytest.param(
            {"type": "TXT", "txtstrings": ["a", "b"]}, 'TXT "ab"', id="texts of version 3"
        ),
        pytest.param(
            {"type": "CNAME", "name": "a", "target": "b"}, "CNAME b.example.com.", id="relative"
        ),
        pytest.param(
            {
                "type": "CNAME",
                "name": "a",
                "target": "b.",
                "meta": {"cloudflare_cname_flatten": "on"},
            },
            "A → b, AAAA → b",
            id="flattened",
        ),
        pytest.param(
            {"type": "TLSA", "tlsausage": 3, "tlsamatchingtype": 1, "target": "aa" * 32},
            f"TLSA 3 0 1 {'aa' * 32}",
            id="TLSA",
        ),
        pytest.param(
            {"type": "HTTPS", "svcpriority": 1, "target": ".", "svcparams": "alpn=h2"},
            'HTTPS 1 . alpn="h2"',
            id="HTTPS",
        ),
        pytest.param(
            {"type": "R53_ALIAS", "r53_alias": {"type": "MX"}, "target": "a."},
            "MX → a",
            id="R53_ALIAS",
        ),
        pytest.param(
            {"type": "R53_ALIAS", "rdata": "A a. false Z1"}, "A → a", id="R53_ALIAS in a text"
        ),
        pytest.param(
            {"type": "AZURE_ALIAS", "azure_alias": {"type": "A"}, "target": "/x"},
            "A?",
            id="AZURE_ALIAS",
        ),
        pytest.param({"type": "CNAME", "name": "@", "target": "b."}, "A → b, AAAA → b", id="apex"),
        pytest.param({"type": "LUA", "rdata": {"LuaType": "TXT"}}, "TXT?", id="a program"),
        pytest.param({"type": "LUA", "luartype": "MX", "target": "x"}, "MX?", id="version 4"),
        pytest.param({"type": "UNKNOWN", "unknown_type_name": "LOC"}, "LOC?", id="LOC"),
        pytest.param({"type": "UNKNOWN", "unknown_type_name": "X"}, "", id="no type of DNS"),
        pytest.param({"type": "URL301", "target": "https://a"}, "A?, AAAA?", id="a redirect"),
        pytest.param({**_A, "meta": {"cloudflare_proxy": "ON"}}, "A?, AAAA?", id="proxied"),
        pytest.param({"type": "SOA", "target": "a."}, "", id="SOA"),
    ],
)
def test_a_record(record: dict[str, Any], published: str) -> None:
    other = {"type": "PTR", "name": "other", "target": "a."}  # a domain has some record
    plan = read(Document(_config(record, other), "ir.json"), given())
    shown = [
        f"{one.rdtype}?"
        if one.unknown
        else f"{one.rdtype} → {one.target}"
        if one.target
        else f"{one.rdtype} {' '.join(one.values)}"
        for one in plan.rrsets[:-1]
    ]
    assert ", ".join(shown) == published


@pytest.mark.parametrize(
    ("domain", "what"),
    [
        pytest.param({"records": [{"type": "MX"}]}, '"target"', id="an MX record of nothing"),
        pytest.param(
            {"records": [{"type": "MX", "target": ""}]},
            "no data of an MX record",
            id="an empty host",
        ),
        pytest.param(
            {"records": [{"type": "A", "target": "a"}]}, "no data of an A record", id="no address"
        ),
        pytest.param({"records": [7]}, "no JSON object", id="no record"),
        pytest.param({"records": [{**_A, "name": "a..b"}]}, "it is no name", id="no name"),
        pytest.param({"records": [{**_A, "ttl": "5m"}]}, '"ttl" is no whole number', id="no TTL"),
        pytest.param({"records": [{"type": "LOC"}]}, "cannot be read from its fields", id="LOC"),
        pytest.param(
            {"dnsProviders": {}, "records": [_A]}, "no DNS provider", id="published nowhere"
        ),
        pytest.param({"rawrecords": [{}]}, "without --raw", id="raw"),
        pytest.param({"name": 7}, '"name" is no text', id="no domain"),
        pytest.param({"unmanaged": [7]}, "no JSON object", id="no pattern"),
        pytest.param(
            {"unmanaged": [{"label_pattern": "{a,b}" * 9}]}, "more than 64 patterns", id="many"
        ),
    ],
)
def test_what_is_wrong_with_a_domain(domain: dict[str, Any], what: str) -> None:
    assert what in problems(read, _config(**{"records": [], **domain}), given())


@pytest.mark.parametrize(
    ("domain", "is_whole", "notes"),
    [
        pytest.param({}, True, 0, id="nothing"),
        pytest.param({"keepunknown": True}, False, 0, id="NO_PURGE"),
        pytest.param({"ignore_external_dns": True}, False, 1, id="IGNORE_EXTERNAL_DNS"),
        pytest.param({"unmanaged": [{"label_pattern": "a"}]}, True, 0, id="IGNORE"),
    ],
)
def test_whether_the_rest_is_deleted(domain: dict[str, Any], notes: int, *, is_whole: bool) -> None:
    plan = read(Document(_config(_A, **domain), "ir.json"), given())
    assert (bool(plan.whole), len(plan.notes)) == (is_whole, notes)


@pytest.mark.parametrize(
    ("pattern", "name", "rdtype", "stays"),
    [
        pytest.param({"label_pattern": "old"}, "old", "TXT", True, id="a name"),
        pytest.param({"label_pattern": "old"}, "older", "TXT", False, id="another"),
        pytest.param({"label_pattern": "@", "rType_pattern": "*"}, "", "MX", True, id="the apex"),
        pytest.param({"label_pattern": "*._acme"}, "a.b._acme", "TXT", True, id="names"),
        pytest.param({"label_pattern": "{a,b{c,d}}?"}, "bdx", "TXT", True, id="braces"),
        pytest.param({"label_pattern": "[!a]x"}, "ax", "TXT", False, id="all but one"),
        pytest.param({"rType_pattern": "TXT, ALIAS"}, "a", "AAAA", True, id="an alias"),
        pytest.param({"rType_pattern": "TXT"}, "a", "MX", False, id="another type"),
        pytest.param({"target_pattern": "*.b."}, "a", "MX", True, id="by target"),
    ],
)
def test_what_is_left_alone(
    pattern: dict[str, Any], name: str, rdtype: str, *, stays: bool
) -> None:
    plan = read(Document(_config(_A, unmanaged=[pattern]), "ir.json"), given())
    [left] = plan.left
    assert left.zone == "example.com"
    assert left.stays(f"{name}.example.com".removeprefix("."), rdtype) == stays


def test_records_beside_those_that_are_left_alone() -> None:
    text = _config(_A, unmanaged=[{"rType_pattern": "A", "target_pattern": "10.*"}])
    [rrset] = read(Document(text, "ir.json"), given()).rrsets
    assert rrset.unknown == "it, and records beside it that DNSControl ignores by their targets"


def _views(*names: str) -> str:
    held = [
        {"name": name, "dnsProviders": {"a": -1}, "records": [{**_A, "target": f"192.0.2.{i}"}]}
        for i, name in enumerate(names)
    ]
    return json.dumps({"registrars": [], "dns_providers": [], "domains": held})


def test_views() -> None:
    text = _views("example.com!inside", "example.com!outside", "example.net")
    wrong = problems(read, text, given())
    assert "example.com has 2 views, example.com!inside, example.com!outside" in wrong
    assert "--mail-zone-of 'example.com!outside=example.com'" in wrong
    chosen = given(zones_of={"example.com!outside": "example.com"})
    plan = read(Document(text, "ir.json"), chosen)
    assert [one.values for one in plan.rrsets] == [("192.0.2.1",), ("192.0.2.2",)]
    assert read(Document(text, "ir.json"), given("example.net")).whole == ("example.net",)
    assert "there is no domain example.org" in problems(read, text, given("example.org"))


def test_a_table() -> None:
    plan = read(_document("get_zones.tsv"), given())
    assert plan.whole == ("example.com", "example.net")
    assert [said(one) for one in plan.rrsets[:4]] == [
        ("example.com", "MX", ("10 mail.example.com.",)),
        ("example.com", "TXT", ('"v=spf1 mx -all"',)),
        ("_dmarc.example.com", "TXT", ('"v=DMARC1; p=none"',)),
        ("mail.example.com", "A", ("192.0.2.25",)),
    ]
    assert _rrset(plan, "www.example.com", "A").unknown == "addresses of Cloudflare's proxy"
    assert _rrset(plan, "alias.example.com", "A").target == "lb.example.net"
    assert plan.rrsets[3].place == Place("get_zones.tsv", 4)
    assert read(_document("get_zones.tsv"), given("example.net")).whole == ("example.net",)
    text = _document("get_zones.tsv").text
    assert "no records of example.org" in problems(read, text, given("example.org"))


def test_a_master_file() -> None:
    plan = read(_document("get_zones.zone"), given())
    assert plan.whole == ("example.com", "example.net")
    assert said(plan.rrsets[0]) == ("example.com", "MX", ("10 mail.example.com.",))
    assert said(plan.rrsets[1]) == ("example.com", "TXT", ('"v=spf1 mx; -all"',))
    assert _rrset(plan, "mail.example.com", "A").ttl == 60
    assert _rrset(plan, "www.example.com", "AAAA").unknown == "addresses of Cloudflare's proxy"
    assert _rrset(plan, "shop.example.com", "A").target == "shop.example.net"
    assert _rrset(plan, "example.com", "AAAA").target == "web.example.net"
    assert _rrset(plan, "example.com", "A").place == Place("get_zones.zone", 4)
    assert said(_rrset(plan, "example.net", "MX")) == ("example.net", "MX", ("0 .",))
    assert _rrset(plan, "www.example.net", "A").target == "web.example.org"


def test_one_zone_of_a_master_file() -> None:
    plan = read(_document("get_zones.zone"), given("example.net"))
    assert plan.whole == ("example.net",)
    assert [one.name for one in plan.rrsets] == [
        "example.net",
        "www.example.net",
        "www.example.net",
    ]
    text = _document("get_zones.zone").text
    assert "no records of example.org" in problems(read, text, given("example.org"))
    plan = read(Document("mail 60 A 192.0.2.1\n", "a"), given("example.org"))
    assert (plan.whole, plan.rrsets[0].name) == (("example.org",), "mail.example.org")


def test_a_report() -> None:
    plan = read(_document("report.json"), given())
    assert [(one.name, one.rdtype) for one in plan.rrsets if one.unknown] == [
        ("example.com", "MX"),
        ("mail.example.com", "A"),
        ("example.com", "A"),
        ("example.com", "AAAA"),
    ]
    assert [(*said(one), one.ttl) for one in plan.rrsets if not one.unknown] == [
        ("www.example.com", "CNAME", ("b.example.net.",), 60),
        ("ftp.example.com", "CNAME", ("c.example.net.",), 300),
    ]
    assert [one.name for one in plan.removals] == ["old.example.com"]
    assert plan.whole == ()
    assert plan.notes == ("example.com: not understood: Activate DNSSEC",)
    assert plan.rrsets[0].place == Place("report.json", 2, of="example.com MX")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(
            '[{"domain": "example.com", "corrections": 5, "provider": "bind"}]',
            'example.com has 5 changes, and not which; expected what "dnscontrol print-ir" prints',
            id="numbers only",
        ),
        pytest.param(
            '[{"domain": "a", "corrections": 1, "correction_details": [7]}]',
            "no texts",
            id="no texts",
        ),
        pytest.param(
            '[{"domain": "a.b", "corrections": 1, "correction_details": ["+ CREATE c.d A 1 ttl=1"]}]',
            "c.d does not lie in the zone a.b",
            id="elsewhere",
        ),
        pytest.param('var a = NewDnsProvider("a");\n', "a program in JavaScript", id="a program"),
        pytest.param("{}", "this is no configuration", id="another object"),
        pytest.param("$ORIGIN example.com.\n$TTL 300\n", "there are no records", id="no records"),
        pytest.param(
            '{"dns_providers": [], "domains": [{"name": "a.b"}]}',
            "no domain has a record",
            id="a configuration without records",
        ),
        pytest.param(
            "mail A 192.0.2.1\n", "nothing says which zone", id="a master file of no zone"
        ),
        pytest.param(
            "example.com\t@\t1\tIN\tA\t192.0.2.1\nno row", "no row of a table", id="no row"
        ),
        pytest.param(
            "a.b\ta\t1\tIN\tA\t192.0.2.1\na.b\tb\t1\tIN\tA\t192.0.2.1",
            "does not begin with b",
            id="another label",
        ),
        pytest.param(
            "$ORIGIN example.com.\n$INCLUDE /etc/passwd\n", "includes no other files", id="a file"
        ),
    ],
)
def test_what_cannot_be_read(text: str, what: str) -> None:
    assert what in problems(read, text, given())


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(
            pytest.param((HERE / name).read_text(), True, id=name)
            for name in ("print_ir.json", "print_ir_v5.json", "get_zones.tsv", "report.json")
        ),
        pytest.param(
            'D("example.com", REG, DnsProvider(a));\nvar REG = NewRegistrar("x");',
            True,
            id="JavaScript",
        ),
        pytest.param((HERE / "get_zones.zone").read_text(), False, id="a master file"),
        pytest.param("name\ttype\tttl\tvalue\n", False, id="a CSV table"),
        pytest.param('{"domains": []}', False, id="other JSON"),
        pytest.param("[]", False, id="a list"),
        pytest.param("example.com. 300 IN A 192.0.2.1\n", False, id="a record"),
        pytest.param("a.b\tc.d.\t1\tIN\tA\t192.0.2.1\n", False, id="two names"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_is_recognised(text: str, *, is_one: bool) -> None:
    assert recognises(Document(text, "plan")) == is_one
