"""What could be better about a DMARC record that is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.dmarc.record import KNOWN, REMOVED, weaker
from mailcheck.facts.dmarc.walk import DmarcWalk
from mailcheck.facts.report_uri import MAILTO
from mailcheck.finding import Advice, few
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dmarc.record import DmarcRecord

MAX_DESTINATIONS = 2
"""Addresses that a receiver by RFC 7489 §6.2 had to serve; it may ignore those behind."""

SHOWN = 60

ADVICE = """
policy-none: ``p`` is none, and of a subdomain no ``sp`` or ``np`` asks for more.
    Receivers only report; whoever forges the domain is delivered as before.
no-reports: no ``rua`` asks for aggregate reports.
    Nobody tells which servers send in the domain's name, and which of them fail.
weaker-subdomains: ``sp`` or ``np`` asks for less than ``p``.
    Whoever forges the domain takes a name below it, which may not even exist.
ignored-subdomains: ``sp`` or ``np`` stands in a record below the Organizational Domain.
    Mail of its subdomains falls under the Organizational Domain's record (RFC 9989 §4.7).
test-mode: ``t=y``.
    Receivers apply each policy one level lower (RFC 9989 §4.7).
missing-p: ``p`` is missing.
    RFC 9989 takes it for none; receivers that read records by RFC 7489 ignore the record.
p-not-second: ``p`` does not follow ``v`` at once.
    RFC 7489 §6.3 wanted it so, and some receivers ignore the record otherwise.
removed-tag: there is ``pct``, ``rf`` or ``ri``, which RFC 9989 removed.
    Receivers that still honour ``pct`` apply the policy to a part of the mail only; all others
    to all of it.
unknown-tag: there is a tag that no standard knows.
    Receivers ignore it; it may be mistyped.
tag-case: the name of a tag has capitals.
    By RFC 6376 §3.2 it is another tag than the one in lower case, and some receivers say so.
unsupported-scheme: reports are to go to a URI that is not ``mailto``.
    No receiver has to support any other, and hardly one does.
many-destinations: ``rua`` or ``ruf`` has more than two addresses.
    Receivers may ignore the third and all behind it.
size-limit: an address has a size behind it, such as ``!10m``.
    RFC 9989 made it obsolete; receivers ignore it.
fo-without-ruf: ``fo`` says of which failures to report, and there is no ``ruf``.
    Receivers ignore it.
"""
"""The tags of :func:`advice`, in the form of a check's page."""


def advice(record: DmarcRecord, *, inherited: bool = False) -> tuple[Advice, ...]:
    """Say what could be better about *record*, for a domain with it or one that has *inherited* it."""
    found = (*_of_policies(record, inherited=inherited), *_of_reports(record), *_of_tags(record))
    return tuple(Advice(tag, text) for tag, text in few(found))


async def ignored(domain: str, record: DmarcRecord) -> tuple[Advice, ...]:
    """Say whether ``sp`` and ``np`` of the *record* of *domain* are ignored, as far as that is known."""
    tags = [tag for tag in ("sp", "np") if tag in record.values]
    if not tags or record.psd != "u":
        return ()
    [walk] = await each_of([DmarcWalk(domain)])
    if isinstance(walk, Unobserved) or walk.unknown or walk.organizational == domain:
        return ()
    above = to_u_labels(walk.organizational)
    text = f"subdomains of {to_u_labels(domain)} fall under the record of {above}"
    return tuple(Advice("ignored-subdomains", f"{tag} has no effect: {text}") for tag in tags)


def _of_policies(record: DmarcRecord, *, inherited: bool) -> Iterator[tuple[str, str]]:
    policies = record.policies
    if policies is None:
        return
    asks_more = inherited and "none" not in (policies.sp, policies.np)
    if policies.p == "none" and "p" in record.values and not asks_more:
        yield "policy-none", "p=none asks receivers for reports only"
    for tag, policy in (("sp", policies.sp), ("np", policies.np)):
        if tag in record.values and weaker(policy, policies.p):
            yield "weaker-subdomains", f"{tag}={policy} is weaker than p={policies.p}"
    if record.testing:
        yield "test-mode", "t=y makes every policy one level lower"


def _of_reports(record: DmarcRecord) -> Iterator[tuple[str, str]]:
    if not record.rua:
        yield "no-reports", "no rua tag asks for aggregate reports"
    for tag, uris in (("rua", record.rua), ("ruf", record.ruf)):
        if len(uris) > MAX_DESTINATIONS:
            yield "many-destinations", f"{tag} has {len(uris)} addresses"
        for uri in uris:
            if not uri.fault and uri.scheme != MAILTO:
                yield "unsupported-scheme", f"{tag} names {visible(uri.text, SHOWN)}"
            if uri.size:
                yield "size-limit", f"{tag} has the size {visible(uri.size, SHOWN)}"
    if "fo" in record.values and "ruf" not in record.values:
        yield "fo-without-ruf", "fo has no effect without ruf"


def _of_tags(record: DmarcRecord) -> Iterator[tuple[str, str]]:
    names = [tag.name for tag in record.listed.tags]
    if "p" not in record.values:
        yield "missing-p", "there is no p tag, which counts as p=none"
    elif names[1:2] and names[1].lower() != "p":
        yield "p-not-second", f"p stands behind {visible(names[1], SHOWN)}"
    for name, value in dict.fromkeys((tag.name, tag.value) for tag in record.listed.tags):
        shown = f"{visible(name, SHOWN)}={visible(value, SHOWN)}"
        if name.lower() in REMOVED:
            yield "removed-tag", f"{shown} is not part of RFC 9989"
        elif name.lower() not in KNOWN:
            yield "unknown-tag", f"{shown} is no tag of DMARC"
        elif name != name.lower():
            yield "tag-case", f"{name} should be {name.lower()}"
