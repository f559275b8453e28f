"""Texts without quotes, as YAML 1.1 has them: PyYAML, which octoDNS uses, is asked as well."""

from __future__ import annotations

import math

import pytest
import yaml

from mailcheck.errors import Place
from mailcheck.plans.octodns.values import Date, Fields, placed, plain_value

TEXTS = [
    "a",
    "www",
    "1",
    "012",
    "08",
    "0x1F",
    "0b101",
    "1_000",
    "-5",
    "+5",
    "1:30",
    "25:30:10",
    "1.10",
    ".5",
    "-.5",
    "1e5",
    "1.0e+5",
    "1.2.3.4",
    "::1",
    "1:2:3",
    "0o17",
    "_",
    "0x",
    "0",
    "-0",
    "~",
    "null",
    "Null",
    "NULL",
    "none",
    "yes",
    "Yes",
    "YES",
    "no",
    "NO",
    "off",
    "On",
    "true",
    "TRUE",
    "y",
    "n",
    "N",
    ".inf",
    "-.inf",
    "1_0.5",
    "1:30.5",
    "2001:db8::1",
    "1:2:3:4:5:6:7:8",
    "-foo",
    "1.10.1",
    "00",
    "0x_",
    "10.",
    "1__0",
]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_what_pyyaml_makes_of_it(text: str) -> None:
    try:
        expected = yaml.safe_load(f"k: {text}")["k"]
    except ValueError:  # nothing but underscores: PyYAML breaks off
        assert plain_value(text) == text
        return
    assert plain_value(text) == expected
    assert type(plain_value(text)) is type(expected)


def test_what_no_comparison_holds() -> None:
    assert math.isnan(plain_value(".nan"))
    assert plain_value("") is None
    assert plain_value("9" * 5000) == "9" * 5000
    assert isinstance(plain_value("2024-01-31"), Date)


def test_mappings_of_json_get_a_place() -> None:
    place = Place("plan.json", 1)
    found = placed({"a": [{"b": 1}]}, place)
    assert isinstance(found, Fields)
    assert found["a"][0].place == place
