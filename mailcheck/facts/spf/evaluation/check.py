"""The question what SPF says of a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.spf.evaluation.check_host import check_host
from mailcheck.facts.spf.evaluation.result import SpfCheckFact
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.names import Address


@question
class SpfCheck(Question[SpfCheckFact]):
    """What a receiver makes of the SPF record of *domain* when a client connects from *ip*.

    *sender* is the mailbox of MAIL FROM; where it is empty, ``postmaster`` of *helo*, the name the
    client says in EHLO, stands for it (RFC 7208 §2.4).
    *record* is what the domain's own would say, where that is to be judged before it is published.
    """

    ip: Address
    domain: str
    sender: str
    helo: str
    record: str = ""

    async def derive(self) -> SpfCheckFact:
        """Evaluate the record, and all that it includes, in this one coroutine."""
        return await check_host(self.ip, self.domain, self.sender, self.helo, self.record)
