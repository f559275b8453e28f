"""The JSON Schema of suites, made from the catalogue: what an editor completes and underlines.

It describes what YAML tools make of a file, in which ``25`` is a number and ``2026-12-31`` may be a
date; the loader, to which everything is text until a slot types it, has the last word.
"""

from __future__ import annotations

import json
import re
import typing
from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.slots import expected
from mailcheck.suite import own_lists
from mailcheck.suite.consent import PROBE
from mailcheck.suite.document import KEYS, VERSION
from mailcheck.suite.grammar import Grammar, spelled_out
from mailcheck.suite.options import COMMON, SEVERITIES, WAIVE
from mailcheck.suite.subjects import FILE
from mailcheck.template import Hole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mailcheck.catalogue import Catalogue
    from mailcheck.check import Check
    from mailcheck.slots import Slot
    from mailcheck.template import Form

Json: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_WORD = r'(?:"(?:[^"\\]|\\.)*"|[^\s",]+)'
_SLOT = rf"{_WORD}(?:\s*,\s*{_WORD})*"

TEXT: Json = {"type": ["string", "number", "boolean"]}
"""Any text; YAML tools take some texts for numbers or booleans."""


def schema(catalogue: Catalogue) -> Json:
    """Return the JSON Schema (draft 2020-12) of a suite whose checks are those of *catalogue*."""
    return {
        "$schema": DIALECT,
        "title": "mailcheck suite",
        "type": "object",
        "required": ["mailcheck", "checks"],
        "additionalProperties": False,
        "properties": {
            "mailcheck": {"enum": [int(VERSION), VERSION], "description": KEYS["mailcheck"]},
            "title": {**TEXT, "description": KEYS["title"]},
            "for": {**_for(Grammar(catalogue).subjects), "description": KEYS["for"]},
            "defaults": {
                **_object(_common(_all_tags(catalogue))),
                "description": KEYS["defaults"],
                "minProperties": 1,
            },
            "probe": {
                **_object({"recipients": _texts(PROBE["recipients"])}),
                "description": KEYS["probe"],
                "required": ["recipients"],
            },
            "blocklists": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": _list(),
                "description": KEYS["blocklists"],
            },
            "checks": {
                "type": "array",
                "minItems": 1,
                "items": _item(catalogue),
                "description": KEYS["checks"],
            },
        },
        "$defs": {check_id: _options(check) for check_id, check in catalogue},
    }


def schema_text(catalogue: Catalogue) -> str:
    """Return :func:`schema` as the text of a file."""
    return json.dumps(schema(catalogue), indent=2, ensure_ascii=False) + "\n"


def pattern(check: Check[Any]) -> str:
    """Return a regular expression (ECMA-262) that the sentences of *check* match."""
    forms = "|".join(map(_form, check.template.forms))
    return rf"^\s*(?:{forms})\s*$"


def _form(form: Form) -> str:
    return r"\s+".join(_SLOT if isinstance(part, Hole) else _any_case(part) for part in form)


def _any_case(word: str) -> str:
    """JSON Schema has no flag for upper and lower case."""
    return "".join(
        f"[{c.lower()}{c.upper()}]" if c.lower() != c.upper() else re.escape(c) for c in word
    )


def _item(catalogue: Catalogue) -> Json:
    sentences = [
        {"pattern": pattern(check), "description": check.title, "examples": [spelled_out(check)]}
        for _, check in catalogue
    ]
    with_options: Json = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "patternProperties": {
            pattern(check): {"$ref": f"#/$defs/{check_id}"} for check_id, check in catalogue
        },
        "additionalProperties": False,
    }
    return {"anyOf": [{"type": "string", "anyOf": sentences}, with_options]}


def _options(check: Check[Any]) -> Json:
    slots = {name: _slot(slot) for name, slot in check.slots.items()}
    tags = (*check.unmet_tags, *check.advice_tags)
    options = _object({**slots, **_common(tags, tuple(check.unmet_tags))})
    return {**options, "title": spelled_out(check), "description": check.title, "minProperties": 1}


def _list() -> Json:
    mapping = {"type": "object", "additionalProperties": TEXT}
    shapes: dict[str, Json] = {"codes": mapping, "bits": mapping, "refusals": mapping}
    for key, words in own_lists.WORDS.items():
        # YAML tools read yes and no, which are not quoted, as truth values.
        truths = [True, False] if "yes" in words else [False] if "no" in words else []
        shapes[key] = {"enum": [*words, *truths]}
    return _object(
        {
            key: {**shapes.get(key, TEXT), "description": said}
            for key, said in own_lists.KEYS.items()
        }
    )


def _texts(description: str) -> Json:
    several = {"type": "array", "minItems": 1, "items": TEXT}
    return {"anyOf": [TEXT, several], "description": description}


def _slot(slot: Slot) -> Json:
    one = _value(slot.type)
    several = {"type": "array", "minItems": 1, "items": one}
    value: Json = {"anyOf": [one, several]} if slot.many else one
    return {**value, "description": f"{slot.help} ({expected(slot.type)})"}


def _value(kind: Any) -> Json:
    placeholder: Json = {"type": "string", "pattern": r"\{"}
    if kind is int:
        return {"anyOf": [{"type": "integer", "minimum": 0}, placeholder]}
    if kind is bool:
        return {"anyOf": [{"type": "boolean"}, placeholder]}
    if typing.get_origin(kind) is typing.Literal:
        return {"anyOf": [{"enum": list(typing.get_args(kind))}, placeholder]}
    return dict(TEXT)


def _common(tags: Iterable[str], unmet: Iterable[str] | None = None) -> Json:
    level: Json = {"enum": list(SEVERITIES)}
    every = list(tags)
    values: dict[str, Json] = {
        "severity": {
            "anyOf": [level, {**_object(dict.fromkeys(every, level)), "minProperties": 1}]
        },
        "waive": {
            **_object(
                {**dict.fromkeys(WAIVE, TEXT), "until": {"type": "string", "format": "date"}}
            ),
            "required": list(WAIVE),
        },
        "expect": {"enum": every if unmet is None else list(unmet)},
        "tags": {"anyOf": [TEXT, {"type": "array", "minItems": 1, "items": TEXT}]},
        "note": dict(TEXT),
    }
    return {key: {**values[key], "description": COMMON[key]} for key in COMMON}


def _all_tags(catalogue: Catalogue) -> list[str]:
    return sorted({t for _, check in catalogue for t in (*check.unmet_tags, *check.advice_tags)})


def _for(subjects: Collection[str]) -> Json:
    file = {"type": "string", "description": "a file beside the suite or below it"}
    from_file = {**_object({FILE: file}), "required": [FILE]}
    several = {"type": "array", "minItems": 1, "items": TEXT}
    value: Json = {"anyOf": [TEXT, several, from_file]}
    together = {**_object({**dict.fromkeys(subjects, value), FILE: file}), "minProperties": 1}
    return {"anyOf": [together, {"type": "array", "minItems": 1, "items": together}]}


def _object(properties: Json) -> Json:
    return {"type": "object", "additionalProperties": False, "properties": properties}
