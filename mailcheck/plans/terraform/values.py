"""The attributes of one resource, before a change or after it, and which of them nobody may show.

A plan says beside the values which of them are known only after the change (``after_unknown``), and
which are sensitive (``after_sensitive``): trees of the same form, ``true`` where it holds. A
sensitive value would be shown with what was seen, so it counts as one that is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LATER = "known only after apply"
SENSITIVE = "sensitive"
SHOWN = 80
"""Characters of a value that a message shows."""


class WrongError(ValueError):
    """Something is wrong with a resource: a clause, and what was expected or what to do."""

    def __init__(self, what: str, expected: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


class HiddenError(Exception):
    """The value of the attribute ``key`` is not to be had, and ``why``, as an adjective."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key} is {why}")
        self.key = key
        self.why = why


def shown(value: object) -> str:
    """Return *value*, which is not sensitive, for a message."""
    return visible(repr(value) if isinstance(value, str) else str(value), SHOWN)


def _holds(marks: Any) -> bool:
    """Whether any of the tree *marks* is ``true``; hostile ones are deep."""
    open_ones = [marks]
    while open_ones:
        one = open_ones.pop()
        if one is True:
            return True
        if isinstance(one, dict):
            open_ones.extend(one.values())
        elif isinstance(one, list):
            open_ones.extend(one)
    return False


def _below(marks: Any, key: str | int) -> Any:
    if isinstance(marks, dict):
        return marks.get(key)
    if isinstance(marks, list) and isinstance(key, int):
        return marks[key] if key < len(marks) else None
    return marks


@dataclass(frozen=True, slots=True)
class Values:
    """Attributes by name, those that are not set being null or absent.

    All methods raise :class:`HiddenError` for what is not to be had, and :class:`WrongError` for
    what is of another type.
    """

    known: Mapping[str, Any]
    unknown: Any = None
    sensitive: Any = None
    within: str = ""
    """The block that they are of, with a dot behind it."""

    def get(self, key: str) -> Any:
        """Return whatever *key* has."""
        self._seen(key, deep=True)
        return self.known.get(key)

    def _seen(self, key: str, *, deep: bool) -> None:
        for marks, why in ((self.sensitive, SENSITIVE), (self.unknown, LATER)):
            if marks:
                mark = _below(marks, key)
                if mark is True or (deep and mark and _holds(mark)):
                    raise HiddenError(self.within + key, why)

    def hides(self, key: str) -> bool:
        """Whether the value of *key*, or any within, is not to be had."""
        return any(_holds(_below(marks, key)) for marks in (self.sensitive, self.unknown))

    def text(self, key: str) -> str:
        """Return the text that has to be there."""
        value = self.get(key)
        return value if isinstance(value, str) else self._wrong(key, value, "a text")

    def text_or(self, key: str, otherwise: str = "") -> str:
        """Return the text, or *otherwise* if none is set."""
        return otherwise if self.get(key) is None else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list or set of texts; none are none."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._wrong(key, value, "a list of texts")
        return tuple(value)

    def number(self, key: str) -> int:
        """Return the integer that has to be there; some tools write it as a text."""
        value = self.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
            return int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e12:
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 1e12:
            self._wrong(key, value, "an integer")
        return int(value)

    def number_or(self, key: str, otherwise: int) -> int:
        """Return the integer, or *otherwise* if none is set."""
        return otherwise if self.get(key) in (None, "") else self.number(key)

    def flag(self, key: str) -> bool:
        """Return a truth value; none is false."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, value, "true or false")
        return bool(value)

    def blocks(self, key: str) -> tuple[Values, ...]:
        """Return the blocks called *key*, or the objects of a list, or the one object."""
        self._seen(key, deep=False)
        value = self.known.get(key)
        unknown, sensitive = _below(self.unknown, key), _below(self.sensitive, key)
        if isinstance(value, dict):
            return (Values(value, unknown, sensitive, f"{self.within}{key}."),)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._wrong(key, value, "a list of objects")
        return tuple(self._each(key, value, unknown, sensitive))

    def block(self, key: str) -> Values | None:
        """Return the one block called *key*, if there is one."""
        found = self.blocks(key)
        if len(found) > 1:
            raise WrongError(f"{self.within}{key} is there {len(found)} times", "one is allowed")
        return found[0] if found else None

    def _each(self, key: str, value: list[Any], unknown: Any, sensitive: Any) -> Iterator[Values]:
        for i, one in enumerate(value):
            where = f"{self.within}{key}[{i}]."
            yield Values(one, _below(unknown, i), _below(sensitive, i), where)

    def _wrong(self, key: str, value: Any, expected: str) -> NoReturn:
        if value is None:
            raise WrongError(f"{self.within}{key} is not set", f"{expected} is expected")
        raise WrongError(
            f"{self.within}{key} is {_KINDS.get(type(value), 'something else')}",
            f"{expected} is expected",
        )


_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false"} | dict.fromkeys(
    (int, float), "a number"
)
