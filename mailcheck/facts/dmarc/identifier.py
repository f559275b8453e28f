"""Whether what SPF or DKIM authenticates counts for the domain in From (RFC 9989 §4.4, 4.10.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.facts.dmarc.alignment import Organization
from mailcheck.facts.dmarc.discovery import DmarcDiscoveryFact, effective_policy
from mailcheck.facts.dmarc.mending import republished
from mailcheck.facts.dmarc.record import weaker
from mailcheck.finding import Finding, Reason, met
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.alignment import OrganizationFact
    from mailcheck.finding import Part

Mechanism: TypeAlias = Literal["spf", "dkim"]

NOT_ALIGNED: dict[Mechanism, str] = {"spf": "spf-not-aligned", "dkim": "dkim-not-aligned"}

POLICY_ENFORCED = "policy-enforced"

_MODE: dict[Mechanism, Literal["aspf", "adkim"]] = {"spf": "aspf", "dkim": "adkim"}


async def aligned(
    author: str, identifier: str, mechanism: Mechanism, found: DmarcDiscoveryFact | Unobserved
) -> Part:
    """Judge whether *identifier* is aligned with *author*, whose record is *found*.

    What the record says does not matter where both are the same, or nothing could align them.
    """
    if identifier == author:
        return met()
    if isinstance(found, DmarcDiscoveryFact) and _strict(found, mechanism):
        return _not_strictly(author, identifier, mechanism, found)
    [organization] = await each_of([Organization(author, identifier)])
    if isinstance(organization, Unobserved):
        return organization
    if organization.refused:
        return Finding((organization.refused,))
    if organization.same:
        # Strict alignment may be asked for by a record that nobody comes by.
        if isinstance(found, Unobserved):
            return found
        return Finding((found.refused,)) if found.refused else met()
    text = f"{to_u_labels(identifier)} is not aligned with {to_u_labels(author)}"
    return _no(mechanism, identifier, f"{text}{_organizations(organization, found)}")


async def enforced(found: DmarcDiscoveryFact) -> Part:
    """Say that receivers act upon mail of the domain that is not aligned; met if they only report."""
    try:
        effective = await effective_policy(found, "quarantine")
    except NotObserved as unknown:
        return unknown.unobserved
    if effective is None or weaker(effective.policy, "quarantine"):
        return met()
    domain, at = to_u_labels(found.domain), to_u_labels(found.at)
    says = f"{effective.tag}={effective.said} in the DMARC record of {at}"
    text = f"mail of {domain} that is not aligned meets the policy {effective.policy}: {says}"
    return Finding((Reason(POLICY_ENFORCED, text, found.domain),))


def _strict(found: DmarcDiscoveryFact, mechanism: Mechanism) -> bool:
    return found.record is not None and found.record.strict(_MODE[mechanism])


def _not_strictly(
    author: str, identifier: str, mechanism: Mechanism, found: DmarcDiscoveryFact
) -> Finding:
    mode = _MODE[mechanism]
    where = f"the DMARC record of {to_u_labels(found.at)}"
    text = (
        f"{to_u_labels(identifier)} is not {to_u_labels(author)}, which {mode}=s in {where} wants"
    )
    relaxed = republished(found.record, {mode: None}) if found.record else ()
    return _no(mechanism, identifier, text, relaxed)


def _organizations(organization: OrganizationFact, found: DmarcDiscoveryFact | Unobserved) -> str:
    """Say which Organizational Domains differ, if they had to be found out and are known."""
    if isinstance(found, DmarcDiscoveryFact) and found.record is None:
        return ": no DMARC record says that they are one organisation"
    if not organization.one:
        return ""
    one, other = to_u_labels(organization.other), to_u_labels(organization.one)
    return f": their Organizational Domains are {one} and {other}"


def _no(mechanism: Mechanism, identifier: str, text: str, instead: tuple[str, ...] = ()) -> Finding:
    return Finding((Reason(NOT_ALIGNED[mechanism], text, identifier, instead),))
