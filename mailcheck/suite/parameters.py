"""From the texts given to a check's slots to its parameters.

A slot is given its text by the sentence, by an option, or by a subject of ``for``; what is wrong
with a text is said where that text stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.evidence import visible
from mailcheck.secrets import MARK, Secret
from mailcheck.slots import expected, read_one
from mailcheck.source.nodes import Mapping, Node, Scalar, describe
from mailcheck.suite.grammar import subjects_of
from mailcheck.suite.placeholders import fill, named_in
from mailcheck.suite.subjects import lost_literal
from mailcheck.suite.value_files import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.check import Check
    from mailcheck.errors import Place
    from mailcheck.slots import Slot
    from mailcheck.source.problems import Problems
    from mailcheck.suite.subject_files import Folder, Row
    from mailcheck.suite.subjects import Subjects

REMEMBERED = 100_000
"""Texts of one type whose values are kept while a file is read."""


class Given(NamedTuple):
    """What a sentence or an option gives a slot: one text, or the items of a YAML list."""

    texts: tuple[str, ...]
    place: Place
    listed: bool = False

    @property
    def braced(self) -> bool:
        """Whether something stands in braces, so that its texts depend on the subjects."""
        return "{" in self.texts[0] if len(self.texts) == 1 else "{" in "".join(self.texts)


class Filling(NamedTuple):
    """Where the slots of one sentence get their values: written with it, or from subjects.

    ``missing`` is each slot that gets no value but needs one, with the subjects that would give it.
    """

    given: dict[str, Given]
    subjects: dict[str, str]
    missing: tuple[tuple[Slot, tuple[str, ...]], ...] = ()

    @property
    def used(self) -> frozenset[str]:
        """The subjects the sentence uses, named or to fill what it leaves out."""
        braced = [text for given in self.given.values() if given.braced for text in given.texts]
        named = [subject for text in braced for subject in named_in(text)] if braced else ()
        return frozenset([*self.subjects.values(), *named])


def option(slot: Slot, value: Node, problems: Problems) -> Given | None:
    """Return what an option gives *slot*."""
    if lost := lost_literal(slot.name, value):
        problems.add(value.place, *lost)
        return None
    if isinstance(value, Scalar):
        one = problems.scalar(value, slot.name)
        return Given((one.text,), value.place) if one else None
    if isinstance(value, Mapping) or not slot.many:
        problems.add(
            value.place, f"{slot.name} is {describe(value)}", f"expected {expected(slot.type)}"
        )
        return None
    texts = tuple(item.text for item in problems.scalars(value, slot.name))
    return Given(texts, value.place, listed=True) if len(texts) == len(value.items) > 0 else None


def fill_slots(check: Check[Any], given: dict[str, Given], subjects: Subjects) -> Filling:
    """Decide which subjects fill the slots nobody has *given* a text.

    Of what is given, only the names count.
    """
    filled: dict[str, str] = {}
    for name, slot in check.slots.items():
        if name in given or slot.unless in given or slot.unless in filled:
            continue
        key = next((s for s in subjects_of(check, slot) if s in subjects.keys), None)
        if key is not None:
            filled[name] = key
    return Filling(given, filled, tuple(_missing(check, {*given, *filled})))


def _missing(check: Check[Any], have: set[str]) -> Iterator[tuple[Slot, tuple[str, ...]]]:
    """Yield what is :attr:`Filling.missing`; of slots that stand in for each other, one is needed."""
    for name, slot in check.slots.items():
        instead = [s for s in check.slots.values() if s.unless == name or s.name == slot.unless]
        if name in have or any(other.name in have for other in instead):
            continue
        if slot.required or (instead and not slot.unless and slot.default is None):
            alternatives = [slot, *instead]
            yield slot, tuple(dict.fromkeys(k for s in alternatives for k in subjects_of(check, s)))


class _Varying(NamedTuple):
    """A slot whose value depends on the row: a subject of it, or texts with braces."""

    slot: Slot
    subject: str
    braced: Given | None
    known: dict[str, Any]


class ParametersReader:
    """Builds parameters. A suite may name *secrets* of the environment and files in its *folder*."""

    def __init__(
        self, secrets: frozenset[str], problems: Problems, folder: Folder | None = None
    ) -> None:
        self.secrets = secrets
        self.folder = folder
        self.problems = problems
        self._values: dict[tuple[Any, bool, bool], dict[str, Any]] = {}

    def build(
        self, check: Check[Any], filling: Filling, rows: Iterable[Row], place: Place
    ) -> Iterator[Any]:
        """Yield an instance of the check's parameter dataclass for each of the *rows*.

        Rows with a wrong value are left out. What no subject changes is read once for all rows.
        """
        fixed: dict[str, Any] = {}
        varying: list[_Varying] = []
        sound = True
        for name, slot in check.slots.items():
            given = filling.given.get(name)
            if given is not None and not given.braced:
                fixed[name] = self._value(check, slot, given)
                sound = sound and fixed[name] is not None
            elif given is not None or name in filling.subjects:
                known = self._known(slot, listed=slot.many)
                varying.append(_Varying(slot, filling.subjects.get(name, ""), given, known))
            elif slot.required:
                fixed[name] = None
        for row in rows:
            values = self._varied(check, varying, row) if varying else {}
            if values is not None and sound:
                params = self._instance(check, fixed | values, place)
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
            return value_of(slot, given.texts[0], given.place, self.folder, self.problems)
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
