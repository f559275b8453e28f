"""Answers questions about IMAP sessions: who may be asked, and how many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.probes.admission import Admission, NotAdmittedError
from mailcheck.probes.connecting import NotConnectedError
from mailcheck.probes.imap.session import BrokenOff, Session, Timeouts
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
    from mailcheck.names import Network
    from mailcheck.probes.reach import Reach
    from mailcheck.probes.routes import Routes

SESSIONS = 20
"""Sessions open at a time, to all servers together; a single address has one at a time."""

PATIENCE = Timeouts()


class ImapProbe:
    """Answers :class:`mailcheck.facts.imap.session.ImapSession`.

    Addresses that are not public are asked only in *allowed* networks or where *routes* know a
    detour.
    """

    def __init__(
        self,
        routes: Routes,
        allowed: tuple[Network, ...] = (),
        timeouts: Timeouts = PATIENCE,
        sessions: int = SESSIONS,
        *,
        reach: Reach | None = None,
    ) -> None:
        self._admission = Admission(routes, allowed, sessions, reach=reach)
        self._timeouts = timeouts

    async def answer(self, question: ImapSession) -> ImapSessionFact | Unobserved:
        """Hold one session. Everything it opens is closed when this returns or is cancelled."""
        session = Session(question, self._timeouts)
        try:
            endpoint = self._admission.endpoint(question.address, question.port)
            if isinstance(endpoint, Unobserved):
                return endpoint
            async with self._admission.turn(question.address, question.port):
                await session.hold(endpoint)
        except NotAdmittedError as error:
            seen = f"not asked: {error.special}"
            return session.broken_off(BrokenOff("connect", "private-address", str(error), seen))
        except NotConnectedError as error:
            not_tried = BrokenOff("connect", error.cause, str(error), error.seen)
            return session.broken_off(not_tried)
        except BrokenOff as broken:
            if (broken.stage, broken.cause) == ("connect", "timeout"):
                self._admission.reach.silent(question.address, question.port)
            return session.broken_off(broken)
        finally:
            if session.seen.connected is not None:
                self._admission.reach.reached(question.address, question.port)
        return session.seen
