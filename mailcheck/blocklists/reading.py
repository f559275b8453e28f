"""Reads lists from YAML: the file that is shipped, and the one a project adds."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from mailcheck.blocklists.blocklist import (
    RETURN_CODES,
    Blocklist,
    Category,
    Codes,
    Kind,
    ListPoints,
    Meaning,
    Refusal,
)
from mailcheck.blocklists.registry import Registry
from mailcheck.errors import Place
from mailcheck.names import Domain
from mailcheck.source.documents import read_documents
from mailcheck.source.nodes import Mapping, Scalar
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailcheck.source.nodes import Node

SHIPPED = Path(__file__).with_name("blocklists.yml")

VERSION = "1"

_TOP = ("blocklists", "read", "lists")

_WORDS = {
    "key": ("none", "optional", "required"),
    "dul": ("essential", "extra", "no"),
    "default": ("yes", "no"),
    "registered": ("yes", "no"),
}

_TEXTS = ("operator", "removal", "keyed")

_KEYS = (*_TEXTS, "takes", "codes", "bits", "base", "refusals", "test", *_WORDS, "state")

_ADDRESSES: frozenset[Kind] = frozenset({"ip4", "ip6"})

_BITS = 8
"""Of the last octet."""

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
    problems.raise_any()
    return Registry({one.zone: one for one in lists})


class _Reader:
    """Reads descriptions; what is wrong is added to *problems* and left out."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def lists(self, documents: tuple[Node, ...], shown_as: str) -> list[Blocklist]:
        """Return the lists of a file, which is one mapping."""
        if len(documents) != 1:
            place = documents[1].place if documents else Place(shown_as, 1)
            self._problems.add(
                place, "the file is not one mapping", f'expected "blocklists: {VERSION}"'
            )
            return []
        top = self._problems.keys(documents[0], _TOP, "the file")
        version = top.get("blocklists")
        if not (isinstance(version, Scalar) and version.text == VERSION):
            place = version.place if version else documents[0].place
            self._problems.add(
                place, "the version is missing or unknown", f'expected "blocklists: {VERSION}"'
            )
        described = self._problems.mapping(top["lists"], "lists") if "lists" in top else None
        if described is None:
            self._problems.add(documents[0].place, "the file has no lists", "expected lists:")
            return []
        return [self._list(zone, node) for zone, node in described.entries]

    def _list(self, name: Scalar, node: Node) -> Blocklist:
        zone = self._value(name, Domain.parse, "the zone of a list") or ""
        keys = self._problems.keys(node, _KEYS, name.text)
        given: dict[str, Any] = {}
        for key in _TEXTS:
            if key in keys and (text := self._problems.scalar(keys[key], key)):
                given[key] = text.text
        for key, words in _WORDS.items():
            if key in keys and (word := self._word(keys[key], key, words)):
                given[key] = word == "yes" if "yes" in words else word
        if "takes" in keys:
            given["takes"] = frozenset(self._takes(keys["takes"]))
        if "base" in keys and (base := self._scalar(keys["base"], _code, "base")):
            given["base"] = base
        given["codes"] = tuple(self._codes(keys.get("codes")))
        given["bits"] = tuple(self._bits(keys.get("bits")))
        given["refusals"] = tuple(self._refusals(keys.get("refusals")))
        if "test" in keys and (test := self._problems.scalar(keys["test"], "test")):
            takes = given.get("takes", _ADDRESSES)
            given["tests"] = self._value(test, lambda text: _test(text, takes), "the test points")
        given["defunct"] = self._defunct(keys.get("state"))
        if not (given["defunct"] or "codes" in keys or "bits" in keys):
            self._problems.add(
                name.place, f"{name.text} declares no codes", "expected codes: or bits:"
            )
        return Blocklist(zone, **given)

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
            meaning = self._scalar(value, _meaning, "the meaning of a code")
            span = self._value(key, _span, "a return code")
            if meaning and span:
                yield Codes(*span, meaning)

    def _bits(self, node: Node | None) -> Iterator[tuple[int, Meaning]]:
        for key, value in self._entries(node, "bits"):
            meaning = self._scalar(value, _meaning, "the meaning of a bit")
            bit = self._value(key, _bit, "a bit")
            if meaning and bit:
                yield bit, meaning

    def _refusals(self, node: Node | None) -> Iterator[Refusal]:
        for key, value in self._entries(node, "refusals"):
            why = self._problems.scalar(value, "the reason of a refusal")
            span = self._value(key, _span, "a return code")
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


def _code(text: str) -> IPv4Address:
    try:
        code = IPv4Address(text.strip())
    except ValueError:
        code = None
    if code is None or code not in RETURN_CODES:
        raise ValueError("an address in 127.0.0.0/8")
    return code


def _span(text: str) -> tuple[IPv4Address, IPv4Address]:
    first, _, last = text.partition("-")
    span = _code(first), _code(last or first)
    if span[0] > span[1]:
        raise ValueError("the lower address first")
    return span


def _bit(text: str) -> int:
    bits = {str(1 << n): 1 << n for n in range(_BITS)}
    if text not in bits:
        raise ValueError("one of " + ", ".join(bits))
    return bits[text]


def _meaning(text: str) -> Meaning:
    word, _, said = text.partition(",")
    for category in get_args(Category):
        if category == word.strip():
            return Meaning(category, said.strip())
    raise ValueError("a category, such as spam or dynamic, a comma, and what the list calls it")


def _test(text: str, takes: frozenset[Kind]) -> ListPoints | None:
    if text == "none":
        return None
    match = re.fullmatch(r"([0-9A-Za-z.:-]+)(?:, not ([0-9A-Za-z.:-]+))?", text)
    if match is None:
        raise ValueError('"none", or an entry the list has, as in "127.0.0.2, not 127.0.0.1"')
    points = ListPoints(match[1], match[2] or "")
    if takes & _ADDRESSES:
        read = IPv4Address if "ip4" in takes else ip_address
        try:
            _ = [read(point) for point in points if point]
        except ValueError:
            raise ValueError("addresses that the list takes, as in 127.0.0.2") from None
    return points
