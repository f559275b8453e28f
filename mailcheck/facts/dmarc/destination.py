"""Whether DMARC reports can be delivered to a domain (RFC 9990 §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mailcheck.evidence import visible
from mailcheck.facts.dmarc.alignment import Organization, OrganizationFact
from mailcheck.facts.dmarc.meant import meant
from mailcheck.facts.dmarc.mending import republished, stand_in
from mailcheck.facts.dmarc.record import URI_TAGS, DmarcRecord, is_record
from mailcheck.facts.existence import absence
from mailcheck.facts.host_addresses import HostAddresses, HostAddressesFact
from mailcheck.facts.mail_hosts import MailHosts
from mailcheck.facts.parked import is_parked
from mailcheck.facts.txt import Texts, txt_record
from mailcheck.finding import Finding, Reason, all_hold, any_holds, met
from mailcheck.names import MAX_NAME, to_u_labels
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.finding import Part

TAKES_NO_MAIL = "takes-no-mail"
NOT_AUTHORISED = "not-authorised"
OVERRIDDEN = "overridden"

FIRST_EXCHANGES = 2
"""Exchanges that are looked up before the others: one that has an address is enough."""

MOST_EXCHANGES = 10
"""Exchanges of a destination that are looked up; whoever sends reports there tries few of them."""

MAX_DESTINATIONS = 10
"""Domains of addresses that are looked at. Reports should go to every address (RFC 9989 §4.6), but
receivers had to support no more than two (RFC 7489 §6.2)."""

UNDELIVERABLE = """
not-authorised: an address is in another organisation, which does not say that it wants the reports.
    Receivers that keep to RFC 9990 §4 send none there, and tell nobody.
overridden: the record that authorises the reports sends them to a third domain.
    Receivers send them neither there nor to the address in the policy (RFC 9990 §4).
takes-no-mail: the domain of an address has no host that takes mail.
    The reports bounce at the receiver that sends them, and nobody reads the bounces.
"""
"""The tags of what is found here, in the form of a check's page."""


async def delivered(destinations: Sequence[ReportDestination]) -> tuple[Part, ...]:
    """Judge of each of *destinations* whether reports reach it, in the first domains."""
    domains = list(dict.fromkeys(each.destination for each in destinations))
    near = domains[:MAX_DESTINATIONS]
    parts = await each_of(each for each in destinations if each.destination in near)
    if len(domains) == len(near):
        return parts
    text = f"only {len(near)} of {len(domains)} domains that reports are to go to were looked at"
    return (*parts, Unobserved("too-many-destinations", text))


async def named(domain: str, record: DmarcRecord, *rest: bytes) -> tuple[str, ...]:
    """Return the *record* of *domain*, mended, to publish in its place; the *rest* belongs to it.

    If none of its addresses is a mailbox, one of the domain's own is put there, unless it takes no mail.
    """
    said = meant(record.text, *rest)
    tags = ("rua",) if record.psd == "y" else URI_TAGS
    uris = [uri for tag in tags for uri in said.get(tag, "").lower().split(",")]
    if any(uri.startswith("mailto:") for uri in uris) or await is_parked(domain):
        return republished(record, None, *rest)
    rua = ",".join(filter(None, (stand_in(domain), said.get("rua"))))
    return republished(record, {"rua": rua}, *rest)


@question
class ReportDestination(Question["Finding"]):
    """Whether reports about the policy at *domain* reach mailboxes of *destination*.

    *tag* is the one that names them, ``rua`` or ``ruf``.
    """

    domain: str
    destination: str
    tag: Literal["rua", "ruf"]

    async def derive(self) -> Finding:
        """Ask whether the destination wants them, and whether it takes mail."""
        return all_hold((await self._wanted(), await _takes_mail(self.destination)))

    async def _wanted(self) -> Part:
        [organization] = await each_of([Organization(self.domain, self.destination)])
        if isinstance(organization, OrganizationFact) and organization.same:
            return met()
        authorised = await self._authorised()
        if isinstance(authorised, Finding) and authorised.met:
            return authorised
        # Without an authorisation it counts whether one is needed.
        return organization if isinstance(organization, Unobserved) else authorised

    async def _authorised(self) -> Part:
        owner = f"{self.domain}._report._dmarc.{self.destination}"
        instead = (txt_record(owner, b"v=DMARC1;"),)
        text = (
            f"{_shown(self.destination)} does not say at {_shown(owner)} that it wants the reports"
        )
        missing = Finding((Reason(NOT_AUTHORISED, text, self.destination, instead),))
        if len(owner) > MAX_NAME:
            return missing
        [found] = await each_of([Texts(owner)])
        if isinstance(found, Unobserved):
            return found
        if found.answer.status == "refused" and (refused := absence(found.answer)):
            return Finding((refused,))
        records = [DmarcRecord(text) for text in found.texts if is_record(text)]
        if not records:
            return any_holds((missing, *found.answer.unread))
        uris = [u for r in records for u in (r.rua if self.tag == "rua" else r.ruf) if u.domain]
        if strays := [uri for uri in uris if uri.domain != self.destination]:
            text = f"{_shown(owner)} sends the reports on to {_shown(strays[0].domain)}"
            return Finding((Reason(OVERRIDDEN, text, self.destination, instead),))
        return met()


async def _takes_mail(domain: str) -> Part:
    """Judge whether *domain* has a host to deliver to, by MX or, without it, by its address."""
    [mx] = await each_of([MailHosts(domain)])
    if isinstance(mx, Unobserved):
        return mx
    if mx.answer.status == "refused" and (refused := absence(mx.answer)):
        return Finding((refused,))
    if gone := absence(mx.answer) or mx.nothing_but_null:
        return _none(domain, gone.text)
    if mx.names:
        return any_holds((*await _of_exchanges(domain, mx.names), *mx.answer.unread))
    [host] = await each_of([HostAddresses(domain)])
    text = f"{_shown(domain)} has neither an MX record nor an address"
    return any_holds((_has_address(domain, host, text), *mx.answer.unread))


async def _of_exchanges(domain: str, names: tuple[str, ...]) -> list[Part]:
    """Look for an address of the exchanges *names*, the first ones first."""
    text = f"none of the MX hosts of {_shown(domain)} has an address"
    parts: list[Part] = []
    for some in (names[:FIRST_EXCHANGES], names[FIRST_EXCHANGES:MOST_EXCHANGES]):
        found = await each_of(map(HostAddresses, some))
        parts += [_has_address(domain, host, text) for host in found]
        if any(isinstance(part, Finding) and part.met for part in parts):
            return parts
    if len(names) > MOST_EXCHANGES:
        left = f"only {MOST_EXCHANGES} of {len(names)} exchanges of {_shown(domain)} were looked up"
        parts.append(Unobserved("too-many-exchanges", left))
    return parts


def _has_address(domain: str, host: HostAddressesFact | Unobserved, text: str) -> Part:
    if isinstance(host, Unobserved) or host.addresses:
        return met() if isinstance(host, HostAddressesFact) else host
    unknown = (*host.unknown, *host.unread)
    return unknown[0] if unknown else _none(domain, text)


def _none(domain: str, text: str) -> Finding:
    return Finding((Reason(TAKES_NO_MAIL, f"reports to {_shown(domain)} bounce: {text}", domain),))


def _shown(domain: str) -> str:
    return visible(to_u_labels(domain))
