"""The domain declares that it accepts no mail.

Requires
    The domain's MX records are exactly one: the null MX ``0 .`` (RFC 7505 §3).

Why
    A domain that only sends, or only serves a web site, still gets mail for mistyped and invented
    addresses. Without a null MX senders try its address record and keep the mail in their queues
    for days; with it they tell the author at once.

Met when
    The answer to an MX query is one record with preference 0 and the exchange ``.``.

Unmet when
    no-such-domain: the name does not exist (NXDOMAIN).
        There is no mail to a name that does not exist, but nothing is declared either: whoever
        registers the domain next decides.
    no-null-mx: the name exists and has no MX record.
        Senders fall back to the address record (RFC 5321 §5.1) and retry for days; nobody is told
        that the domain takes no mail.
    has-mx: the MX records name exchanges and no null MX.
        The domain does accept mail, as far as any sender can tell.
    null-mx-not-alone: a null MX stands beside other MX records.
        Forbidden by RFC 7505 §3. Senders pass over the null MX and use the others, or try to
        connect to a host named ".".
    null-mx-preference: the null MX is alone, but its preference is not 0.
        RFC 7505 §3 fixes the preference. Senders that compare it (OpenSMTPD does) take "." for the
        name of a host, fail to find it, and queue the mail.
    refused-by-authority: all name servers of the domain's zone refuse to answer for it.
        Resolvers say SERVFAIL; senders defer the mail and bounce it after days.

Not judged here
    Whether mail *from* the domain is disowned as well (SPF ``-all``):
    ``SPF of D is "v=spf1 -all"``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.facts.mail_hosts import MailHosts
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class AcceptsNoMail:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain that takes no mail")


async def judge(wanted: AcceptsNoMail) -> Finding:
    """Compare the MX records with the one that RFC 7505 prescribes."""
    mx = await MailHosts(wanted.domain)
    name = to_u_labels(wanted.domain)
    if gone := absence(mx.answer):
        return Finding((gone,))
    if mx.null_only:
        return met()
    if not mx.answer.records:
        return unmet("no-null-mx", f"{name} has no MX record, and so no null MX")
    listed = visible(", ".join(mx.answer.texts))
    if not mx.null:
        return unmet("has-mx", f"{name} accepts mail: {listed}")
    if len(mx.answer.records) > 1:
        return unmet("null-mx-not-alone", f"the null MX of {name} is not alone: {listed}")
    return unmet("null-mx-preference", f"the null MX of {name} is {listed} instead of 0 .")


def remedy(wanted: AcceptsNoMail, reason: Reason) -> Remedy:
    """The null MX, and what must go."""
    null_mx = f"{wanted.domain}.  3600  IN  MX  0 ."
    if absent := remedy_of_absence(reason, wanted.domain, null_mx):
        return absent
    if reason.tag == "no-null-mx":
        return Remedy((null_mx,))
    return Remedy((null_mx,), "In place of all other MX records:")


CHECK = check(
    __doc__,
    template="domain [{domain}] accepts no mail",
    parameters=AcceptsNoMail,
    judge=judge,
    remedy=remedy,
    sources=("RFC 7505 §3", "RFC 5321 §5.1"),
    examples=(
        Example(
            "the null MX alone",
            "domain parked.example.com accepts no mail",
            (told("parked.example.com MX", "0 ."),),
            ends="met",
        ),
        Example(
            "no MX at all, which leaves the address record to senders",
            "domain parked.example.com accepts no mail",
            (told("parked.example.com MX", "NODATA", denier="example.com"),),
            ends="no-null-mx",
        ),
        Example(
            "an exchange that was forgotten",
            "domain parked.example.com accepts no mail",
            (told("parked.example.com MX", "0 . | 10 mail.example.com."),),
            ends="null-mx-not-alone",
        ),
        Example(
            "a resolver that fails",
            "domain parked.example.com accepts no mail",
            (told("parked.example.com MX", "SERVFAIL"),),
            ends="inconclusive: servfail",
        ),
    ),
)
