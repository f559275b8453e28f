"""Values as octoDNS has them: what YAML 1.1 makes of texts without quotes counts there.

``012`` is ten as a name, and ``no`` is ``False``; mailcheck's own files know texts only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mailcheck.source.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.errors import Place
    from mailcheck.source.nodes import Node

_SPECIAL = re.compile(
    r"[-+.~0-9]|[nN](?:ull|ULL|o|O)?\Z|null|[yY]es|YES|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF|\Z"
)
"""How a text begins that may be no text."""

_BOOLEANS = {
    **dict.fromkeys(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_WHOLE = re.compile(
    r"(?P<sign>[-+]?)(?:0b(?P<two>[01_]+)|0x(?P<sixteen>[0-9a-fA-F_]+)|(?P<eight>0[0-7_]+)"
    r"|(?P<ten>0|[1-9][0-9_]*)|(?P<sixty>[1-9][0-9_]*(?::[0-5]?[0-9])+))"
)
_FRACTION = re.compile(
    r"(?P<sign>[-+]?)(?:(?P<ten>[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?)"
    r"|(?P<sixty>[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)|(?P<infinite>\.(?:inf|Inf|INF)))"
    r"|(?P<bare>\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)|(?P<none>\.(?:nan|NaN|NAN))"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9:.Zz+ \t-]+)?")

_LONGEST_NUMBER = 1000
"""Digits of a number, of any base; Python shows 4300 at most."""

_DEEPEST = 64
"""Levels of lists and mappings in each other, as in YAML files."""


class UnreadableError(ValueError):
    """OctoDNS could not make a record of a value; the text is a clause."""


class Date(str):
    """A text that is a date to YAML."""

    __slots__ = ()


class Fields(dict[str, Any]):
    """A mapping, and where it stands."""

    __slots__ = ("place",)

    def __init__(self, entries: Iterable[tuple[str, Any]], place: Place) -> None:
        super().__init__(entries)
        self.place = place


def value_of(node: Node) -> Any:
    """Return *node* as Python's values; the keys of mappings stay the texts that were typed."""
    if isinstance(node, Scalar):
        return plain_value(node.text) if node.style == "plain" else node.text
    if isinstance(node, Mapping):
        return Fields(((key.text, value_of(value)) for key, value in node.entries), node.place)
    return [value_of(item) for item in node.items]


def placed(value: Any, place: Place, levels: int = _DEEPEST) -> Any:
    """Return *value*, which came from JSON, with mappings that stand at *place*.

    Raises:
        UnreadableError: if it is too deep.
    """
    if not isinstance(value, dict | list):
        return value
    if not levels:
        raise UnreadableError(f"lists and mappings stand more than {_DEEPEST} deep in each other")
    if isinstance(value, list):
        return [placed(one, place, levels - 1) for one in value]
    return Fields(((key, placed(one, place, levels - 1)) for key, one in value.items()), place)


def plain_value(text: str) -> Any:
    """Return what *text* without quotes is (YAML 1.1, the types of its repository)."""
    if not _SPECIAL.match(text) or len(text) > _LONGEST_NUMBER:
        return text
    if text in _NOTHING:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if whole := _WHOLE.fullmatch(text):
        return _whole(whole)
    if fraction := _FRACTION.fullmatch(text):
        return _fraction(fraction)
    return Date(text) if _DATE.fullmatch(text) else text


def _whole(match: re.Match[str]) -> int | str:
    sign = -1 if match["sign"] == "-" else 1
    try:
        for group, base in (("two", 2), ("sixteen", 16), ("eight", 8), ("ten", 10)):
            if match[group] is not None:
                return sign * int(match[group].replace("_", ""), base)
    except ValueError:  # nothing but underscores
        return match[0]
    total = 0
    for digits in match["sixty"].replace("_", "").split(":"):
        total = total * 60 + int(digits)
    return sign * total


def _fraction(match: re.Match[str]) -> float:
    sign = -1.0 if match["sign"] == "-" else 1.0
    if match["none"]:
        return float("nan")
    if match["infinite"]:
        return sign * float("inf")
    if match["sixty"]:
        total = 0.0
        for digits in match["sixty"].replace("_", "").split(":"):
            total = total * 60 + float(digits)
        return sign * total
    return sign * float((match["ten"] or match["bare"]).replace("_", ""))
