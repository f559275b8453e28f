"""What is known of a zone that nobody can list.

Its servers hand it to nobody. So its names are known as far as somebody refers to them: the change
writes or removes them, suites name them, or records of such names point at them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.evidence import visible
from mailcheck.facts.change.loss import own_rrset
from mailcheck.facts.change.pointers import (
    POINTING,
    Need,
    is_reverse,
    pointed_at,
    usual_names,
    usual_types,
)
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.lookup import Lookup
from mailcheck.names import is_under, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.zone_name import in_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.errors import Place
    from mailcheck.facts.change.asking import Asked, Asking, Said
    from mailcheck.facts.change.changes import ChangedRRset, NamesInUseFact, ZoneChange

FOR_POINTERS = 500
"""RRsets of which is asked what is published for the sake of names they may point at."""

AFTER_FOR_POINTERS = 1000
"""RRsets of which is asked what will be for the sake of names they may point at."""

IN_FILES_FOR_POINTERS = 5000
"""RRsets that are looked up in files for the same."""

OWN = 4
"""RRsets of each domain itself, which are asked for in any case."""

VITAL = 3
"""Of these, the first: without its MX, NS and TXT, little is known of a domain."""

_SHOWING = frozenset({*POINTING, "A"})
"""Types that show where a name leads: whatever is asked, the answer shows a CNAME."""


class Pointer(NamedTuple):
    """Records of *name* that point at another, and where they are proposed; or they are live."""

    name: str
    rdtype: str
    place: Place | None
    is_live: bool

    def __str__(self) -> str:
        what = f"the {self.rdtype} of {visible(to_u_labels(self.name))}"
        if self.is_live:
            return f"{what} as it is"
        return f"{what} ({self.place.line_of})" if self.place else what


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The known names at or below a domain, those first of which it is known who uses them.

    Those that are not ``mentioned`` anywhere are usual, and may not be there. ``needs`` says of what
    lies anywhere which records point at it. Where what the domain itself has
    cannot be known, and so not what its records point at, ``unknown`` says why.
    """

    change: ZoneChange
    names: tuple[str, ...]
    needs: Mapping[Need, tuple[Pointer, ...]] = field(default_factory=dict)
    mentioned: frozenset[str] = frozenset()
    unknown: Unobserved | None = None

    def having(self, domain: str, rdtype: str) -> list[str]:
        """Return the names that may have *rdtype*; at those below *domain* that are usual, if it is."""
        usual = {
            name
            for name in usual_names(domain)
            if name not in self.mentioned and rdtype not in usual_types(name, self.change.zone)
        }
        return [name for name in self.names if name not in usual]

    def own(self, domain: str, live: Mapping[Asked, Said]) -> dict[Asked, Said]:
        """Return what is *live* but for usual names below *domain* that a wildcard makes up."""
        usual = frozenset(usual_names(domain))
        return {
            (name, rdtype): said
            for (name, rdtype), said in live.items()
            if name in self.mentioned
            or name not in usual
            or name.startswith("*.")
            or not _are_same(said, live.get((f"*.{domain}", rdtype)))
        }

    def users(self, name: str) -> tuple[str, ...]:
        """Return which records of other names point at *name*, in words."""
        pointers = (
            by for need, several in self.needs.items() if need.name == name for by in several
        )
        return tuple(dict.fromkeys(str(by) for by in pointers if by.name != name))


async def known_names(
    change: ZoneChange, domain: str, in_use: NamesInUseFact, asking: Asking
) -> KnownNames:
    """Gather what is known of *domain*, at or below the zone of the *change*."""
    parts = (in_part(name, domain) for name in in_use.places)
    used = [name for name in parts if is_under(name, domain)]
    changed = (*change.removed, *change.written)
    # What goes points nowhere afterwards, so it comes last.
    pointing = _pointing(domain, used, (*change.written, *change.removed))
    pairs = list(dict.fromkeys(pointing))
    await asking.own(pairs[:OWN])
    after = await asking.after(pairs, AFTER_FOR_POINTERS, IN_FILES_FOR_POINTERS)
    live = await asking.published(pairs, FOR_POINTERS)
    unknown: list[Unobserved] = []
    if not changed:  # perhaps because no server would load it
        [loaded] = await each_of([Lookup(change.zone, "NS")])
        unknown += _unknown(loaded)
    for own in pairs[:VITAL]:
        if why := [one for said in (after, live) for one in _unknown(said[own])]:
            unknown += why
            await asking.show([own])
    needs: dict[Need, dict[Asked, Pointer]] = {}
    for said in (after, live):
        for answer in said.values():
            if isinstance(answer, DnsAnswer):
                by = _pointer(answer, is_live=said is live)
                for need in pointed_at(answer):
                    # What stays as it is, is told of once.
                    several = needs.setdefault(need, {})
                    several.setdefault((by.name, by.rdtype), by)
    for copy in change.copied:
        if is_under(copy.name, domain):
            by = Pointer(copy.name, copy.rdtype, copy.place, is_live=False)
            needs.setdefault(Need(copy.target, (copy.rdtype,)), {})[copy.name, copy.rdtype] = by
    targets = (need.name for need in needs if is_under(need.name, domain))
    mentioned = dict.fromkeys((*used, *targets, *(one.name for one in changed)))
    # What a patch of a reverse zone does not name stays, and need not be asked for.
    usual = usual_names(domain) if change.whole or not is_reverse(domain) else ()
    names = dict.fromkeys((domain, *mentioned, *usual))
    return KnownNames(
        change,
        tuple(name for name in names if is_under(name, domain)),
        {need: tuple(several.values()) for need, several in needs.items()},
        frozenset(mentioned),
        unknown[0] if unknown else None,
    )


def _are_same(said: Said, wildcard: Said | None) -> bool:
    """Whether a name has just the records of a wildcard beside it."""
    if not isinstance(said, DnsAnswer) or not isinstance(wildcard, DnsAnswer):
        return False
    found = own_rrset(wildcard)
    return found is not None and (own_rrset(said) or ())[1:] == found[1:]


def _unknown(said: Said) -> list[Unobserved]:
    """Return why nothing is known; a refusal to us is none to those whom the zone is served to."""
    if isinstance(said, DnsAnswer) and said.status == "refused":
        text = f"all name servers of {visible(to_u_labels(said.name))} refuse to say what it has"
        return [Unobserved("refused", text, said.evidence)]
    return [said] if isinstance(said, Unobserved) else []


def _pointing(domain: str, used: list[str], changed: Iterable[ChangedRRset]) -> Iterator[Asked]:
    """Yield the RRsets whose records may point at names, the most important first."""
    yield from ((domain, "MX"), (domain, "NS"), (domain, "TXT"), (f"_dmarc.{domain}", "TXT"))
    for name in used:
        yield from ((name, rdtype) for rdtype in usual_types(name, domain) if rdtype in _SHOWING)
    for one in changed:
        if is_under(one.name, domain):
            types = (one.rdtype,) if one.rdtype else usual_types(one.name, domain)
            yield from ((one.name, rdtype) for rdtype in types if rdtype in POINTING)


def _pointer(answer: DnsAnswer, *, is_live: bool) -> Pointer:
    lines = answer.lines if isinstance(answer, ProposedAnswer) else ()
    place = lines[0].place if lines else None
    return Pointer(answer.name, "CNAME" if answer.aliases else answer.rdtype, place, is_live)
