"""Route 53 of ``hashicorp/aws``: ``aws_route53_record`` and ``aws_route53_records_exclusive``.

Which of several sets of one name clients are given is worked out in
:mod:`mailcheck.plans.route53_sets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.names import is_under
from mailcheck.plans.names import full_name
from mailcheck.plans.route53_sets import RecordSet
from mailcheck.plans.route53_values import ALIAS_TTL
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of
from mailcheck.plans.terraform.providers import route53_data
from mailcheck.plans.terraform.values import HiddenError, WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.plans.plan import PlannedRRset
    from mailcheck.plans.terraform.values import Values


class _Route53(Kind):
    zones = ("aws_route53_zone",)
    multivalue = ""
    alias = ""
    alias_name = ""

    def zone_id(self, values: Values) -> str:
        return values.text(self.zone).removeprefix("/hostedzone/")

    def name(self, values: Values, zone: str) -> str:
        return route53_data.name_in(values.text("name"), zone)

    def variants(self, values: Values, data: Data, rdtype: str) -> Mapping[str, Data]:
        del rdtype
        return {values.text_or("set_identifier"): data}

    def record_set(self, values: Values, rrset: PlannedRRset) -> RecordSet:
        alias = values.block(self.alias)
        return RecordSet(
            rrset,
            self.weight(values),
            is_multivalue=values.flag(self.multivalue),
            is_checked=bool(values.text_or("health_check_id"))
            or bool(alias and alias.flag("evaluate_target_health")),
        )

    def weight(self, values: Values) -> int | None:
        """Return the weight of a weighted set."""
        raise NotImplementedError

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del zone, name
        if alias := values.block(self.alias):
            target = alias.text(self.alias_name)
            try:
                return Data(ALIAS_TTL, target=full_name(route53_data.decimal(target)))
            except ValueError as error:
                raise WrongError(f"the alias {shown(target)} is no name: {error}") from None
        texts = self.texts(values, rdtype)
        if not texts:
            raise WrongError("it has neither records nor an alias")
        ttl = ttl_of(values)
        return Data(ttl, tuple(route53_data.value(rdtype, text) for text in texts))

    def texts(self, values: Values, rdtype: str) -> Iterable[str]:
        """Return the records as Route 53's interface takes them."""
        raise NotImplementedError


class _Record(_Route53):
    multivalue = "multivalue_answer_routing_policy"
    alias, alias_name = "alias", "name"

    def weight(self, values: Values) -> int | None:
        policy = values.block("weighted_routing_policy")
        return policy.number("weight") if policy else None

    def overwrites(self, values: Values) -> bool:
        return values.known.get("allow_overwrite") is True

    def texts(self, values: Values, rdtype: str) -> Iterable[str]:
        records = values.texts("records")
        # ``flattenTxtEntry``: quotation marks around whatever it is.
        return [f'"{one}"' for one in records] if rdtype in ("TXT", "SPF") else records


class _Exclusive(_Route53):
    """All of a zone but its SOA and NS; removing it removes none of them (``WithNoOpDelete``)."""

    whole = True
    multivalue = "multi_value_answer"
    alias, alias_name = "alias_target", "dns_name"

    def each(self, values: Values) -> Iterable[Values]:
        return values.blocks("resource_record_set")

    def weight(self, values: Values) -> int | None:
        return None if values.get("weight") is None else values.number("weight")

    def name(self, values: Values, zone: str) -> str:
        # Unlike the other resource it completes nothing.
        text = values.text("name")
        name = full_name(route53_data.decimal(text))
        if not is_under(name, zone):
            raise WrongError(f"name is {shown(text)}, which is not in the zone {zone}")
        return name

    def texts(self, values: Values, rdtype: str) -> Iterable[str]:
        del rdtype
        if values.text_or("traffic_policy_instance_id"):
            raise HiddenError("traffic_policy_instance_id", "what the records are made of")
        return [one.text("value") for one in values.blocks("resource_records")]


class _Zone(ZoneKind):
    ids_at = ("zone_id", "id")

    def ids(self, values: Values) -> Iterable[str]:
        for one in super().ids(values):
            yield one.removeprefix("/hostedzone/")

    def is_private(self, values: Values) -> bool:
        # A resource has the networks that see it; a data source says it.
        return bool(values.blocks("vpc")) or values.flag("private_zone")


RECORDS: Mapping[str, Kind] = {
    "aws_route53_record": _Record(),
    "aws_route53_records_exclusive": _Exclusive(),
}

ZONES: Mapping[str, ZoneKind] = {"aws_route53_zone": _Zone()}
