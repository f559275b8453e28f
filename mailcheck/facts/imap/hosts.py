"""An IMAP session with every address of a host."""

from __future__ import annotations

from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
from mailcheck.facts.smtp.hosts import HostSessionsFact, with_each_address
from mailcheck.question import Question, question


@question
class ImapHostSessions(Question[HostSessionsFact[ImapSessionFact]]):
    """A session with *port* of every address of *host*."""

    host: str
    port: int

    async def derive(self) -> HostSessionsFact[ImapSessionFact]:
        """Find the addresses, then ask them all at once."""
        return await with_each_address(
            self.host, lambda address: ImapSession(address, self.port, self.host)
        )
