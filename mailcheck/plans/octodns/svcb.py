"""Parameters of SVCB and HTTPS records as octoDNS has them (RFC 9460)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.plans.octodns.values import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NUMBERS = {
    "mandatory": 0,
    "alpn": 1,
    "no-default-alpn": 2,
    "port": 3,
    "ipv4hint": 4,
    "ech": 5,
    "ipv6hint": 6,
}
_LISTS = frozenset({"mandatory", "alpn", "ipv4hint", "ipv6hint"})


def params(raw: Any) -> dict[str, Any]:
    """Return the parameters *raw* of a value.

    Raises:
        UnreadableError: if they are none that octoDNS can write out.
    """
    if not isinstance(raw, dict):
        raise UnreadableError("its svcparams are no mapping")
    for key, value in raw.items():
        _number(key)
        if isinstance(value, dict) or (isinstance(value, list) and key not in _LISTS):
            raise UnreadableError("one of its svcparams is a list or a mapping")
    return dict(raw)


def check(value: Mapping[str, Any], complain: Callable[[str], None]) -> None:
    """Say what octoDNS has against a whole *value*."""
    if not 0 <= value["svcpriority"] <= 65535:
        raise UnreadableError(f"its svcpriority is {value['svcpriority']}")
    if value["svcpriority"] == 0 and value["svcparams"]:
        complain("it is an alias (svcpriority 0), and has svcparams")
    complain_of = [
        key
        for key in _LISTS & value["svcparams"].keys()
        if not isinstance(value["svcparams"][key], list)
    ]
    if complain_of:
        complain(f"its {', '.join(sorted(complain_of))} is no list")


def presented(value: Mapping[str, Any]) -> str:
    """Return a whole *value* in presentation form."""
    parts = [str(value["svcpriority"]), str(value["targetname"])]
    for key in sorted(value["svcparams"], key=_number):
        param = value["svcparams"][key]
        if isinstance(param, list):
            parts.append(f"{key}={','.join(map(str, param))}")
        else:
            parts.append(key if param is None else f"{key}={param}")
    return " ".join(parts)


def _number(key: str) -> int:
    if key in _NUMBERS:
        return _NUMBERS[key]
    if key.startswith("key") and key[3:].isdecimal() and len(key) <= 8:
        return int(key[3:])
    raise UnreadableError("one of its svcparams has a name that octoDNS does not know")
