"""The host has an address.

Requires
    The host has at least one A or AAAA record, its own or at the end of its alias.

Why
    Whoever must connect to the host looks up its address first. A host that is named somewhere (in
    MX, in a policy, in a client's settings) and has none cannot be reached.

Met when
    One address of either family was seen; the other family is not waited for.

Unmet when
    no-such-domain: the name does not exist (NXDOMAIN).
        Senders bounce mail to such a host: "550 5.1.2 host not found". Denied by the parent zone,
        the domain itself is mistyped, expired or on hold.
    no-address: the name exists and has neither A nor AAAA.
        Mail waits or bounces: "550 5.4.4 ... host not found".
    refused-by-authority: all name servers of the host's zone refuse to answer for it.
        Resolvers say SERVFAIL; senders defer the mail and bounce it after days.

Not judged here
    Which addresses they are: ``host H has address X``. Whether anything listens there: ``SMTP port
    25 of H accepts``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_addresses import HostAddresses, lacking_record
from mailcheck.finding import Finding, Reason, Remedy, any_holds, met
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class HostResolves:
    """The parameters of the sentence."""

    host: Domain = slot("the host whose addresses are looked for")


async def judge(wanted: HostResolves) -> Finding:
    """Look for one address; say how the host is absent if there is none."""
    found = await HostAddresses(wanted.host)
    if found.addresses:
        return met()
    # The family that is unknown may hold an address; a host is reached over either.
    return any_holds((Finding((found.missing,)), *found.unknown))


def remedy(wanted: HostResolves, reason: Reason) -> Remedy:
    """A record to publish, or who must be asked first."""
    name, record = lacking_record(reason, wanted.host)
    whose = f"the host, which is {to_u_labels(name)}" if name != wanted.host else "the host"
    absent = remedy_of_absence(reason, name, record)
    return absent or Remedy((record,), f"With the address of {whose}:")


CHECK = check(
    __doc__,
    template="host [{host}] resolves",
    parameters=HostResolves,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1035 §3.4.1", "RFC 3596 §2.1", "RFC 5321 §2.3.5"),
    over_several=True,
    examples=(
        Example(
            "a host with an IPv4 address only",
            "host mail.example.com resolves",
            (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "NODATA")),
            ends="met",
        ),
        Example(
            "a name that exists and has no address",
            "host mail.example.com resolves",
            (told("mail.example.com A", "NODATA"), told("mail.example.com AAAA", "NODATA")),
            ends="no-address",
        ),
        Example(
            "one family is unknown: the address that was seen decides",
            "host mail.example.com resolves",
            (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "TIMEOUT")),
            ends="met",
            partly_unknown=True,
        ),
        Example(
            "one family is unknown and the other empty: there may be an address",
            "host mail.example.com resolves",
            (told("mail.example.com A", "TIMEOUT"), told("mail.example.com AAAA", "NODATA")),
            ends="inconclusive: timeout",
            partly_unknown=True,
        ),
    ),
)
