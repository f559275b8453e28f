"""What stands at the name of a selector."""

from __future__ import annotations

from dataclasses import dataclass

from dns.rdtypes.ANY.TXT import TXT

from mailcheck.evidence import visible
from mailcheck.facts.dkim.record import DkimKeyRecord
from mailcheck.facts.dkim.selector import owner_name
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.txt import Texts
from mailcheck.names import MAX_NAME, to_u_labels
from mailcheck.question import NotObserved, Question, question


@question
class PublishedDkimKey(Question["PublishedDkimKeyFact"]):
    """The key record of *selector* and *domain*."""

    selector: str
    domain: str

    async def derive(self) -> PublishedDkimKeyFact:
        """Look at the texts of the selector's name.

        Raises:
            NotObserved: also where the one text that is read may not be the only one.
        """
        owner = owner_name(self.selector, self.domain)
        if len(owner) > MAX_NAME:  # no such name can be asked for, and none exists
            return PublishedDkimKeyFact(owner, (), DnsAnswer(owner, "TXT", "nxdomain"))
        found = await Texts(owner)
        if found.answer.unread and len(found.texts) < 2:
            raise NotObserved(found.answer.unread[0])
        return PublishedDkimKeyFact(owner, found.texts, found.answer)


@dataclass(frozen=True, slots=True)
class PublishedDkimKeyFact:
    """The texts at the selector's name, ``owner``, and the DNS ``answer`` itself."""

    owner: str
    texts: tuple[bytes, ...]
    answer: DnsAnswer

    @property
    def holder(self) -> str:
        """The name that has the texts, or where a record should be: the end of the aliases."""
        return self.answer.aliases[-1] if self.answer.aliases else self.owner

    @property
    def record(self) -> DkimKeyRecord | None:
        """The record, if there is one text: of several, nobody knows which counts (§3.6.2.2)."""
        if len(self.texts) != 1:
            return None
        strings = tuple(string for record in self.answer.of(TXT) for string in record.strings)
        return DkimKeyRecord(self.texts[0], self.holder, strings)

    @property
    def where(self) -> str:
        """The name with every alias that leads on from it, fit to be shown."""
        names = [visible(to_u_labels(name)) for name in (self.owner, *self.answer.aliases)]
        return names[0] if len(names) == 1 else f"{names[0]} (alias of {' → '.join(names[1:])})"
