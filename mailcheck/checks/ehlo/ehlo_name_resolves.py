"""The name a client says in EHLO is legal and exists.

Requires
    The EHLO name is a fully qualified host name that has an A, AAAA or MX record, or it is an
    address literal (``[192.0.2.1]``, ``[IPv6:2001:db8::1]``), which is not looked up.

Why
    RFC 5321 §4.1.1.1 wants the client's own name there. Receivers that check it refuse or defer
    what they cannot find, and the sender sees a queue that grows without a bounce.

Met when
    One of the three records exists. A null MX counts, and the target of an MX is not followed: so
    does Postfix with ``reject_unknown_helo_hostname``.

Unmet when
    invalid-name: the text is neither a host name nor an address literal.
        Postfix (reject_invalid_helo_hostname) refuses: "501 5.5.2 Helo command rejected: Invalid
        name", or "invalid ip address"; Gmail says "501 5.5.4". A dot at the end, and a name longer
        than DNS allows, Postfix lets pass there and does not find: "Host not found".
    not-fully-qualified: the text is a single label, or an address without brackets.
        Postfix (reject_non_fqdn_helo_hostname) refuses: "504 5.5.2 Helo command rejected: need
        fully-qualified hostname".
    no-such-domain: the name does not exist (NXDOMAIN).
        Postfix (reject_unknown_helo_hostname) says "450 4.7.1 Helo command rejected: Host not
        found", or 550 where unknown_hostname_reject_code says so; the mail waits, then bounces.
    no-address-or-mx: the name exists and has neither A, AAAA nor MX.
        Postfix (reject_unknown_helo_hostname) takes it for a name that does not exist: "450 4.7.1
        Helo command rejected: Host not found", or 550.
    refused-by-authority: all name servers of the name's zone refuse to answer for it.
        Resolvers say SERVFAIL; Postfix defers: "450 4.7.1 Helo command rejected: Host not found",
        whatever unknown_hostname_reject_code says; the mail bounces after days.

Advises when
    underscore: the name has an underscore.
        Postfix lets it pass; Exim answers "501 Syntactically invalid EHLO argument(s)".

Not judged here
    Whether the name has the client's address, for which RFC 5321 §4.1.4 forbids to refuse mail:
    ``EHLO name E points to IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.client_identity import (
    SAY_ITS_NAME,
    of_an_underscore,
    refused_unseen,
)
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.existence import (
    REFUSED_BY_AUTHORITY,
    absence,
    denies_the_name,
    remedy_of_absence,
)
from mailcheck.facts.host_addresses import address_record
from mailcheck.facts.host_syntax import read_helo
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Finding, Part, Reason, Remedy, all_hold, any_holds, met, unmet
from mailcheck.names import HeloName, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

COUNTING = ("A", "AAAA", "MX")
"""The records of which one is enough, as ``reject_unknown_helo_hostname`` has it."""


@dataclass(frozen=True, slots=True)
class EhloNameResolves:
    """The parameters of the sentence."""

    ehlo: HeloName = slot("what the client says after EHLO")


async def judge(wanted: EhloNameResolves) -> Finding:
    """Read the name as a receiver does, then look for any record that counts."""
    helo = read_helo(wanted.ehlo)
    if helo.fault:
        return refused_unseen(wanted.ehlo, helo)
    if not helo.name:
        return met()
    answers = await each_of(Lookup(helo.name, rdtype) for rdtype in COUNTING)
    finding = any_holds(map(_part, answers))
    denials = [a for a in answers if isinstance(a, DnsAnswer) and denies_the_name(a)]
    if denials and not finding.met:
        # The name is denied with all its types; what could not be asked changes nothing.
        finding = all_hold(map(_part, denials))
    return all_hold((finding, *of_an_underscore(helo.name)))


def _part(answer: DnsAnswer | Unobserved) -> Part:
    """Judge one type of record."""
    if isinstance(answer, Unobserved):
        return answer
    if answer.status == "data":
        return met()
    gone = absence(answer)
    if gone and (denies_the_name(answer) or gone.tag == REFUSED_BY_AUTHORITY):
        return Finding((gone,))
    return unmet("no-address-or-mx", f"{to_u_labels(answer.name)} has neither A, AAAA nor MX")


def remedy(wanted: EhloNameResolves, reason: Reason) -> Remedy:
    """The address record of the name, or another name."""
    name = read_helo(wanted.ehlo).name
    record = f"{address_record(name)}  ; the address the client sends from"
    if absent := remedy_of_absence(reason, name, record):
        return absent
    if reason.tag == "no-address-or-mx":
        return Remedy((record,))
    return Remedy(instruction=SAY_ITS_NAME)


CHECK = check(
    __doc__,
    template="EHLO name [{ehlo}] resolves",
    parameters=EhloNameResolves,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §4.1.1.1", "RFC 5321 §4.1.3", "Postfix reject_unknown_helo_hostname"),
    over_several=True,
    examples=(
        Example(
            "a name with an address; the other types could not be asked",
            "EHLO name mail.example.com resolves",
            (told("mail.example.com A", "203.0.113.25"), told("mail.example.com MX", "TIMEOUT")),
            ends="met",
            partly_unknown=True,
        ),
        Example(
            "a name of the inside network that the world does not know",
            "EHLO name mx.corp.example.com resolves",
            (told("mx.corp.example.com A", "NXDOMAIN", denier="example.com"),),
            ends="no-such-domain",
        ),
        Example(
            "a zone that its own name servers refuse to answer for",
            "EHLO name vm26.example.io resolves",
            tuple(
                told(f"vm26.example.io {rdtype}", "REFUSED-BY-AUTHORITY", denier="example.io")
                for rdtype in COUNTING
            ),
            ends="refused-by-authority",
        ),
    ),
)
