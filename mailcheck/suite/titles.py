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
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.evidence import visible
from mailcheck.names import Domain, HeloName, parse_address, to_u_labels
from mailcheck.slots import show
from mailcheck.template import Hole

if TYPE_CHECKING:
    from mailcheck.check import Check
    from mailcheck.names import Address
    from mailcheck.slots import Slot

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


class _Frame(NamedTuple):
    """A form with a brace pair for each slot, the slots it says, and all others; by number."""

    form: str
    said: tuple[int, ...]
    others: tuple[int, ...]


class Titles:
    """Writes the titles of one check."""

    def __init__(self, check: Check[Any]) -> None:
        self._forms = check.template.forms
        self._names = tuple(check.slots)
        self._defaults = tuple(map(_default, check.slots.values()))
        self._otherwise = {n: s for n, s in enumerate(check.slots.values()) if s.otherwise}
        self._frames: dict[tuple[bool, ...], _Frame] = {}
        self._last: list[tuple[Any, str]] = [(None, shown(None))] * len(self._names)

    def title(self, params: Any) -> str:
        """Return the title of the check with *params*, an instance of its parameter dataclass."""
        values = [getattr(params, name) for name in self._names]
        filled = tuple([value is not None and value != () for value in values])
        frame = self._frames.get(filled)
        if frame is None:
            frame = self._frames[filled] = self._frame(filled)
        title = frame.form.format(*[self._shown(number, values[number]) for number in frame.said])
        options = [
            f"{self._names[number]}={self._shown(number, values[number])}"
            for number in frame.others
            if values[number] != self._defaults[number] and not self._is_told(number, values)
        ]
        return f"{title} [{', '.join(options)}]" if options else title

    def _is_told(self, number: int, values: list[Any]) -> bool:
        """Whether the value of a slot is the one that the other slots tell."""
        slot = self._otherwise.get(number)
        if slot is None:
            return False
        told = slot.text_otherwise(dict(zip(self._names, values, strict=True)))
        return str(values[number]) == told

    def _frame(self, filled: tuple[bool, ...]) -> _Frame:
        """Choose the fullest form whose slots are all *filled*."""
        have = {name for name, is_filled in zip(self._names, filled, strict=True) if is_filled}
        form, slots = next(
            (form, slots)
            for form in self._forms
            if have.issuperset(slots := [part.name for part in form if isinstance(part, Hole)])
        )
        words = " ".join("{}" if isinstance(part, Hole) else part for part in form)
        others = tuple(n for n, name in enumerate(self._names) if name not in slots)
        return _Frame(words, tuple(map(self._names.index, slots)), others)

    def _shown(self, number: int, value: Any) -> str:
        """Show the value of a slot; what one sentence says of many subjects is one object."""
        last, text = self._last[number]
        if value is not last:
            text = shown(value)
            self._last[number] = value, text
        return text


def title_of(check: Check[Any], params: Any) -> str:
    """Return the title of *check* with *params*, an instance of its parameter dataclass."""
    return Titles(check).title(params)


def _default(slot: Slot) -> Any:
    return None if slot.default is dataclasses.MISSING else slot.default


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
        return spelled(to_u_labels(value))
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
    safe = text if text.isprintable() else visible(text, limit=len(text))
    safe = safe.replace("[", "(").replace("]", ")")
    while "::" in safe:
        safe = safe.replace("::", ":")
    if safe == whole and len(text) <= LONGEST:
        return text
    return f"{safe[:_KEPT]}…{_hash(whole)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
