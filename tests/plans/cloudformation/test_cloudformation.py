"""Templates of CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailcheck.errors import Place
from mailcheck.plans.cloudformation import read, recognises
from mailcheck.plans.document import Document
from tests.plans.reading import given, problems, said

HERE = Path(__file__).parent
TEXT = (HERE / "template.json").read_text()


def test_a_template() -> None:
    plan = read(Document(TEXT, "template.json"), given())
    mx, mail, spf, www, dmarc = plan.rrsets
    assert said(mx) == ("example.com", "MX", ("10 mail.example.com.",))
    assert (mx.zone, mx.ttl, mx.place) == ("example.com", 300, Place("template.json", 10, of="Mx"))
    assert mail.unknown == "Fn::GetAtt, which is known only at the deployment"
    assert said(spf) == ("example.com", "TXT", ('"v=spf1 mx -all"',))
    assert www.target == "d1.cloudfront.net"
    assert dmarc.unknown == "a Condition, which is known only at the deployment"
    unnamed, private, rest = plan.notes
    assert unnamed == "Texts: its Name is known only at the deployment"
    assert private == "Local: a private hosted zone"
    assert "the template before" in rest
    assert plan.whole == ()


def _template(**properties: Any) -> str:
    held = {
        "HostedZoneName": "example.com.",
        "Name": "a.example.com",
        "Type": "A",
        "TTL": "60",
        "ResourceRecords": ["192.0.2.1"],
    }
    return json.dumps(
        {"Resources": {"Rs": {"Type": "AWS::Route53::RecordSet", "Properties": held | properties}}}
    )


@pytest.mark.parametrize(
    ("properties", "what"),
    [
        pytest.param(
            {"ResourceRecords": ["a"]}, "Rs: its value is no data of an A", id="no address"
        ),
        pytest.param(
            {"ResourceRecords": "192.0.2.1"}, '"ResourceRecords" is no list', id="no list"
        ),
        pytest.param({"TTL": "1h"}, '"TTL" is no whole number', id="no TTL"),
        pytest.param({"Type": "LOC"}, "a type that Route 53 does not know", id="no type"),
        pytest.param({"Name": "a.example.net"}, "does not lie in the zone", id="another zone"),
        pytest.param(
            {"HostedZoneName": None, "HostedZoneId": {"Ref": "ZoneId"}},
            "give it with --mail-zone-of Rs=example.com",
            id="a parameter",
        ),
    ],
)
def test_what_is_wrong(properties: dict[str, Any], what: str) -> None:
    assert what in problems(read, _template(**properties), given())


@pytest.mark.parametrize("key", ["Rs", "Z1", "ZoneId"])
def test_a_zone_that_is_told(key: str) -> None:
    zone = {"Ref": "ZoneId"} if key == "ZoneId" else "Z1"
    text = _template(HostedZoneName=None, HostedZoneId=zone)
    [one] = read(Document(text, "a.json"), given(zones_of={key: "example.com"})).rrsets
    assert one.zone == "example.com"
    [one] = read(Document(text, "a.json"), given("example.com")).rrsets
    assert one.zone == "example.com"


def test_sets_by_weight_and_condition() -> None:
    def one(identifier: str, value: Any, **more: Any) -> dict[str, Any]:
        properties = json.loads(_template())["Resources"]["Rs"]["Properties"]
        properties |= {"SetIdentifier": identifier, "Weight": "1", "ResourceRecords": [value]}
        return {"Type": "AWS::Route53::RecordSet", "Properties": properties, **more}

    resources = {
        "Blue": one("blue", "192.0.2.1"),
        "Green": one("green", {"Ref": "Address"}),
        "Red": one("red", "192.0.2.3", Condition="A"),
        "OtherRed": one("red", "192.0.2.4", Condition="B"),
    }
    plan = read(Document(json.dumps({"Resources": resources}), "a.json"), given())
    assert [(one.variant, one.values, bool(one.unknown)) for one in plan.rrsets] == [
        ("blue", ("192.0.2.1",), False),
        ("green", (), True),
        ("red", (), True),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("Resources:\n", "templates in YAML are not read", id="YAML"),
        pytest.param("{}", "it has no Resources", id="another object"),
    ],
)
def test_what_is_no_template(text: str, what: str) -> None:
    assert what in problems(read, text, given())


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param(TEXT, True, id="a template"),
        pytest.param("Resources:\n  Mx:\n    Type: AWS::Route53::RecordSet\n", True, id="YAML"),
        pytest.param(
            '{"Resources": {"a": {"Type": "Microsoft.Network/dnsZones"}}}', False, id="Azure"
        ),
        pytest.param('{"Resources": {}}', False, id="no resources"),
        pytest.param("# not AWS::Route53::RecordSet\n", False, id="a word"),
    ],
)
def test_what_is_recognised(text: str, *, is_one: bool) -> None:
    assert recognises(Document(text, "plan")) == is_one
