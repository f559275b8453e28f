"""From the texts given to a check's slots to its parameters.

A slot is given its text by the sentence, by an option, or by a subject of ``for``; what is wrong
with a text is said where that text stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.secrets import MARK, Secret
from mailcheck.slots import expected, read_one
from mailcheck.source.nodes import Mapping, Node, Scalar, describe
from mailcheck.suite.grammar import subjects_of
from mailcheck.suite.placeholders import fill, named_in
from mailcheck.suite.subjects import lost_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.check import Check
    from mailcheck.errors import Place
    from mailcheck.slots import Slot
    from mailcheck.source.problems import Problems
    from mailcheck.suite.subject_files import Row
    from mailcheck.suite.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Given:
    """What a sentence or an option gives a slot: one text, or the items of a YAML list."""

    texts: tuple[str, ...]
    place: Place
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """Where the slots of one sentence get their values: written with it, or from subjects."""

    given: dict[str, Given]
    subjects: dict[str, str]

    @property
    def used(self) -> frozenset[str]:
        """The subjects the sentence uses, named or to fill what it leaves out."""
        named = (s for given in self.given.values() for text in given.texts for s in named_in(text))
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
    """Decide which subjects fill the slots nobody has *given* a text."""
    filled: dict[str, str] = {}
    for name, slot in check.slots.items():
        if name in given or slot.unless in given or slot.unless in filled:
            continue
        key = next((s for s in subjects_of(check, slot) if s in subjects.keys), None)
        if key is not None:
            filled[name] = key
    return Filling(given, filled)


def missing(check: Check[Any], filling: Filling) -> Iterator[tuple[Slot, tuple[str, ...]]]:
    """Yield each slot that gets no value but needs one, with the subjects that would give it.

    Of slots that stand in for each other (``unless``), one is needed.
    """
    have = {*filling.given, *filling.subjects}
    for name, slot in check.slots.items():
        instead = [s for s in check.slots.values() if s.unless == name or s.name == slot.unless]
        if name in have or any(other.name in have for other in instead):
            continue
        if slot.required or (instead and not slot.unless and slot.default is None):
            alternatives = [slot, *instead]
            yield slot, tuple(dict.fromkeys(k for s in alternatives for k in subjects_of(check, s)))


class ParametersReader:
    """Builds parameters. *secrets* are the environment variables a suite may name."""

    def __init__(self, secrets: frozenset[str], problems: Problems) -> None:
        self.secrets = secrets
        self.problems = problems

    def build(self, check: Check[Any], filling: Filling, row: Row, place: Place) -> Any | None:
        """Return an instance of the check's parameter dataclass; None if a value is wrong."""
        subjects = {key: value.text for key, value in row.items()}
        values: dict[str, Any] = {}
        sound = True
        for name, slot in check.slots.items():
            if name in filling.given:
                given = filling.given[name]
            elif name in filling.subjects:
                subject = row[filling.subjects[name]]
                # A subject is one value, whatever commas stand in it.
                given = Given((subject.text,), subject.place, listed=slot.many)
            else:
                if slot.required:
                    values[name] = None
                continue
            value = self._value(check, slot, given, subjects)
            sound = sound and value is not None
            values[name] = value
        if not sound:
            return None
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

    def _value(
        self, check: Check[Any], slot: Slot, given: Given, subjects: dict[str, str]
    ) -> Any | None:
        texts = tuple(fill(text, subjects) for text in given.texts)
        if not self._secrets_allowed(slot, texts, given.place):
            return None
        try:
            if given.listed:
                return tuple(read_one(slot.type, text) for text in texts)
            return slot.read(texts[0])
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
            if any(MARK in text for text in texts):
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
