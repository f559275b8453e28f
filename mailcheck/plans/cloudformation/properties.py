"""Properties of a record set in a template, and the intrinsic functions in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "{function}, which is known only at the deployment"

_NOT_OF_THE_SET = ("HostedZoneId", "HostedZoneName", "Comment")

_NUMBERS = ("TTL", "Weight")

_FLAGS = {"true": True, "false": False}


def function_in(value: Any, depth: int = 4) -> str:
    """Return the name of an intrinsic function in *value*; empty if there is none."""
    if isinstance(value, dict):
        for key in value:
            if len(value) == 1 and (key in ("Ref", "Condition") or str(key).startswith("Fn::")):
                return str(key)
        value = list(value.values())
    if isinstance(value, list) and depth:
        return next((found for one in value if (found := function_in(one, depth - 1))), "")
    return ""


def logical_id(value: Any) -> str:
    """Return the resource that ``Ref`` or ``Fn::GetAtt`` names; empty if *value* is none of them."""
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    said = value.get("Ref", value.get("Fn::GetAtt"))
    if isinstance(said, list) and said:
        said = said[0]
    return said.partition(".")[0] if isinstance(said, str) else ""


def as_the_api_has_it(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a set as Route 53's API calls them.

    A template may have numbers and flags as texts; values are no objects there.
    """
    said = {
        key: value
        for key, value in properties.items()
        if key not in _NOT_OF_THE_SET and value is not None
    }
    for key in _NUMBERS:
        value = said.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
            said[key] = int(value)
    flag = said.get("MultiValueAnswer")
    if isinstance(flag, str):
        said["MultiValueAnswer"] = _FLAGS.get(flag.lower(), flag)
    values = said.get("ResourceRecords")
    if isinstance(values, list):
        said["ResourceRecords"] = [
            {"Value": one} if isinstance(one, str) else one for one in values
        ]
    alias = said.get("AliasTarget")
    if isinstance(alias, dict) and not function_in(alias.get("DNSName")):
        said["AliasTarget"] = {"DNSName": alias.get("DNSName")}
    return said
