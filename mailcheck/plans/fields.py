"""Fields of an object in JSON, which may have any type and any key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_SHOWN = 60
"""Characters of a key or a value that messages show."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one object. What is wrong with one is a ``ValueError``, whose text is a clause."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, value: Any) -> Fields:
        """Return those of *value*.

        Raises:
            ValueError: if it is no object.
        """
        if not isinstance(value, dict):
            raise ValueError("it is no JSON object")  # noqa: TRY004  told to users, as all of these
        return cls(value)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a *default* it has to be there.

        Raises:
            ValueError: if it is none.
        """
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise ValueError(self._wrong(key, "text"))  # noqa: TRY004  told to users
        return value

    def number(self, key: str, most: int, default: int | None = None) -> int:
        """Return a whole number from 0 to *most*; without a *default* it has to be there.

        Raises:
            ValueError: if it is none.
        """
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise ValueError(self._wrong(key, f"whole number from 0 to {most}"))
        return value

    def flag(self, key: str) -> bool:
        """Return whether it is ``true``; what is not there is not.

        Raises:
            ValueError: if it is neither true nor false.
        """
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise ValueError(self._wrong(key, "true or false"))
        return bool(value)

    def items(self, key: str) -> list[Any]:
        """Return a list, which may be missing.

        Raises:
            ValueError: if it is none.
        """
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise ValueError(self._wrong(key, "list"))  # noqa: TRY004  told to users
        return value

    def inner(self, key: str) -> Fields | None:
        """Return an object, None if it is missing.

        Raises:
            ValueError: if it is none.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise ValueError(self._wrong(key, "object"))  # noqa: TRY004  told to users
        return Fields(value)

    def only(self, known: Collection[str]) -> None:
        """Make sure that no other keys are there: what they would mean is not known here.

        Raises:
            ValueError: if one is.
        """
        if strange := [key for key in self.values if key not in known]:
            raise ValueError(f"it has a key that is not known, {visible(repr(strange[0]), _SHOWN)}")

    def _wrong(self, key: str, expected: str) -> str:
        if self.values.get(key) is None:
            return f'its "{key}" is missing'
        article = "" if expected.startswith("true") else "no "
        return f'its "{key}" is {article or "neither "}{expected.replace(" or ", " nor ")}'
