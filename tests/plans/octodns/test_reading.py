"""What is read as octoDNS', and what is said of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError
from mailcheck.plans.document import Document
from mailcheck.plans.octodns import read, recognises
from mailcheck.plans.plan import Given
from mailcheck.zone_name import ZoneName
from tests.plans.octodns.projects import (
    Folder,
    configured,
    plan_for,
    plan_of,
    refusal,
    said,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        pytest.param(configured(), True, id="a configuration"),
        pytest.param('{"providers": {}, "zones": {}}', True, id="one in JSON"),
        pytest.param("'providers':\n  a: {\nzones:\n", True, id="one with a mistake"),
        pytest.param('{"there": {"a.": {"changes": [], "meta": null}}}', True, id="a plan"),
        pytest.param('{"there": {"a.": {"changes": []}}}', True, id="a plan of octoDNS 1.10"),
        pytest.param('{"there": {"a.": {"changes": [], "b": 1}}}', False, id="something like it"),
        pytest.param('{"there": {}}', False, id="no zone"),
        pytest.param("{}", False, id="an empty plan, which may be anything"),
        pytest.param("www: {type: A}\nzones: 1\n", False, id="a zone file"),
        pytest.param("[1]", False, id="a list"),
        pytest.param("$ORIGIN example.com.\n", False, id="a master file"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_recognised(text: str, *, is_ours: bool) -> None:
    assert recognises(Document(text, "file")) is is_ours


def test_the_file_of_one_zone(tmp_path: Path) -> None:
    written(tmp_path, {"a.yaml": "'': {type: MX, value: {preference: 1, exchange: mx.a.b.}}\n"})
    plan = plan_of(tmp_path, "a.yaml", ZoneName("example.com"))
    assert said(plan) == {("example.com", "MX", ""): ("1 mx.a.b.",)}
    assert plan.whole == ("example.com",)
    assert "octodns:example.com=FILE" in refusal(tmp_path, {}, "a.yaml")


def test_an_empty_plan(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, {"plan.json": "{}\n"}), "plan.json")
    assert not plan.rrsets
    assert plan.notes == ("octoDNS plans no change",)


def test_one_zone_of_a_configuration(tmp_path: Path) -> None:
    more = "  example.net.: {sources: [cloud], targets: [there]}\n"
    files = {
        "config.yaml": configured(more=more),
        "zones/example.com.yaml": "a: {type: A, value: 192.0.2.1}",
    }
    assert "zone example.net: what provider cloud" in refusal(tmp_path, files)
    assert plan_of(tmp_path, "config.yaml", ZoneName("example.com")).whole == ("example.com",)
    with pytest.raises(SourceError, match=r"zone other\.example\. is not configured"):
        plan_of(tmp_path, "config.yaml", ZoneName("other.example"))


def test_an_include(tmp_path: Path) -> None:
    records = "www: !include www.yaml\n"
    files = {"config.yaml": configured(), "zones/example.com.yaml": records}
    assert "write out what it includes; or propose what octoDNS plans" in refusal(tmp_path, files)


@pytest.mark.parametrize(
    "line",
    ["token: {s3cret", "token: 's3cret", "token: *s3cret", "token: !s3cret a", "token: s3cret: a",
     "s3cret\n  b: 1", "token: s3cret\n     b: 1", "token: [s3cret"],
)  # fmt: skip
def test_a_secret_is_not_shown(tmp_path: Path, line: str) -> None:
    config = configured().replace("class: octodns.p", f"{line}\n    class: octodns.p")
    assert "s3cret" not in refusal(tmp_path, {"config.yaml": config})


def test_a_secret_beside_a_problem_is_not_shown(tmp_path: Path) -> None:
    config = configured(zones="  example.com.: {sources: [there], targets: [there]}\n")
    message = refusal(tmp_path, {"config.yaml": config.replace("env/KEY", "s3cret")})
    assert "octodns_route53.Route53Provider" in message
    assert "s3cret" not in message


@pytest.mark.parametrize(
    "text", ["- a", "a", "1: {type: A, value: 192.0.2.1}\n---\n2: 3", "www: 1", "www: [1]"]
)
def test_what_is_no_zone_file(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, {"config.yaml": configured(), "zones/example.com.yaml": text})


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("'@'", "the apex is written ''"),
        ("a b", "a name has no spaces"),
        ("www.", "it is no name"),
        ("a..b", "it is no name"),
        ("a" * 64, "it is no name"),
        ("ü-", "no internationalised name"),
    ],
)
def test_what_is_no_name(tmp_path: Path, name: str, what: str) -> None:
    records = f"{name}: {{type: A, value: 192.0.2.1}}"
    files = {"config.yaml": configured(), "zones/example.com.yaml": records}
    assert what in refusal(tmp_path, files)


def test_keys_that_yaml_takes_for_the_same(tmp_path: Path) -> None:
    records = "8: {type: A, value: 192.0.2.1}\n010: {type: AAAA, value: '::1'}"
    files = {"config.yaml": configured(), "zones/example.com.yaml": records}
    assert "010 is the same to YAML as the key in line 1" in refusal(tmp_path, files)


def test_places(tmp_path: Path) -> None:
    records = "a: {type: A, value: 192.0.2.1}\nb:\n  type: A\n  value: 192.0.2.1\nc:\n  - type: A\n    value: 192.0.2.1\n"
    plan = plan_for(tmp_path, records)
    assert [str(one.place) for one in plan.rrsets] == [
        "zones/example.com.yaml:1:1",
        "zones/example.com.yaml:2:1",
        "zones/example.com.yaml:6:5",
    ]


def test_an_empty_zone_is_whole(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "")
    assert not plan.rrsets
    assert plan.whole == ("example.com",)


def test_it_is_read_without_files_around(tmp_path: Path) -> None:
    given = Given(Folder(tmp_path))
    with pytest.raises(SourceError, match=r"zone example\.com has no file in provider config"):
        read(Document(configured(), "config.yaml"), given)
