"""SPF records as they should stand, made of those that are there."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.given_back import BACK, REMOVED
from mailcheck.facts.existence import NO_SUCH_DOMAIN, REFUSED_BY_AUTHORITY, remedy_of_absence
from mailcheck.facts.spf.evaluation.remedies import remedied_close, says_close
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS
from mailcheck.facts.spf.record.meaning import corrections
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.terms import BITS, Directive
from mailcheck.facts.spf.record.writing import FIRST, changed, published, without
from mailcheck.facts.spf.validity.counting import lookups, met_by_strangers
from mailcheck.facts.txt import txt_record
from mailcheck.finding import Remedy
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.spf.validity.place import Place, Reached
    from mailcheck.facts.spf.validity.voids import TooMany
    from mailcheck.finding import Reason

MOST_ADDRESSES = 10
"""Addresses that are put in the place of one term."""

_IN_PLACE = {
    "no-spf": "With a term for every other host that sends for it; if none does, v=spf1 -all:",
    "include-without-record": "Correct the include if its provider tells another domain; else, in place of "
    "the SPF record that is there:",
    "several-records": "One record in place of all TXT records that begin with v=spf1:",
}
_ONE = "In place of the SPF record that is there, as one TXT record; two would be a permerror:"

_WRITTEN_OUT = (
    "Where an address stands in place of an a or an mx, change it whenever the host gets another:"
)

_BY_HAND = {
    "no-spf": "Say a domain of several labels: no other has an SPF record.",
    "several-records": "Publish one record with the terms of all of them",
    "syntax": "Correct, or take away, the term that is named",
    "too-many-lookups": "Take away includes through which nobody sends, or give a service that needs "
    "many lookups a subdomain of its own",
    "too-many-voids": "Take away the terms that find nothing",
    "too-many-exchanges": "Name the networks that send, in place of the mx",
    "loop": "Take away the term that leads back",
    "include-without-record": "Take away the include, or correct its domain",
    "redirect-without-record": "Correct the domain of the redirect, or put terms and an all in its place",
}


def republished(place: Place, text: str) -> tuple[str, ...]:
    """Return *text* as the record of *place* in zone-file form; nothing if it is none, or too long."""
    if not text or not place.owner or read_record(text.encode("latin-1")).faults:
        return ()
    return published(place.owner, text)


def repaired(place: Place) -> str:
    """Return the record of *place* without includes that lead nowhere, its faulty terms as meant.

    Empty if it is not clear what one of these means, or nobody would be left who may send.
    """
    record = place.record
    if record is None:
        return ""
    corrected = corrections(record)
    if corrected is None:
        return ""
    nowhere = (reached.term for reached in place.terms if reached.leads_nowhere)
    gone = {term.position: "" for term in nowhere if isinstance(term, Directive)}
    terms = gone | corrected
    left = {d.position for d in record.directives if d.mechanism != "all"} - {*terms}
    if terms and not left and not any(terms.values()) and not record.redirect:
        return ""  # nobody would be authorised, and somebody was meant to be
    return changed(record, terms)


def reduced(place: Place) -> str:
    """Return the record of *place* with fewer lookups that lets the same clients pass.

    Away go terms that no evaluation comes to, repeated ones, and ``ptr``; then, while they are too
    many, networks take the place of ``a`` and ``mx``. Empty if they are too many even so.
    """
    record = place.record
    if record is None or record.faults:
        return ""
    seen: set[str] = set()
    reached = {r.term.position for r in place.terms}
    terms = {t.position: "" for t in record.directives if t.position not in reached}
    count = lookups(place)
    for found in met_by_strangers(place):
        text = found.term.text.lower()
        is_ptr = isinstance(found.term, Directive) and found.term.mechanism == "ptr"
        if found.asks and "%" not in text and (text in seen or is_ptr):
            terms[found.term.position] = ""
            count -= 1 + (lookups(found.below) if found.below else 0)
        seen.add(text)
    for found in met_by_strangers(place):
        if count > MOST_LOOKUPS and found.term.position not in terms and (nets := _networks(found)):
            terms[found.term.position] = nets
            count -= 1
    return changed(record, terms) if count <= MOST_LOOKUPS else ""


def without_voids(root: Place, too_many: TooMany) -> tuple[str, ...]:
    """Return the record without its own terms that find nothing for anybody."""
    names = {void.name for void in too_many.voids}
    dead = [
        reached.term
        for reached in root.terms
        if names.intersection((reached.target.lower(), *(host.name for host in reached.hosts)))
        and finds_nothing(reached)
    ]
    return republished(root, without(root.record, dead)) if root.record and dead else ()


def finds_nothing(reached: Reached) -> bool:
    """Whether an ``a``, ``mx`` or ``exists`` is known to match nobody now."""
    found = () if reached.found is None else (reached.found,)
    answers = [*(answer for host in reached.hosts for answer in (host.a, host.aaaa))] or [*found]
    return bool(answers) and all(
        not isinstance(answer, Unobserved) and answer.status in ("nodata", "nxdomain")
        for answer in answers
    )


def _networks(reached: Reached) -> str:
    """Return the terms that say what an ``a`` or ``mx`` finds now; empty if not all of it is known."""
    term = reached.term
    if not isinstance(term, Directive) or term.mechanism not in ("a", "mx") or not reached.hosts:
        return ""
    said = [answer for host in reached.hosts for answer in (host.a, host.aaaa)]
    networks: list[str] = []
    for answer in said:
        if isinstance(answer, Unobserved) or answer.cut_short or answer.status == "refused":
            return ""
        for address in answer.texts:
            six = answer.rdtype == "AAAA"
            length = term.lengths[six]
            network = ipaddress.ip_network(f"{address}/{length}", strict=False)
            shown = network if length < BITS[six] else network.network_address
            networks.append(f"{term.qualifier.removeprefix('+')}ip{network.version}:{shown}")
    once = dict.fromkeys(networks)
    return " ".join(once) if 0 < len(once) <= MOST_ADDRESSES else ""


def remedied(reason: Reason, domain: str) -> Remedy:
    """Return what to do about a fault of the SPF record of *domain*, or of one that it leads to."""
    if reason.about == REMOVED:
        return Remedy(reason.instead, BACK)
    if reason.tag == NO_SUCH_DOMAIN and (
        absent := remedy_of_absence(reason, domain, txt_record(domain, FIRST.encode()))
    ):
        return absent
    if reason.tag == REFUSED_BY_AUTHORITY:
        zone = visible(to_u_labels(reason.about), 80)
        return Remedy(
            instruction=f"Load {zone} on its name servers, or take the term out that asks."
        )
    if reason.tag == "no-spf" and says_close(reason):
        return remedied_close(reason)
    if reason.tag == "too-many-lookups" and " ip" in "".join(reason.instead):
        return Remedy(reason.instead, f"{_ONE.removesuffix(':')}. {_WRITTEN_OUT}")
    if reason.instead:
        return Remedy(reason.instead, _IN_PLACE.get(reason.tag, _ONE))
    what = _BY_HAND[reason.tag]
    if what.endswith("."):
        return Remedy(instruction=what)
    whose = visible(to_u_labels(reason.about), 80)
    if reason.about in ("", domain):
        return Remedy(instruction=f"{what}.")
    return Remedy(
        instruction=f"{what}: that is for {whose} to do; until then, do without its record."
    )
