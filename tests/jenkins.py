"""What the xunit plugin of Jenkins accepts of a JUnit report, as rules of our own.

The plugin checks a file against its schema (junit-10.xsd) and drops the whole file if anything in
it is not foreseen there. The schema itself is not ours to ship; these rules say what it demands of
the elements that pytest and mailcheck write, and are nowhere more lenient.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIME = re.compile(r"\d+(\.\d{1,3})?")
"""Seconds as both the plugin and people read them; the plugin would take thousands separators."""


@dataclass(frozen=True)
class Rule:
    """What an element may hold: attributes, those it must have, child elements, text."""

    attributes: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    text: bool = False


def _rule(
    attributes: str = "", required: str = "", children: str = "", *, text: bool = False
) -> Rule:
    needed = frozenset(required.split())
    return Rule(needed | set(attributes.split()), needed, frozenset(children.split()), text)


_OUTPUT = "system-out system-err"
_ENDED = _rule("type message", text=True)

RULES = {
    "testsuites": _rule("name time tests failures errors", children="testsuite"),
    "testsuite": _rule(
        "group time skipped timestamp hostname id package file log url",
        "name tests failures errors",
        f"testsuite properties testcase {_OUTPUT}",
    ),
    "properties": _rule(children="property"),
    "property": _rule(required="name value"),
    "testcase": _rule("time classname group", "name", f"skipped error failure {_OUTPUT}"),
    "skipped": _ENDED,
    "error": _ENDED,
    "failure": _ENDED,
    "system-out": _rule(text=True),
    "system-err": _rule(text=True),
}
"""The elements a report of ours or pytest's has; the plugin also knows those of other runners."""


def refusals(report: Path) -> list[str]:
    """Return why the plugin would drop *report*; nothing if it takes it.

    Raises:
        xml.etree.ElementTree.ParseError: if it is not well-formed.
    """
    root = ET.parse(report).getroot()
    found = [] if root.tag in ("testsuites", "testsuite") else [f"{root.tag} is no report"]
    return [*found, *(why for element in root.iter() for why in _refusals(element))]


def _refusals(element: ET.Element) -> Iterator[str]:
    rule = RULES.get(element.tag)
    if rule is None:
        yield f"{element.tag} is unknown"
        return
    yield from (
        f"{element.tag} has {name}" for name in sorted(set(element.attrib) - rule.attributes)
    )
    yield from (
        f"{element.tag} lacks {name}" for name in sorted(rule.required - set(element.attrib))
    )
    for child in element:
        if child.tag not in rule.children:
            yield f"{child.tag} stands in {element.tag}"
    texts = [element.text, *(child.tail for child in element)]
    if not rule.text and any(text and text.strip() for text in texts):
        yield f"{element.tag} holds text"
    if not TIME.fullmatch(element.get("time", "0")):
        yield f"{element.tag} took {element.get('time')}"
