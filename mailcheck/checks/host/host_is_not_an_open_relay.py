"""The host relays no mail for strangers.

Requires
    No address of the host takes, in RCPT, a mailbox elsewhere, the one of ``--mail-relay-recipient``,
    in any of five forms: ``USER@DOMAIN``, ``@HOST:USER@DOMAIN``, ``USER%DOMAIN@HOST``,
    ``"USER@DOMAIN"@HOST`` and ``DOMAIN!USER@HOST``, from the null sender, and from that mailbox where
    bounces alone may be refused. No mail is sent: after RCPT comes RSET.

Why
    An open relay is found within days, sends spam in its owner's name, and is soon on all blocklists.

Met when
    Each address refuses each form (5xx that is about no client, no sender and no other command;
    454 4.7.1, as Postfix does by default), or takes no mail.

Advises when
    no-mail-server: nothing that takes mail is at an address.
        Nothing is relayed there. If a server should be there, see ``SMTP port 25 of H accepts``.

Unmet when
    relays: an address takes the mailbox elsewhere, plain or behind a source route (RFC 5321 §3.6.1).
        Whoever likes sends spam through it; blocklists take the address: "554 5.7.1 Client host
        blocked".
    takes-routed-address: an address takes a form that only looks like a mailbox of the host.
        Servers that read a route in it relay as well. A catch-all may take it too: no mail was sent,
        so it is not known.
    no-address: the host has neither A nor AAAA.
        Nobody can connect to it: the sentence names the wrong host.
    no-such-domain: the host does not exist (NXDOMAIN).
        Nobody can connect to it: the sentence names the wrong host.
    refused-by-authority: all name servers of the host's zone refuse.
        Resolvers say SERVFAIL, and nobody can connect to it.

Not judged here
    Whom it relays for: a server relays for its own clients (Postfix: mynetworks), so run this from
    outside. A mailbox for whose domain the host takes mail, as far as MX and addresses show it, is
    not evaluated, nor are refusals if its domain does not exist. Other 4xx are inconclusive, and so
    is who refuses this client or both senders. The suite has to name the host under ``probe``, and
    the run to have ``--mail-probe-recipients``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_addresses import address_record
from mailcheck.facts.smtp.hosts import Families
from mailcheck.facts.smtp.relay import (
    refused_everywhere,
    relayed,
    routed,
    run_with_a_mailbox_elsewhere,
    takes_mail_for,
    unless_nowhere,
)
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain
from mailcheck.question import NotObserved, Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.envelope import RecipientProbe


@dataclass(frozen=True, slots=True)
class IsNotAnOpenRelay:
    """The parameters of the sentence."""

    host: Domain = slot("the host to connect to")
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )


def probes(wanted: IsNotAnOpenRelay) -> tuple[RecipientProbe, ...]:
    """What is tried: the forms of the mailbox elsewhere."""
    return (*relayed(str(wanted.host)), *routed(str(wanted.host)))


async def judge(wanted: IsNotAnOpenRelay) -> Finding:
    """Offer each form to every address."""
    run, host = await run_with_a_mailbox_elsewhere(), str(wanted.host)
    responsible = await takes_mail_for(host, run.elsewhere.rpartition("@")[2])
    if responsible is True:
        text = f"{host} itself takes mail for {run.elsewhere}, so that it has nothing to relay"
        raise NotObserved(Unobserved("relay-recipient-is-local", text, not_evaluated=True))
    forms = {"relays": relayed(host), "takes-routed-address": routed(host)}
    tagged = {tag: tuple(map(run.envelope, probes)) for tag, probes in forms.items()}
    finding = await refused_everywhere(host, tagged, wanted.families, run.elsewhere)
    if isinstance(responsible, Unobserved) and any(r.tag == "relays" for r in finding.reasons):
        raise NotObserved(responsible)
    return await unless_nowhere(finding, run.elsewhere)


def remedy(wanted: IsNotAnOpenRelay, reason: Reason) -> Remedy:
    """The rule to set, or the host to name."""
    record = address_record(str(wanted.host))
    if absent := remedy_of_absence(reason, str(wanted.host), record):
        return absent
    if reason.tag == "no-address":
        return Remedy(instruction=f"Name another host; {wanted.host} has no address.")
    return Remedy(
        instruction=f"Unless this client is one of its own, have the server at {reason.about} take mail "
        "for its own domains only. Postfix: smtpd_relay_restrictions = permit_mynetworks, "
        "permit_sasl_authenticated, reject_unauth_destination, and a mynetworks no wider than yours; "
        "Exim: a relay_from_hosts no wider, and in acl_smtp_rcpt no accept for other domains than "
        "+local_domains : +relay_to_domains before deny."
    )


_SENTENCE = "host mail.example.com is not an open relay"
_DNS = (
    told("mail.example.com A", "192.0.2.25"),
    told("mail.example.com AAAA", "NODATA"),
    told("elsewhere.example MX", "10 mx.elsewhere.example."),
    told("mx.elsewhere.example A", "198.51.100.1"),
    told("mx.elsewhere.example AAAA", "NODATA"),
)
_FORMS = (
    "user@elsewhere.example",
    "@mail.example.com:user@elsewhere.example",
    "user%elsewhere.example@mail.example.com",
    '"user@elsewhere.example"@mail.example.com',
    "elsewhere.example!user@mail.example.com",
)


def _says(*replies: str) -> Told:
    recipients = dict(zip(_FORMS, replies, strict=True))
    return told_smtp("mail.example.com 192.0.2.25:25", "220 mail", recipients=recipients)


CHECK = check(
    __doc__,
    template="host [{host}] is not an open relay",
    parameters=IsNotAnOpenRelay,
    judge=judge,
    remedy=remedy,
    recipients=probes,
    advised=("takes-routed-address",),
    sources=("RFC 5321 §3.6.1, 7.9", "Postfix smtpd_relay_restrictions"),
    over_several=True,
    examples=(
        Example("refuses all", _SENTENCE, (*_DNS, _says(*["550 relay not permitted"] * 5)), "met"),
        Example(
            "relays, and puts off the rest",
            _SENTENCE,
            (*_DNS, _says("250 Ok", *["452 4.5.3 too many"] * 4)),
            "relays",
            partly_unknown=True,
        ),
    ),
)
