"""One ``ResourceRecordSet`` of Route 53's API.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.plans.fields import Fields
from mailcheck.plans.plan import PlannedRRset
from mailcheck.plans.route53_sets import RecordSet
from mailcheck.plans.route53_values import ALIAS_TTL, MAX_TTL, data_of, name_of, type_of

if TYPE_CHECKING:
    from mailcheck.errors import Place

_KEYS = frozenset(
    {"Name", "Type", "TTL", "ResourceRecords", "AliasTarget", "SetIdentifier", "HealthCheckId"}
    | {"Weight", "Region", "GeoLocation", "GeoProximityLocation", "CidrRoutingConfig"}
    | {"Failover", "MultiValueAnswer", "TrafficPolicyInstanceId"}
)

_POLICIES = ("Weight", "Region", "GeoLocation", "GeoProximityLocation", "CidrRoutingConfig")

_LONGEST = 128
"""Characters of a set identifier."""


@dataclass(frozen=True, slots=True)
class ReadSet:
    """What is known of it; ``failover`` is ``PRIMARY`` or ``SECONDARY``, or empty."""

    held: RecordSet
    failover: str = ""


def called(value: Any) -> str:
    """Return the name and type of a set for people, whatever it may be."""
    if not isinstance(value, dict):
        return "a record set"
    said = [value.get(key) for key in ("Name", "Type", "SetIdentifier")]
    return (
        visible(" ".join(one for one in said if isinstance(one, str)), 2 * _LONGEST)
        or "a record set"
    )


def read_set(value: Any, zone: str, place: Place) -> ReadSet:
    """Read the set *value* of *zone*.

    Raises:
        ValueError: if Route 53 would refuse it; the text is a clause.
    """
    fields = Fields.of(value)
    fields.only(_KEYS)
    rdtype = type_of(fields.text("Type"))
    identifier = fields.text("SetIdentifier", "")
    if len(identifier) > _LONGEST:
        raise ValueError(f"its SetIdentifier is longer than {_LONGEST} characters")
    failover = fields.text("Failover", "")
    is_multivalue = fields.flag("MultiValueAnswer")
    policies = [key for key in _POLICIES if fields.values.get(key) is not None]
    policies += ["Failover"] * bool(failover) + ["MultiValueAnswer"] * is_multivalue
    if len(policies) > 1:
        raise ValueError(f"it has {' and '.join(policies)}, and one of them only is allowed")
    if bool(identifier) != bool(policies):
        raise ValueError(
            f"it has {policies[0]} and no SetIdentifier"
            if policies
            else "it has a SetIdentifier, and nothing that says for whom it is (Weight, Region, …)"
        )
    ttl, values, target = _content(fields, rdtype)
    rrset = PlannedRRset(
        zone,
        name_of(fields.text("Name"), zone),
        rdtype,
        ttl,
        place,
        values,
        "what a traffic policy gives" if fields.text("TrafficPolicyInstanceId", "") else "",
        target,
        visible(identifier),
    )
    weight = fields.number("Weight", 255) if "Weight" in policies else None
    is_checked = bool(fields.text("HealthCheckId", ""))
    return ReadSet(RecordSet(rrset, weight, is_multivalue, is_checked), failover)


def _content(fields: Fields, rdtype: str) -> tuple[int, tuple[str, ...], str]:
    """Return TTL, values and target of a set."""
    records = [Fields.of(one).text("Value") for one in fields.items("ResourceRecords")]
    alias = fields.inner("AliasTarget")
    if alias is None:
        values = data_of(rdtype, records)
        return fields.number("TTL", MAX_TTL), values, ""
    if records or fields.values.get("TTL") is not None:
        raise ValueError("it has an AliasTarget, and ResourceRecords or a TTL beside it")
    return ALIAS_TTL, (), name_of(alias.text("DNSName"))
