"""How a domain has no TLS-RPT record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import BACK, REMOVED, given_back
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, remedy_of_absence
from mailcheck.facts.misplaced import ALIAS, elsewhere, text_at, to_publish
from mailcheck.facts.parked import is_parked
from mailcheck.facts.record_owner import without_dot
from mailcheck.facts.tls_rpt.mending import STAND_IN, first_record, mended, republished
from mailcheck.facts.tls_rpt.published import owner_name
from mailcheck.facts.tls_rpt.record import VERSION, is_record
from mailcheck.facts.txt import texts
from mailcheck.facts.typed_text import MAX_READ
from mailcheck.finding import Reason, Remedy
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.tls_rpt.published import PublishedTlsRptFact

MISTYPED = ("_tls", "_smtp", "_smtp-tls", "_smtp-tlsrpt", "_tls._smtp")
"""Labels at which people publish what belongs at ``_smtp._tls``."""

_BEGINS = re.compile(rb"\W*(?:v\W*)?(?:smtp\W*)?tls\W?rpt", re.IGNORECASE)

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
    holder = found.answer.aliases[-1] if found.answer.aliases else owner_name(domain)
    if found.records:
        text = f"{where} has {len(found.records)} TLS-RPT records, and senders assume there is none"
        said = (*(record.text for record in found.records), *found.alike)
        return Reason("several-records", text, holder, await instead_of(domain, holder, *said))
    if found.alike:
        text = f"{said_at(domain, found.alike[0])}, which does not begin with {VERSION};"
        return Reason("not-a-record", text, holder, await instead_of(domain, holder, *found.alike))
    gone = absence(found.answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return gone
    at, there = await _misplaced(found)
    if at:
        text = f"{to_u_labels(at)} has a TLS-RPT record, {where} has none"
        instead = await instead_of(domain, owner_name(domain), *there)
        return Reason("wrong-place", text, at, instead)
    text = gone.text if gone else f"{where} has no TLS-RPT record"
    if found.others:
        text += f"; {said_at(domain, found.others[0])}"
    if back := await given_back(owner_name(domain), "TXT", _is_one, found.answer.aliases):
        return Reason("no-record", text, REMOVED, back)
    about = ALIAS if found.answer.aliases else ""
    return Reason("no-record", text, about, await instead_of(domain, owner_name(domain)))


def _is_one(live: DnsAnswer) -> bool:
    said = texts(live).texts
    return sum(is_record(text, alone=len(said) == 1) for text in said) == 1


async def instead_of(domain: str, owner: str, *texts: bytes) -> tuple[str, ...]:
    """Return what *texts* were meant to say, as one record of *domain* at *owner*.

    If they name no destination, it has a mailbox of the domain's own. Nothing is returned where that
    takes no mail, or what there is would be too long.
    """
    if mended(*texts) or sum(map(len, texts)) > MAX_READ:
        return republished(owner, *texts)
    return () if await is_parked(domain) else first_record(domain, owner)


def said_at(domain: str, text: bytes) -> str:
    """Say that *text* stands where the record of *domain* belongs."""
    return text_at(owner_name(domain), text)


async def _misplaced(found: PublishedTlsRptFact) -> tuple[str, tuple[bytes, ...]]:
    """Return a name at which people publish such a record by mistake, and what it says."""
    domain = found.domain
    mistyped = (f"{labels}.{domain}" for labels in MISTYPED)
    mistaken = (domain, without_dot(domain, found.answer), *mistyped)
    # Other names have texts of other kinds, and only a version tells.
    return await elsewhere(mistaken, lambda _, text: _BEGINS.match(text) is not None)


def remedy_of_no_record(domain: str, reason: Reason) -> Remedy | None:
    """What to publish because of a *reason* that was given here; None if it is another one."""
    if absent := remedy_of_absence(reason, owner_name(domain), *first_record(domain)):
        return absent
    match reason.tag:
        case "no-record" if reason.about == REMOVED:
            return Remedy(reason.instead, BACK)
        case "no-record":
            instead = "In place of its CNAME record:" if reason.about == ALIAS else "A record:"
            if reason.instead:
                return in_place(reason, instead)
            where, whose = to_u_labels(owner_name(domain)), to_u_labels(domain)
            what = f"{VERSION}; rua=mailto:USER@DOMAIN at {where}, with a mailbox elsewhere"
            return Remedy(instruction=f"Publish {what}, as {whose} takes no mail.")
        case "wrong-place":
            where = to_u_labels(reason.about)
            return in_place(reason, f"What the text at {where} says, which can go then:")
        case "not-a-record":
            return in_place(reason, "In place of that text, what it was meant to say:")
        case "several-records":
            return in_place(reason, "One record in place of all:")
    return None


def in_place(reason: Reason, instruction: str = "In place of the record that is there:") -> Remedy:
    """Return the record of *reason* to publish; how to write it, where it is not known."""
    if reason.instead and STAND_IN in reason.instead[0]:
        instruction = f"{instruction.removesuffix(':')}, with a mailbox that reads the reports:"
    mailbox = "of a mailbox in a domain that takes mail"
    by_hand = f"{VERSION}; rua=mailto:USER@DOMAIN, {mailbox}."
    return to_publish(reason, instruction, by_hand)
