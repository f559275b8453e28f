"""Answers questions about SMTP sessions: who may be asked, and how many at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mailcheck.errors import UsageError
from mailcheck.evidence import Evidence, visible
from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.vantage import PortAnswersFact
from mailcheck.facts.tls.handshake import shown_version
from mailcheck.probes.admission import Admission, NotAdmittedError
from mailcheck.probes.connecting import NotConnectedError
from mailcheck.probes.smtp.broken import BrokenOff
from mailcheck.probes.smtp.session import Session, Timeouts
from mailcheck.probes.tls_here import can_speak
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp.vantage import PortAnswers
    from mailcheck.names import Network
    from mailcheck.probes.reach import Reach
    from mailcheck.probes.routes import Endpoint, Routes

SESSIONS = 20
"""Sessions open at a time, to all servers together; a single address has one at a time."""

PATIENCE = Timeouts()


class SmtpProbe:
    """Answers :class:`mailcheck.facts.smtp.session.SmtpSession`.

    *ehlo* is the name to introduce ourselves with; empty means the address literal of the local
    socket (RFC 5321 §4.1.3). Addresses that are not public are asked only in *allowed* networks or
    where *routes* know a detour.

    Raises:
        UsageError: if *ehlo* cannot stand in a command line.
    """

    def __init__(
        self,
        routes: Routes,
        ehlo: str = "",
        allowed: tuple[Network, ...] = (),
        timeouts: Timeouts = PATIENCE,
        sessions: int = SESSIONS,
        *,
        reach: Reach | None = None,
    ) -> None:
        if not all("!" <= character <= "~" for character in ehlo):
            raise UsageError(f"{visible(ehlo)!r} is no EHLO name; expected ASCII without spaces")
        self._admission = Admission(routes, allowed, sessions, reach=reach)
        self._ehlo = ehlo
        self._timeouts = timeouts
        self._retries = not routes.closed  # the hosts of a lab say the same at any time
        self._reach = self._admission.reach

    async def answer(self, question: SmtpSession) -> SmtpSessionFact | Unobserved:
        """Hold one session, and another one a little later if the server puts us off (4xx).

        Everything it opens is closed when this returns or is cancelled.
        """
        if question.only_tls and not can_speak(question.only_tls):
            text = f"the OpenSSL of this machine does not speak {shown_version(question.only_tls)}"
            broken = BrokenOff("TLS", "tls-version-not-here", text, "not asked")
            return Session(question, self._ehlo, self._timeouts).rest(broken)
        held = await self._hold(question)
        if self._retries and isinstance(held, SmtpSessionFact) and held.is_put_off:
            await asyncio.sleep(self._timeouts.retry)
            return await self._hold(question)
        return held

    async def _hold(self, question: SmtpSession) -> SmtpSessionFact | Unobserved:
        session = Session(question, self._ehlo, self._timeouts)
        try:
            endpoint = self._endpoint(question)
            if isinstance(endpoint, Unobserved):
                return endpoint
            async with self._admission.turn(question.address, question.port):
                await session.hold(endpoint)
        except NotConnectedError as error:
            return session.rest(BrokenOff("connect", error.cause, str(error), error.seen))
        except BrokenOff as broken:
            if (broken.stage, broken.cause) == ("connect", "timeout"):
                self._reach.silent(question.address, question.port)
            return session.rest(broken)
        finally:
            if session.is_connected:
                self._reach.reached(question.address, question.port)
        return session.seen

    async def port_answers(self, question: PortAnswers) -> PortAnswersFact | Unobserved:
        """Connect, hear the greeting where servers greet first, and say QUIT."""
        asked = SmtpSession(question.address, question.port)
        session = Session(asked, self._ehlo, self._timeouts)
        try:
            endpoint = self._endpoint(asked)
        except BrokenOff as broken:
            return Unobserved(broken.cause, broken.text)
        if isinstance(endpoint, Unobserved):
            return endpoint
        with self._reach.asking(question.address, question.port):
            try:
                async with self._admission.places:
                    await session.call(endpoint)
            except BrokenOff as broken:
                evidence = Evidence(f"{question.address} port {question.port}", broken.seen)
                return Unobserved(broken.cause, broken.text, (evidence,))
            finally:
                if session.is_connected:
                    self._reach.reached(question.address, question.port)
        return PortAnswersFact(question.address, question.port, session.seen.connected)

    def _endpoint(self, question: SmtpSession) -> Endpoint | Unobserved:
        try:
            return self._admission.endpoint(question.address, question.port)
        except NotAdmittedError as error:
            seen = f"not asked: {error.special}"
            raise BrokenOff("connect", "private-address", str(error), seen) from None
