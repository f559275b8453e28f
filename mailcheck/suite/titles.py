r"""Titles of requirements: what is asked of whom, fit to be a pytest node id.

A title is the template with every slot in place, and in brackets at its end the options that are
not default: ``domain example.com has MX [at_least=2]``. It holds no ``::``, which pytest splits at,
no brackets elsewhere and no control characters; a text that loses something to these rules, or is
longer than 60 characters, ends in a hash of the whole.
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
    """Return *title* with a hash of *params*, for one that shows no difference to another's.

    Two EHLO names may differ in brackets only, which no title shows.
    """
    values = repr([(name, getattr(params, name)) for name in check.slots])
    mark = f"#{_hash(values)}"
    if title.endswith("]"):
        return f"{title[:-1]}, {mark}]"
    return f"{title} [{mark}]"


def shown(value: Any) -> str:
    """Write the value of one slot for a title."""
    if isinstance(value, tuple):
        return _fitted(", ".join(spelled(_plain(one)) for one in value))
    text = spelled(_plain(value))
    return text if isinstance(value, Domain) else _fitted(text)


def _plain(value: Any) -> str:
    if isinstance(value, HeloName):
        return _without_brackets(value)
    return show(value)


def _without_brackets(name: str) -> str:
    """Write an address literal (RFC 5321 §4.1.3) without brackets, IPv6 in full."""
    if not (name.startswith("[") and name.endswith("]")):
        return show(name)
    try:
        address = parse_address(name)
    except ValueError:
        return show(name)
    v6 = isinstance(address, ipaddress.IPv6Address)
    return f"IPv6:{show(address)}" if v6 else show(address)


def _fitted(text: str) -> str:
    safe = visible(text, limit=len(text)).replace("[", "(").replace("]", ")")
    while "::" in safe:
        safe = safe.replace("::", ":")
    if safe == text and len(text) <= LONGEST:
        return text
    return f"{safe[:_KEPT]}…{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
