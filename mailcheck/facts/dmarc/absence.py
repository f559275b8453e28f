"""How a domain has no DMARC record, in the words every check of DMARC uses for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.given_back import BACK, REMOVED
from mailcheck.facts.dmarc.mending import first_record, in_one
from mailcheck.facts.dmarc.published import PublishedDmarcFact, looks_like_record, owner_name
from mailcheck.facts.dmarc.record import is_record
from mailcheck.facts.dmarc.removal import record_before
from mailcheck.facts.dmarc.walk import DmarcWalk
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.misplaced import ALIAS, SHOWN, elsewhere, text_at, to_publish
from mailcheck.facts.parked import is_parked
from mailcheck.facts.record_owner import without_dot
from mailcheck.finding import Reason, Remedy
from mailcheck.names import is_under, to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.record import Policy

OF_ONE_NAME = ("several-records", "not-a-record")
"""The tags of :func:`unreadable`, whose reasons are about the domain that has the texts."""

SHOWN_POLICIES = 5

_IN_COMPANY = re.compile(rb"\W*v\W*dmarc|\W*dmarc\W*1\W", re.IGNORECASE)

ABSENT = """
no-record: neither the domain nor a name above it has a DMARC record.
    Receivers apply no DMARC: anybody can send in the name of the domain. Large receivers refuse
    bulk mail without it: "550 5.7.26 ... does not have a DMARC record".
wrong-place: there is none where receivers look, and one where they do not.
    Receivers ask at _dmarc below the domain; a record at the domain itself, or at a name that looks
    like it, is not DMARC to them.
several-records: there are several DMARC records at the name.
    Receivers discard all of them (RFC 9989 §4.10), as if there were none.
not-a-record: a text at the name was meant to be a record, and does not begin with v=DMARC1.
    Receivers ignore it entirely (RFC 9989 §4.7); the value is case-sensitive.
"""
"""The tags of what is said here, in the form of a check's page; those of a refusal stand apart."""

REFUSED = """
refused-by-authority: all name servers of a zone that receivers have to ask refuse to answer.
    Resolvers say SERVFAIL, and receivers cannot find out: they apply no policy, and send no reports.
"""


def unreadable(own: PublishedDmarcFact, policy: Policy = "none") -> Reason | None:
    """Say why receivers discard what stands at the name itself, if it was meant to be a record.

    The record to publish says what is there, and asks for *policy* at least.
    """
    where = to_u_labels(owner_name(own.domain))
    texts = (*(record.text for record in own.records), *own.alike)
    if len(own.records) > 1:
        text = f"{where} has {len(own.records)} DMARC records{_differing(own)}, and receivers discard them all"
        return Reason(
            "several-records",
            text,
            own.domain,
            in_one(own.domain, own.holder, *texts, policy=policy),
        )
    if own.alike and not own.records:
        said = said_at(own.domain, own.alike[0])
        text = f"{said}, which does not begin with v=DMARC1;"
        return Reason(
            "not-a-record", text, own.domain, in_one(own.domain, own.holder, *texts, policy=policy)
        )
    return None


def _differing(own: PublishedDmarcFact) -> str:
    """Say which policies the records ask for, if it is not the same one."""
    asked = dict.fromkeys(record.values.get("p", "") for record in own.records)
    shown = [f"p={visible(policy, SHOWN)}" if policy else "no p" for policy in asked][
        :SHOWN_POLICIES
    ]
    return f" ({', '.join(shown)})" if len(shown) > 1 else ""


async def no_record(own: PublishedDmarcFact, policy: Policy = "none") -> Reason:
    """Say how the domain has no record, given that none is found for it anywhere.

    One that it would inherit, were it not discarded, is what has to be mended.
    """
    if reason := unreadable(own, policy):
        return reason
    if reason := await _wrong_place(own, policy):
        return reason
    steps = (await DmarcWalk(own.domain)).steps
    above = [step for step in steps[1:] if isinstance(step, PublishedDmarcFact)]
    if reason := next(filter(None, map(unreadable, above)), None):
        return reason
    # Whoever has the zone can mistype names in it; those beside a top-level domain are others'.
    zone = next((step for step in above if step.domain == own.answer.denier), None)
    if zone and "." in zone.domain and (reason := await _wrong_place(zone)):
        return reason
    domain = to_u_labels(own.domain)
    text = f"neither {domain} nor a name above it has a DMARC record"
    if own.others:
        text += f"; {said_at(own.domain, own.others[0])}"
    if own.answer.aliases:
        target = visible(to_u_labels(own.answer.aliases[-1]))
        text += f"; _dmarc.{domain} is an alias of {target}, which has none"
    if before := await record_before(steps, policy):
        return Reason("no-record", text, REMOVED, before)
    about = ALIAS if own.answer.aliases else ""
    return Reason("no-record", text, about, await first(own.domain, policy))


async def first(domain: str, policy: Policy = "none") -> tuple[str, ...]:
    """Return a record for a *domain* that has none, without a mailbox where it takes no mail."""
    return first_record(domain, policy, mailbox=not await is_parked(domain))


def said_at(domain: str, text: bytes) -> str:
    """Say that *text* stands where the record of *domain* belongs."""
    return text_at(owner_name(domain), text)


async def _wrong_place(own: PublishedDmarcFact, policy: Policy = "none") -> Reason | None:
    """Say where the record of a domain was put by mistake, if it was."""
    at, texts = await _elsewhere(own.domain, *_mistaken(own))
    if not at:
        return None
    where = owner_name(own.domain)
    text = f"{to_u_labels(at)} has a DMARC record, and {to_u_labels(where)} has none"
    return Reason("wrong-place", text, at, in_one(own.domain, where, *texts, policy=policy))


def _mistaken(own: PublishedDmarcFact) -> tuple[str, ...]:
    """Return the names at which people publish the record of a domain by mistake.

    The third is made by a form that adds ``_dmarc`` by itself.
    """
    labels = ("_dmarc._dmarc", "dmarc", "_dmark", "_demarc")
    mistyped = (f"{label}.{own.domain}" for label in labels)
    return (own.domain, without_dot(own.domain, own.answer), *mistyped)


async def misplaced(domain: str) -> str:
    """Return *domain* if a record stands at it, whose texts others read too; else nothing."""
    at, _ = await _elsewhere(domain, domain)
    return at


async def _elsewhere(domain: str, *names: str) -> tuple[str, tuple[bytes, ...]]:
    """Return the first of *names* that has texts meant to be the record of *domain*, and these."""
    return await elsewhere(names, lambda name, text: _meant_as_record(text, alone=name != domain))


def _meant_as_record(text: bytes, *, alone: bool) -> bool:
    # Other texts of a domain may well speak of DMARC, or hold a p=.
    return is_record(text) or (
        looks_like_record(text) and (alone or _IN_COMPANY.match(text) is not None)
    )


def remedy_of_no_record(domain: str, reason: Reason, policy: Policy = "none") -> Remedy | None:
    """What to publish because of a *reason* that was given here; None if it is another one."""
    if reason.tag in OF_ONE_NAME and reason.about != domain:  # it stands above the domain
        domain, policy = reason.about, "none"
    if reason.tag == "wrong-place" and not _is_own(domain, reason.about):
        policy = "none"
    anew = first_record(domain, policy)
    if absent := remedy_of_absence(reason, owner_name(domain), *anew):
        return absent
    least = "" if policy == "none" else f", with at least p={policy}"
    acts = acting(reason)
    match reason.tag:
        case "no-record" if reason.about == REMOVED:
            return Remedy(reason.instead, BACK)
        case "no-record":
            instead = "In place of its CNAME record, with" if reason.about == ALIAS else "With"
            return with_mailbox(domain, reason.instead or anew, instead)
        case "wrong-place":
            where = to_u_labels(reason.about)
            return in_place(
                reason, f"What the text at {where} says{least}, which can go then{acts}:"
            )
        case "not-a-record" if reason.instead == anew:
            return with_mailbox(domain, anew, "In place of that text, with")
        case "not-a-record":
            return in_place(
                reason, f"In place of that text, what it was meant to say{least}{acts}:"
            )
        case "several-records":
            whole = "One record in place of all, with the strictest of their policies"
            return in_place(reason, f"{whole}{least}{acts}:")
    return None


def _is_own(domain: str, mistaken: str) -> bool:
    """Whether a record at the *mistaken* name was put there for *domain*, and not for one above it."""
    return is_under(mistaken, domain) or mistaken.startswith(f"{owner_name(domain)}.")


def acting(reason: Reason) -> str:
    """Say that the record of *reason* makes receivers act where none did; nothing if it asks for none."""
    if not reason.instead or "; p=none" in reason.instead[0]:
        return ""
    return "; its policy takes effect with that, so align all senders first"


def with_mailbox(domain: str, record: tuple[str, ...], instead: str) -> Remedy:
    """Return the first *record* of *domain*, *instead* of what is there, and whose mailbox it needs."""
    if "mailto:" in record[0]:
        return Remedy(record, f"{instead} a mailbox that reads the reports:")
    parked = f"as {to_u_labels(domain)} takes no mail"
    return Remedy(record, f"{instead} rua=mailto:USER@DOMAIN of a mailbox elsewhere, {parked}:")


def in_place(reason: Reason, instruction: str = "In place of the record that is there:") -> Remedy:
    """Return the record of *reason* to publish; how to write it, where it is too long to show."""
    by_hand = "v=DMARC1, then p, then the other tags, each once."
    return to_publish(reason, instruction, by_hand)
