"""A mail server greets with its own name.

Requires
    Every address of the host, or of every MX host of the domain, greets with a name of the host as
    the first word.

Why
    "220 mail.example.com ESMTP" tells a sender and its logs with whom it speaks (RFC 5321 §4.2,
    §4.3.1). Another name there is often a server behind the wrong address, or one that was never
    set up; and it is the name with which that server sends.

Met when
    The first word is the name that was asked for, or a fully qualified name whose A or AAAA records
    have this very address: where several machines share a name, each may say its own.

Unmet when
    ...
    masked-greeting: an address greets with asterisks and nothing else, but for a 2 or 0.
        A firewall rewrites what the server says, and what it offers as well: Postfix then says
        HELO, so that there is no STARTTLS and no SIZE.
    other-greeting: an address greets with another name, which does not have this address.
        No sender refuses for it; MXToolbox warns "Reverse DNS does not match SMTP Banner". Postfix
        logs "greeted me with my own hostname" if the name is the sender's.
    not-fully-qualified: an address greets with a single label (localhost, ESMTP), or a bare address.
        Logs do not show who it was; a server that sends with this name too is refused by Postfix
        (reject_non_fqdn_helo_hostname).
    local-name: an address greets with a name of every local network (localhost.localdomain).
        Logs do not show who it was; a server that sends with this name too is taken for forged.
    address-literal: an address greets with an address in brackets.
        Legal for a host that has no name (RFC 5321 §4.3.1), and this one has; testers warn.
    no-greeting-name: an address greets with no name, or with what can be none.
        A violation of RFC 5321 §4.2 that senders overlook, and testers do not.

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        The server behind them may be another.

Not judged here
    The PTR of the address, with which testers compare the greeting (``IP I is host E throughout``),
    and the name in the reply to EHLO. Machines of large providers greet with names that have no
    address: leave them out, or say ``severity: advised``, for no sender refuses for a greeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.greeting import MASKED_GREETING, greets_as_itself, name_to_look_up
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Part, Reason, Remedy, met
from mailcheck.names import to_u_labels
from mailcheck.question import each_of

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact

_OF_THE_NAME = (
    *("other-greeting", "not-fully-qualified", "local-name", "address-literal"),
    "no-greeting-name",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortGreetsWithOwnName(SmtpTarget):
    """The parameters of the sentence."""


async def judge(wanted: SmtpPortGreetsWithOwnName) -> Finding:
    """Hold a session with every address of every host, then ask for the names they greet with."""
    served: list[SmtpSessionFact] = []

    def note(session: SmtpSessionFact) -> Part:
        served.append(session)
        return met()

    await wanted.every_server(note)
    names = dict.fromkeys(filter(None, map(name_to_look_up, served)))
    answers = dict(zip(names, await each_of(names), strict=True))

    def own(session: SmtpSessionFact) -> Part:
        name = name_to_look_up(session)
        return greets_as_itself(session, answers[name] if name else None)

    return await wanted.every_server(own)


def remedy(wanted: SmtpPortGreetsWithOwnName, reason: Reason) -> Remedy:
    """What to set, start, open or publish."""
    if reason.tag == MASKED_GREETING:
        text = (
            f"Turn off SMTP inspection in the firewall before {reason.about} (Cisco: no inspect "
            "esmtp)."
        )
        return Remedy(instruction=text)
    if reason.tag not in _OF_THE_NAME:
        return wanted.to_be_served(reason)
    name = to_u_labels(wanted.host) if wanted.host else "the name that MX has for it"
    text = (
        f"Have the server at {reason.about} greet with {name}, or with a name that has this "
        "address (Postfix: myhostname, and smtpd_banner begins with $myhostname; Exim: "
        "primary_hostname)."
    )
    return Remedy(instruction=text)


_SENTENCE = "SMTP port 25 of mx.example.com greets with its own name"
_HOST = (
    told("mx.example.com A", "192.0.2.1 | 192.0.2.2"),
    told("mx.example.com AAAA", "NODATA"),
    told_smtp("mx.example.com 192.0.2.1:25", "220 mx.example.com ESMTP"),
)
_MACHINE = told_smtp("mx.example.com 192.0.2.2:25", "220 mx-b.example.com ESMTP")


def _example(says: str, mx_b: str, ends: str, *, partly_unknown: bool = False) -> Example:
    name = told("mx-b.example.com A", mx_b)
    return Example(says, _SENTENCE, (*_HOST, _MACHINE, name), ends, partly_unknown)


CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] greets with its own name",
    parameters=SmtpPortGreetsWithOwnName,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    sources=("RFC 5321 §4.2", "RFC 5321 §4.3.1", "MXToolbox SMTP diagnostics (2024)"),
    over_several=True,
    examples=(
        _example("two machines, of which one greets with a name of its own", "192.0.2.2", "met"),
        _example("a name that leads elsewhere", "192.0.2.9", "other-greeting"),
        _example(
            "a name of which nothing is known", "TIMEOUT", "inconclusive: timeout",
            partly_unknown=True,
        ),
    ),
)  # fmt: skip
