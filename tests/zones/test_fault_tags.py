"""Every tag that a zone can be given is explained, and no other."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import mailcheck.zones
from mailcheck.zones.fault_tags import REFUSED, WARNED
from tests.zones.loading_scenarios import SCENARIOS

TAG = re.compile(r"(?m)^([a-z0-9-]+): ")

FROM_THE_READER = {"syntax", "other-zone"}
"""What is found before the rules of loading come to a zone."""

OF_OTHER_FILES = {"other-zone"}
"""What is advice where it is not about the zone; ``test_copies.py`` shows it."""

OF_BIG_ZONES = {"rrset-too-big!", "too-many-records", "too-many-types"}
"""What no scenario is written down for; ``tests/servers/test_loading.py`` makes such zones."""

NO_TAGS = {"below-dname", "latin-1"}
"""Words in the rules that look like tags and are none."""


def given() -> set[str]:
    """Return the tags that the tests of the rules show, each with a mark behind it if it keeps a zone out."""
    said = {tag for scenario in SCENARIOS.values() for tag in scenario.faults.split()}
    return said | OF_BIG_ZONES


def words_of_the_rules() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return what in the rules looks like a tag: as it is written, and with a part left open."""
    words: set[str] = set()
    forms: list[re.Pattern[str]] = []
    for path in Path(inspect.getfile(mailcheck.zones)).parent.glob("loading/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [str(v.value) if isinstance(v, ast.Constant) else "" for v in node.values]
                if re.fullmatch(r"[a-z-]*", "".join(parts)):
                    forms.append(re.compile("[a-z]+".join(parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
    return {word for word in words if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", word)}, forms


def test_every_fault_that_refuses_is_explained_and_no_other() -> None:
    refusing = {tag.removesuffix("!") for tag in given() if tag.endswith("!")}
    assert {*TAG.findall(REFUSED)} == refusing | FROM_THE_READER


def test_every_fault_that_does_not_is_explained_and_no_other() -> None:
    assert {*TAG.findall(WARNED)} == OF_OTHER_FILES | {
        tag for tag in given() if not tag.endswith("!")
    }


def test_every_tag_in_the_rules_is_explained() -> None:
    words, _ = words_of_the_rules()
    assert words - NO_TAGS <= {*TAG.findall(REFUSED + WARNED)}


def test_every_tag_that_is_explained_stands_in_the_rules() -> None:
    words, forms = words_of_the_rules()
    explained = {*TAG.findall(REFUSED + WARNED)} - FROM_THE_READER - words
    assert [tag for tag in explained if not any(form.fullmatch(tag) for form in forms)] == []
