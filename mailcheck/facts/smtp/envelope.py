"""Envelopes that servers are asked about, without ever sending a message.

Whoever is asked about a mailbox bears the cost, and may block who asks often. So all that the
requirements of a run want to know of a server goes into one session, as few RCPT as there can be,
and nothing is asked without the consent of the suite and of the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mailcheck.facts.existence import absence
from mailcheck.facts.mail_hosts import MailHosts
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.evidence import Evidence

RECIPIENTS_AT_ONCE = 5
"""RCPT of one session; more are asked in another one."""

NULL_SENDER = ""
"""The reverse-path of bounces (RFC 5321 §4.5.5), which every server has to take."""

NOBODY, ELSEWHERE, USER, DOMAIN = "{nobody}", "{elsewhere}", "{user}", "{domain}"
"""Stand in the recipient of a probe for what the run knows: a local part that is nobody's, the
mailbox elsewhere, and its two halves."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reverse-path and a forward-path (RFC 5321 §3.3), without their brackets."""

    sender: str
    recipient: str

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
    """The envelopes that requirements of the run want to offer to the servers of *host*."""

    host: str

    aside: ClassVar[bool] = True

    async def derive(self) -> EnvelopesAtFact:
        """Find the domains among the run's probes whose mail *host* takes."""
        run = await RunRecipients()
        if not run.consents or not run.probes:
            return EnvelopesAtFact()
        domains = tuple(dict.fromkeys(probe.domain for probe in run.probes if probe.domain))
        answers = await each_of(MailHosts(domain) for domain in domains)
        names = {
            domain: ()
            if isinstance(mx, Unobserved) or absence(mx.answer)
            else mx.names or (domain,)
            for domain, mx in zip(domains, answers, strict=True)
        }
        meant = [p for p in run.probes if self.host in (p.host, *names.get(p.domain, ()))]
        return EnvelopesAtFact(tuple(dict.fromkeys(run.envelope(probe) for probe in meant)))


@dataclass(frozen=True, slots=True)
class EnvelopesAtFact:
    """Envelopes, each once, in the order of the requirements."""

    envelopes: tuple[Envelope, ...] = ()

    def session_for(self, wanted: Envelope | None) -> tuple[Envelope, ...]:
        """Return the envelopes of the session in which *wanted* is offered; None for the first.

        One that no requirement was known to want has a session for itself.
        """
        at = self.envelopes.index(wanted) if wanted in self.envelopes else 0
        if wanted is not None and wanted not in self.envelopes:
            return (wanted,)
        first = at - at % RECIPIENTS_AT_ONCE
        return self.envelopes[first : first + RECIPIENTS_AT_ONCE]
