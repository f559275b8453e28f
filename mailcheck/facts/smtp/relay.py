"""What a host must not take: mail for a mailbox elsewhere, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.facts.mail_hosts import MAX_EXCHANGES, MailHosts
from mailcheck.facts.smtp.envelope import DOMAIN, ELSEWHERE, USER, RecipientProbe, consented
from mailcheck.facts.smtp.hosts import all_serve
from mailcheck.facts.smtp.mailboxes import SMTP, is_about_sender, names_a_client, reply_to
from mailcheck.facts.smtp.service import service
from mailcheck.finding import Advice, all_hold, met, unmet
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.facts.smtp.envelope import Envelope, RunRecipientsFact
    from mailcheck.facts.smtp.hosts import Families
    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Finding, Part

NO_MAIL_SERVER = "no-mail-server"

_NOT_YET = frozenset({503, 530})
"""Codes of what asks for another command first, such as STARTTLS (RFC 5321 §4.2.3, RFC 3207 §4)."""

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
    host: str, tagged: Mapping[str, tuple[Envelope, ...]], families: Families
) -> Finding:
    """Offer envelopes at every address of *host*, in one session; those taken have their tag."""

    def judged(session: SmtpSessionFact) -> Part:
        return all_hold(refuses(session, several, tag) for tag, several in tagged.items())

    offered = tuple(envelope for several in tagged.values() for envelope in several)
    return await all_serve((host,), SMTP, judged, families, named_by_mx=False, envelopes=offered)


def refuses(session: SmtpSessionFact, envelopes: Iterable[Envelope], tag: str) -> Part:
    """Judge what is said to each of *envelopes*; if any is taken, it is unmet with *tag*.

    Nothing is relayed where nobody serves.
    """
    served = service(session)
    if isinstance(served, Unobserved):
        return served
    if served.reasons:
        return met(Advice(NO_MAIL_SERVER, served.reasons[0].text))
    taken: list[str] = []
    unknown: list[Unobserved] = []
    for envelope in envelopes:
        reply = session.about(envelope)[1]
        if reply is not None and is_relay_denied(reply):
            continue
        found = reply_to(session, envelope)
        if isinstance(found, Unobserved):
            unknown.append(found)
        else:
            taken.append(envelope.recipient)
    text = f"{session.where} takes {' and '.join(taken)} from this client"
    return all_hold((*unknown, unmet(tag, text, str(session.address)) if taken else met()))


def is_relay_denied(reply: Reply) -> bool:
    """Whether *reply* to RCPT says that mail is not taken: for good, or as Postfix does by default.

    That defers what it does not relay (defer_unauth_destination), by "454 4.7.1": no greylisting
    says so, and the default would never be met otherwise. A refusal of this client ("Client host
    [192.0.2.1] blocked", which Postfix says at RCPT too) or of the sender does not tell what strangers
    may do, no more than one that asks for other commands first.
    """
    if reply.code in _NOT_YET or names_a_client(reply) or is_about_sender(reply):
        return False
    return reply.code // 100 == 5 or (reply.code, reply.enhanced) == (454, "4.7.1")


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
