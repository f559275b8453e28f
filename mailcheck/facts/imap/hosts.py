"""An IMAP session with every address of a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
from mailcheck.facts.smtp.address_session import seen_from_here
from mailcheck.facts.smtp.hosts import HostSessionsFact, with_each_address
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.names import Address


@question
class ImapAddressSession(Question[ImapSessionFact]):
    """The session with *address* and *port* of *host*, and what its silence means."""

    address: Address
    port: int
    host: str = ""

    async def derive(self) -> ImapSessionFact:
        """Hold the session; where the address is silent, find out whether that is our network."""
        session = ImapSession(self.address, self.port, self.host)
        return await seen_from_here(session, self.address, self.port)


@question
class ImapHostSessions(Question[HostSessionsFact[ImapSessionFact]]):
    """A session with *port* of every address of *host*."""

    host: str
    port: int

    async def derive(self) -> HostSessionsFact[ImapSessionFact]:
        """Find the addresses, then ask them all at once."""
        return await with_each_address(
            self.host, lambda address: ImapAddressSession(address, self.port, self.host)
        )
