"""Change batches of Route 53, and lists of all record sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailcheck.errors import Place
from mailcheck.plans.document import Document
from mailcheck.plans.plan import Plan, PlannedRemoval, PlannedRRset
from mailcheck.plans.route53 import read, recognises
from mailcheck.plans.route53.batch import NOT_COMPARED
from tests.plans.reading import given, problems, said

HERE = Path(__file__).parent
ZONE = given("example.com")


def _document(name: str) -> Document:
    return Document((HERE / name).read_text(), name)


def _set(identifier: str = "", value: str = "192.0.2.1", **more: Any) -> dict[str, Any]:
    held = {
        "Name": "mail.example.com",
        "Type": "A",
        "TTL": 60,
        "ResourceRecords": [{"Value": value}],
    }
    return held | ({"SetIdentifier": identifier} if identifier else {}) | more


def _batch(*changes: tuple[str, dict[str, Any]]) -> str:
    return json.dumps(
        {"Changes": [{"Action": action, "ResourceRecordSet": one} for action, one in changes]}
    )


def _read(*changes: tuple[str, dict[str, Any]]) -> Plan:
    return read(Document(_batch(*changes), "batch.json"), ZONE)


def test_a_batch() -> None:
    plan = read(_document("batch.json"), ZONE)
    mx, alias, dkim = plan.rrsets
    assert said(mx) == (
        "example.com",
        "MX",
        ("10 mail.example.com.", "20 mail2.example.com."),
    )
    assert (mx.zone, mx.ttl) == ("example.com", 300)
    assert mx.place == Place("batch.json", 4, of="UPSERT example.com MX")
    target = "dualstack.mail-1234567890.us-east-1.elb.amazonaws.com"
    assert (alias.name, alias.values, alias.target) == ("mail.example.com", (), target)
    assert dkim.values == ('"v=DKIM1; k=rsa; " "p=MIIB"',)
    place = Place("batch.json", 39, of="DELETE \\052.example.com. CNAME")
    assert plan.removals == (PlannedRemoval("example.com", "*.example.com", "CNAME", place),)
    assert plan.whole == ()
    assert plan.notes == (NOT_COMPARED,)


@pytest.mark.parametrize("key", ["Z1PA6795UKMFR9", "/hostedzone/Z1PA6795UKMFR9"])
def test_a_batch_with_the_identifier_of_its_zone(key: str) -> None:
    plan = read(_document("cli_input.json"), given(zones_of={key: "example.com"}))
    [dmarc] = plan.rrsets
    assert said(dmarc) == ("_dmarc.example.com", "TXT", ('"v=DMARC1; p=reject"',))
    assert dmarc.place.line == 5
    assert plan.notes == ()


def test_a_list() -> None:
    plan = read(_document("listed.json"), given())
    assert plan.whole == ("example.com",)
    assert [(one.rdtype, one.variant) for one in plan.rrsets] == [
        ("MX", ""),
        ("NS", ""),
        ("SOA", ""),
        ("A", "Frankfurt"),
        ("A", "Dublin"),
    ]
    assert plan.rrsets[3].place == Place("listed.json", 36, of="mail.example.com. A Frankfurt")


_BLUE = _set("blue", Weight=1)
_GREEN = _set("green", "192.0.2.2", Weight=1)
_FIRST = _set("first", Failover="PRIMARY", HealthCheckId="a")
_SECOND = _set("second", "192.0.2.2", Failover="SECONDARY")
_SIMPLE = _set()


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        pytest.param(
            [("DELETE", _SIMPLE), ("CREATE", _set(value="192.0.2.9"))], "192.0.2.9", id="replaced"
        ),
        pytest.param([("CREATE", _SIMPLE), ("DELETE", _SIMPLE)], "gone", id="made and deleted"),
        pytest.param(
            [("UPSERT", _SIMPLE), ("UPSERT", _set(value="192.0.2.9"))], "192.0.2.9", id="twice"
        ),
        pytest.param(
            [("DELETE", _SIMPLE), ("CREATE", _BLUE)], "blue 192.0.2.1", id="now by weight"
        ),
        pytest.param([("DELETE", _BLUE), ("CREATE", _SIMPLE)], "192.0.2.1", id="by weight before"),
        pytest.param(
            [("UPSERT", _BLUE), ("UPSERT", _GREEN)],
            "blue 192.0.2.1, green 192.0.2.2, a note",
            id="there may be others",
        ),
        pytest.param(
            [("UPSERT", _FIRST), ("UPSERT", _SECOND)],
            "first 192.0.2.1, second 192.0.2.2",
            id="there are no others",
        ),
        pytest.param([("UPSERT", _set("blue", Weight=0))], "unknown", id="drained for others"),
        pytest.param(
            [("UPSERT", _set("blue", Weight=0)), ("UPSERT", _GREEN)],
            "green 192.0.2.2, a note",
            id="drained for one",
        ),
        pytest.param([("DELETE", _BLUE)], "unknown", id="others may be left"),
        pytest.param([("DELETE", _FIRST), ("DELETE", _SECOND)], "gone", id="no others are left"),
        pytest.param(
            [("DELETE", _BLUE), ("CREATE", _GREEN)],
            "green 192.0.2.2, a note",
            id="one for another",
        ),
        pytest.param(
            [("UPSERT", _set("1", MultiValueAnswer=True))], "unknown", id="given with others"
        ),
    ],
)
def test_what_changes_leave(changes: list[tuple[str, dict[str, Any]]], left: str) -> None:
    plan = _read(*changes)
    shown = [_shown(one) for one in plan.rrsets] + ["gone"] * len(plan.removals)
    shown += ["a note"] * len([note for note in plan.notes if note != NOT_COMPARED])
    assert ", ".join(shown) == left


def _shown(rrset: PlannedRRset) -> str:
    return "unknown" if rrset.unknown else " ".join((rrset.variant, *rrset.values)).strip()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        pytest.param([("CREATE", _SIMPLE), ("CREATE", _SIMPLE)], "created twice", id="twice"),
        pytest.param([("DELETE", _SIMPLE), ("DELETE", _SIMPLE)], "deleted twice", id="gone twice"),
        pytest.param(
            [("CREATE", _SIMPLE), ("DELETE", _set(value="192.0.2.9"))],
            "other values",
            id="other values",
        ),
        pytest.param([("UPSERT", _SIMPLE), ("UPSERT", _BLUE)], "some with a SetId", id="mixed"),
        pytest.param(
            [("Upsert", _SIMPLE)], '"Action" is none of CREATE', id="an action in lower case"
        ),
        pytest.param([("UPSERT", _set("blue"))], "nothing that says for whom", id="no policy"),
        pytest.param(
            [("UPSERT", _set(Weight=1))], "Weight and no SetIdentifier", id="no identifier"
        ),
        pytest.param([("UPSERT", _set("a", Weight=1, Region="eu"))], "Weight and Region", id="two"),
        pytest.param([("UPSERT", _set(TTL="300"))], '"TTL" is no whole number', id="TTL as a text"),
        pytest.param([("UPSERT", _set(TTL=None))], '"TTL" is missing', id="no TTL"),
        pytest.param([("UPSERT", _set(Records=[]))], "not known, 'Records'", id="a misspelt key"),
        pytest.param([("UPSERT", _set(ResourceRecords=[]))], "neither values nor", id="no values"),
        pytest.param(
            [("UPSERT", _set(Name="mail"))], "does not lie in the zone", id="a relative name"
        ),
        pytest.param([("UPSERT", _set(AliasTarget={}))], "beside it", id="alias and values"),
        pytest.param(
            [("UPSERT", {"Name": "example.com", "Type": "A", "AliasTarget": {}})],
            '"DNSName" is missing',
            id="an alias of nothing",
        ),
    ],
)
def test_what_is_refused(changes: list[tuple[str, dict[str, Any]]], what: str) -> None:
    assert what in problems(read, _batch(*changes), ZONE)


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = _batch(("UPSERT", _set(TTL=-1)), ("UPSERT", _set(Type="LOC")))
    assert len(problems(read, text, ZONE).splitlines()) == 2


_SOA = {
    "Name": "example.com.",
    "Type": "SOA",
    "TTL": 900,
    "ResourceRecords": [{"Value": "ns.example.net. host.example.net. 1 2 3 4 5"}],
}
_PRIVATE = {
    "Name": "example.com.",
    "Type": "NS",
    "TTL": 900,
    "ResourceRecords": [
        {"Value": f"{name}."}
        for name in (
            "ns-1536.awsdns-00.co.uk",
            "ns-0.awsdns-00.com",
            "ns-1024.awsdns-00.org",
            "ns-512.awsdns-00.net",
        )
    ],
}


@pytest.mark.parametrize(
    ("value", "what"),
    [
        pytest.param(
            {"Changes": []}, "does not say its zone; give it as route53:example.com=", id="no zone"
        ),
        pytest.param(
            {"HostedZoneId": "Z1", "ChangeBatch": {"Changes": []}},
            "the hosted zone Z1 is named nowhere; give it as route53:example.com=plan, or "
            "--mail-zone-of Z1=example.com",
            id="an identifier",
        ),
        pytest.param({"ChangeBatch": 7}, "no change batch", id="no batch"),
        pytest.param([], "no change batch", id="a list of nothing"),
        pytest.param(
            {"ResourceRecordSets": [_SOA], "IsTruncated": True}, "the beginning", id="cut"
        ),
        pytest.param({"ResourceRecordSets": []}, "has none", id="no SOA record"),
        pytest.param({"ResourceRecordSets": [_SOA, _SOA]}, "has 2", id="two of them"),
        pytest.param({"ResourceRecordSets": [_SOA, 7]}, "no JSON object", id="no record set"),
        pytest.param({"ResourceRecordSets": [_SOA, _PRIVATE]}, "private hosted zone", id="private"),
    ],
)
def test_what_is_no_plan(value: object, what: str) -> None:
    assert what in problems(read, json.dumps(value), given())


def test_a_list_of_another_zone() -> None:
    text = json.dumps({"ResourceRecordSets": [_SOA]})
    assert "the zone example.com, and it is given for" in problems(read, text, given("example.net"))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param((HERE / "batch.json").read_text(), True, id="a batch"),
        pytest.param((HERE / "cli_input.json").read_text(), True, id="with an identifier"),
        pytest.param((HERE / "listed.json").read_text(), True, id="a list"),
        pytest.param('{"Changes": [{"Type": "Resource"}]}', False, id="CloudFormation"),
        pytest.param('{"format_version": "1.2"}', False, id="Terraform"),
        pytest.param("{}", False, id="nothing"),
        pytest.param("[]", False, id="a JSON list"),
        pytest.param("name,type,ttl,value\n", False, id="no JSON"),
    ],
)
def test_what_is_recognised(text: str, *, is_one: bool) -> None:
    assert recognises(Document(text, "plan")) == is_one
