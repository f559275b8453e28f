"""Where a domain's MX records point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.host_addresses import address_record
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Reason, Remedy
from mailcheck.names import is_under, to_u_labels
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer

NULL_EXCHANGE = "."
NULL_MX = "null-mx"

MAX_EXCHANGES = 50
"""Exchanges of one domain that are looked at. Large providers have ten; a domain with hundreds
would have this machine ask whomever its owner likes."""


@question
class MailHosts(Question["MailHostsFact"]):
    """The MX records of *domain*, and nothing about the hosts they name."""

    domain: str

    async def derive(self) -> MailHostsFact:
        """Look them up."""
        return mail_hosts(await Lookup(self.domain, "MX"))


@dataclass(frozen=True, slots=True, order=True)
class MailHost:
    """One MX record: a preference (lowest is tried first) and an exchange in normal form."""

    preference: int
    name: str


@dataclass(frozen=True, slots=True)
class MailHostsFact:
    """The exchanges of a domain by preference, then name; without the null exchange ``.``.

    ``null`` says that a record names the null exchange (RFC 7505). ``answer`` is the DNS answer
    itself, for telling NODATA, NXDOMAIN and refusal apart.
    """

    hosts: tuple[MailHost, ...]
    null: bool
    answer: DnsAnswer

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the exchanges, each once."""
        return tuple(dict.fromkeys(host.name for host in self.hosts))

    @property
    def nothing_but_null(self) -> Reason | None:
        """Why nobody takes mail, if the null MX stands without exchanges."""
        if self.hosts or not self.null:
            return None
        domain = self.answer.name
        return Reason(NULL_MX, f"{to_u_labels(domain)} publishes the null MX", domain)

    def renamed(self, exchange: str, other: str) -> tuple[str, ...]:
        """Return the records that name *exchange*, in zone-file form, with *other* in its place.

        Where the domain is an alias they stand at its target: no other record may stand beside CNAME.
        """
        owner = self.answer.aliases[-1] if self.answer.aliases else self.answer.name
        named = (host.preference for host in self.hosts if host.name == exchange)
        return tuple(f"{owner}.  3600  IN  MX  {preference} {other}." for preference in named)

    @property
    def null_only(self) -> bool:
        """Whether this is the null MX exactly as RFC 7505 §3 wants it: alone, preference 0."""
        return self.null and self.answer.texts == ("0 .",)


def mail_hosts(answer: DnsAnswer) -> MailHostsFact:
    """Read the exchanges from an answer to an MX query."""
    hosts = [MailHost(*exchange) for exchange in answer.exchanges]
    real = tuple([host for host in hosts if host.name != NULL_EXCHANGE])
    return MailHostsFact(real, null=len(real) < len(hosts), answer=answer)


def mx_record(domain: str, preference: int = 10, host: str = "mail") -> str:
    """Return an MX record in zone-file form that names *host* in *domain* itself."""
    return f"{domain}.  3600  IN  MX  {preference} {host}.{domain}."


def mx_instead_of_null(domain: str) -> Remedy:
    """What to do about a null MX that is not meant."""
    return Remedy((mx_record(domain),), "In place of the null MX, which must stand alone:")


def remedy_of_exchange(domain: str, reason: Reason) -> Remedy:
    """What to do about an exchange that cannot be used, or another where it is not one's own.

    A name in a zone file that has no dot at its end is followed by the name of the zone.
    """
    host = reason.about
    if reason.instead:
        what = f"The host itself, in place of its alias {visible(to_u_labels(host))}:"
        return Remedy(reason.instead, what)
    if meant := _without_repetition(host):
        return Remedy(
            (f"{domain}.  3600  IN  MX  10 {meant}.",),
            f"{to_u_labels(host)} has the name of a zone twice: if it lacks a dot at its end:",
        )
    if is_under(host, domain):
        return Remedy((address_record(host),), "With the public address of the host, alone:")
    return Remedy((mx_record(domain),), f"If {to_u_labels(host)} cannot be mended, name another:")


def _without_repetition(name: str) -> str:
    """Return *name* without the two labels or more at its end that stand before them as well."""
    labels = name.split(".")
    for count in range(2, len(labels) // 2 + 1):
        if labels[-count:] == labels[-2 * count : -count]:
            return ".".join(labels[:-count])
    return ""
