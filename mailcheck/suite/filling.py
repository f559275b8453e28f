"""Who gives each slot of a sentence its text: the sentence, an option, or a subject of ``for``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.slots import expected
from mailcheck.source.nodes import Mapping, Node, Scalar, describe
from mailcheck.suite.grammar import subjects_of
from mailcheck.suite.placeholders import named_in
from mailcheck.suite.subjects import lost_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.check import Check
    from mailcheck.errors import Place
    from mailcheck.slots import Slot
    from mailcheck.source.problems import Problems
    from mailcheck.suite.subjects import Subjects


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
        if not value.text and not value.empty and slot.takes_nothing:
            return Given(("",), value.place)
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
