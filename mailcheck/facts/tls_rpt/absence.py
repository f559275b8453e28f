"""How a domain has no TLS-RPT record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, remedy_of_absence
from mailcheck.facts.tls_rpt.mending import first_record, republished
from mailcheck.facts.tls_rpt.published import owner_name
from mailcheck.facts.tls_rpt.record import VERSION, is_record, looks_like_record
from mailcheck.facts.txt import Texts, TextsFact
from mailcheck.finding import Reason, Remedy
from mailcheck.names import MAX_NAME, to_u_labels
from mailcheck.question import each_of

if TYPE_CHECKING:
    from mailcheck.facts.tls_rpt.published import PublishedTlsRptFact

SHOWN = 60
"""Characters of a text that a reason repeats."""

ALIAS = "CNAME"
"""What a reason is about if the name where a record belongs is an alias: nothing may stand beside."""

ABSENT = """
no-record: the domain has no TLS-RPT record.
    Nobody reports: senders that fail to use TLS, or to meet MTA-STS or DANE, fail in silence.
wrong-place: there is none where senders look, and one where they do not.
    Senders ask at _smtp._tls below the domain, and nowhere else.
several-records: there are several TLS-RPT records at the name.
    Senders must assume that there is none (RFC 8460 §3), and send no reports.
not-a-record: a text at the name was meant to be a record, and does not begin with v=TLSRPTv1.
    Senders ignore it, and send no reports; upper and lower case differ in it.
refused-by-authority: all name servers of the zone refuse to answer.
    Resolvers say SERVFAIL, and senders cannot find out: they send no reports.
"""
"""The tags of what is said here, in the form of a check's page."""


async def no_record(found: PublishedTlsRptFact) -> Reason | None:
    """Say how there is no record, or which of several counts; None if there is one."""
    if len(found.records) == 1:
        return None
    domain, where = found.domain, to_u_labels(owner_name(found.domain))
    if found.records:
        first = found.records[0]
        text = f"{where} has {len(found.records)} TLS-RPT records, and senders assume there is none"
        return Reason("several-records", text, first.owner, republished(first))
    for other in filter(looks_like_record, found.others):
        text = f"{said_at(domain, other)}, which does not begin with {VERSION};"
        return Reason("not-a-record", text)
    gone = absence(found.answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return gone
    if at := await _misplaced(domain):
        return Reason(
            "wrong-place", f"{to_u_labels(at)} has a TLS-RPT record, {where} has none", at
        )
    text = gone.text if gone else f"{where} has no TLS-RPT record"
    if found.others:
        text += f"; {said_at(domain, found.others[0])}"
    return Reason("no-record", text, ALIAS if found.answer.aliases else "")


def said_at(domain: str, text: bytes) -> str:
    """Say that *text* stands where the record of *domain* belongs."""
    shown = visible(text.decode("utf-8", "replace"), SHOWN)
    return f"{to_u_labels(owner_name(domain))} says {shown}"


async def _misplaced(domain: str) -> str:
    """Return the name at which a record of *domain* stands by mistake; empty if none is seen.

    A zone makes the last one of a full name without its trailing dot.
    """
    names = [domain, f"_tls.{domain}", f"_smtp-tlsrpt.{domain}", f"{owner_name(domain)}.{domain}"]
    names = [name for name in names if len(name) <= MAX_NAME]
    for name, found in zip(names, await each_of(map(Texts, names)), strict=True):
        if isinstance(found, TextsFact) and any(is_record(t, alone=True) for t in found.texts):
            return name
    return ""


def remedy_of_no_record(domain: str, reason: Reason) -> Remedy | None:
    """What to publish because of a *reason* that was given here; None if it is another one."""
    record = first_record(domain)
    if absent := remedy_of_absence(reason, owner_name(domain), *record):
        return absent
    match reason.tag:
        case "no-record":
            instead = "In place of its CNAME record, with" if reason.about == ALIAS else "With"
            return Remedy(record, f"{instead} a mailbox that reads the reports:")
        case "wrong-place":
            where = to_u_labels(reason.about)
            return Remedy(record, f"With the text at {where}, which can go then:")
        case "not-a-record":
            return Remedy(record, "In place of that text, with what it was meant to say:")
        case "several-records":
            return in_place(reason, "One record in place of all:")
    return None


def in_place(reason: Reason, instruction: str = "In place of the record that is there:") -> Remedy:
    """Return the record of *reason* to publish; how to write it, where it is not known."""
    if reason.instead:
        return Remedy(reason.instead, instruction)
    return Remedy(instruction=f"{instruction} {VERSION}; rua=mailto:USER@DOMAIN")
