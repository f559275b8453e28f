"""Whether SPF lets pass what its lock has: in words, with who is at a loss and what to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.facts.mail_hosts import MailHosts
from mailcheck.facts.spf.networks.drift import drift, shown
from mailcheck.facts.spf.networks.lock import first_include_of, last_of, told_key
from mailcheck.facts.spf.networks.restoring import is_its_own_fault, nearly, restored
from mailcheck.facts.spf.record.meaning import told_close
from mailcheck.facts.spf.record.writing import behind_all, published
from mailcheck.finding import Advice, Finding, Reason, Remedy
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.spf.networks.authorised import SpfNetworksFact
    from mailcheck.facts.spf.networks.drift import Drift, Part
    from mailcheck.facts.spf.networks.lock import SpfLock
    from mailcheck.names import Address

LOST = "network-lost"
ADDED = "networks-added"

MOST_HOSTS = 10
"""MX hosts that are looked up to see whether they are in a network that was lost."""


async def matched(fact: SpfNetworksFact, lock: SpfLock, domain: str) -> Finding:
    """Judge whether what *fact* lists for *domain* has all that *lock* has.

    Whether one of the domain's MX hosts is at a loss is asked only if something is lost, and told
    if it can be found out.
    """
    found = drift(lock, fact)
    hosts = await _mx_hosts(domain) if found.lost else ()
    why, name = _why(fact, domain), to_u_labels(domain)
    if fact.record is None and not fact.ended:
        why += told_close(await nearly(domain))
    text = await restored(fact, found, domain) if found.lost or found.lost_terms else ""
    instead = published(fact.owner, text) if text else ()
    reasons = [
        Reason(
            LOST,
            f"SPF of {name} no longer lets pass {shown(parts)} ({told_key(key)})"
            f"{_used(parts, hosts)}{why}",
            last_of(key),
            instead,
        )
        for key, parts in found.lost.items()
    ]
    reasons += [
        Reason(
            LOST,
            f"SPF of {name} lost {_term(term)} ({told_key(key)}){why}",
            last_of(key),
            instead if _brings_back(text, key, fact) else (),
        )
        for key, term in found.lost_terms
    ]
    if reasons and is_its_own_fault(fact, domain):
        parts = tuple(part for several in found.lost.values() for part in several)
        what = shown((*parts, *(term for _, term in found.lost_terms)))
        text = f"SPF of {name} no longer lets pass {what}{_used(parts, hosts)}{why}"
        reasons = [Reason(LOST, text, domain, instead)]
    unknown = fact.unknown if found.undecided else None
    return Finding(tuple(reasons), tuple(_added(found, name)), unknown)


def remedied(reason: Reason, domain: str) -> Remedy:
    """Return what to do about a *reason* that :func:`matched` gave for *domain*."""
    again = f"run `mailcheck lock spf {domain}`"
    if reason.instead:
        what = f"If nobody sends from there any more, {again}; else, as its only SPF record:"
        return Remedy(reason.instead, what)
    whose = visible(to_u_labels(reason.about), 80)
    what = f"Ask who keeps the record of {whose}, or mend it if it is yours"
    if reason.about == domain:
        what = f"Mend the SPF record of {whose}"
    return Remedy(instruction=f"{what}; if nobody sends from there any more, {again}.")


def _added(found: Drift, name: str) -> Iterable[Advice]:
    for key, parts in found.added.items():
        text = f"SPF of {name} lets pass what its lock does not have: {shown(parts)}"
        yield Advice(ADDED, f"{text} ({told_key(key)})")
    for key, term in found.added_terms:
        text = f"SPF of {name} lets pass whom nobody can list: {_term(term)} ({told_key(key)})"
        yield Advice(ADDED, text)


async def _mx_hosts(domain: str) -> tuple[tuple[str, Address], ...]:
    """Return the MX hosts of *domain* with each of their addresses, as far as they can be had."""
    [mail] = await each_of([MailHosts(domain)])
    if isinstance(mail, Unobserved):
        return ()
    names = mail.names[:MOST_HOSTS]
    found = await each_of(HostAddresses(name) for name in names)
    return tuple(
        (name, address)
        for name, host in zip(names, found, strict=True)
        if not isinstance(host, Unobserved)
        for address in host.addresses
    )


def _used(parts: tuple[Part, ...], hosts: tuple[tuple[str, Address], ...]) -> str:
    """Say which MX host lies in what was lost."""
    for name, address in hosts:
        if any(address in network for part in parts for network in part.networks):
            return f"; the MX host {visible(to_u_labels(name), 80)} is {address}"
    return ""


def _why(fact: SpfNetworksFact, domain: str) -> str:
    """Say why nobody passes, or nobody else, if so."""
    if fact.ended:
        return "; " + visible(" and ".join(map(str, fact.ended)), 300)
    if fact.record is None and not fact.unknown:
        return (
            f"; {fact.absent.text if fact.absent else f'{to_u_labels(domain)} has no SPF record'}"
        )
    return ""


def _brings_back(text: str, key: str, fact: SpfNetworksFact) -> bool:
    """Whether the record *text* includes what leads to *key*, and nobody comes to that now."""
    include = f"include:{first_include_of(key)}"
    if include not in text.split(" ") or fact.record is None:
        return False  # without a record there is one reason, for all that is lost
    idle = behind_all(fact.record)
    return all(include != d.text for d in fact.record.directives if d not in idle)


def _term(term: str) -> str:
    return visible(term, 80)
