"""Every mail exchanger of a domain passes SPF.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the SPF record of the domain says pass
    for each address of each host that its MX records name. Such a host says its own name in EHLO.

Why
    Where the same hosts take mail and send it (bounces, replies, forwarded mail), a new exchange, or
    the IPv6 address that an old one got, is easily forgotten in the record.

Met when
    Each address of each exchange passes. The sender is postmaster of the domain; the result is in the
    reports, as ``result``, if it is the same for all.

Unmet when
    no-mx: the domain has no MX record.
        There is no exchange to judge; mail goes to the domain's own address (RFC 5321 §5.1).
    no-such-domain: the domain does not exist (NXDOMAIN).
        Receivers refuse senders whose domain does not exist: "550 5.1.8 ... domain not found".
    ...

Advises when
    null-mx: the only MX record is the null MX (RFC 7505).
        The domain takes no mail, and no host has to pass.
    exchange-without-address: an exchange has no address, so there is nothing of it to judge.
        Nothing can be sent from it either.

Not judged here
    Providers that send from other hosts than those that take mail: ``SPF of D passes for IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import NO_SUCH_DOMAIN, absence, remedy_of_absence
from mailcheck.facts.mail_hosts import MailHosts, mx_record
from mailcheck.facts.spf.evaluation.exchanges import every_exchange
from mailcheck.facts.spf.evaluation.judging import other_results
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.finding import Advice, Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SpfPassesForEveryMx:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain of MAIL FROM")


async def judge(wanted: SpfPassesForEveryMx) -> Finding:
    """Evaluate the record for each address of each exchange."""
    mx = await MailHosts(wanted.domain)
    if gone := absence(mx.answer):
        return Finding((gone,))
    unread = mx.answer.unread
    if mx.names:
        return await every_exchange(wanted.domain, mx.names, unread)
    if unread:
        return Finding(unknown=unread[0])
    if null := mx.nothing_but_null:
        return met(Advice("null-mx", null.text))
    return unmet("no-mx", f"{to_u_labels(wanted.domain)} has no MX record")


def remedy(wanted: SpfPassesForEveryMx, reason: Reason) -> Remedy:
    """The record with a term for each address that does not pass."""
    if reason.tag == NO_SUCH_DOMAIN and (
        absent := remedy_of_absence(reason, wanted.domain, mx_record(wanted.domain))
    ):
        return absent
    if reason.tag == "no-mx":
        return Remedy((mx_record(wanted.domain),), "With the name of the host that takes the mail:")
    return remedied(reason)


_SENTENCE = "SPF of example.com passes for every MX"
_MX = told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com.")
_HOSTS = (
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
)


def _example(says: str, terms: str, ipv6: str, ends: str, *, unknown: bool = False) -> Example:
    record = told("example.com TXT", f'"v=spf1 {terms}"')
    second = told("mx2.example.com AAAA", ipv6)
    return Example(says, _SENTENCE, (_MX, *_HOSTS, second, record), ends, unknown)


CHECK = check(
    __doc__,
    template="SPF [of {domain}] passes for every MX",
    parameters=SpfPassesForEveryMx,
    judge=judge,
    remedy=remedy,
    also=other_results("pass"),
    sources=("RFC 7208 §4", "RFC 5321 §5.1", "RFC 7505 §3"),
    over_several=True,
    examples=(
        _example("the mechanism mx names them all", "mx -all", "2001:db8::2", "met"),
        _example(
            "the new IPv6 address of an old host",
            "ip4:192.0.2.0/24 -all",
            "2001:db8::2",
            "spf-fail",
        ),
        _example(
            "a host that does not pass decides, though an address is unknown",
            "ip4:192.0.2.1 ~all",
            "TIMEOUT",
            "spf-softfail",
            unknown=True,
        ),
        _example(
            "an address that is unknown",
            "ip4:192.0.2.0/24 -all",
            "TIMEOUT",
            "inconclusive: timeout",
            unknown=True,
        ),
    ),
)
