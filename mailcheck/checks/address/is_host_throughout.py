"""The address is one and the same host by every name it has.

Requires
    All links of the chain hold the same name: the address has it as a PTR name; its A records (AAAA
    for IPv6) have the address; it can be said in EHLO; where port 25 of the address answers, the
    greeting begins with it, and the certificate behind STARTTLS is for it; with ``domain``, an MX
    record of the domain names it.

Why
    Receivers compare these names in pairs, each receiver other pairs. A host that is the same by
    all of them need not know which.

Met when
    Every link holds that could be judged. A port 25 that takes no connection from here judges
    nothing: hosts that only send listen on none. One that takes it and then says nothing is
    unknown.

Unmet when
    no-ptr: the address has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname".
    other-name: the address has PTR names, and the host's is none of them.
        Exim (``verify = helo``) then relies on the address record alone; bounces show two names.
    other-address: the name has addresses, and not this one.
        Receivers take the client for unknown: "450 4.7.25 Client host rejected: cannot find your
        hostname".
    no-address: the name has no address of this family.
        Receivers take the client for unknown: "450 4.7.25 Client host rejected: cannot find your
        hostname". Over IPv6 they look for an AAAA record, over IPv4 for A.
    no-such-domain: the name does not exist (NXDOMAIN).
        Postfix (reject_unknown_helo_hostname): "450 4.7.1 Helo command rejected: Host not found".
    other-greeting: port 25 greets with another name, or with none.
        No receiver of this host's mail sees it; testers and administrators do, and a server behind
        the wrong address shows itself so.
    other-certificate: the certificate behind STARTTLS is for other names.
        Senders with MTA-STS for the domain (RFC 8461 §4.2) refuse to deliver; others see it in logs.
    not-mx: with ``domain``: no MX record of the domain names the host.
        Mail to the domain goes to other hosts. Leave ``domain`` out for a host that only sends.
    invalid-name: the name is neither a host name nor an address literal.
        Postfix (reject_invalid_helo_hostname): "501 5.5.2 Helo command rejected: Invalid name".
    not-fully-qualified: the name is a single label, or an address without brackets.
        Postfix (reject_non_fqdn_helo_hostname): "504 5.5.2 ... need fully-qualified hostname".
    address-literal: the name is an address literal, legal in EHLO, and names no host.
        Nothing can be compared with it: no PTR, no greeting, no MX holds it.
    refused-by-authority: all name servers of a zone the chain leads through refuse to answer.
        Resolvers say SERVFAIL; receivers defer the mail and bounce it after days.

Advises when
    greeting-not-judged: nothing answers at port 25, or it turns everybody away (5xx).
    certificate-not-judged: STARTTLS is not offered, or refused for good (5xx, as EHLO may be), or
        no TLS handshake comes about.

Not judged here
    Whether the certificate is valid. A link that is broken decides, whatever is unknown: the first
    broken one is the reason and shows the whole chain, broken ones behind it are advice, and
    ``severity: {not-mx: required}`` has one count where an earlier one is only advised.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.client_identity import (
    ADDRESS_LITERAL,
    OTHER_NAME,
    SAY_A_NAME,
    of_a_literal,
    refused_unseen,
    to_have_address,
    to_have_name,
)
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_chain import first_broken, host_chain
from mailcheck.facts.host_syntax import read_helo
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Reason, Remedy, unmet
from mailcheck.names import Address, Domain, HeloName
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class IsHostThroughout:
    """The parameters of the sentence."""

    ip: Address = slot("the address of the host")
    ehlo: HeloName = slot("its name, as it says it in EHLO", subjects=("ehlo", "host"))
    domain: Domain | None = slot("a domain whose MX the host must be", default=None)


async def judge(wanted: IsHostThroughout) -> Finding:
    """Ask for all links at once, and judge each by itself."""
    helo = read_helo(wanted.ehlo)
    if helo.fault:
        return refused_unseen(wanted.ehlo, helo)
    if not helo.name:
        return unmet(ADDRESS_LITERAL, of_a_literal(wanted.ehlo).text)
    return first_broken(await host_chain(helo.name, wanted.ip, wanted.domain or ""))


def remedy(wanted: IsHostThroughout, reason: Reason) -> Remedy:
    """Mend the first broken link."""
    name = read_helo(wanted.ehlo).name
    if not name:
        return Remedy(instruction=SAY_A_NAME)
    match reason.tag:
        case "no-ptr" | "other-name":
            return to_have_name(reason.about, name, instead=reason.tag == OTHER_NAME)
        case "other-greeting":
            text = f"Have the server at {reason.about} greet as {name} (Postfix: myhostname)."
            return Remedy(instruction=text)
        case "other-certificate":
            text = f"Have the server at {reason.about} show a certificate for {name}."
            return Remedy(instruction=text)
        case "not-mx":
            return Remedy((f"{reason.about}.  3600  IN  MX  10 {name}.",))
    to_have = to_have_address(name, wanted.ip, reason.instead)
    return remedy_of_absence(reason, name, *to_have.publish) or to_have


_SENTENCE = "IP 203.0.113.25 is host mail.example.com throughout"
_PTR = told("25.113.0.203.in-addr.arpa PTR", "mail.example.com.")
_A = told("mail.example.com A", "203.0.113.25")
_GREETING = told_smtp("mail.example.com 203.0.113.25:25", "220 mail.example.com ESMTP")
_NO_PTR = told("25.113.0.203.in-addr.arpa PTR", "NXDOMAIN")

CHECK = check(
    __doc__,
    template="IP [{ip}] is host [{ehlo}] throughout",
    parameters=IsHostThroughout,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §4.1.1.1", "RFC 5321 §4.2", "RFC 1912 §2.1", "RFC 8601 §2.7.3"),
    over_several=True,
    examples=(
        Example("one name everywhere", _SENTENCE, (_PTR, _A, _GREETING), ends="met"),
        Example(
            "a host that only sends",
            _SENTENCE,
            (_PTR, _A, told_smtp("mail.example.com 203.0.113.25:25", "REFUSED")),
            ends="met",
        ),
        Example(
            "no PTR, and the address record is unknown",
            _SENTENCE,
            (_NO_PTR, told("mail.example.com A", "TIMEOUT"), _GREETING),
            ends="no-ptr",
            partly_unknown=True,
        ),
    ),
)
