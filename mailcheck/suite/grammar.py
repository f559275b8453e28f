"""Which check a sentence belongs to, and which sentence was probably meant if it is none's."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.suite.placeholders import PLACEHOLDER
from mailcheck.template import Hole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.catalogue import Catalogue
    from mailcheck.check import Check
    from mailcheck.slots import Slot
    from mailcheck.template import Template, Token


class Reading(NamedTuple):
    """A sentence as one check reads it: the text of each slot it fills."""

    check_id: str
    check: Check[Any]
    slots: dict[str, str]


class _Known(NamedTuple):
    """A form of a check, and where in it the slots stand; ``rank`` is its place among all forms."""

    rank: int
    check_id: str
    slots: tuple[tuple[str, int], ...]


class Grammar:
    """The sentences of a catalogue. A check is read from there when a sentence is found to be its."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.subjects = KnownSubjects(catalogue)
        # A template begins with a word. Forms of one length and first word have their slots in a
        # few patterns of places; with nothing in these, a sentence is its form.
        self._patterns: dict[tuple[int, str], set[tuple[int, ...]]] = {}
        self._by_words: dict[tuple[str | None, ...], list[_Known]] = {}
        templates = catalogue.templates.items()
        forms = ((check_id, form) for check_id, template in templates for form in template.forms)
        for rank, (check_id, form) in enumerate(forms):
            words = tuple(part.casefold() if isinstance(part, str) else None for part in form)
            slots = tuple((p.name, at) for at, p in enumerate(form) if isinstance(p, Hole))
            start = (len(form), str(words[0]))
            self._patterns.setdefault(start, set()).add(tuple(at for _, at in slots))
            self._by_words.setdefault(words, []).append(_Known(rank, check_id, slots))

    def read(self, tokens: tuple[Token, ...]) -> Reading | None:
        """Return how *tokens* are read.

        Where several forms fit by their words, the one with the fewest slots that do not take their
        texts is chosen, so that the slot at fault can be named.
        """
        if not tokens:
            return None
        words = ["" if token.quoted else token.text.casefold() for token in tokens]
        known: list[_Known] = []
        for pattern in self._patterns.get((len(words), words[0]), ()):
            form: list[str | None] = [*words]
            for at in pattern:
                form[at] = None
            known += self._by_words.get(tuple(form), ())
        if len(known) < 2:
            return self._reading(known[0], tokens) if known else None
        readings = [self._reading(one, tokens) for one in sorted(known, key=attrgetter("rank"))]
        return min(readings, key=_refused)

    def _reading(self, known: _Known, tokens: tuple[Token, ...]) -> Reading:
        slots = {name: tokens[at].text for name, at in known.slots}
        return Reading(known.check_id, self.catalogue.check(known.check_id), slots)


class KnownSubjects(Collection[str]):
    """The keys ``for`` may have: whatever fills a slot of some check, in the order of checks."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._met: set[str] = set()

    def __contains__(self, key: object) -> bool:
        if key not in self._met and isinstance(key, str):
            if key not in self._of_its_own(key) and key not in self._all:
                return False
            self._met.add(key)
        return key in self._met

    def _of_its_own(self, slot: str) -> Iterable[str]:
        """Return what is taken by the shortest sentence that begins with the name of its *slot*.

        Nearly always the subject of that name, and the check rests on little. To see whether any
        check takes it, all would be imported, for every suite that has a ``for``.
        """
        named = [item for item in self._catalogue.templates.items() if slot in item[1].holes]
        if not named:
            return ()
        check_id, _ = min(named, key=lambda item: _distance(slot, item[1]))
        return _taken_by(self._catalogue.check(check_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(k for _, check in self._catalogue for k in _taken_by(check)))


def _distance(slot: str, template: Template) -> tuple[bool, int]:
    """Rank *template* among those with *slot*: is it about that, and is it short?"""
    return not template.text.casefold().startswith(slot), len(template.text)


def _taken_by(check: Check[Any]) -> Iterator[str]:
    return (key for slot in check.slots.values() for key in subjects_of(check, slot))


def subjects_of(check: Check[Any], slot: Slot) -> tuple[str, ...]:
    """Return the keys of ``for`` that fill *slot* when a sentence leaves it out.

    An option that has a default and says nothing about subjects is never filled so.
    """
    told = slot.subjects != (slot.name,) or slot.unless or slot.required
    return slot.subjects if told or slot.name in check.template.holes else ()


def spelled_out(check: Check[Any]) -> str:
    """Return the fullest sentence of *check*, its slots in braces: ``domain {domain} has MX``."""
    return check.template.render({name: f"{{{name}}}" for name in check.template.holes})


def accepts(slot: Slot, text: str) -> bool:
    """Whether *slot* takes *text*, or may take it once its placeholders are filled."""
    try:
        return PLACEHOLDER.search(text) is not None or slot.accepts(text)
    except Exception:  # noqa: BLE001  a slot type of the user's own; blamed where the slot is read
        return False


def _refused(reading: Reading) -> int:
    """Return how many of its slots do not take their texts."""
    return sum(not accepts(reading.check.slots[n], text) for n, text in reading.slots.items())
