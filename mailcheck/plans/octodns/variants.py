"""Values that only some clients are given: ``dynamic`` with its pools, and ``geo``, as it was before.

Which client gets what is decided by the provider, in ways of its own. So each value of a pool
is a variant, alone: of several, providers return one by its weight. Of ``geo``, all values of a place
are returned together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.plans.octodns.rdata import read_value
from mailcheck.plans.octodns.values import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.octodns.rdata import Complain, Value

_WITH_POOLS = frozenset({"A", "AAAA", "CNAME", "DNAME"})
_WITH_PLACES = frozenset({"A", "AAAA"})

DEFAULT = "default"
"""Names the values beside the pools: for clients of no rule, and where all pools are down."""


def variants_of(
    rdtype: str, fields: dict[str, Any], complain: Complain
) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """Return the values of pools and places in *fields*, each with whom it is for.

    Raises:
        UnreadableError: if octoDNS could not read them.
    """
    if "dynamic" in fields and rdtype in _WITH_POOLS:
        return tuple(_pools(rdtype, fields["dynamic"], complain))
    if "geo" in fields and rdtype in _WITH_PLACES:
        return tuple(_places(rdtype, fields["geo"], complain))
    return ()


def _places(rdtype: str, geo: Any, complain: Complain) -> Iterator[tuple[str, tuple[Value, ...]]]:
    if not isinstance(geo, dict):
        raise UnreadableError("geo is no mapping")
    for code, raws in geo.items():
        if not isinstance(raws, list) or not raws:
            raise UnreadableError(f"geo {_shown(code)} is no list of values")
        yield (
            f"geo {_shown(code)}",
            tuple(read_value(rdtype, raw, complain) for raw in raws),
        )


def _pools(
    rdtype: str, dynamic: Any, complain: Complain
) -> Iterator[tuple[str, tuple[Value, ...]]]:
    pools = dynamic.get("pools") if isinstance(dynamic, dict) else None
    rules = dynamic.get("rules") if isinstance(dynamic, dict) else None
    if not isinstance(pools, dict) or not pools or not isinstance(rules, list) or not rules:
        complain("dynamic has no pools or no rules")
        return
    _check_rules(rules, complain)
    used: dict[str, None] = {}
    for number, rule in enumerate(rules, 1):
        pool = rule.get("pool") if isinstance(rule, dict) else None
        if pool is None or str(pool) not in pools:
            complain(f"rule {number} of dynamic names no pool that is there")
        while pool is not None and str(pool) in pools and str(pool) not in used:
            used[str(pool)] = None
            pool = _fallback(pools, str(pool), complain)
    if unused := ", ".join(_shown(name) for name in pools if name not in used):
        complain(f"no rule of dynamic leads to {unused}")
    for name in used:
        yield from _values(rdtype, name, pools[name], complain)


def _check_rules(rules: list[Any], complain: Complain) -> None:
    """Say which rules octoDNS refuses; what codes of places there are is its own matter."""
    everybody = 0
    for number, rule in enumerate(rules, 1):
        if not isinstance(rule, dict):
            continue
        whom = [rule.get(key, []) for key in ("geos", "subnets")]
        if not all(isinstance(one, list) for one in whom):
            complain(f"geos or subnets of rule {number} of dynamic are no list")
        everybody += not any(whom)
    if everybody > 1:
        complain("two rules of dynamic are for everybody")
    last = rules[-1]
    if isinstance(last, dict) and (last.get("geos") or last.get("subnets")):
        complain("the last rule of dynamic is not for everybody")


def _check_value(number: int, value: dict[str, Any], complain: Complain) -> None:
    weight = value.get("weight", 1)
    if not isinstance(weight, int) or not 1 <= weight <= 100:
        complain(f"the weight of value {number} of a pool is no number from 1 to 100")
    if value.get("status", "obey") not in ("up", "down", "obey"):
        complain(f"the status of value {number} of a pool is none of up, down and obey")


def _fallback(pools: dict[str, Any], name: str, complain: Complain) -> Any:
    pool = pools[name]
    found = pool.get("fallback") if isinstance(pool, dict) else None
    if found is not None and str(found) not in pools:
        complain(f"the fallback of pool {_shown(name)} is no pool")
    return found


def _values(
    rdtype: str, name: str, pool: Any, complain: Complain
) -> Iterator[tuple[str, tuple[Value, ...]]]:
    values = pool.get("values") if isinstance(pool, dict) else None
    if not isinstance(values, list) or not values:
        raise UnreadableError(f"pool {_shown(name)} has no values")
    for number, one in enumerate(values, 1):
        if not isinstance(one, dict) or "value" not in one:
            raise UnreadableError(f"value {number} of pool {_shown(name)} has no value")
        value = read_value(rdtype, one["value"], complain)
        _check_value(number, one, complain)
        if one.get("status") != "down":
            label = f"pool {_shown(name)}"
            yield (f"{label}, value {number}" if len(values) > 1 else label), (value,)


def _shown(name: str) -> str:
    return visible(name, 60)
