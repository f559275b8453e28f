"""Every mail exchanger of the domain has a usable address.

Requires
    Each exchange named by MX is a host of its own with A or AAAA records, all of them public. With
    ``implicit_mx`` a domain without MX is judged as its own exchange (RFC 5321 §5.1).

Why
    An MX record is only a name. Where it leads nowhere senders lose time or the mail, and a broken
    backup is not noticed before the primary is down.

Met when
    Every exchange has an address, and none has one that is not public.

Unmet when
    no-such-domain: the domain does not exist (NXDOMAIN).
        Senders bounce at once: "550 5.1.2 host not found".
    no-mx: the domain has no MX record, and ``implicit_mx`` is not set.
        Senders fall back to the address record (RFC 5321 §5.1); many refuse it.
    null-mx: the only MX record is the null MX (RFC 7505).
        The domain declares that it takes no mail; senders bounce: "556 5.1.10 null MX".
    no-such-exchange: the name of an exchange does not exist (NXDOMAIN).
        Senders pass over it; if no other is left, the mail bounces: "Host or domain name not
        found". An exchange in an expired domain can be registered by a stranger.
    exchange-without-address: an exchange has neither A nor AAAA.
        Senders pass over it; if no other is left, the mail waits, and bounces after days.
    exchange-is-alias: the name of an exchange is a CNAME.
        Forbidden by RFC 2181 §10.3 and RFC 5321 §5.1: many senders follow it, some refuse.
    exchange-is-address: an MX record names an IP address where a host name must stand.
        DNS takes it for a name, which does not exist. Postfix warns "numeric domain name in
        resource data of MX record"; others give up.
    exchange-not-public: an exchange has an address that the Internet cannot reach.
        Senders time out there, or find a machine of their own: "mail for D loops back to myself".
    refused-by-authority: all name servers of the zone, the domain's or an exchange's, refuse.
        Resolvers say SERVFAIL; senders defer the mail and bounce it after days.

Not judged here
    Whether they take mail: ``SMTP port 25 accepts``. A null MX beside them is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.exchanges import ExchangeFact, exchanges, literal
from mailcheck.facts.existence import NO_SUCH_DOMAIN, absence, remedy_of_absence
from mailcheck.facts.host_addresses import address_record
from mailcheck.facts.mail_hosts import (
    MailHosts,
    MailHostsFact,
    mx_instead_of_null,
    mx_record,
    remedy_of_exchange,
)
from mailcheck.finding import Finding, Reason, Remedy, all_hold, any_holds, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class MxHostsResolve:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain whose exchanges are looked up")
    implicit_mx: bool = slot("whether the address record may stand in for MX", default=False)


async def judge(wanted: MxHostsResolve) -> Finding:
    """Judge every exchange; one that fails is enough, whatever is unknown of the others."""
    mx = await MailHosts(wanted.domain)
    if gone := absence(mx.answer):
        return Finding((gone,))
    if null := mx.nothing_but_null:
        return any_holds((Finding((null,)), *mx.answer.unread))
    if not mx.names and not wanted.implicit_mx:
        return unmet("no-mx", f"{to_u_labels(wanted.domain)} has no MX record")
    parts: list[Part] = [
        unmet("exchange-is-address", f"an MX record names the address {address}", str(address))
        for address in filter(None, map(literal, mx.names))
    ]
    hosts = tuple(name for name in mx.names or (wanted.domain,) if not literal(name))
    for found in await exchanges(hosts):
        parts += [found] if isinstance(found, Unobserved) else _faults(found, mx)
    return all_hold((*parts, *mx.answer.unread))


def _faults(exchange: ExchangeFact, mx: MailHostsFact) -> Iterator[Part]:
    """Yield what is wrong and what is unknown; only a host that *mx* names may not be an alias."""
    name, found = exchange.name, exchange.found
    host = visible(to_u_labels(name))
    if found.aliases and mx.names:
        text = f"{host} is an alias of {visible(to_u_labels(found.aliases[-1]))}"
        canonical = "" if exchange.special else found.canonical
        instead = mx.renamed(name, canonical) if canonical else ()
        yield Finding((Reason("exchange-is-alias", text, name, instead),))
    if not found.addresses and not found.unknown:
        yield Finding((_missing(name, host, found.gone),))
    for scope in exchange.special:
        text = f"{host} has the address {scope.address}, which is for {scope.special}"
        yield unmet("exchange-not-public", text, name)
    yield from exchange.unknown


def _missing(name: str, host: str, gone: Reason | None) -> Reason:
    if gone is None:
        return Reason("exchange-without-address", f"{host} has no A and no AAAA record", name)
    return Reason("no-such-exchange", gone.text, name) if gone.tag == NO_SUCH_DOMAIN else gone


def remedy(wanted: MxHostsResolve, reason: Reason) -> Remedy:
    """Records for the exchange at fault, or another exchange where it is somebody else's."""
    domain = wanted.domain
    match reason.tag:
        case "null-mx":
            return mx_instead_of_null(domain)
        case "no-mx":
            return Remedy((mx_record(domain),), "With the name of the host that takes the mail:")
        case "exchange-is-address":
            records = (mx_record(domain), address_record(f"mail.{domain}", reason.about))
            return Remedy(records, "A name for the host, and the name in MX:")
    absent = remedy_of_absence(reason, domain, mx_record(domain))
    return absent or remedy_of_exchange(domain, reason)


_MX = told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com.")
_MX1 = (told("mx1.example.com A", "192.0.2.1"), told("mx1.example.com AAAA", "2001:db8::1"))


def _example(says: str, mx2_a: str, mx2_aaaa: str, ends: str, *, unknown: bool = False) -> Example:
    mx2 = (told("mx2.example.com A", mx2_a), told("mx2.example.com AAAA", mx2_aaaa))
    return Example(says, "MX hosts of example.com resolve", (_MX, *_MX1, *mx2), ends, unknown)


CHECK = check(
    __doc__,
    template="MX hosts [of {domain}] resolve",
    parameters=MxHostsResolve,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §5.1", "RFC 2181 §10.3", "RFC 7505 §3", "RFC 6890"),
    over_several=True,
    examples=(
        _example("two exchanges, one with IPv4 only", "192.0.2.2", "NODATA", "met"),
        _example("no address", "NODATA", "NODATA", "exchange-without-address"),
        _example("an address of the office network", "10.0.0.2", "NODATA", "exchange-not-public"),
        _example(
            "the backup is unknown", "TIMEOUT", "TIMEOUT", "inconclusive: timeout", unknown=True
        ),
        _example("one family unknown", "10.0.0.2", "TIMEOUT", "exchange-not-public", unknown=True),
    ),
)
