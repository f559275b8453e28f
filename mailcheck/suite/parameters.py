"""From the texts given to a check's slots to its parameters.

What is wrong with a text is said where that text stands; what is wrong in a file, there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.evidence import visible
from mailcheck.secrets import MARK, Secret
from mailcheck.slots import expected, read_one
from mailcheck.suite.filling import Given
from mailcheck.suite.placeholders import fill
from mailcheck.suite.value_files import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.check import Check
    from mailcheck.errors import Place
    from mailcheck.slots import Slot
    from mailcheck.source.problems import Problems
    from mailcheck.suite.files import Files
    from mailcheck.suite.filling import Filling
    from mailcheck.suite.subject_files import Row

REMEMBERED = 100_000
"""Texts of one type whose values are kept while a file is read."""


class _Varying(NamedTuple):
    """A slot whose value depends on the row: a subject of it, or texts with braces."""

    slot: Slot
    subject: str
    braced: Given | None
    known: dict[str, Any]


class ParametersReader:
    """Builds parameters. A suite may name *secrets* of the environment, and *files* beside it."""

    def __init__(
        self, secrets: frozenset[str], problems: Problems, files: Files | None = None
    ) -> None:
        self.secrets = secrets
        self.problems = problems
        self.files = files
        self._values: dict[tuple[Any, bool, bool], dict[str, Any]] = {}

    def build(
        self, check: Check[Any], filling: Filling, rows: Iterable[Row], place: Place
    ) -> Iterator[Any]:
        """Yield an instance of the check's parameter dataclass for each of the *rows*.

        Rows with a wrong value are left out. What no subject changes is read once for all rows.
        """
        fixed: dict[str, Any] = {}
        varying: list[_Varying] = []
        by_others: list[Slot] = []
        sound = True
        for name, slot in check.slots.items():
            given = filling.given.get(name)
            if given is not None and not given.braced:
                fixed[name] = self._value(check, slot, given)
                sound = sound and fixed[name] is not None
            elif given is not None or name in filling.subjects:
                known = self._known(slot, listed=slot.many)
                varying.append(_Varying(slot, filling.subjects.get(name, ""), given, known))
            elif slot.otherwise:
                by_others.append(slot)
            elif slot.required:
                fixed[name] = None
        for row in rows:
            values = self._varied(check, varying, row) if varying else {}
            if values is not None and sound:
                whole = fixed | values
                if by_others and not self._told_by_others(check, by_others, whole, place):
                    continue
                params = self._instance(check, whole, place)
                if params is not None:
                    yield params

    def _varied(
        self, check: Check[Any], varying: list[_Varying], row: Row
    ) -> dict[str, Any] | None:
        """Return the values that *row* gives; None if one is wrong."""
        values: dict[str, Any] = {}
        sound = True
        for slot, key, braced, known in varying:
            if braced is not None:
                subjects = {name: value.text for name, value in row.items()}
                texts = tuple(fill(text, subjects) for text in braced.texts)
                value = self._value(check, slot, braced._replace(texts=texts))
            else:
                subject = row[key]
                value = known.get(subject.text)
                if value is None:
                    # A subject is one value, whatever commas stand in it.
                    given = Given((subject.text,), subject.place, listed=slot.many)
                    value = self._value(check, slot, given)
            values[slot.name] = value
            sound = sound and value is not None
        return values if sound else None

    def _told_by_others(
        self, check: Check[Any], slots: list[Slot], values: dict[str, Any], place: Place
    ) -> bool:
        """Add to *values* those of *slots*, whose texts are made from them; whether all are right."""
        for slot in slots:
            given = Given((slot.text_otherwise(values),), place)
            values[slot.name] = self._value(check, slot, given)
        return all(values[slot.name] is not None for slot in slots)

    def _instance(self, check: Check[Any], values: dict[str, Any], place: Place) -> Any | None:
        try:
            params = check.parameters(**values)
            hash(params)  # or what was said once cannot be known
        except ValueError as error:
            self.problems.add(place, str(error))
        except Exception as error:  # noqa: BLE001  whatever a check of the user's own raises
            self._blame(check, error, place)
        else:
            return params
        return None

    def _value(self, check: Check[Any], slot: Slot, given: Given) -> Any | None:
        """Return the value of what a slot is *given*; None if it is wrong, having said why.

        Sentences repeat each other's subjects, so a text is read once for all slots of a type.
        """
        if len(given.texts) > 1:
            return self._read(check, slot, given)
        [text] = given.texts
        known = self._known(slot, listed=given.listed)
        value = known.get(text)
        if value is None:
            value = self._read(check, slot, given)
            if value is not None:
                if len(known) >= REMEMBERED:
                    known.clear()
                known[text] = value
        return value

    def _known(self, slot: Slot, *, listed: bool) -> dict[str, Any]:
        """Return the values of texts that such slots were given, alone or as an item of a list."""
        return self._values.setdefault((slot.type, slot.many, listed), {})

    def _read(self, check: Check[Any], slot: Slot, given: Given) -> Any | None:
        if not self._secrets_allowed(slot, given.texts, given.place):
            return None
        try:
            if given.listed:
                return tuple(read_one(slot.type, text) for text in given.texts)
            return value_of(slot, given.texts[0], given.place, self.files, self.problems)
        except ValueError as error:
            said = visible(str(error))
            wanted = expected(slot.type)
            hint = "" if wanted in said else f"expected {wanted}"
            self.problems.add(given.place, f"{slot.name}: {said}", hint)
        except Exception as error:  # noqa: BLE001  whatever a slot type of the user's own raises
            self._blame(check, error, given.place)
        return None

    def _blame(self, check: Check[Any], error: Exception, place: Place) -> None:
        what = (
            f'the check "{check.template.text}" cannot read this: {type(error).__name__}: {error}'
        )
        self.problems.add(place, what, "the fault is in the check: it may raise ValueError only")

    def _secrets_allowed(self, slot: Slot, texts: tuple[str, ...], place: Place) -> bool:
        if slot.type is not Secret:
            if MARK in " ".join(texts):
                what = f"{slot.name} names a secret, and takes none"
                self.problems.add(place, what, f"expected {expected(slot.type)}")
                return False
            return True
        for text in texts:
            try:
                name = Secret.parse(text).name
            except ValueError:
                continue  # said, without the text, when the slot reads it
            if name not in self.secrets:
                what = f"the secret {name} is not among those this project allows"
                self.problems.add(place, what, f"add {name} to mail_secrets in the ini file")
                return False
        return True
