"""The JSON Schema: what editors complete is what the loader reads."""

from __future__ import annotations

import json
import re

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.suite.document import KEYS
from mailcheck.suite.files import GivenFiles
from mailcheck.suite.load import load_item
from mailcheck.suite.options import COMMON
from mailcheck.suite.own_lists import KEYS as LIST_KEYS
from mailcheck.suite.schema import pattern, schema, schema_text
from tests.suite.conftest import CATALOGUE

SCHEMA = schema(CATALOGUE)


def test_it_knows_the_keys_of_a_suite() -> None:
    assert list(SCHEMA["properties"]) == list(KEYS)
    assert SCHEMA["additionalProperties"] is False
    assert all(value["description"] for value in SCHEMA["properties"].values())


def test_every_check_has_its_options_and_the_common_ones() -> None:
    options = SCHEMA["$defs"]["has-mx"]["properties"]
    assert list(options) == ["domain", "at_least", *COMMON]
    assert options["at_least"]["description"] == "how many (a whole number)"
    assert options["expect"]["enum"] == ["no-mx", "null-mx"]


def test_a_list_may_be_one_text() -> None:
    one, several = SCHEMA["$defs"]["resolvers-agree"]["properties"]["resolvers"]["anyOf"]
    assert several == {"type": "array", "minItems": 1, "items": one}


def test_a_list_of_the_block_has_its_fields() -> None:
    fields = SCHEMA["properties"]["blocklists"]["additionalProperties"]["properties"]
    assert list(fields) == list(LIST_KEYS)
    assert fields["default"]["enum"] == ["yes", "no", True, False]
    assert fields["dul"]["enum"] == ["extra", "no", False]
    assert fields["codes"]["type"] == "object"


def test_subjects_are_those_some_check_takes() -> None:
    together, rows = SCHEMA["properties"]["for"]["anyOf"]
    assert {"domain", "ip", "ehlo", "host", "file"} <= set(together["properties"])
    assert rows["items"] == together


@pytest.mark.parametrize(
    ("check_id", "sentence", "fits"),
    [
        pytest.param("has-mx", "domain has MX", True, id="slot-left-out"),
        pytest.param("has-mx", "DOMAIN  a.example has mx ", True, id="case-and-space"),
        pytest.param("has-mx", "domain a.example has MXs", False, id="other-word"),
        pytest.param("has-mx", "domain {domain} has MX", True, id="placeholder"),
        pytest.param("txt-includes", 'TXT includes "v=spf1 \\"-all\\""', True, id="quoted"),
        pytest.param("txt-includes", "TXT includes v=spf1 -all", False, id="two-words"),
        pytest.param("not-on", "IP 192.0.2.1 is not on a.example, b.example", True, id="list"),
        pytest.param("not-on", "not on DUL", True, id="nested-slots-left-out"),
    ],
)
def test_sentences_match_the_pattern_of_their_check(
    check_id: str, sentence: str, *, fits: bool
) -> None:
    found = re.search(pattern(dict(CATALOGUE)[check_id]), sentence)
    assert (found is not None) == fits


def test_the_examples_of_real_checks_match_their_patterns() -> None:
    catalogue = load_catalogue()
    for check_id, check in catalogue:
        for example in check.examples:
            files = GivenFiles(dict(example.files))
            [requirement] = load_item(example.sentence, catalogue, files=files)
            assert requirement.check_id == check_id
            assert re.search(pattern(check), requirement.sentence), example.sentence


def test_every_reference_leads_somewhere() -> None:
    text = schema_text(CATALOGUE)
    for name in re.findall(r'"#/\$defs/([^"]+)"', text):
        assert name in SCHEMA["$defs"]


def test_its_text_is_the_schema() -> None:
    assert json.loads(schema_text(CATALOGUE)) == SCHEMA
    assert schema_text(CATALOGUE).endswith("}\n")
