"""What the terms of a record have decided so far, for all addresses of one family at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.facts.spf.networks.address_set import AddressSet, Span
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.spf.networks.authorised import Path
    from mailcheck.facts.spf.record.terms import Directive

MOST_NETWORKS = 20_000
"""Networks of one domain that are listed; ten records of 64 KB could name three times as many."""


@dataclass(slots=True)
class Decided:
    """Who passes, by which terms, and who is kept out; no address is both.

    ``passing`` has for each term, with the path to it, all that it lets pass, whether or not
    another did so before. ``has_record`` is whether there was a record to decide by.
    """

    passing: list[tuple[Path, str, list[Span]]] = field(default_factory=list)
    passed: AddressSet = field(default_factory=AddressSet)
    kept_out: AddressSet = field(default_factory=AddressSet)
    has_record: bool = True
    _spans: int = 0

    @property
    def size(self) -> int:
        """Of how many addresses it is decided what becomes of them."""
        return self.passed.size + self.kept_out.size

    def take(self, spans: Iterable[Span], path: Path, term: Directive, text: str = "") -> None:
        """Let *spans* pass by *term*, or keep them out, unless that was decided before.

        *text* is the term to name, where *term* is the ``include`` that led to it.

        Raises:
            NotObserved: if there are more than can be listed.
        """
        open_to_it = [part for span in spans for part in self.kept_out.lacking(span)]
        if term.qualifier != "+":
            for part in [part for span in open_to_it for part in self.passed.lacking(span)]:
                self.kept_out.add(part)
            return
        self._spans += len(open_to_it)
        if self._spans > MOST_NETWORKS:
            raise too_many()
        if open_to_it:
            self.passing.append((path, text or term.text, open_to_it))
        for span in open_to_it:
            self.passed.add(span)

    def take_included(self, inner: Decided, term: Directive) -> None:
        """Let those pass, or keep them out, that the record lets pass which *term* includes."""
        if term.qualifier != "+":
            self.take(inner.passed, (), term)
            return
        for path, text, spans in inner.passing:
            self.take(spans, path, term, text)


def too_many() -> NotObserved:
    """Return what is raised where more networks are named than are listed."""
    text = f"the SPF record names more than {MOST_NETWORKS} networks"
    return NotObserved(Unobserved("too-many-networks", text))
