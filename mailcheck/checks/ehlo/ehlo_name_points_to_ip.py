"""The name a client says in EHLO leads to its address.

Requires
    The A records of the EHLO name (AAAA for an IPv6 address) contain the client's address; an
    address literal (``[192.0.2.1]``, ``[IPv6:2001:db8::1]``) spells it. Advised only:
    ``severity: required`` demands it.

Why
    The EHLO name is meant to be the client's own (RFC 5321 §4.1.1.1). A receiver must not refuse
    mail only because it leads elsewhere (§4.1.4), but some do, and filters count it.

Met when
    One of the addresses is the client's, at the end of an alias too; its PTR does not matter. Exim
    with ``verify = helo`` asks the same, and does not know the client by an IPv6 literal: it takes
    the tag for a part of the address.

Unmet when
    other-address: the name has other addresses, or the literal spells another.
        Exim with ``verify = helo`` fails it, whatever the PTR says; ``helo_verify_hosts`` says "550
        EHLO argument does not match calling host". Postfix compares no addresses: for it the name
        only has to exist. SpamAssassin scores a literal that is wrong (RCVD_HELO_IP_MISMATCH) and
        has no rule for a name that is.
    no-address: the name exists and has no address of the client's family; MX is not enough.
        Postfix lets a name with MX only, or an address of the other family, pass; Exim's ``verify =
        helo`` does not. rspamd (hfilter) adds HFILTER_HELO_IP_A, 1.0, for a name without address.
    no-such-domain: the name does not exist (NXDOMAIN).
        Postfix (reject_unknown_helo_hostname): "450 4.7.1 Helo command rejected: Host not found".
        Exim's ``verify = helo`` fails it; rspamd adds HFILTER_HELO_NORES_A_OR_MX too.
    refused-by-authority: all name servers of the name's zone refuse to answer for it.
        Resolvers say SERVFAIL. Postfix defers the mail; Exim with ``verify = helo`` does not wait
        for another answer: it refuses with 550.
    invalid-name: the text is neither a host name nor an address literal.
        Postfix (reject_invalid_helo_hostname): "501 5.5.2 Helo command rejected: Invalid name".
        Both let a dot at the end pass; Exim then finds the name, Postfix does not.
    not-fully-qualified: the text is a single label, or an address without brackets.
        Postfix (reject_non_fqdn_helo_hostname): "504 5.5.2 Helo command rejected: need
        fully-qualified hostname". rspamd adds HFILTER_HELO_BAREIP, 3.0, for an address.

Advises when
    underscore: the name has an underscore.
        Postfix lets it pass; Exim answers "501 Syntactically invalid EHLO argument(s)".

Not judged here
    The PTR: ``EHLO name E matches PTR of IP I``. Whether Postfix finds the name: ``EHLO name E
    resolves``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.client_identity import (
    SAY_ITS_NAME,
    of_an_underscore,
    points_to,
    refused_unseen,
    spells,
    to_have_address,
)
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_syntax import read_helo
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.reverse_names import forward_type
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import Address, HeloName
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class EhloNamePointsToIp:
    """The parameters of the sentence."""

    ehlo: HeloName = slot("what the client says after EHLO")
    ip: Address = slot("the address the client sends from")


async def judge(wanted: EhloNamePointsToIp) -> Finding:
    """Ask for the addresses of the one family that can hold the client's."""
    helo = read_helo(wanted.ehlo)
    if helo.fault:
        return refused_unseen(wanted.ehlo, helo)
    if helo.address:
        return spells(helo, wanted.ip)
    [answer] = await each_of([Lookup(helo.name, forward_type(wanted.ip))])
    pointing = answer if isinstance(answer, Unobserved) else points_to(answer, wanted.ip)
    return all_hold((pointing, *of_an_underscore(helo.name)))


def remedy(wanted: EhloNamePointsToIp, reason: Reason) -> Remedy:
    """The address record of the name, or another name."""
    name = read_helo(wanted.ehlo).name
    if not name:
        return Remedy(instruction=SAY_ITS_NAME)
    to_have = to_have_address(name, wanted.ip, reason.instead)
    return remedy_of_absence(reason, name, *to_have.publish) or to_have


_SENTENCE = "EHLO name mail.example.com points to IP 203.0.113.25"

CHECK = check(
    __doc__,
    template="EHLO name [{ehlo}] points to IP [{ip}]",
    parameters=EhloNamePointsToIp,
    judge=judge,
    remedy=remedy,
    advised=(
        "other-address",
        "no-address",
        "no-such-domain",
        "refused-by-authority",
        "invalid-name",
        "not-fully-qualified",
    ),
    sources=(
        "RFC 5321 §4.1.1.1",
        "RFC 5321 §4.1.3",
        "RFC 5321 §4.1.4",
        "Exim specification, verify = helo (2024)",
        "rspamd, module hfilter (2024)",
    ),
    examples=(
        Example(
            "a name with the client's address among others",
            _SENTENCE,
            (told("mail.example.com A", "203.0.113.24 | 203.0.113.25"),),
            ends="met",
        ),
        Example(
            "all servers of a farm say the name of the first",
            _SENTENCE,
            (told("mail.example.com A", "203.0.113.24"),),
            ends="other-address",
        ),
        Example(
            "a domain that has MX and no address: Postfix takes it, Exim does not",
            "EHLO name example.com points to IP 203.0.113.25",
            (told("example.com A", "NODATA"), told("example.com MX", "10 mail.example.com.")),
            ends="no-address",
        ),
    ),
)
