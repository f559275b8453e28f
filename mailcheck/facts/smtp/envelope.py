"""Envelopes that servers are asked about, without ever sending a message.

Whoever is asked about a mailbox bears the cost, and may block who asks often. So all that the
requirements of a run want to know of a server goes into one session, as few RCPT as there can be,
and nothing is asked without the consent of the suite and of the run. Exchanges at one address are
one server, however many names it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mailcheck.facts.existence import absence
from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.facts.mail_hosts import MAX_EXCHANGES, MailHosts
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.evidence import Evidence
    from mailcheck.names import Address

RECIPIENTS_AT_ONCE = 5
"""RCPT of one session; more are asked in another one."""

NULL_SENDER = ""
"""The reverse-path of bounces (RFC 5321 §4.5.5), which every server has to take."""

NOBODY, ELSEWHERE, USER, DOMAIN = "{nobody}", "{elsewhere}", "{user}", "{domain}"
"""Stand in the recipient of a probe for what the run knows: a local part that is nobody's, the
mailbox elsewhere, and its two halves."""

EXEMPT = frozenset({"postmaster", "abuse"})
"""Local parts that many servers take from clients they refuse otherwise, so that these can ask why
(RFC 5321 §4.5.1 wants it of postmaster)."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reverse-path and a forward-path (RFC 5321 §3.3), without their brackets."""

    sender: str
    recipient: str

    @property
    def local_part(self) -> str:
        """What stands before the @ of the recipient, in small letters."""
        return self.recipient.rpartition("@")[0].lower()

    def __str__(self) -> str:
        return f"MAIL FROM:<{self.sender}> RCPT TO:<{self.recipient}>"


@dataclass(frozen=True, slots=True)
class RecipientProbe:
    """A recipient that a requirement wants to offer to a *host*, or to the MX hosts of a *domain*."""

    recipient: str
    host: str = ""
    domain: str = ""
    sender: str = NULL_SENDER

    @property
    def consents(self) -> str:
        """The name whose owner has to agree."""
        return self.host or self.domain

    @property
    def needs_elsewhere(self) -> bool:
        """Whether it cannot be offered by a run that knows no mailbox elsewhere."""
        return any(word in self.recipient for word in (ELSEWHERE, USER, DOMAIN))


@question
class RunRecipients(Question["RunRecipientsFact"]):
    """What the run may ask of servers about recipients, and what its requirements want to."""

    aside: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RunRecipientsFact:
    """Whether the run consents, its ``probes``, and what their recipients are made of.

    ``elsewhere`` is a mailbox that servers must not relay to, empty if the run names none, and
    ``nobody`` a local part that is nobody's.
    """

    consents: bool = False
    probes: tuple[RecipientProbe, ...] = ()
    elsewhere: str = ""
    nobody: str = ""

    def envelope(self, probe: RecipientProbe) -> Envelope:
        """Return what is offered for *probe*."""
        user, _, domain = self.elsewhere.rpartition("@")
        words = {NOBODY: self.nobody, ELSEWHERE: self.elsewhere, USER: user, DOMAIN: domain}
        recipient = probe.recipient
        for word, meaning in words.items():
            recipient = recipient.replace(word, meaning)
        return Envelope(probe.sender, recipient)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()


NOT_PROBED = Unobserved(
    "recipients-not-probed",
    "recipients are tried at other people's servers only with --mail-probe-recipients",
    not_evaluated=True,
)


async def consented() -> RunRecipientsFact:
    """Return what the run knows of recipients.

    Raises:
        NotObserved: if it does not consent to probing any.
    """
    run = await RunRecipients()
    if not run.consents:
        raise NotObserved(NOT_PROBED)
    return run


@question
class EnvelopesAt(Question["EnvelopesAtFact"]):
    """The envelopes that requirements of the run want to offer to *host* at *address*.

    Of the exchanges of a domain that share the address, those go to the one that senders try first.
    """

    host: str
    address: Address

    aside: ClassVar[bool] = True

    async def derive(self) -> EnvelopesAtFact:
        """Find the domains among the run's probes whose mail *host* takes at *address*."""
        run = await RunRecipients()
        if not run.consents or not run.probes:
            return EnvelopesAtFact()
        domains = tuple(dict.fromkeys(probe.domain for probe in run.probes if probe.domain))
        answers = await each_of(MailHosts(domain) for domain in domains)
        exchanges = {
            domain: mx.names[:MAX_EXCHANGES] or (domain,)
            for domain, mx in zip(domains, answers, strict=True)
            if not isinstance(mx, Unobserved) and not absence(mx.answer)
        }
        here = await self._first_among(exchanges)
        groups: dict[str, dict[Envelope, None]] = {}
        for probe in run.probes:
            meant = probe.domain in here if probe.domain else probe.host == self.host
            if meant and (run.elsewhere or not probe.needs_elsewhere):
                groups.setdefault(probe.consents, {})[run.envelope(probe)] = None
        return EnvelopesAtFact(_sessions(_in_order(group, run.nobody) for group in groups.values()))

    async def _first_among(self, exchanges: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Return the domains of whose *exchanges* the host is the first one at the address."""
        tried = {
            domain: several[: several.index(self.host) + 1]
            for domain, several in exchanges.items()
            if self.host in several
        }
        names = tuple(dict.fromkeys(name for several in tried.values() for name in several))
        answers = await each_of(map(HostAddresses, names))
        there = {
            name
            for name, found in zip(names, answers, strict=True)
            if not isinstance(found, Unobserved) and self.address in found.addresses
        }
        return [
            domain
            for domain, several in tried.items()
            if [n for n in several if n in there] == [self.host]
        ]


def _in_order(group: Iterable[Envelope], nobody: str) -> list[Envelope]:
    """Return *group* with the mailboxes last that are most likely to be there.

    What is taken after a refusal shows whom that was about. The other way round it may as well be
    that bounces have one recipient here ("550 Legitimate bounces are never sent to more").
    """
    ranks = {nobody: 0, **dict.fromkeys(EXEMPT, 2), "postmaster": 3}
    return sorted(group, key=lambda envelope: ranks.get(envelope.local_part, 1))


def _sessions(groups: Iterable[list[Envelope]]) -> tuple[tuple[Envelope, ...], ...]:
    """Divide among as few sessions as can be, those of one name in the same one if it holds them."""
    sessions: list[list[Envelope]] = []
    taken: set[Envelope] = set()
    for group in groups:
        fresh = [envelope for envelope in group if envelope not in taken]
        taken.update(fresh)
        if not sessions or len(sessions[-1]) + len(fresh) > RECIPIENTS_AT_ONCE:
            sessions.append([])
        for envelope in fresh:
            if len(sessions[-1]) == RECIPIENTS_AT_ONCE:
                sessions.append([])
            sessions[-1].append(envelope)
    return tuple(tuple(session) for session in sessions if session)


@dataclass(frozen=True, slots=True)
class EnvelopesAtFact:
    """The envelopes of each session, each envelope once."""

    sessions: tuple[tuple[Envelope, ...], ...] = ()

    def session_for(self, wanted: tuple[Envelope, ...]) -> tuple[Envelope, ...]:
        """Return the envelopes of the session in which all *wanted* are offered, if it is any.

        Those that no requirement was known to want, not together, have a session for themselves.
        """
        return next((s for s in self.sessions if {*wanted} <= {*s}), wanted)
