"""The options every sentence takes: ``severity``, ``waive``, ``expect``, ``tags``, ``note``.

They say how a finding counts, never what is asked, so none of them shows in a title.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from mailcheck.evidence import visible
from mailcheck.secrets import MARK
from mailcheck.source.nodes import Mapping, Node, Scalar
from mailcheck.source.problems import nearest
from mailcheck.suite.grammar import spelled_out
from mailcheck.verdict import Policy, Severity, Waiver

if TYPE_CHECKING:
    from mailcheck.catalogue import Catalogue
    from mailcheck.check import Check
    from mailcheck.source.problems import Problems

COMMON = {
    "severity": "required or advised, for all tags or for each: {TAG: advised}",
    "waive": "accept a known fault for a time: {until: DATE, owner: WHO, reason: WHY}",
    "expect": "the tag this sentence must be unmet with: a negative test",
    "tags": "pytest markers, to select with -m",
    "note": "a text for whoever reads a failure",
}
"""The options and what the schema and the catalogue say about them."""

ADVISED: Severity = "advised"
SEVERITIES = ("required", ADVISED)

WAIVE = ("until", "owner", "reason")

_MARKER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

# As markers these would act on the test, or cannot be written after -m.
_RESERVED = frozenset(
    {"skip", "skipif", "xfail", "parametrize", "usefixtures", "filterwarnings"}
    | {"and", "or", "not", "None", "True", "False"}
)


class Terms(NamedTuple):
    """The common options of one sentence."""

    policy: Policy = Policy()
    tags: tuple[str, ...] = ()
    note: str = ""


PLAIN = Terms()


REMEMBERED = 10_000
"""Different options of sentences that are kept while a block is read."""


class TermsReader:
    """Reads the common options of one block; ``defaults`` hold where a sentence says nothing."""

    def __init__(self, catalogue: Catalogue, problems: Problems) -> None:
        self.catalogue = catalogue
        self.problems = problems
        self.defaults: dict[str, Node] = {}
        self._known: dict[tuple[Any, ...], Terms] = {}

    def set_defaults(self, node: Node) -> None:
        """Take ``defaults``, which holds common options only."""
        self._known.clear()
        self.defaults = self.problems.keys(node, COMMON, "defaults")
        if isinstance(node, Mapping) and not node.entries:
            self.problems.add(node.place, "defaults is empty", "leave it out, or set an option")

    def read(self, own: dict[str, Node], check: Check[Any]) -> Terms:
        """Read the options a sentence has of its *own*, together with the defaults.

        Sentences of a check that say the same options share one object.
        """
        if not own and not self.defaults and not check.advised:
            return PLAIN
        said = (check.template.text, *((name, _written(node)) for name, node in own.items()))
        terms = self._known.get(said)
        if terms is None:
            before = len(self.problems.found)
            terms = self._read(own, check)
            if len(self.problems.found) == before and len(self._known) < REMEMBERED:
                self._known[said] = terms
        return terms

    def _read(self, own: dict[str, Node], check: Check[Any]) -> Terms:
        nodes = {**self.defaults, **own}
        default, default_tags = self._severity(self.defaults.get("severity"), check, lenient=True)
        level, by_tag = self._severity(own.get("severity"), check, lenient=False)
        if level is None:  # a sentence that moves a tag moves that one only
            level, by_tag = default, {**default_tags, **by_tag}
        if level is None:  # nobody spoke of the tags that the check itself only advises
            by_tag = {**dict.fromkeys(check.advised, ADVISED), **by_tag}
        severity = level or "required"
        waiver = self._waiver(nodes.get("waive"))
        expect = self._expect(nodes.get("expect"), check)
        if waiver and expect:
            what = "waive and expect exclude each other"
            expected = "a fault that is expected needs no waiver; keep one of them"
            self.problems.add(nodes["waive"].place, what, expected)
        both = (self.defaults.get("tags"), own.get("tags"))
        tags = tuple(dict.fromkeys(tag for node in both if node for tag in self._tags(node)))
        note = self._text(nodes["note"], "note") if "note" in nodes else ""
        # Nothing is left that could count; but who says how a sentence must end wants to know.
        if level is None and not expect and set(check.advised) == set(check.unmet_tags):
            severity = ADVISED
        return Terms(Policy(severity, by_tag, waiver, expect), tags, note)

    def _severity(
        self, node: Node | None, check: Check[Any], *, lenient: bool
    ) -> tuple[Severity | None, dict[str, Severity]]:
        """Read ``severity``; a *lenient* one may name tags of other checks, as defaults do."""
        if node is None:
            return None, {}
        if not isinstance(node, Mapping):
            return self._level(node, "severity"), {}
        levels: dict[str, Severity] = {}
        own = (*check.unmet_tags, *check.advice_tags)
        for key, value in node.entries:
            if key.text in own:
                levels[key.text] = self._level(value, f"severity of {key.text}")
            elif not (lenient and self.catalogue.tagged(key.text)):
                self._no_tag(key, "severity", check, own)
        if not node.entries:
            self.problems.add(node.place, "severity is empty", "expected TAG: advised or required")
        return None, levels

    def _level(self, node: Node, subject: str) -> Severity:
        scalar = self.problems.scalar(node, subject)
        if scalar is not None and scalar.text not in SEVERITIES:
            what = f'{subject} is "{scalar.text}"'
            self.problems.add(scalar.place, what, "expected required or advised")
        return cast("Severity", scalar.text) if scalar else "required"

    def _expect(self, node: Node | None, check: Check[Any]) -> str:
        scalar = self.problems.scalar(node, "expect") if node else None
        if scalar is None:
            return ""
        if scalar.text not in check.unmet_tags:
            self._no_tag(scalar, "expect", check, tuple(check.unmet_tags))
        return scalar.text

    def _no_tag(self, tag: Scalar, option: str, check: Check[Any], known: tuple[str, ...]) -> None:
        what = f'{option} names "{tag.text}", which is no tag of "{spelled_out(check)}"'
        self.problems.add(tag.place, what, nearest(tag.text, known))

    def _waiver(self, node: Node | None) -> Waiver | None:
        if node is None:
            return None
        keys = self.problems.keys(node, WAIVE, "waive")
        missing = [key for key in WAIVE if key not in keys]
        if isinstance(node, Mapping) and missing:
            what = f"waive has no {' and no '.join(missing)}"
            expected = "expected all of until: DATE, owner: WHO, reason: WHY"
            self.problems.add(node.place, what, expected)
        texts = {key: self._text(value, key) for key, value in keys.items()}
        until = self._date(keys["until"], texts["until"]) if texts.get("until") else None
        if until is None or not all(texts.get(key) for key in WAIVE):
            return None
        return Waiver(until, texts["owner"], texts["reason"])

    def _date(self, node: Node, text: str) -> dt.date | None:
        try:
            date = dt.date.fromisoformat(text)
        except ValueError:
            date = None
        if date is None or text != date.isoformat():
            self.problems.add(
                node.place, f'until is "{text}"', "expected a date such as 2026-12-31"
            )
            return None
        return date

    def _tags(self, node: Node) -> tuple[str, ...]:
        found = []
        for tag in self.problems.scalars(node, "tags"):
            if not _MARKER.fullmatch(tag.text):
                expected = "expected letters, digits and _, beginning with a letter"
                self.problems.add(
                    tag.place, f'tag "{tag.text}" cannot be selected with -m', expected
                )
            elif tag.text in _RESERVED:
                expected = "choose another word"
                self.problems.add(
                    tag.place, f'tag "{tag.text}" means something to pytest', expected
                )
            else:
                found.append(tag.text)
        return tuple(found)

    def _text(self, node: Node, subject: str) -> str:
        scalar = self.problems.scalar(node, subject)
        if scalar is None:
            return ""
        if MARK in scalar.text:
            what = f"{subject} names a secret"
            self.problems.add(
                scalar.place, what, "secrets are options of the checks that take them"
            )
        return "\n".join(visible(line) for line in scalar.text.strip().split("\n"))


def _written(node: Node) -> Any:
    """Return what *node* says, without its place."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return "mapping", *((key.text, _written(value)) for key, value in node.entries)
    return "list", *map(_written, node.items)
