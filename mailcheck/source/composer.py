"""Building nodes from the events of PyYAML's parser.

What the parser does not decide is decided here: aliases, merge keys, duplicate keys, and limits for
files that mean harm. No constructor of PyYAML runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mailcheck.errors import Place, SourceError
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence, Style, describe
from mailcheck.source.quoting import leading
from mailcheck.source.runs import DEPTH, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.source.problems import Problems

MAX_DEPTH = 64
"""Levels of lists and mappings in each other. A suite has five."""

MAX_EXPANDED = 100_000
"""Values that aliases may add to a file; a text counts once for every hundred characters."""

_STYLES: dict[str | None, Style] = {"'": "'", '"': '"', "|": "|", ">": ">"}

new = tuple.__new__
"""What the constructor of a NamedTuple calls; called at once, it takes half the time."""

Event: TypeAlias = Any
Mark: TypeAlias = Any
Keyed: TypeAlias = "tuple[Scalar, Node]"


class Composer:
    """Builds the nodes of one file.

    Of the *runs* the events were made without, each one that is found in its place is put there and
    taken out of the mapping. Lines end in line feeds.
    """

    def __init__(
        self,
        events: Iterator[Event],
        text: str,
        file: str,
        problems: Problems,
        runs: dict[int, Run],
    ) -> None:
        self.events = events
        self.lines = text.split("\n")
        self.runs = runs
        self.file = file
        self.problems = problems
        self.commented = "#" in text
        self.anchored = "&" in text
        self.count = 0
        self.expanded = 0
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.open: set[str] = set()
        self.unused: dict[str, Scalar] = {}

    def documents(self) -> Iterator[Node]:
        """Yield the node of each document."""
        for event in self.events:
            if type(event) is DocumentStartEvent:
                self.anchors.clear()
                yield self._node(next(self.events), MAX_DEPTH)
                self._report_unused()

    def _node(self, event: Event, depth: int) -> Node:
        kind = type(event)
        if kind is ScalarEvent and depth and event.anchor is None and event.tag is None:
            return self._scalar(event)  # nearly all there is, before anything is asked of the rest
        if kind is AliasEvent:
            return self._alias(event)
        if event.tag is not None:
            self._refuse_tag(event)
        if depth == 0:
            self._stop(event, f"lists and mappings stand more than {MAX_DEPTH} deep in each other")
        before = self.count
        if event.anchor is not None:
            self.open.add(event.anchor)
        node: Node
        if kind is ScalarEvent:
            node = self._scalar(event)
        elif kind is SequenceStartEvent:
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        if event.anchor is not None:
            self._keep(event.anchor, node, self.count - before)
        return node

    def _scalar(self, event: Event) -> Scalar:
        text: str = event.value
        if self.anchored:
            self.count += 1 + len(text) // 100
        style = _STYLES.get(event.style, "plain")
        comment = self._comment(event.end_mark) if self.commented and style == "plain" else ""
        return new(Scalar, (text, self._place(event), style, comment))

    def _comment(self, end: Mark) -> str:
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        rest = line[end.column :].strip() if "#" in line else ""
        return rest if rest.startswith("#") else ""

    def _sequence(self, start: Event, depth: int) -> Sequence:
        self.count += 1
        items: list[Node] = []
        for event in self.events:
            if type(event) is SequenceEndEvent:
                break
            items.append(self._node(event, depth - 1))
            if self.runs and depth >= DEPTH:
                self._insert_run(items)
        return Sequence(tuple(items), self._place(start), bool(start.flow_style))

    def _insert_run(self, items: list[Node]) -> None:
        """Add the items of the run that begins with the last of *items*, if one does."""
        line = items[-1].place.line
        run = self.runs.get(line)
        if run is not None and run.begins_with(items[-1]):
            del self.runs[line]
            items += run.between

    def _mapping(self, start: Event, depth: int) -> Mapping:
        self.count += 1
        own: dict[str, Keyed] = {}
        merged: dict[str, Keyed] = {}
        for event in self.events:
            if type(event) is MappingEndEvent:
                break
            key = self._node(event, depth - 1)
            value = self._node(next(self.events), depth - 1)
            if type(key) is Scalar and key.text and key.text != "<<" and key.text not in own:
                own[key.text] = (key, value)
            elif isinstance(key, Scalar) and key.text == "<<" and key.plain:
                self._merge(merged, value)
            else:
                self._add(own, key, value)
        for name, entry in merged.items():
            own.setdefault(name, entry)
        return Mapping(tuple(own.values()), self._place(start), bool(start.flow_style))

    def _add(self, entries: dict[str, Keyed], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.problems.add(
                key.place, f"a key is {describe(key)}", "expected a text before the colon"
            )
        elif key.empty:
            self.problems.add(key.place, "nothing stands before a colon", "expected a key")
        elif key.text in entries:
            first = entries[key.text][0].place.line
            self.problems.add(
                key.place,
                f'key "{key.text}" stands here a second time',
                f"the first one is in line {first}; keep one of them",
            )
        else:
            entries[key.text] = (key, value)

    def _merge(self, entries: dict[str, Keyed], value: Node) -> None:
        """Take the entries of a merge key (``<<``); of several mappings the first one holds."""
        for source in value.items if isinstance(value, Sequence) else (value,):
            if not isinstance(source, Mapping):
                self.problems.add(
                    source.place,
                    f"<< is given {describe(source)}",
                    "expected an alias of a mapping",
                )
                continue
            for key, child in source.entries:
                entries.setdefault(key.text, (key, child))

    def _alias(self, event: Event) -> Node:
        name = event.anchor
        self.unused.pop(name, None)
        if name in self.open:
            self._stop(event, f"alias *{name} stands inside the value it names")
        if name not in self.anchors:
            hint = leading(self.lines[event.start_mark.line])
            self.problems.add(
                self._place(event),
                f"alias *{name} names nothing",
                hint.expected if hint else f"expected an anchor &{name} above",
            )
            return Scalar("*" + name, self._place(event))
        node, size = self.anchors[name]
        self.count += size
        self.expanded += size
        if self.expanded > MAX_EXPANDED:
            self._stop(event, f"aliases make more than {MAX_EXPANDED} values of this file")
        if isinstance(node, Scalar):
            return Scalar(node.text, self._place(event), node.style)
        return node

    def _keep(self, anchor: str, node: Node, size: int) -> None:
        self.open.discard(anchor)
        self.anchors[anchor] = (node, size)
        if isinstance(node, Scalar):
            self.unused[anchor] = node

    def _report_unused(self) -> None:
        """Add texts that lost their first word: ``- &co is a partner`` reads "is a partner"."""
        for name, node in self.unused.items():
            hint = leading(self.lines[node.place.line - 1])
            if hint is not None:
                self.problems.add(node.place, f"&{name} names a text nothing uses", hint.expected)
        self.unused.clear()

    def _refuse_tag(self, event: Event) -> None:
        hint = leading(self.lines[event.start_mark.line])
        written = "" if event.tag == "!" else f' "{event.tag}"'
        self.problems.add(
            self._place(event),
            f"the YAML tag{written} is not taken here",
            hint.expected if hint else "write the value without it",
        )

    def _stop(self, event: Event, what: str) -> NoReturn:
        self.problems.add(self._place(event), what, "write it out, or in smaller files")
        raise SourceError(self.problems.found)

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        return new(Place, (self.file, mark.line + 1, mark.column + 1, ""))
