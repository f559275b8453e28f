"""The session with one address that all requirements of a run share, and what its silence means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from mailcheck.facts.smtp.envelope import Envelope, EnvelopesAt
from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.vantage import (
    BLOCKED_HERE,
    NO_NETWORK,
    SILENT_ALONE,
    Vantage,
    family_of,
)
from mailcheck.question import NotObserved, Question, Unobserved, question

if TYPE_CHECKING:
    from mailcheck.evidence import Evidence
    from mailcheck.names import Address

SMTP = 25

_SHUT = frozenset(
    {"timeout", "no-route", "no-ipv6-route", "not-in-lab", BLOCKED_HERE, NO_NETWORK, SILENT_ALONE}
)


@question
class AddressSession(Question["SmtpSessionFact"]):
    """The session with *address* and *port* of *host* in which all *envelopes* are offered.

    On port 25 it offers whatever recipients the run wants to try there under this name, so that
    sentences which try them and sentences which do not share one session.
    """

    address: Address
    port: int
    host: str = ""
    envelopes: tuple[Envelope, ...] = ()

    async def derive(self) -> SmtpSessionFact:
        """Hold the session; where the address is silent, find out whether that is our network.

        Raises:
            NotObserved: as the session, or with what its silence means.
        """
        envelopes = self.envelopes
        if self.port == SMTP and self.host:
            envelopes = (await EnvelopesAt(self.host, self.address)).session_for(envelopes)
        session = SmtpSession(self.address, self.port, self.host, envelopes)
        return await seen_from_here(session, self.address, self.port)


class Held(Protocol):
    """What is known of a session: with whom, whether it was refused, and what was seen."""

    @property
    def where(self) -> str:
        """The server, as texts name it."""

    @property
    def refused(self) -> bool:
        """Whether the TCP connection was refused."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was said."""


H = TypeVar("H", bound=Held)


async def seen_from_here(session: Question[H], address: Address, port: int) -> H:
    """Hold *session*; where the address is silent, find out whether that is our network.

    Raises:
        NotObserved: as the session, or with what its silence means.
    """
    vantage = Vantage(family_of(address), port)
    try:
        held = await session
    except NotObserved as unheard:
        if not is_unreached(unheard.unobserved):
            raise
        raise NotObserved((await vantage).explains(unheard.unobserved)) from None
    if held.refused and (seen := await vantage).refuses_for_all:
        refused = Unobserved("connection-refused", evidence=held.evidence)
        raise NotObserved(seen.explains(refused))
    return held


def is_unreached(unobserved: Unobserved) -> bool:
    """Whether nothing at all came back: no connection, and nobody who refused one."""
    evidence = unobserved.evidence
    missed = unobserved.cause in ("timeout", "no-route")
    return missed and all(e.subject.endswith(" connect") for e in evidence)


def is_shut(unobserved: Unobserved) -> bool:
    """Whether nobody could be connected to, whatever was found out about why."""
    return unobserved.cause in _SHUT and all(
        line.subject.endswith(" connect") for line in unobserved.evidence
    )
