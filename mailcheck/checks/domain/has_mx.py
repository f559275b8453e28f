"""The domain has mail exchangers.

Requires
    The domain publishes at least ``at_least`` MX records that name a host.

Why
    A sender looks for MX first (RFC 5321 §5.1). A domain that lost its MX, often in a move to other
    name servers, stops receiving mail while its web site works.

Met when
    An answer to an MX query names ``at_least`` different exchanges.

Unmet when
    no-such-domain: the name does not exist (NXDOMAIN).
        Senders bounce at once: "550 5.1.2 host not found". Denied by the parent zone, the domain
        itself is mistyped, expired or on hold.
    no-mx: the name exists and has no MX record.
        Senders fall back to the address record (RFC 5321 §5.1); many refuse to send or to accept
        mail from such a domain: "550 5.4.4 ... host not found".
    null-mx: the only MX record is the null MX (RFC 7505).
        The domain declares that it takes no mail; senders bounce: "556 5.1.10 null MX".
    too-few-mx: there are fewer exchanges than ``at_least``.
        One host down, and mail waits in the queues of its senders.
    refused-by-authority: all name servers of the domain's zone refuse to answer for it.
        Resolvers say SERVFAIL; senders defer the mail and bounce it after days.

Not judged here
    Whether the exchanges have addresses: ``MX hosts of D resolve``. Whether they take mail:
    ``SMTP port 25 accepts``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.facts.mail_hosts import MailHosts, mx_instead_of_null, mx_record
from mailcheck.finding import Finding, Reason, Remedy, any_holds, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class HasMx:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain whose MX records are looked for")
    at_least: int = slot("how many exchanges the domain must have", default=1)

    def __post_init__(self) -> None:
        if self.at_least < 1:
            raise ValueError("at_least must be 1 or more; for none, say: domain D accepts no mail")


async def judge(wanted: HasMx) -> Finding:
    """Count the exchanges; say how they are absent if there are none."""
    mx = await MailHosts(wanted.domain)
    if gone := absence(mx.answer):
        return Finding((gone,))
    if len(mx.names) >= wanted.at_least:
        return met()
    domain = to_u_labels(wanted.domain)
    if mx.names:
        few = unmet("too-few-mx", f"{domain} has {len(mx.names)} of {wanted.at_least} exchanges")
    elif null := mx.nothing_but_null:
        few = Finding((null,))
    else:
        few = unmet("no-mx", f"{domain} has no MX record")
    return any_holds((few, *mx.answer.unread))


def remedy(wanted: HasMx, reason: Reason) -> Remedy:
    """A record to publish, or who must be asked first."""
    name = wanted.domain
    if absent := remedy_of_absence(reason, name, mx_record(name)):
        return absent
    match reason.tag:
        case "null-mx":
            return mx_instead_of_null(name)
        case "too-few-mx":
            return Remedy((mx_record(name, 20, "mail2"),), "Add a host that takes mail:")
    return Remedy((mx_record(name),), "With the name of the host that takes the mail:")


CHECK = check(
    __doc__,
    template="domain [{domain}] has MX",
    parameters=HasMx,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §5.1", "RFC 7505 §3", "RFC 1035 §3.3.9"),
    examples=(
        Example(
            "a domain with one exchange",
            "domain example.com has MX",
            (told("example.com MX", "10 mail.example.com."),),
            ends="met",
        ),
        Example(
            "a cloud host with an address and nothing else",
            "domain tour.example.com has MX",
            (told("tour.example.com MX", "NODATA", denier="example.com"),),
            ends="no-mx",
        ),
        Example(
            "a mistyped or expired domain, denied by its registry",
            "domain exmaple.com has MX",
            (told("exmaple.com MX", "NXDOMAIN", denier="com"),),
            ends="no-such-domain",
        ),
        Example(
            "a resolver that does not answer",
            "domain example.com has MX",
            (told("example.com MX", "TIMEOUT"),),
            ends="inconclusive: timeout",
        ),
    ),
)
