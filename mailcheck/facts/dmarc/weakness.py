"""Why the DMARC policy that applies to a domain is weaker than somebody wants it to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mailcheck.evidence import visible
from mailcheck.facts.dmarc.discovery import effective_policy
from mailcheck.facts.dmarc.meant import enough, meant
from mailcheck.facts.dmarc.mending import beside, first_record, republished
from mailcheck.facts.dmarc.record import weaker
from mailcheck.finding import Advice, Reason
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dmarc.discovery import DmarcDiscoveryFact, EffectivePolicy
    from mailcheck.facts.dmarc.record import DmarcRecord, Policy

SHOWN = 60
"""Characters of a value that a reason repeats."""

WEAK = """
weaker-policy: the record that applies asks for less.
    Mail that anybody forges in the name of the domain is delivered, or delivered to junk.
test-mode: the record asks for it, and ``t=y`` lowers it by one level.
    Receivers treat reject as quarantine, and quarantine as none (RFC 9989 §4.7).
invalid-policy: ``p``, ``sp`` or ``np`` has a value that it cannot have, or ``p`` is missing.
    The whole record counts as ``p=none`` if its ``rua`` asks for reports, and as no record if not
    (RFC 9989 §4.10.1): forged mail is delivered.
duplicate-tag: the record that applies has a tag more than once.
    RFC 6376 §3.2 makes the whole list invalid: some receivers ignore the record, others take the
    first value, or the last.
"""
"""The tags of :func:`weakness`, in the form of a check's page."""


async def weakness(found: DmarcDiscoveryFact, record: DmarcRecord, wanted: Policy) -> Reason | None:
    """Say why less than *wanted* applies to the domain, to which *record* applies; None if it does."""
    where = f"the DMARC record of {to_u_labels(found.at)}"
    if record.duplicates:
        text = f"{where} has the tag {visible(record.duplicates[0], SHOWN)} more than once"
        instead = _published(found, record, enough(meant(record.text), wanted))
        return Reason("duplicate-tag", text, found.at, instead)
    effective = await effective_policy(found, wanted)
    if effective is None or record.fallen_back:
        text = f"{where} {_fallen_back(record)}"
        instead = _published(found, record, _restored(found, record, wanted))
        return Reason("invalid-policy", text, found.at, instead)
    if not weaker(effective.policy, wanted):
        return None
    says = f"{where} says {effective.tag}={effective.said}"
    if not weaker(effective.said, wanted):
        text = f"{says} and t=y, so the policy of {to_u_labels(found.domain)} is {effective.policy}"
        return Reason("test-mode", text, found.at, _published(found, record, {"t": None}))
    text = f"{says}, which decides about {to_u_labels(found.domain)}"
    instead = _published(found, record, _raised(found, effective, wanted))
    return Reason("weaker-policy", text, found.at, instead)


def _fallen_back(record: DmarcRecord) -> str:
    wrong = [
        f"{n}={visible(record.values[n], SHOWN)}" for n in ("p", "sp", "np") if n in record.wrong
    ]
    counts = "it counts as p=none" if record.policies else "DMARC is not applied"
    return f"says {wrong[0]}, so {counts}" if wrong else f"has no p, so {counts}"


def _restored(
    found: DmarcDiscoveryFact, record: DmarcRecord, wanted: Policy
) -> dict[str, str | None]:
    """Return what has to change for ``p`` to count; what is said of subdomains stays if it is enough."""
    others = (name for name in ("sp", "np") if name in record.values and name not in record.wrong)
    weak = [n for n in others if weaker(cast("Policy", record.values[n].lower()), wanted)]
    said = meant(record.text, *beside(found.own, record))
    return {**enough(said, wanted), **dict.fromkeys(weak)}


def _raised(
    found: DmarcDiscoveryFact, effective: EffectivePolicy, wanted: Policy
) -> dict[str, str | None]:
    """Return what has to change for the domain, and for no other if that is possible."""
    tag = "sp" if found.inherited and effective.tag == "p" else effective.tag
    return {tag: wanted, "t": None}


def _published(
    found: DmarcDiscoveryFact, record: DmarcRecord, changes: dict[str, str | None]
) -> tuple[str, ...]:
    """Return the record to publish: that of a Public Suffix Domain is not the domain's to change."""
    if found.inherited and record.psd == "y":
        policy = next(value for value in (*changes.values(), "reject") if value)
        return first_record(found.domain, policy)
    return republished(record, changes, *beside(found.own, record))


def reservations(found: DmarcDiscoveryFact, record: DmarcRecord) -> Iterator[Advice]:
    """Say which receivers apply another policy, because they do not keep to RFC 9989."""
    pct = record.values.get("pct", "")
    if pct.isascii() and pct.isdigit() and len(pct) < 4 and int(pct) < 100:
        yield Advice("percentage", f"pct={pct} exempts a part of the mail at some receivers")
    if len(found.own.records) > 1:
        text = (
            f"{len(found.own.records)} records at _dmarc.{to_u_labels(found.domain)} are discarded"
        )
        yield Advice("discarded-records", text)
