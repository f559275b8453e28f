"""One record: what octoDNS refuses, and what it takes if it is told to be lenient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path

LENIENT = configured(zones="  example.com.: {sources: [config], targets: [there], lenient: true}\n")


@pytest.mark.parametrize(
    ("records", "what"),
    [
        pytest.param("www: {value: 192.0.2.1}", "www: it has no type", id="no type"),
        pytest.param("www: {type: 1, value: a}", "www 1: it has no type", id="a number for a type"),
        pytest.param("www: {type: MXX, value: a}", 'did you mean "MX"', id="an unknown type"),
        pytest.param("www: {type: A}", "it has no value", id="no value"),
        pytest.param("www: {type: A, values: []}", "it has no value", id="no values"),
        pytest.param("www: {type: CNAME, values: [a.b.]}", "it has no value", id="values of one"),
        pytest.param("www: {type: A, value: 192.0.2.256}", "is no IPv4 address", id="no address"),
        pytest.param("www: {type: AAAA, value: 1:2:3}", "is no IPv6 address", id="base sixty"),
        pytest.param("www: {type: A, value: }", "an empty value", id="an empty value"),
        pytest.param("www: {type: A, ttl: soon, value: 192.0.2.1}", "its ttl is soon", id="no ttl"),
        pytest.param("www: {type: A, ttl: -1, value: 192.0.2.1}", "its ttl is -1", id="below none"),
        pytest.param(
            "www: {type: A, ttl: [1], value: 192.0.2.1}", "its ttl is a list", id="a list"
        ),
        pytest.param("www: {type: TXT, value: 1}", "needs quotes", id="a number for a text"),
        pytest.param(
            "www: {type: MX, value: mx.}",
            "fields are expected: preference, exchange",
            id="no fields",
        ),
        pytest.param("www: {type: MX, value: {preference: 1}}", "it has no exchange", id="no host"),
        pytest.param(
            "www: {type: MX, value: {exchange: a.b.}}", "it has no preference", id="no preference"
        ),
        pytest.param(
            "www: {type: MX, value: {preference: 65536, exchange: a.b.}}",
            "no data of MX",
            id="range",
        ),
        pytest.param(
            "www: {type: MX, value: {preference: ten, exchange: a.b.}}",
            "its preference",
            id="a word",
        ),
        pytest.param(
            "www: {type: CAA, value: {tag: issue, value: '\"'}}", "no data of", id="quotes"
        ),
        pytest.param(
            "www: {type: DS, value: {key_tag: 1, algorithm: 8, digest_type: 2, digest: ab}}",
            "no data of DS",
            id="a short digest",
        ),
        pytest.param(
            "www: {type: SVCB, value: {svcpriority: 1, targetname: a.b., svcparams: {x: 1}}}",
            "a name that octoDNS does not know",
            id="an unknown parameter",
        ),
        pytest.param("www: {type: A, octodns: 1, value: 192.0.2.1}", "no mapping", id="options"),
        pytest.param(
            "www: {type: A, octodns: {lenient: maybe}, value: 192.0.2.1}",
            "neither true",
            id="maybe",
        ),
    ],
)
def test_what_nobody_can_make_a_record_of(tmp_path: Path, records: str, what: str) -> None:
    for config in (configured(), LENIENT):
        message = refusal(tmp_path, {"config.yaml": config, "zones/example.com.yaml": records})
        assert message.startswith("zones/example.com.yaml:1:1: www")
        assert what in message


@pytest.mark.parametrize(
    ("records", "what", "data"),
    [
        pytest.param("www: {type: TXT, value: a;b}", "semicolon", '"a;b"', id="a semicolon"),
        pytest.param("www: {type: TXT, value: ü}", "not ASCII", '"\\195\\188"', id="not ASCII"),
        pytest.param("www: {type: SRV, value: {priority: 1, weight: 1, port: 1, target: a.b.}}",
            "_service._protocol", "1 1 1 a.b.", id="no name of a service"),
        pytest.param("www: {type: CNAME, value: localhost.}", "no host name", "localhost.", id="one label"),
        pytest.param("www: {type: TLSA, value: {selector: 1, matching_type: 0, certificate_association_data: ab}}",
            "no certificate_usage", "0 1 0 ab", id="no usage"),
        pytest.param("www: {type: A, octodns: {healthcheck: {protocol: FTP}}, value: 192.0.2.1}",
            "healthcheck", "192.0.2.1", id="a health check"),
    ],
)  # fmt: skip
def test_what_lenient_lets_pass(tmp_path: Path, records: str, what: str, data: str) -> None:
    files = {"config.yaml": configured(), "zones/example.com.yaml": records}
    assert what in refusal(tmp_path, files)
    name = ("www.example.com", records.split("type: ")[1].split(",", maxsplit=1)[0], "")
    assert said(plan_for(tmp_path, records, LENIENT)) == {name: (data,)}
    itself = records.replace("{type", "{octodns: {lenient: true}, type", 1)
    if "octodns: {health" not in records:
        assert said(plan_for(tmp_path, itself)) == {name: (data,)}


def test_validators_that_are_switched_off(tmp_path: Path) -> None:
    config = "manager: {validators: {enabled: []}}\n" + configured()
    assert said(plan_for(tmp_path, "www: {type: TXT, value: a;b}", config))


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    records = "a: {type: A, values: [x, y]}\nb: {type: MX, value: 1}\n"
    message = refusal(tmp_path, {"config.yaml": configured(), "zones/example.com.yaml": records})
    assert [line.split(": ")[0] for line in message.splitlines()] == [
        *["zones/example.com.yaml:1:1"] * 2,
        "zones/example.com.yaml:2:1",
    ]
