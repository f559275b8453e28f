"""Whether a domain's SPF record lets all of its exchanges pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.host_addresses import MAX_ADDRESSES, HostAddresses
from mailcheck.facts.mail_hosts import MAX_EXCHANGES
from mailcheck.facts.spf.evaluation.amending import let_through, put_right
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.evaluation.judging import judged
from mailcheck.facts.spf.evaluation.keeping import with_kept
from mailcheck.facts.spf.evaluation.removal import with_removal
from mailcheck.facts.spf.record.writing import published, with_terms
from mailcheck.finding import Advice, Finding, all_hold
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.host_addresses import HostAddressesFact
    from mailcheck.facts.spf.evaluation.result import SpfCheckFact
    from mailcheck.finding import Part, Reason
    from mailcheck.names import Address


MOST_CLIENTS = 100
"""Addresses of exchanges of which each is evaluated; macros may ask ten questions for every one."""


async def every_exchange(
    domain: str, names: tuple[str, ...], unread: tuple[Unobserved, ...] = ()
) -> Finding:
    """Judge whether each address of the hosts *names* passes the SPF of *domain*."""
    hosts = names[:MAX_EXCHANGES]
    found = await each_of(HostAddresses(host) for host in hosts)
    parts: list[Part] = [*unread, *_left_out(len(names), MAX_EXCHANGES, "exchanges")]
    clients: dict[tuple[str, Address], None] = {}
    for host, fact in zip(hosts, found, strict=True):
        if isinstance(fact, Unobserved):
            parts.append(fact)
            continue
        parts += _unknown(fact)
        clients |= dict.fromkeys((host, address) for address in fact.addresses[:MAX_ADDRESSES])
    parts += _left_out(len(clients), MOST_CLIENTS, "addresses of exchanges")
    near = list(clients)[:MOST_CLIENTS]
    checks = [SpfCheck(address, domain, f"postmaster@{domain}", host) for host, address in near]
    facts = await each_of(checks)
    whole = _concluded(domain, dict(zip(near, facts, strict=True)), parts)
    known = {c: f for c, f in zip(checks, facts, strict=True) if not isinstance(f, Unobserved)}
    return await with_removal(await with_kept(whole, known, domain), domain)


def _left_out(count: int, most: int, what: str) -> list[Unobserved]:
    text = f"only {most} of {count} {what} were looked at"
    return [Unobserved("too-many-exchanges", text)] if count > most else []


def _unknown(fact: HostAddressesFact) -> list[Part]:
    if not fact.addresses and not fact.unknown:
        text = f"{visible(to_u_labels(fact.host))} has no address"
        refused = fact.gone if fact.gone and fact.gone.tag == "refused-by-authority" else None
        if refused:
            return [Finding((refused,))]
        return [Finding(advice=(Advice("exchange-without-address", text),))]
    left = _left_out(len(fact.addresses), MAX_ADDRESSES, "addresses")
    return [*fact.unknown, *fact.unread, *left]


def _concluded(
    domain: str,
    facts: dict[tuple[str, Address], SpfCheckFact | Unobserved],
    parts: list[Part],
) -> Finding:
    results: set[str] = set()
    failing: dict[Address, SpfCheckFact] = {}
    for (host, address), fact in facts.items():
        if isinstance(fact, Unobserved):
            parts.append(fact)
            continue
        finding = judged(fact, address, domain, "pass")
        results.add(fact.result)
        parts.append(replace(finding, reasons=tuple(_of(host, r) for r in finding.reasons)))
        if any(reason.instead for reason in finding.reasons):
            failing[address] = fact
    whole = all_hold(parts)
    instead = _one_record(domain, failing)
    mended = (replace(r, instead=instead if r.instead else ()) for r in whole.reasons)
    return replace(
        whole,
        reasons=tuple(dict.fromkeys(mended)),
        result=results.pop() if len(results) == 1 else "",
    )


def _of(host: str, reason: Reason) -> Reason:
    """Return *reason*, with the name of the host if it is about an address."""
    if not reason.instead or reason.tag == "spf-none":
        return reason
    return replace(reason, text=f"{visible(to_u_labels(host), 80)}: {reason.text}")


def _one_record(domain: str, failing: dict[Address, SpfCheckFact]) -> tuple[str, ...]:
    """Return the record with terms for all that do not pass, before the first term that decides."""
    if not failing:
        return ()
    terms = [f"ip{address.version}:{address}" for address in failing]
    facts = list(failing.values())
    record = facts[0].record
    meant = [put_right(fact) or let_through(fact, failing) for fact in facts]
    if all(meant):
        text = meant[0]
    elif record is None:
        text = " ".join(("v=spf1", *terms, "~all"))
    else:
        deciding = [f.path[0].term for f in facts]
        positions = [term.position if term else len(record.text) for term in deciding]
        text = with_terms(record, terms, min(positions))
    return published(facts[0].owner or domain, text)
