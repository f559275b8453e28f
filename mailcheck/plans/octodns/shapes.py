"""Values with several fields: which, and how they are written in master files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["number", "float", "host", "text", "lower", "upper", "params"]


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a value. It stands under the first of *keys* that is there, or is *default*.

    ``expected`` if octoDNS complains where it is not there.
    """

    kind: Kind
    keys: tuple[str, ...]
    default: int | None = None
    expected: bool = False


def _fields(**kinds: Kind) -> tuple[Field, ...]:
    return tuple(Field(kind, (key,)) for key, kind in kinds.items())


FIELDS: dict[str, tuple[Field, ...]] = {
    "CAA": (Field("number", ("flags",), 0), *_fields(tag="text", value="text")),
    "DS": _fields(key_tag="number", algorithm="number", digest_type="number", digest="lower"),
    "LOC": _fields(
        lat_degrees="number",
        lat_minutes="number",
        lat_seconds="float",
        lat_direction="upper",
        long_degrees="number",
        long_minutes="number",
        long_seconds="float",
        long_direction="upper",
        altitude="float",
        size="float",
        precision_horz="float",
        precision_vert="float",
    ),
    "MX": (Field("number", ("preference", "priority")), Field("host", ("exchange", "value"))),
    "NAPTR": _fields(
        order="number",
        preference="number",
        flags="upper",
        service="text",
        regexp="text",
        replacement="text",
    ),
    "SRV": _fields(priority="number", weight="number", port="number", target="host"),
    "SSHFP": _fields(algorithm="number", fingerprint_type="number", fingerprint="lower"),
    "SVCB": (*_fields(svcpriority="number", targetname="host"), Field("params", ("svcparams",))),
    "TLSA": (
        Field("number", ("certificate_usage",), 0, expected=True),
        Field("number", ("selector",), 0, expected=True),
        Field("number", ("matching_type",), 0, expected=True),
        *_fields(certificate_association_data="lower"),
    ),
    "URI": _fields(priority="number", weight="number", target="text"),
    "URLFWD": _fields(path="text", target="text", code="number", masking="number", query="number"),
}
FIELDS["HTTPS"] = FIELDS["SVCB"]

FORMS = {
    "CAA": '{flags} {tag} "{value}"',
    "DS": "{key_tag} {algorithm} {digest_type} {digest}",
    "LOC": (
        "{lat_degrees} {lat_minutes} {lat_seconds} {lat_direction} {long_degrees} {long_minutes}"
        " {long_seconds} {long_direction} {altitude}m {size}m {precision_horz}m {precision_vert}m"
    ),
    "MX": "{preference} {exchange}",
    "NAPTR": '{order} {preference} "{flags}" "{service}" "{regexp}" {replacement}',
    "SRV": "{priority} {weight} {port} {target}",
    "SSHFP": "{algorithm} {fingerprint_type} {fingerprint}",
    "TLSA": "{certificate_usage} {selector} {matching_type} {certificate_association_data}",
    "URI": '{priority} {weight} "{target}"',
    "URLFWD": '"{path}" "{target}" {code} {masking} {query}',
}

NAMED = {
    "HTTPS": "targetname",
    "MX": "exchange",
    "NAPTR": "replacement",
    "SRV": "target",
    "SVCB": "targetname",
}
"""The field that is a name."""
