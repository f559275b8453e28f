"""The network as it is before a change, asked so that no cache learns what the change will end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.facts.change.changes import Changes
from mailcheck.facts.change.proposed import ProposedCopy, ProposedCopyFact
from mailcheck.facts.dns import DnsQuery, ServerQuery
from mailcheck.facts.iteration import FromAuthority
from mailcheck.world.proposed.old_faults import old_faults

if TYPE_CHECKING:
    from mailcheck.question import Question
    from mailcheck.world.proposed.network import ProposedNetwork


class NetworkBefore:
    """Answers questions as the live network does, about names of *proposed* zones from authority.

    A resolver that is asked for a name too early says for hours that it does not exist, or serves
    the old record (RFC 2308 §5), also where a sentence is about that resolver. The servers of a zone
    remember nobody's questions.
    """

    def __init__(self, proposed: ProposedNetwork) -> None:
        self._proposed = proposed

    async def answer(self, question: Question[Any]) -> Any:
        """Answer a question to the network as it is."""
        match question:
            case DnsQuery() | ServerQuery(recursive=True) if self._proposed.holds(question.name):
                return await FromAuthority(question.name, question.rdtype)
            case ProposedCopy():
                return await self._copy(question)
        return await question

    async def _copy(self, question: ProposedCopy) -> ProposedCopyFact:
        """Return what was wrong with the zone before as well."""
        will_be = self._proposed.answer
        copy, changes = await will_be(question), await will_be(Changes())
        return await old_faults(question.zone, copy, changes, will_be)
