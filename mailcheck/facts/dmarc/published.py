"""What stands at ``_dmarc`` below one name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck.facts.dmarc.record import DmarcRecord, is_record
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.record_owner import SubjectDomain
from mailcheck.facts.txt import Texts
from mailcheck.names import MAX_NAME
from mailcheck.question import NotObserved, Question, question

_ALIKE = re.compile(
    rb"dmarc\s*[0-9;]|\bv\W{0,9}dmarc|\bp\s*=\s*(?:none|quarantine|reject)", re.IGNORECASE
)
_RUA = re.compile(rb"\W*+(?!v\b).*\bru[af]\s*=", re.IGNORECASE | re.DOTALL)
"""An address for reports, in a text that does not say what else it is."""


@question
class PublishedDmarc(Question["PublishedDmarcFact"]):
    """The DMARC records of *domain* itself, not those that it inherits."""

    domain: str

    async def derive(self) -> PublishedDmarcFact:
        """Look at the texts of ``_dmarc.domain``.

        Raises:
            NotObserved: also where there were more texts than are read, one of which may be a record.
        """
        owner = owner_name(self.domain)
        if len(owner) > MAX_NAME:  # no such name can be asked for, and none exists
            return PublishedDmarcFact(self.domain, (), (), DnsAnswer(owner, "TXT", "nxdomain"))
        found = await Texts(owner)
        holder = found.answer.aliases[-1] if found.answer.aliases else owner
        records = tuple(DmarcRecord(text, holder) for text in found.texts if is_record(text))
        others = tuple(text for text in found.texts if not is_record(text))
        if found.answer.unread and len(records) < 2:
            raise NotObserved(found.answer.unread[0])
        return PublishedDmarcFact(self.domain, records, others, found.answer)


@dataclass(frozen=True, slots=True)
class PublishedDmarcFact:
    """The texts at ``_dmarc.domain``, and the DNS ``answer`` itself.

    ``records`` are those that are DMARC's: receivers discard all if there are several. They pass over
    the ``others``.
    """

    domain: str
    records: tuple[DmarcRecord, ...]
    others: tuple[bytes, ...]
    answer: DnsAnswer

    @property
    def holder(self) -> str:
        """The name that has the texts, or where a record should be: the end of the aliases."""
        return self.answer.aliases[-1] if self.answer.aliases else owner_name(self.domain)

    @property
    def record(self) -> DmarcRecord | None:
        """The record that counts, if there is one (RFC 9989 §4.10)."""
        return self.records[0] if len(self.records) == 1 else None

    @property
    def alike(self) -> tuple[bytes, ...]:
        """Those of the others that somebody may have meant to be records."""
        return tuple(text for text in self.others if looks_like_record(text))


def looks_like_record(text: bytes) -> bool:
    """Whether *text*, which may be a record, was meant to be one."""
    return _ALIKE.search(text) is not None or _RUA.match(text) is not None


class DmarcDomain(SubjectDomain):
    """A domain in whose name mail is sent; its record stands at ``_dmarc`` below it."""

    __slots__ = ()
    owners = ("_dmarc",)


def owner_name(domain: str) -> str:
    """Return the name at which the record of *domain* stands."""
    return f"_dmarc.{domain}"
