r"""Titles of requirements: what is asked of whom, fit to be a pytest node id.

A title is the template with every slot in place, and in brackets at its end the options that are
not default: ``domain example.com has MX [at_least=2]``. It holds no ``::``, which pytest splits at,
no brackets elsewhere and no control characters; a value that loses something to these rules, or is
longer than 60 characters, ends in a hash of the whole. So a title never depends on its neighbours.
"""

from __future__ import annotations

import dataclasses
import hashlib
import ipaddress
import re
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.names import Domain, HeloName, parse_address
from mailcheck.slots import show
from mailcheck.template import Hole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.check import Check
    from mailcheck.names import Address

LONGEST = 60
"""Characters of a text in a title."""

_KEPT = 50
"""Characters of a longer text that stay before its hash."""

_BARE = re.compile(r'[^\s",]+')


def spelled(text: str) -> str:
    r"""Write *text* as one token of a sentence: in double quotes if it must be.

    >>> spelled("v=spf1 -all")
    '"v=spf1 -all"'
    """
    if _BARE.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def title_of(check: Check[Any], params: Any) -> str:
    """Return the title of *check* with *params*, an instance of its parameter dataclass."""
    values = {name: getattr(params, name) for name in check.slots}
    filled = {name for name, value in values.items() if value is not None and value != ()}
    form = next(
        form
        for form in check.template.forms
        if all(part.name in filled for part in form if isinstance(part, Hole))
    )
    said = {part.name for part in form if isinstance(part, Hole)}
    words = (shown(values[part.name]) if isinstance(part, Hole) else part for part in form)
    options = [
        f"{name}={shown(value)}"
        for name, value in values.items()
        if name not in said and value != _default(check, name)
    ]
    return " ".join(words) + _closing(options)


def _default(check: Check[Any], name: str) -> Any:
    default = check.slots[name].default
    return None if default is dataclasses.MISSING else default


def _closing(options: Iterable[str]) -> str:
    inside = ", ".join(options)
    return f" [{inside}]" if inside else ""


def told_apart(title: str, check: Check[Any], params: Any) -> str:
    """Return *title* with a hash of *params*, for one whose hash is another's too."""
    values = repr([(name, getattr(params, name)) for name in check.slots])
    mark = f"#{_hash(values)}"
    if title.endswith("]"):
        return f"{title[:-1]}, {mark}]"
    return f"{title} [{mark}]"


def shown(value: Any) -> str:
    """Write the value of one slot for a title; no other value of the slot is written so."""
    if isinstance(value, Domain):
        return spelled(show(value))
    values = value if isinstance(value, tuple) else (value,)
    text = ", ".join(spelled(_plain(one)) for one in values)
    return _fitted(text, text if all(map(_told_whole, values)) else f"{text} {value!r}")


def _plain(value: Any) -> str:
    if type(value) is str:
        return value  # a text is no name, whatever labels stand in it
    literal = _literal(value) if isinstance(value, HeloName) else None
    if literal is None:
        return show(value)
    v6 = isinstance(literal, ipaddress.IPv6Address)
    return f"IPv6:{show(literal)}" if v6 else show(literal)


def _told_whole(value: Any) -> bool:
    """Whether what a title shows of *value* is read as *value* again."""
    if isinstance(value, HeloName) and (literal := _literal(value, bare=True)):
        # In titles an address is a literal (RFC 5321 §4.1.3) as it should be written.
        tag = "IPv6:" if isinstance(literal, ipaddress.IPv6Address) else ""
        return value == f"[{tag}{literal}]"
    parse = getattr(type(value), "parse", None)
    if parse is None or isinstance(value, Domain):
        return True
    try:
        return bool(parse(show(value)) == value)
    except Exception:  # noqa: BLE001  a slot type of the user's own
        return False


def _literal(name: str, *, bare: bool = False) -> Address | None:
    """Return the address that *name* is in brackets, or, if *bare*, without them as well."""
    if not bare and not (name.startswith("[") and name.endswith("]")):
        return None
    try:
        return parse_address(name)
    except ValueError:
        return None


def _fitted(text: str, whole: str) -> str:
    safe = visible(text, limit=len(text)).replace("[", "(").replace("]", ")")
    while "::" in safe:
        safe = safe.replace("::", ":")
    if safe == whole and len(text) <= LONGEST:
        return text
    return f"{safe[:_KEPT]}…{_hash(whole)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
