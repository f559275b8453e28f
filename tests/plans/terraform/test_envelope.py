"""Files that are no plan, or one that says not all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mailcheck.plans import terraform
from mailcheck.plans.document import Document
from tests.plans.terraform.making import PLANS, plan, read, wrong

STATE = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {}}}
LOG = (
    '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}\n'
    '{"@level":"info","@message":"Plan: 1 to add","type":"change_summary"}\n'
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            json.dumps(STATE), "a state of Terraform, which says what is there", id="state"
        ),
        pytest.param('{"format_version":"1.0"}', "a state of Terraform", id="an empty state"),
        pytest.param(
            (PLANS / "change" / "before.tfstate").read_text("utf-8"), "a state", id="a state's file"
        ),
        pytest.param("PK\x03\x04\udcff", "binary form", id="binary"),
        pytest.param(LOG, "messages of terraform plan -json", id="messages"),
        pytest.param("\nTerraform will perform the following actions:\n", "for people", id="text"),
    ],
)
def test_what_else_terraform_writes(text: str, said: str) -> None:
    assert terraform.recognises(Document(text, "plan.json"))
    assert said in wrong(text)
    assert "terraform show -json" in wrong(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("{}", "an empty object", id="nothing in it"),
        pytest.param('{"a": 1}', "no plan of Terraform", id="something else"),
        pytest.param("[]", "no plan of Terraform", id="a list"),
        pytest.param("null", "no plan of Terraform", id="null"),
        pytest.param("", "no JSON", id="nothing"),
        pytest.param("example.com. 300 IN A 192.0.2.1", "no JSON", id="a zone"),
    ],
)
def test_what_is_nothing_of_terraform(text: str, said: str) -> None:
    assert not terraform.recognises(Document(text, "plan.json"))
    assert said in wrong(text)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(
            {"format_version": "0.2"}, "format_version '0.2' is not known; known is 1", id="0"
        ),
        pytest.param({"format_version": "2.0"}, "format_version '2.0' is not known", id="2"),
        pytest.param({"format_version": "10.0"}, "format_version '10.0' is not known", id="10"),
        pytest.param({"format_version": None}, "format_version is missing", id="none"),
        pytest.param({"format_version": 1}, "format_version is missing", id="a number"),
        pytest.param({"errored": True}, "this plan failed", id="failed"),
        pytest.param({"errored": "no"}, "this plan failed", id="failed, or what is that"),
        pytest.param({"resource_changes": {}}, "resource_changes is no list", id="no list"),
    ],
)
def test_what_is_refused(more: dict[str, Any], said: str) -> None:
    assert said in wrong({**plan(), **more})


@pytest.mark.parametrize("version", ["1.0", "1.2", "1.99"])
def test_what_is_known(version: str) -> None:
    assert read({**plan(), "format_version": version}).rrsets == ()


def test_a_plan_without_any_change() -> None:
    """Then ``resource_changes`` is left out."""
    read({"format_version": "1.2", "configuration": {}, "planned_values": {}, "errored": False})


def test_one_that_is_not_complete() -> None:
    deferred = {
        "resource_change": {"type": "aws_route53_record", "address": "aws_route53_record.mx"}
    }
    other = {"resource_change": {"type": "aws_eip", "address": "aws_eip.mail"}}
    said = plan(complete=False, deferred_changes=[deferred, other, {}, None])
    assert read(said).notes == (
        "the plan is not complete: what it leaves for later is judged as it is now",
        "deferred, and not judged: aws_route53_record.mx",
    )
