"""Reads lists from YAML: the file that is shipped, and the one a project adds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from mailcheck.blocklists import fields
from mailcheck.blocklists.blocklist import Blocklist, Codes, Kind, Meaning, Refusal
from mailcheck.blocklists.registry import Registry
from mailcheck.errors import Place
from mailcheck.source.documents import read_documents
from mailcheck.source.nodes import Mapping, Scalar
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailcheck.source.nodes import Node

SHIPPED = Path(__file__).with_name("blocklists.yml")

VERSION = "1"

_TOP = ("blocklists", "read", "lists")

WORDS = {
    "key": ("none", "optional", "required"),
    "dul": ("essential", "extra", "no"),
    "default": ("yes", "no"),
    "registered": ("yes", "no"),
}

NONE_KNOWN = "none known"
"""Stands for the page of an operator who has none."""

_TEXTS = ("operator", "removal")

KEYS = (*_TEXTS, "keyed", "takes", "codes", "bits", "base", "refusals", "test", *WORDS, "state")
"""What may be said of a list."""

T = TypeVar("T")


@cache
def shipped() -> Registry:
    """Return the lists that mailcheck knows by itself."""
    return read_registry(SHIPPED, SHIPPED.name)


def read_registry(path: Path, shown_as: str) -> Registry:
    """Read the lists described in the file at *path*; messages call it *shown_as*.

    Raises:
        SourceError: with every problem of the file.
    """
    problems = Problems()
    documents = read_documents(path, shown_as, problems)
    reader = _Reader(problems)
    lists = reader.lists(documents, shown_as)
    reader.check_keyed(Registry({}) if path == SHIPPED else shipped())
    problems.raise_any()
    return Registry(lists)


def described(node: Node, problems: Problems) -> Iterator[tuple[Scalar, Blocklist]]:
    """Read the lists that a mapping describes by their zones, each with its name as written.

    What is wrong is added to *problems*. What takes a key in place of a list is not looked up.
    """
    mapping = problems.mapping(node, "blocklists")
    return _Reader(problems).described(mapping) if mapping else iter(())


class _Reader:
    """Reads descriptions; what is wrong is added to *problems* and left out."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._places: dict[str, Place] = {}
        self._keyed: dict[str, Scalar] = {}
        self._lists: dict[str, Blocklist] = {}

    def lists(self, documents: tuple[Node, ...], shown_as: str) -> dict[str, Blocklist]:
        """Return the lists of a file, which is one mapping."""
        if len(documents) != 1:
            place = documents[1].place if documents else Place(shown_as, 1)
            self._problems.add(
                place, "the file is not one mapping", f'expected "blocklists: {VERSION}"'
            )
            return {}
        top = self._problems.keys(documents[0], _TOP, "the file")
        version = top.get("blocklists")
        if not (isinstance(version, Scalar) and version.text == VERSION):
            place = version.place if version else documents[0].place
            self._problems.add(
                place, "the version is missing or unknown", f'expected "blocklists: {VERSION}"'
            )
        mapping = self._problems.mapping(top["lists"], "lists") if "lists" in top else None
        if mapping is None:
            self._problems.add(documents[0].place, "the file has no lists", "expected lists:")
            return {}
        self._lists.update({one.zone: one for _, one in self.described(mapping)})
        return self._lists

    def described(self, mapping: Mapping) -> Iterator[tuple[Scalar, Blocklist]]:
        """Yield the lists of *mapping*, each with its name as written."""
        for name, node in mapping.entries:
            if (zone := self._value(name, fields.zone, "the zone of a list")) is None:
                continue
            if (first := self._places.setdefault(zone, name.place)) is not name.place:
                self._problems.add(
                    name.place, f"{name.text} is described twice", f"first in line {first.line}"
                )
            yield name, self._list(zone, name, node)

    def check_keyed(self, others: Registry) -> None:
        """See that what takes a key in the place of a list is described, here or among *others*.

        What stands in for a list is not asked beside it: a list that stood in for itself, or in a
        ring with another, would never be asked.
        """
        known = {**others.lists, **self._lists}
        for zone, named in self._keyed.items():
            keyed = known.get(self._lists[zone].keyed)
            if keyed is None or keyed.defunct or keyed.key == "none" or keyed.keyed:
                self._problems.add(
                    named.place,
                    f'keyed is "{named.text}"',
                    "expected another list, described here or known, that takes a key itself",
                )

    def _list(self, zone: str, name: Scalar, node: Node) -> Blocklist:
        keys = self._problems.keys(node, KEYS, name.text)
        given: dict[str, Any] = {}
        for key in _TEXTS:
            if key in keys and (text := self._problems.scalar(keys[key], key)):
                given[key] = text.text
        if given.get("removal") == NONE_KNOWN:
            del given["removal"]
        if "keyed" in keys and (keyed := self._problems.scalar(keys["keyed"], "keyed")):
            given["keyed"] = self._value(keyed, fields.zone, "keyed") or ""
            self._keyed[zone] = keyed
        for key, words in WORDS.items():
            if key in keys and (word := self._word(keys[key], key, words)):
                given[key] = word == "yes" if "yes" in words else word
        if "takes" in keys:
            given["takes"] = frozenset(self._takes(keys["takes"]))
        if "base" in keys and (base := self._scalar(keys["base"], fields.return_code, "base")):
            given["base"] = base
        given["codes"] = tuple(self._codes(keys.get("codes")))
        given["bits"] = tuple(self._bits(keys.get("bits")))
        given["refusals"] = tuple(self._refusals(keys.get("refusals")))
        if "test" in keys and (test := self._problems.scalar(keys["test"], "test")):
            takes = given.get("takes", fields.ADDRESSES)
            given["tests"] = self._value(
                test, lambda text: fields.list_points(text, takes), "the test points"
            )
        given["defunct"] = self._defunct(keys.get("state"))
        self._check_codes(name, keys, lives=not given["defunct"])
        return Blocklist(zone, **given)

    def _check_codes(self, name: Scalar, keys: dict[str, Node], *, lives: bool) -> None:
        """See that a list says what its codes mean, and in one way."""
        if "bits" in keys and "codes" in keys:
            place = keys["codes"].place
            self._problems.add(place, f"{name.text} has codes beside bits", "expected one of them")
        if "base" in keys and "bits" not in keys:
            place = keys["base"].place
            self._problems.add(place, f"{name.text} has a base without bits", "expected bits:")
        if lives and "codes" not in keys and "bits" not in keys:
            self._problems.add(
                name.place, f"{name.text} declares no codes", "expected codes: or bits:"
            )

    def _takes(self, node: Node) -> Iterator[Kind]:
        kinds: tuple[Kind, ...] = get_args(Kind)
        if takes := self._problems.scalar(node, "takes"):
            for word in takes.text.split(","):
                if kind := next((one for one in kinds if one == word.strip()), None):
                    yield kind
                else:
                    self._problems.unknown(
                        takes._replace(text=word.strip()), "kind", kinds, "takes"
                    )

    def _codes(self, node: Node | None) -> Iterator[Codes]:
        for key, value in self._entries(node, "codes"):
            meaning = self._scalar(value, fields.meaning, "the meaning of a code")
            span = self._value(key, fields.span, "a return code")
            if meaning and span:
                yield Codes(*span, meaning)

    def _bits(self, node: Node | None) -> Iterator[tuple[int, Meaning]]:
        for key, value in self._entries(node, "bits"):
            meaning = self._scalar(value, fields.meaning, "the meaning of a bit")
            bit = self._value(key, fields.bit, "a bit")
            if meaning and bit:
                yield bit, meaning

    def _refusals(self, node: Node | None) -> Iterator[Refusal]:
        for key, value in self._entries(node, "refusals"):
            why = self._problems.scalar(value, "the reason of a refusal")
            span = self._value(key, fields.span, "a return code")
            if why and span:
                yield Refusal(*span, why.text)

    def _defunct(self, node: Node | None) -> str:
        state = self._problems.scalar(node, "state") if node else None
        if state is None or state.text.partition(",")[0] == "live":
            return ""
        word, _, since = state.text.partition(" ")
        if word.rstrip(",") != "defunct" or not since.strip():
            self._problems.add(
                state.place, f'state is "{state.text}"', 'expected "live" or "defunct DATE, why"'
            )
        return since.strip()

    def _entries(self, node: Node | None, subject: str) -> tuple[tuple[Scalar, Node], ...]:
        mapping = self._problems.mapping(node, subject) if node else None
        return mapping.entries if isinstance(mapping, Mapping) else ()

    def _word(self, node: Node, key: str, words: tuple[str, ...]) -> str | None:
        word = self._problems.scalar(node, key)
        if word is not None and word.text not in words:
            self._problems.unknown(word, "word", words, key)
            return None
        return word.text if word else None

    def _scalar(self, node: Node, read: Callable[[str], T], subject: str) -> T | None:
        text = self._problems.scalar(node, subject)
        return self._value(text, read, subject) if text else None

    def _value(self, text: Scalar, read: Callable[[str], T], subject: str) -> T | None:
        try:
            return read(text.text)
        except ValueError as error:
            self._problems.add(text.place, f'{subject} is "{text.text}"', f"expected {error}")
            return None
