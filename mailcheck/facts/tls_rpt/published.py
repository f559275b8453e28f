"""What stands where the TLS-RPT record of a domain belongs."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.record_owner import SubjectDomain
from mailcheck.facts.tls_rpt.record import TlsRptRecord, is_record, looks_like_record
from mailcheck.facts.txt import Texts
from mailcheck.names import MAX_NAME
from mailcheck.question import NotObserved, Question, question


@question
class PublishedTlsRpt(Question["PublishedTlsRptFact"]):
    """The TLS-RPT records of *domain*. Nothing is inherited from above."""

    domain: str

    async def derive(self) -> PublishedTlsRptFact:
        """Look at the texts of ``_smtp._tls.domain``.

        Raises:
            NotObserved: also where there were more texts than are read, one of which may be a record.
        """
        owner = owner_name(self.domain)
        if len(owner) > MAX_NAME:  # no such name can be asked for, and none exists
            return PublishedTlsRptFact(self.domain, (), (), DnsAnswer(owner, "TXT", "nxdomain"))
        found = await Texts(owner)
        holder = found.answer.aliases[-1] if found.answer.aliases else owner
        alone = len(found.texts) == 1
        texts = [text for text in found.texts if is_record(text, alone=alone)]
        if found.answer.unread and len(texts) < 2:
            raise NotObserved(found.answer.unread[0])
        others = tuple(text for text in found.texts if not is_record(text, alone=alone))
        records = tuple(TlsRptRecord(text, holder) for text in texts)
        return PublishedTlsRptFact(self.domain, records, others, found.answer)


@dataclass(frozen=True, slots=True)
class PublishedTlsRptFact:
    """The texts at ``_smtp._tls.domain``, and the DNS ``answer`` itself.

    ``records`` are those that are TLS-RPT's: senders assume that there is none if there are several.
    They discard the ``others``.
    """

    domain: str
    records: tuple[TlsRptRecord, ...]
    others: tuple[bytes, ...]
    answer: DnsAnswer

    @property
    def alike(self) -> tuple[bytes, ...]:
        """Those of the others that somebody may have meant to be records, or the rest of one."""
        return tuple(text for text in self.others if looks_like_record(text))


class TlsRptDomain(SubjectDomain):
    """A domain that takes mail; its record stands at ``_smtp._tls`` below it."""

    __slots__ = ()
    owners = ("_smtp", "_tls")


def owner_name(domain: str) -> str:
    """Return the name at which the record of *domain* stands."""
    return f"_smtp._tls.{domain}"
