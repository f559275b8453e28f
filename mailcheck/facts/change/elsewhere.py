"""Names of other zones that the suites name: what their records, as they are, use of a change's zones.

Of most of them an address and MX are asked for anyway. Few more questions are put, none of which
leads a resolver by an alias to a name of a proposed zone: it would remember that this is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.loss import has_data
from mailcheck.facts.change.pointers import POINTING, needs_of, pointed_at
from mailcheck.facts.dns import DnsAnswer
from mailcheck.finding import Advice
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.facts.change.asking import Asked, Asking, Said
    from mailcheck.facts.change.changes import ChangesFact, NamesInUseFact
    from mailcheck.facts.change.pointers import Uses

FOR_POINTERS = 10_000
"""RRsets that are asked for because the suites name their owners: other sentences ask for most."""

FOR_POLICIES = 300
"""RRsets that are asked for in search of SPF and DMARC policies: each may be one more question."""


@dataclass(slots=True)
class Elsewhere:
    """What records of names elsewhere use of proposed zones.

    Of the ``unheard`` it could not be found out what they use; those that are ``aliases`` lead to
    names of these zones.
    """

    uses: Uses = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    unheard: dict[str, Unobserved] = field(default_factory=dict)

    @property
    def advice(self) -> tuple[Advice, ...]:
        """Say whose records could not be looked at, if anybody's."""
        return (Advice("users-unknown", self.doubt.text),) if self.unheard else ()

    @property
    def doubt(self) -> Unobserved:
        """Say that those who were not heard may use anything."""
        (name, why), *others = self.unheard.items()
        who, use = (f"{len(others)} more", "use") if others else ("", "uses")
        who = " and ".join(filter(None, [visible(to_u_labels(name)), who]))
        text = (
            f"whether {who}, which the suites name, {use} what the change takes away could not be "
            f"found out: {why.cause}"
        )
        return Unobserved(why.cause, text, why.evidence, not_evaluated=why.not_evaluated)


async def used_elsewhere(
    names: Iterable[str], changes: ChangesFact, in_use: NamesInUseFact, asking: Asking
) -> Elsewhere:
    """Return what the records of *names*, which no change touches, use of the changes' zones."""
    found = Elsewhere()

    async def ask(pairs: Iterable[Asked], at_most: int) -> dict[Asked, Said]:
        said = await asking.after(pairs, asking.looked_up + at_most)
        for (name, rdtype), one in said.items():
            if isinstance(one, Unobserved):
                found.unheard.setdefault(name, one)
                continue
            if any(map(changes.around, one.aliases)):
                found.aliases.add(name)
            [user, *_] = in_use.users(name) or in_use.users(name.removeprefix("_dmarc."))
            by = f"the {rdtype} of {visible(to_u_labels(name))} (named in {user})"
            for need in pointed_at(one):
                if changes.around(need.name):
                    found.uses.setdefault(need, {})[by] = (name, rdtype)
        return said

    said = await ask(_own(names), FOR_POINTERS)
    domains = {name: said for (name, rdtype), said in said.items() if rdtype == "MX"}
    domains = {name: one for name, one in domains.items() if _may_have_policies(one)}
    first = sorted(domains, key=lambda name: not has_data(domains[name]))
    pairs = [one for name in first for one in ((name, "TXT"), (f"_dmarc.{name}", "CNAME"))]
    said = await ask(pairs, FOR_POLICIES)
    # Through an alias a resolver would ask for the name of a proposed zone.
    await ask(_policies(said), FOR_POLICIES)
    return found


def _own(names: Iterable[str]) -> Iterator[Asked]:
    """Yield what *names* may point with, as far as it is asked for whoever uses them."""
    for name in names:
        for need in needs_of(name):
            yield from ((name, rdtype) for rdtype in need.rdtypes if rdtype in POINTING)


def _may_have_policies(mx: Said) -> bool:
    """Whether a name is there, and no alias, going by what is said of its MX."""
    return isinstance(mx, DnsAnswer) and not mx.aliases and mx.status in ("data", "nodata")


def _policies(aliases: Mapping[Asked, Said]) -> Iterator[Asked]:
    """Yield the TXT of names that are there and no aliases."""
    for (name, rdtype), said in aliases.items():
        if rdtype == "CNAME" and isinstance(said, DnsAnswer) and said.status == "nodata":
            yield name, "TXT"
