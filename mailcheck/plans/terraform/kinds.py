"""How one provider's resources say records and zones: what its module fills in.

A :class:`Kind` reads one type of resource that has records, a :class:`ZoneKind` one that is a zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.plans.names import full_name
from mailcheck.plans.route53_sets import RecordSet
from mailcheck.plans.terraform.values import WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.plans.plan import PlannedRRset
    from mailcheck.plans.terraform.values import Values


@dataclass(frozen=True, slots=True)
class Data:
    """What an RRset, or the part of it that one resource has, consists of.

    See :class:`mailcheck.plans.plan.PlannedRRset`.
    """

    ttl: int
    values: tuple[str, ...] = ()
    target: str = ""
    unknown: str = ""


class Kind:
    """One type of resource that has records.

    ``zone`` is the attribute that says which zone; ``names_zone`` that it is the zone's name, and no
    identifier. ``zones`` are the types of resources and data sources that are such zones. ``whole``
    says that the zone has no other records than the resource's; ``adds`` that a new resource adds its
    records to those of the RRset that are there. All methods may raise
    :class:`WrongError` and :class:`mailcheck.plans.terraform.values.HiddenError`.
    """

    zone = "zone_id"
    names_zone = False
    whole = False
    zones: tuple[str, ...] = ()
    part = False
    adds = False

    def zone_id(self, values: Values) -> str:
        """Return the identifier of the zone, in the one form that it is compared in."""
        return values.text(self.zone)

    def each(self, values: Values) -> Iterable[Values]:
        """Yield what is read as one RRset each."""
        yield values

    def name(self, values: Values, zone: str) -> str:
        """Return the absolute name of the RRset."""
        raise NotImplementedError

    def rdtypes(self, values: Values, *, at_apex: bool) -> tuple[str, ...]:
        """Return its type, or those of all RRsets that a provider makes of it."""
        del at_apex
        text = values.text("type").upper()
        if not text.isalnum():
            raise WrongError(f"type is {shown(text)}", "the type of a record is expected")
        return (text,)

    def variants(self, values: Values, data: Data, rdtype: str) -> Mapping[str, Data]:
        """Return the data under the name of each variant; usually there is one, without a name."""
        del values, rdtype
        return {"": data}

    def record_set(self, values: Values, rrset: PlannedRRset) -> RecordSet:
        """Return *rrset*, and what decides whether clients are given it or another of the name."""
        del values
        return RecordSet(rrset)

    def is_part(self, values: Values) -> bool:
        """Whether *values* are one record of an RRset, and not all of it."""
        del values
        return self.part

    def overwrites(self, values: Values) -> bool:
        """Whether making it takes the place of an RRset that is there, and does not fail."""
        del values
        return False

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        """Return what the records are."""
        raise NotImplementedError


class ZoneKind:
    """One type of resource, or of data source, that is a zone."""

    name_at = "name"
    ids_at: tuple[str, ...] = ("id",)

    def each(self, values: Values) -> Iterable[Values]:
        """Yield what is one zone each: some data sources are lists of them."""
        yield values

    def starts_empty(self, values: Values) -> bool:
        """Whether a new one has no record but those that a provider keeps itself."""
        del values
        return True

    def name(self, values: Values) -> str:
        """Return the name of the zone."""
        try:
            return full_name(values.text(self.name_at))
        except WrongError:
            raise
        except ValueError as error:
            raise WrongError(f"{self.name_at} is no zone: {shown(str(error))}") from None

    def ids(self, values: Values) -> Iterable[str]:
        """Yield the texts by which records refer to it, as far as they are known."""
        for key in self.ids_at:
            if not values.hides(key):
                identifier = values.get(key)
                if isinstance(identifier, (str, int)) and not isinstance(identifier, bool):
                    yield str(identifier)

    def is_private(self, values: Values) -> bool:
        """Whether only some networks see the zone, and no mail server elsewhere."""
        del values
        return False


def ttl_of(values: Values, key: str = "ttl", otherwise: int | None = None) -> int:
    """Return the TTL in seconds.

    Raises:
        WrongError: if it is none.
    """
    ttl = values.number(key) if otherwise is None else values.number_or(key, otherwise)
    if not 0 <= ttl < 2**31:  # RFC 2181 §8
        raise WrongError(f"{key} is {ttl}", "a TTL has 0 to 2147483647 seconds")
    return ttl
