"""The SPF record of a domain is exactly this one.

Requires
    The domain has one SPF record, and it has the terms of the text in the same order.

Why
    A name from which nobody sends is disowned with ``v=spf1 -all``. Without it, or with a record that
    a wildcard or a copied zone gave it, anybody can send in its name.

Met when
    One TXT record begins with ``v=spf1``, and says the same as the text. Upper and lower case differ
    in macros only, and spaces are not counted: receivers read it so. A text may be quoted the way
    zone files quote it: in ``SPF of D is "v=spf1 mx " "-all"`` the strings are put together as those
    of a record are. A text that breaks the grammar cannot be demanded.

Unmet when
    no-spf: the domain has no SPF record.
        Nobody fails: receivers take mail in the domain's name from anybody, as far as SPF goes.
    several-records: the domain has several SPF records.
        Receivers evaluate none of them: the result is permerror (RFC 7208 §4.5).
    other-record: the domain has another SPF record.
        Receivers hold to that one: whoever it lets pass sends in the domain's name.
    no-such-domain: the domain does not exist (NXDOMAIN).
        Receivers refuse senders whose domain does not exist: "550 5.1.8 ... domain not found". All
        the same nothing is declared: whoever registers the domain next decides.
    refused-by-authority: all name servers of the domain's zone refuse to answer for it.
        Resolvers say SERVFAIL, so the result is temperror: receivers defer the mail ("451 4.7.24"),
        or take it without SPF.

Not judged here
    Whether what it includes is in order: ``SPF of D is valid``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.facts.spf.record.meaning import CLOSE, close_to_a_record, told_close
from mailcheck.facts.spf.record.record_text import SpfText
from mailcheck.facts.spf.record.slips import typed
from mailcheck.facts.spf.record.syntax import spf_records
from mailcheck.facts.txt import Texts, txt_record
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot

SHOWN = 120
"""Characters of a record that a reason repeats."""


@dataclass(frozen=True, slots=True)
class SpfIs:
    """The parameters of the sentence."""

    text: SpfText = slot("the record", subjects=())
    domain: Domain = slot("the domain of MAIL FROM")


async def judge(wanted: SpfIs) -> Finding:
    """Compare the only record with the text."""
    found = await Texts(wanted.domain)
    if gone := absence(found.answer):
        return Finding((gone,))
    name, records = to_u_labels(wanted.domain), spf_records(found.texts)
    owner = found.answer.aliases[-1] if found.answer.aliases else wanted.domain
    if len(records) > 1:
        text = f"{name} has {len(records)} records that begin with v=spf1"
        return unmet("several-records", text, owner)
    if not records:
        close = told_close(close_to_a_record(found.texts))
        finding = unmet("no-spf", f"{name} has no SPF record{close}", owner)
    elif wanted.text.is_said_by(records[0]):
        finding = met()
    else:
        shown = visible(typed(records[0].decode("latin-1")), SHOWN)
        return unmet("other-record", f"{name} has {shown}", owner)
    unread = found.answer.unread
    return Finding(unknown=unread[0]) if unread else finding


def remedy(wanted: SpfIs, reason: Reason) -> Remedy:
    """The record."""
    record = txt_record(reason.about or wanted.domain, wanted.text.octets)
    at_domain = txt_record(wanted.domain, wanted.text.octets)
    if absent := remedy_of_absence(reason, wanted.domain, at_domain):
        return absent
    match reason.tag:
        case "no-spf":
            beside = (
                "In place of that text" if CLOSE in reason.text else "Beside the other TXT records"
            )
            return Remedy((record,), f"{beside}:")
        case "several-records":
            return Remedy((record,), "In place of all TXT records that begin with v=spf1:")
    return Remedy((record,), "In place of the SPF record that is there; two would be a permerror:")


_SENTENCE = 'SPF of parked.example.com is "v=spf1 -all"'

CHECK = check(
    __doc__,
    template="SPF [of {domain}] is {text}",
    parameters=SpfIs,
    judge=judge,
    remedy=remedy,
    sources=("RFC 7208 §3", "RFC 7208 §4.5", "RFC 7208 §4.6.1"),
    examples=(
        Example(
            "a parked name",
            _SENTENCE,
            (told("parked.example.com TXT", '"v=spf1 -all"'),),
            ends="met",
        ),
        Example(
            "a name that nobody thought of",
            _SENTENCE,
            (told("parked.example.com TXT", "NODATA"),),
            ends="no-spf",
        ),
        Example(
            "the record of the registrar's parking page",
            _SENTENCE,
            (told("parked.example.com TXT", '"v=spf1 include:_spf.example.net ~all"'),),
            ends="other-record",
        ),
        Example(
            "the new record was published beside the old one",
            _SENTENCE,
            (told("parked.example.com TXT", '"v=spf1 mx -all" | "v=spf1 -all"'),),
            ends="several-records",
        ),
    ),
)
