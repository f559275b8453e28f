"""The reports that a DMARC record asks for can be delivered.

Requires
    Every address in ``rua`` and ``ruf`` of the record that applies to the domain is in a domain that
    takes mail, and that says it wants the reports if it belongs to somebody else.

Why
    The reports tell who sends in a domain's name before its policy is raised. A report service
    that was not told of a new domain, or was given up, gets none, and the silence looks like peace.

Met when
    Each address is in a domain with an MX host that has an address, or with an address of its own.
    A domain whose Organizational Domain is another than that of the record has a DMARC record, maybe
    a wildcard, at ``DOMAIN._report._dmarc`` (RFC 9990 §4), which sends the reports nowhere else.

Unmet when
    no-destination: no ``rua`` and no ``ruf`` names a mailbox.
        Nobody sends reports; URIs other than mailto are ignored nearly everywhere.
    invalid-uri: ``rua`` or ``ruf`` has something that is no URI, or names no mailbox.
        Nobody sends reports there; some receivers ignore the other addresses as well.
    ...

Not judged here
    Whether the mailbox is there: ``domain D accepts mail for dmarc``. A Public Suffix Domain
    (``psd=y``) is sent no failure reports, so its ``ruf`` does not count (RFC 9991 §2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dmarc.absence import (
    ABSENT,
    REFUSED,
    no_record,
    remedy_of_no_record,
    with_mailbox,
)
from mailcheck.facts.dmarc.destination import UNDELIVERABLE, ReportDestination, delivered, named
from mailcheck.facts.dmarc.discovery import DmarcDiscovery
from mailcheck.facts.dmarc.faults import faults
from mailcheck.facts.dmarc.mending import beside, stand_in
from mailcheck.facts.dmarc.published import DmarcDomain
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import to_u_labels
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.record import DmarcRecord


@dataclass(frozen=True, slots=True)
class ReportsCanBeDelivered:
    """The parameters of the sentence."""

    domain: DmarcDomain = slot("the domain in whose name mail is sent")


async def judge(wanted: ReportsCanBeDelivered) -> Finding:
    """Look at the domain of each address."""
    found = await DmarcDiscovery(wanted.domain)
    if found.record is None:
        return Finding((found.refused or await no_record(found.own),))
    rest = beside(found.own, found.record)
    wrong = tuple(r for r in faults(found.at, found.record, rest) if r.tag == "invalid-uri")
    destinations = _destinations(found.at, found.record)
    if not destinations:
        record = await named(found.at, found.record, *rest)
        text = f"the DMARC record of {to_u_labels(found.at)} names no mailbox for reports"
        none = (Reason("no-destination", text, found.at),)
        return Finding(tuple(replace(reason, instead=record) for reason in wrong or none))
    return all_hold((Finding(wrong), *await delivered(destinations)))


def _destinations(domain: str, record: DmarcRecord) -> tuple[ReportDestination, ...]:
    rua = (ReportDestination(domain, uri.domain, "rua") for uri in record.rua if uri.domain)
    ruf = (ReportDestination(domain, uri.domain, "ruf") for uri in record.ruf if uri.domain)
    return tuple(dict.fromkeys((*rua, *(() if record.psd == "y" else ruf))))


def remedy(wanted: ReportsCanBeDelivered, reason: Reason) -> Remedy:
    """The record to publish, and by whom."""
    if absent := remedy_of_no_record(wanted.domain, reason):
        return absent
    at = to_u_labels(reason.about)
    match reason.tag:
        case "not-authorised" | "overridden" if reason.instead:
            return Remedy(
                reason.instead, f"In the zone of {at}, by whoever reads the reports there:"
            )
        case "no-destination" | "invalid-uri" if "mailto:" in "".join(reason.instead):
            instead = "In place of the record that is there"
            if stand_in(reason.about) in reason.instead[0]:
                return with_mailbox(reason.about, reason.instead, f"{instead}, with")
            return Remedy(reason.instead, f"{instead}:")
        case "takes-no-mail":
            return Remedy(
                instruction=f"Name a mailbox that is read, in place of the one in {at}, or have "
                f"{at} take mail again."
            )
    return Remedy(instruction="Name a mailbox where mail is taken: rua=mailto:USER@DOMAIN.")


_SENTENCE = "DMARC reports of example.com can be delivered"
_RECORD = told("_dmarc.example.com TXT", '"v=DMARC1; p=none; rua=mailto:d@reports.example"')
_WALKS = tuple(
    told(f"_dmarc.{name} TXT", "NODATA") for name in ("com", "reports.example", "example")
)
_AUTHORISED = "example.com._report._dmarc.reports.example TXT"
_MAIL = (
    told("reports.example MX", "10 mx.reports.example."),
    told("mx.reports.example A", "192.0.2.25"),
    told("mx.reports.example AAAA", "NODATA"),
)

CHECK = check(
    __doc__,
    template="DMARC reports [of {domain}] can be delivered",
    parameters=ReportsCanBeDelivered,
    judge=judge,
    remedy=remedy,
    also=UNDELIVERABLE + ABSENT.lstrip() + REFUSED.lstrip(),
    sources=("RFC 9990 §4", "RFC 9989 §4.6, 11.6", "RFC 9991 §2"),
    over_several=True,
    examples=(
        Example(
            "a report service that knows the domain",
            _SENTENCE,
            (_RECORD, *_WALKS, told(_AUTHORISED, '"v=DMARC1;"'), *_MAIL),
            "met",
        ),
        Example(
            "a report service that was not told, though its MX is not known either",
            _SENTENCE,
            (
                _RECORD,
                *_WALKS,
                told(_AUTHORISED, "NXDOMAIN"),
                told("reports.example MX", "TIMEOUT"),
            ),
            "not-authorised",
            partly_unknown=True,
        ),
    ),
)
