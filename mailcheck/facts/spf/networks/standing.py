"""Where the evaluation of one record stands: who is before the next term, and who was matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.facts.spf.networks.address_set import AddressSet, Span
from mailcheck.facts.spf.networks.crowd import Crowd
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.spf.networks.authorised import Path
    from mailcheck.facts.spf.record.terms import Directive

MOST_NETWORKS = 20_000
"""Networks of one domain that are listed; ten records of 64 KB could name three times as many."""


@dataclass(slots=True)
class Passing:
    """For each term, with the path to it, all that it lets pass, whether or not another did before."""

    terms: list[tuple[Path, str, list[Span]]] = field(default_factory=list)
    _spans: int = 0

    def put(self, path: Path, term: str, spans: list[Span], *, looked_at: int) -> None:
        """Put in that *term* lets *spans* pass, for which so many were *looked_at*.

        Raises:
            NotObserved: if there are more than can be listed.
        """
        self._spans += looked_at + len(spans)
        if self._spans > 2 * MOST_NETWORKS:
            raise too_many()
        if spans:
            self.terms.append((path, term, spans))


class Standing:
    """The evaluation of the record that *path* leads to, for those who come *here*.

    ``here`` are those before the next term, ``others`` those whom the record does not let pass, and
    ``matched`` those whom it does; but where that lets them pass in the end (*passes*), they stay
    ``here``, as passed, and go into *passing*.
    """

    def __init__(self, path: Path, here: Crowd, passing: Passing, *, passes: bool) -> None:
        self.path = path
        self.here = here
        self.passes = passes
        self.matched = Crowd()
        self.others = Crowd()
        self.has_record = True
        self._passing = passing

    @property
    def domain(self) -> str:
        """The domain whose record it is."""
        return self.path[-1]

    def take(self, found: Sequence[tuple[Directive, Span]]) -> None:
        """Let pass, or not, whom directives match, one after another: the first one decides.

        Raises:
            NotObserved: if there are more than can be listed.
        """
        if not found:
            return
        everybody = self.here.everybody if self.passes else AddressSet()
        named, let, refused, kept = AddressSet(), AddressSet(), AddressSet(), AddressSet()
        for directive, span in found:
            passes = directive.qualifier == "+"
            for part in [*named.lacking(span)]:
                (let if passes else refused).add(part)
                named.add(part)
            if not passes:
                kept.add(span)
            elif self.passes:
                spans = [*everybody.common(span)]
                parts = [part for one in spans for part in kept.lacking(one)]
                self._passing.put(self.path, directive.text, parts, looked_at=len(spans))
        self._decide(let, refused, kept)

    def take_included(self, inner: Standing, directive: Directive) -> None:
        """Let pass, or not, whom the record let pass that *directive* includes; others go on."""
        self.here = inner.others
        if directive.qualifier == "+":
            self.matched = self.matched.joined_with(inner.matched)
        else:
            self.others = self.others.joined_with(inner.matched)

    def take_redirected(self, inner: Standing) -> None:
        """Take what the record decided that is in the place of this one."""
        self.here = inner.here
        self.matched = self.matched.joined_with(inner.matched)
        self.others = self.others.joined_with(inner.others)

    def conclude(self) -> None:
        """Count those among the others whom no term matched."""
        self.others = self.others.joined_with(self.here)
        self.here = Crowd()

    def _decide(self, let: AddressSet, refused: AddressSet, kept: AddressSet) -> None:
        """Part those of *let* and *refused* from the rest; *kept* are all whom a term keeps out."""
        passing, rest = self.here.split(let)
        failing, rest = rest.split(refused)
        if not self.passes:
            self.here = rest
            self.matched = self.matched.joined_with(passing)
            self.others = self.others.joined_with(failing)
            return
        passed = rest.passed.joined_with(passing.everybody).joined_with(failing.passed)
        self.here = Crowd(rest.by_cost, passed.without(kept))
        others = Crowd(failing.by_cost, passed.shared_with(kept))
        self.others = self.others.joined_with(others)


def too_many() -> NotObserved:
    """Return what is raised where more networks are named than are listed."""
    text = f"the SPF record names more than {MOST_NETWORKS} networks"
    return NotObserved(Unobserved("too-many-networks", text))
