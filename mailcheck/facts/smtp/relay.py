"""What a host must not take: mail for a mailbox elsewhere, however it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.facts.mail_hosts import MAX_EXCHANGES, MailHosts
from mailcheck.facts.smtp.address_session import AddressSession
from mailcheck.facts.smtp.envelope import (
    DOMAIN,
    ELSEWHERE,
    NULL_SENDER,
    USER,
    RecipientProbe,
    consented,
)
from mailcheck.facts.smtp.hosts import all_serve
from mailcheck.facts.smtp.mailboxes import SMTP, names_a_client, reply_to
from mailcheck.facts.smtp.relay_denied import (
    NOT_YET,
    is_deferred,
    is_relay_denied,
    names_relaying,
)
from mailcheck.facts.smtp.service import service
from mailcheck.finding import Advice, all_hold, met, unmet
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.facts.smtp.envelope import Envelope, RunRecipientsFact
    from mailcheck.facts.smtp.hosts import Families
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Finding, Part

NO_MAIL_SERVER = "no-mail-server"

_NOWHERE = "not-in-lab"
"""The cause where a lab does not know a domain: none of its hosts takes mail for it."""


def relayed(host: str) -> tuple[RecipientProbe, ...]:
    """Return the forms that are the mailbox elsewhere by the standard: plain, and with a route.

    The source route (RFC 5321 §3.6.1, appendix C) names *host* as the first station.
    """
    return tuple(RecipientProbe(form, host=host) for form in (ELSEWHERE, f"@{host}:{ELSEWHERE}"))


def routed(host: str) -> tuple[RecipientProbe, ...]:
    """Return the forms that are mailboxes of *host* by the standard, and routes to some servers."""
    forms = (f"{USER}%{DOMAIN}@{host}", f'"{ELSEWHERE}"@{host}', f"{DOMAIN}!{USER}@{host}")
    return tuple(RecipientProbe(form, host=host) for form in forms)


async def run_with_a_mailbox_elsewhere() -> RunRecipientsFact:
    """Return what the run knows of recipients, among it a mailbox elsewhere.

    Raises:
        NotObserved: if it does not consent, or knows none.
    """
    run = await consented()
    if not run.elsewhere:
        text = "a mailbox that the host must not relay to is needed: --mail-relay-recipient"
        raise NotObserved(Unobserved("no-relay-recipient", text, not_evaluated=True))
    return run


async def refused_everywhere(
    host: str, tagged: Mapping[str, tuple[Envelope, ...]], families: Families, sender: str
) -> Finding:
    """Offer envelopes at every address of *host*, in one session; those taken have their tag.

    What may have been refused as bounces is offered once more, from *sender*, in another session.
    """
    offered = tuple(envelope for several in tagged.values() for envelope in several)
    doubted: dict[SmtpSessionFact, tuple[Envelope, ...]] = {}
    again: dict[SmtpSessionFact, SmtpSessionFact | Unobserved] = {}

    def judged(session: SmtpSessionFact) -> Part:
        if doubts := tuple(e for e in offered if is_perhaps_of_bounces(session, e)):
            doubted[session] = tuple(replace(e, sender=sender) for e in doubts)
        other = again.get(session)
        return all_hold(refuses(session, e, tag, other, sender) for tag, e in tagged.items())

    async def everywhere() -> Finding:
        return await all_serve(
            (host,), SMTP, judged, families, named_by_mx=False, envelopes=offered
        )

    finding = await everywhere()
    if not doubted:
        return finding
    answers = await each_of(
        AddressSession(session.address, SMTP, host, doubts) for session, doubts in doubted.items()
    )
    again.update(zip(doubted, answers, strict=True))
    return await everywhere()


def refuses(
    session: SmtpSessionFact,
    envelopes: Iterable[Envelope],
    tag: str,
    again: SmtpSessionFact | Unobserved | None = None,
    sender: str = NULL_SENDER,
) -> Part:
    """Judge what is said to each of *envelopes*; if any is taken, it is unmet with *tag*.

    Nothing is relayed where nobody serves. What may have been refused as bounces is what *again*
    says of it, the session in which that was offered from *sender*.
    """
    served = service(session)
    if isinstance(served, Unobserved):
        return served
    if served.reasons:
        return met(Advice(NO_MAIL_SERVER, served.reasons[0].text))
    taken: list[str] = []
    unknown: list[Unobserved] = []
    for envelope in envelopes:
        answer = _takes(session, envelope)
        if again is not None and is_perhaps_of_bounces(session, envelope):
            answer = _takes_again(again, replace(envelope, sender=sender))
        if isinstance(answer, Unobserved):
            unknown.append(answer)
        elif answer:
            taken.append(envelope.recipient)
    text = f"{session.where} takes {' and '.join(taken)} from this client"
    return all_hold((*unknown, unmet(tag, text, str(session.address)) if taken else met()))


def is_perhaps_of_bounces(session: SmtpSessionFact, envelope: Envelope) -> bool:
    """Whether *envelope*, from the null sender, was refused and other mail perhaps would not be.

    Its refusal says neither that it is about the recipient nor that it is about relaying. Postfix
    judges the sender no sooner than at RCPT, and before it judges whether to relay.
    """
    mail, rcpt = session.about(envelope)
    reply = rcpt or mail
    if envelope.sender or reply is None or reply.code in NOT_YET or names_a_client(reply):
        return False
    if rcpt is not None and not isinstance(_takes(session, envelope), Unobserved):
        return False
    return reply.code // 100 == 5 or is_deferred(reply)


def _takes(session: SmtpSessionFact, envelope: Envelope) -> bool | Unobserved:
    """Say whether *session* takes *envelope*; unobserved is what may pass, or be about its sender."""
    reply = session.about(envelope)[1]
    if reply is not None and is_relay_denied(reply) and (envelope.sender or names_relaying(reply)):
        return False
    found = reply_to(session, envelope)
    return found if isinstance(found, Unobserved) else found.code // 100 == 2


def _takes_again(session: SmtpSessionFact | Unobserved, envelope: Envelope) -> bool | Unobserved:
    if isinstance(session, Unobserved):
        return session
    served = service(session)
    return served if isinstance(served, Unobserved) else _takes(session, envelope)


async def takes_mail_for(host: str, domain: str) -> bool | Unobserved:
    """Say whether *host* takes mail for *domain*: it is its exchange, or shares an address with one.

    Unobserved is what kept it from being found out.
    """
    [mx] = await each_of((MailHosts(domain),))
    if isinstance(mx, Unobserved):
        return False if mx.cause == _NOWHERE else mx
    exchanges = mx.names[:MAX_EXCHANGES] or (domain,)
    if host in exchanges:
        return True
    several = await each_of(HostAddresses(name) for name in (host, *exchanges))
    known = [() if isinstance(found, Unobserved) else found.addresses for found in several]
    if not {*known[0]}.isdisjoint(address for theirs in known[1:] for address in theirs):
        return True
    missing = list(mx.answer.unread)
    for found in several:
        missing += (found,) if isinstance(found, Unobserved) else found.unknown
    return next((one for one in missing if one.cause != _NOWHERE), False)


async def unless_nowhere(finding: Finding, mailbox: str) -> Finding:
    """Return *finding*, unless it is that *mailbox* was refused, and nobody would have taken it.

    Raises:
        NotObserved: if that is so: its domain does not exist, or takes no mail.
    """
    if not finding.met or finding.advice:
        return finding
    [mx] = await each_of((MailHosts(mailbox.rpartition("@")[2]),))
    if isinstance(mx, Unobserved) or (mx.answer.status != "nxdomain" and not mx.nothing_but_null):
        return finding
    text = f"nobody takes mail for {mailbox}: a relay that looks first refuses it as well"
    raise NotObserved(Unobserved("relay-recipient-is-nowhere", text, not_evaluated=True))
