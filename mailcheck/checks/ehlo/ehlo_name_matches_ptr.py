"""The name a client says in EHLO is a PTR name of its address.

Requires
    One PTR record of the client's address names the EHLO name; an address literal (``[192.0.2.1]``,
    ``[IPv6:2001:db8::1]``) spells the address, and no PTR is asked for.

Why
    The PTR is what the owner of the address calls the host, EHLO what the host calls itself. No
    standard makes them one, but an administrator who keeps them so has nothing to explain.

Met when
    One of the names is the EHLO name, in any case; others may stand beside it. A name that is an
    alias of the PTR name is another name.

Unmet when
    other-name: the address has PTR names, and the EHLO name is none of them.
        Exim with ``verify = helo`` then looks whether the EHLO name has the client's address, and
        fails it if not; ``helo_verify_hosts`` says "550 EHLO argument does not match calling host".
        Postfix never compares the two. SpamAssassin gave up its rule for it (FORGED_RCVD_HELO): too
        many real senders differ. Mail headers show both names, and readers of bounces wonder.
    no-ptr: the address has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname".
    refused-by-authority: all name servers of the reverse zone refuse to answer for it.
        Resolvers say SERVFAIL; receivers that demand a reverse name defer the mail.
    other-address: the text is an address literal, and of another address.
        Exim's ``verify = helo`` fails it; SpamAssassin adds RCVD_HELO_IP_MISMATCH.
    invalid-name: the text is neither a host name nor an address literal.
        Postfix (reject_invalid_helo_hostname): "501 5.5.2 Helo command rejected: Invalid name".
    not-fully-qualified: the text is a single label, or an address without brackets.
        Postfix (reject_non_fqdn_helo_hostname): "504 5.5.2 Helo command rejected: need
        fully-qualified hostname".

Advises when
    address-literal: the text is an address literal.
        It is legal (RFC 5321 §4.1.3) and meant for hosts that have no name. rspamd takes it for an
        address without brackets: HFILTER_HELO_BAREIP, 3.0.

Not judged here
    Whether the name leads back to the address, without which Exim does not count it: ``IP I has PTR
    matching A``, ``EHLO name E points to IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.client_identity import (
    OTHER_NAME,
    SAY_ITS_NAME,
    is_ptr_name,
    of_a_literal,
    refused_unseen,
    spells,
    to_have_name,
)
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_syntax import read_helo
from mailcheck.facts.reverse_names import NO_PTR, ReverseNames
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import Address, HeloName
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class EhloNameMatchesPtr:
    """The parameters of the sentence."""

    ehlo: HeloName = slot("what the client says after EHLO")
    ip: Address = slot("the address the client sends from")


async def judge(wanted: EhloNameMatchesPtr) -> Finding:
    """Compare with the PTR names; a literal has no name to compare."""
    helo = read_helo(wanted.ehlo)
    if helo.fault:
        return refused_unseen(wanted.ehlo, helo)
    if helo.address:
        return spells(helo, wanted.ip).with_advice(of_a_literal(wanted.ehlo))
    return all_hold((is_ptr_name(helo.name, await ReverseNames(wanted.ip)),))


def remedy(wanted: EhloNameMatchesPtr, reason: Reason) -> Remedy:
    """The PTR record, or another name to say."""
    name = read_helo(wanted.ehlo).name
    if reason.tag in (NO_PTR, OTHER_NAME) and name:
        return to_have_name(reason.about, name, instead=reason.tag == OTHER_NAME)
    return remedy_of_absence(reason, reason.about) or Remedy(instruction=SAY_ITS_NAME)


_SENTENCE = "EHLO name mail.example.com matches PTR of IP 203.0.113.25"
_PTR = "25.113.0.203.in-addr.arpa PTR"

CHECK = check(
    __doc__,
    template="EHLO name [{ehlo}] matches PTR [of IP {ip}]",
    parameters=EhloNameMatchesPtr,
    judge=judge,
    remedy=remedy,
    sources=(
        "RFC 5321 §4.1.1.1",
        "RFC 5321 §4.1.4",
        "RFC 1912 §2.1",
        "Exim specification, verify = helo (2024)",
    ),
    examples=(
        Example(
            "the one name of the address",
            _SENTENCE,
            (told(_PTR, "mail.example.com."),),
            ends="met",
        ),
        Example(
            "the provider's name, never changed",
            _SENTENCE,
            (told(_PTR, "static-25.customers.example.net."),),
            ends="other-name",
        ),
        Example(
            "an address nobody named",
            _SENTENCE,
            (told(_PTR, "NXDOMAIN", denier="113.0.203.in-addr.arpa"),),
            ends="no-ptr",
        ),
    ),
)
