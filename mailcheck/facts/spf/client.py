"""The client that sentences about SPF are about, and what they ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.spf.check import SpfCheck
from mailcheck.facts.spf.judging import judged
from mailcheck.mailboxes import Mailbox  # noqa: TC001  read at run time, as parameters are
from mailcheck.names import Address, Domain, HeloName  # noqa: TC001  as above, at run time
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.spf.result import Result
    from mailcheck.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfClient:
    """The parameters all sentences share about the SPF of a domain and an address.

    Where the suite does not tell them, the sender is postmaster of the domain, and the client says
    the domain in EHLO: only macros ask for these.
    """

    domain: Domain = slot("the domain of MAIL FROM")
    ip: Address = slot("the address the client connects from")
    helo: HeloName | None = slot("what it says in EHLO; the domain, by default", default=None)
    sender: Mailbox | None = slot("the mailbox of MAIL FROM; postmaster by default", default=None)

    @property
    def question(self) -> SpfCheck:
        """What a receiver would evaluate."""
        sender = self.sender or "postmaster"
        full = sender if "@" in sender else f"{sender}@{self.domain}"
        return SpfCheck(self.ip, self.domain, full, self.helo or self.domain)

    async def result_is(self, *wanted: Result) -> Finding:
        """Judge whether the result is one of those *wanted*; the first is the one to publish."""
        return judged(await self.question, self.ip, self.domain, *wanted)
