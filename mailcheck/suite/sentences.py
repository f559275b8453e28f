"""From an item of ``checks`` to requirements: one for each combination of the subjects it uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Problem
from mailcheck.evidence import visible
from mailcheck.source.problems import Problems, nearest
from mailcheck.suite.filling import Filling, Given, fill_slots, option
from mailcheck.suite.grammar import Grammar, spelled_out
from mailcheck.suite.items import Item, add_cut, read_item, uncut
from mailcheck.suite.neighbours import hint
from mailcheck.suite.options import COMMON, TermsReader
from mailcheck.suite.requirement import Requirement
from mailcheck.suite.titles import Titles, title_of, told_apart
from mailcheck.template import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.errors import Place
    from mailcheck.source.nodes import Node
    from mailcheck.suite.consent import Consent
    from mailcheck.suite.grammar import Reading
    from mailcheck.suite.options import Terms
    from mailcheck.suite.own_lists import Lists
    from mailcheck.suite.parameters import ParametersReader
    from mailcheck.suite.subjects import Subjects

MOST = 500_000
"""Requirements of one file. Lists that multiply get there faster than anyone means."""


class Said:
    """What a file has said so far: no requirement twice, no title twice.

    ``faulty`` are the places of sentences whose common options are wrong.
    """

    def __init__(self) -> None:
        self.faulty: set[Place] = set()
        self._places: dict[str, dict[Any, Place]] = {}
        self._writers: dict[str, Titles] = {}
        self._titles: set[str] = set()

    def __len__(self) -> int:
        """Return how many requirements there are so far."""
        return len(self._titles)

    def places(self, check_id: str) -> dict[Any, Place]:
        """Return where each of the parameters of a check was said."""
        return self._places.setdefault(check_id, {})

    def title(self, reading: Reading, params: Any) -> str:
        """Return a title that no other requirement of the file has."""
        writer = self._writers.get(reading.check_id)
        if writer is None:
            writer = self._writers[reading.check_id] = Titles(reading.check)
        title = writer.title(params)
        if title in self._titles:
            title = told_apart(title, reading.check, params)
        self._titles.add(title)
        return title


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Reads the items of one block: its title, for what somebody consents, *lists* of its own."""

    grammar: Grammar
    subjects: Subjects
    terms: TermsReader
    parameters: ParametersReader
    said: Said
    problems: Problems
    block: str
    consent: Consent
    lists: Lists = ()
    fillings: dict[tuple[str, ...], Filling] = field(default_factory=dict)

    def read(self, node: Node) -> Iterable[Requirement]:
        """Return the requirements of one item; none if it is wrong."""
        item = read_item(node, self.problems)
        reading = self._reading(item) if item else None
        if item is None or reading is None:
            return ()
        own = {key.text: value for key, value in item.options if key.text in COMMON}
        before = len(self.problems.found)
        terms = self.terms.read(own, reading.check)
        if len(self.problems.found) > before:
            self.said.faulty.add(item.sentence.place)
        given = self._given(item, reading)
        if given is None:
            return ()
        filling = self._filling(reading, given)
        used = filling.used
        if (used or filling.missing) and not self._complete(item, reading, filling, used):
            return ()
        return self._requirements(item, reading, filling, used, terms)

    def _filling(self, reading: Reading, given: dict[str, Given]) -> Filling:
        """Fill the slots; sentences of a check that give the same ones are filled alike."""
        key = (reading.check_id, *given)
        found = self.fillings.get(key)
        if found is None:
            found = self.fillings[key] = fill_slots(reading.check, given, self.subjects)
        return Filling(given, found.subjects, found.missing)

    def _reading(self, item: Item) -> Reading | None:
        sentence = item.sentence
        try:
            reading = self.grammar.read(tokens_of(sentence.text))
        except ValueError as error:
            self.problems.better_known(sentence.place)
            expected = 'write a text in double quotes, as in "v=spf1 -all"'
            self.problems.add(sentence.place, str(error), expected)
            return None
        if reading is None:
            self._unread(item)
        return reading

    def _unread(self, item: Item) -> None:
        """Say that no check reads the sentence of *item*, and what was probably meant."""
        sentence = item.sentence
        if sentence.comment and self._readable(uncut(sentence)[0]):
            add_cut(sentence, self.problems)
            return
        options = [key.text for key, _ in item.options]
        meant = hint(self.grammar.catalogue, sentence.text, options)
        self.problems.better_known(sentence.place)
        what = f'no check reads "{visible(sentence.text, 100)}"'
        self.problems.add(sentence.place, what, meant)

    def _readable(self, text: str) -> bool:
        try:
            return self.grammar.read(tokens_of(text)) is not None
        except ValueError:
            return False

    def _given(self, item: Item, reading: Reading) -> dict[str, Given] | None:
        """Return what sentence and options give, by slot."""
        given = {n: Given((t,), item.sentence.place) for n, t in reading.slots.items()}
        slots = reading.check.slots
        sound = True
        for key, value in item.options:
            if key.text in COMMON:
                continue
            found = None
            if key.text not in slots:
                what = f'"{item.sentence.text}" has no option "{key.text}"'
                self.problems.add(key.place, what, nearest(key.text, (*slots, *COMMON)))
            elif reading.slots.get(key.text, own := f"{{{key.text}}}") != own:
                what = f"{key.text} is given twice, in the sentence and as an option"
                self.problems.add(key.place, what, "keep one of them")
            else:
                found = option(slots[key.text], value, self.problems)
            if found is None:
                sound = False
            else:
                given[key.text] = found
        return given if sound else None

    def _complete(
        self, item: Item, reading: Reading, filling: Filling, used: frozenset[str]
    ) -> bool:
        """Whether every slot and every placeholder has what fills it.

        Nothing is said against a sentence whose subjects are wrong themselves.
        """
        lacks = [
            *self._unfilled(item, reading, filling),
            *(self._unnamed(item, reading, subject) for subject in sorted(used)),
        ]
        problems = [problem for problem in lacks if problem is not None]
        if self.subjects.sound:
            for problem in problems:
                self.problems.add(problem.place, problem.what, problem.expected)
        return not problems

    def _unfilled(self, item: Item, reading: Reading, filling: Filling) -> Iterator[Problem]:
        for slot, keys in filling.missing:
            full = spelled_out(reading.check)
            what = f'"{item.sentence.text}" does not say which {slot.name}'
            ways = (
                [f'in the sentence ("{full}")'] if f"{{{slot.name}}}" in full else ["as an option"]
            )
            if keys:
                ways.append(f"in for ({' or '.join(f'{key}:' for key in keys)})")
            yield Problem(item.sentence.place, what, f"say it {' or '.join(ways)}")

    def _unnamed(self, item: Item, reading: Reading, subject: str) -> Problem | None:
        place = item.sentence.place
        if subject not in self.subjects.keys:
            what = f"{{{subject}}} names no subject of this block"
            if subject in self.grammar.subjects:
                return Problem(place, what, f"add {subject}: to for")
            if reading.slots.get(subject) == f"{{{subject}}}":
                hint = f"write the {subject} itself, or give it as an option ({subject}:)"
                return Problem(place, what, hint)
            known = self.subjects.keys or self.grammar.subjects
            return Problem(place, what, nearest(subject, known))
        beside = self.subjects.lacking(subject)
        if beside is None:
            return None
        what = f"this item of for has no {subject}"
        wanted = f'"{item.sentence.text}" in line {place.line} needs one'
        return Problem(beside.place, what, wanted)

    def _requirements(
        self, item: Item, reading: Reading, filling: Filling, used: frozenset[str], terms: Terms
    ) -> Iterator[Requirement]:
        check_id, check, _ = reading
        place = item.sentence.place
        if len(self.said) + self.subjects.count(used) > MOST:
            what = f'"{item.sentence.text}" makes this file more than {MOST} requirements'
            self.problems.add(place, what, "the lists of for multiply; use fewer, or several files")
            return
        sentence = item.sentence.text.strip()
        if not sentence.isprintable():
            sentence = visible(sentence, len(sentence))
        rows = self.subjects.combinations(used)
        places = self.said.places(check_id)
        policy, tags, note = terms
        tries, block, lists = check.recipients, self.block, self.lists if check.lists else ()
        for params in self.parameters.build(check, filling, rows, place):
            before = places.setdefault(params, place)
            if before is not place:
                self._said_already(reading, params, place, before)
                continue
            if tries and self.consent.refuse(tries(params), place, self.problems):
                return
            title = self.said.title(reading, params)
            title = sentence if title == sentence else title  # kept once, of very many
            yield Requirement._make(
                (check_id, check, params, policy, place, title, sentence, tags, note, block, lists)
            )

    def _said_already(self, reading: Reading, params: Any, place: Place, before: Place) -> None:
        if self.said.faulty.isdisjoint((before, place)):
            what = f'"{title_of(reading.check, params)}" is said already at line {before.line}'
            self.problems.add(place, what, "keep one of them")
