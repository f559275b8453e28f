"""A name that has no records of its own, but copies of another's: CNAME flattening, ALIAS, Route 53 alias.

The provider looks the target up when it is asked, and returns what it finds as records of the name
that was asked for. Where the target has none of the type, or is not there, Cloudflare says NODATA,
and so it is taken of all. A target that cannot be looked up leaves open what will be said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import ANSWERS, DnsAnswer
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.dns import Status


@dataclass(frozen=True, slots=True)
class Copied:
    """To *name* and *rdtype* the servers of *zone* will say what *target* has then.

    ``copies`` is the type that is copied: the one asked for, or CNAME (Route 53 copies an alias
    too). ``ttl`` is that of the copies, unless the originals have less. ``line`` says where it is
    written.
    """

    name: str
    rdtype: str
    copies: str
    target: str
    ttl: int
    zone: str
    line: Evidence

    @property
    def seen(self) -> Evidence:
        """The line by itself, where nothing is known of the target."""
        result = f"records of {visible(to_u_labels(self.target))}"
        return replace(self.line, subject=f"{visible(self.name)} {self.rdtype}", result=result)

    def answer(self, found: DnsAnswer) -> ProposedAnswer:
        """Return what is said if the target has what was *found*, behind its own aliases.

        Raises:
            NotObserved: if all servers of the target refuse, or there is no alias to copy.
        """
        lines = found.evidence
        if found.status not in ANSWERS:
            raise NotObserved(Unobserved("refused", self._nothing("is refused"), lines))
        if found.status == "data" and self.copies != self.rdtype:
            return self._said("nodata", found, aliases=(found.texts[0].removesuffix(".") or ".",))
        if found.status == "data":
            return self._said("data", found)
        if self.copies == "CNAME":  # Route 53 answers neither NODATA nor NXDOMAIN then
            raise NotObserved(Unobserved("servfail", self._nothing("is no alias"), lines))
        return self._said("nodata", found)

    def _said(
        self, status: Status, found: DnsAnswer, aliases: tuple[str, ...] = ()
    ) -> ProposedAnswer:
        is_data = status == "data"
        said = DnsAnswer(
            self.name,
            self.rdtype,
            status,
            found.records if is_data else (),
            aliases,
            self._ttl(found) if is_data or aliases else None,
            authoritative=True,
            denier="" if is_data or aliases else self.zone,
            cut_short=is_data and found.cut_short,
        )
        [shown] = said.evidence
        result = f"alias of {visible(aliases[0])}" if aliases else shown.result
        source = f"{self.line.source}, flattened from {visible(to_u_labels(self.target))}"
        line = replace(self.line, subject=shown.subject, result=result, source=source)
        made = ProposedAnswer.resting_on(said, line, *found.evidence)
        return replace(made, copied_from=self.target)

    def _ttl(self, found: DnsAnswer) -> int:
        """Return the lesser TTL; a resolver only tells what is left of that of the originals."""
        known = found.ttl is not None and found.authoritative
        return min(self.ttl, found.ttl) if known and found.ttl is not None else self.ttl

    def _nothing(self, why: str) -> str:
        name, target = (visible(to_u_labels(one)) for one in (self.name, self.target))
        return f"{name} is to have the {self.copies} of {target}, which {why}"
