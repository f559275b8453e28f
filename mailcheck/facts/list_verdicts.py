"""What it means for mail that a list has, or has not, an address or a domain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.blocklists.blocklist import DUL, GOOD
from mailcheck.evidence import visible
from mailcheck.facts.listing import NOT_PUBLIC
from mailcheck.finding import Advice, Finding, Part, Remedy, all_hold, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mailcheck.blocklists import Blocklist, Category
    from mailcheck.facts.list_answer import Entry
    from mailcheck.facts.listing import ListingFact
    from mailcheck.names import Address

LISTED = "listed"
UNDECLARED = "undeclared-code"
NO_LIST = "no-list"

_POLICY = "policy: "
"""Begins what a reason is about if the list says what an address is, and not what it did."""


def not_listed(
    fact: ListingFact | Unobserved,
    *,
    counting: Collection[Category] = (),
    codes: Collection[str] = (),
) -> Part:
    """Judge that a subject is not on a list.

    Only entries of the *counting* categories count, all but good ones by default; or those with
    one of *codes*, if there are any. A code that the list does not declare may be one that counts.
    """
    if isinstance(fact, Unobserved):
        return fact
    advice: tuple[Advice, ...] = ()
    if not fact.is_proven:
        text = f"{_zone(fact)} has no test points: nothing proves that it works"
        advice = (Advice("list-not-proven", text),)
    counted = [one for one in fact.entries if _counts(one, counting, codes)]
    if counted:
        text = f"{_subject(fact)} is on {_zone(fact)}: {_listed(counted)}"
        if fact.reason:
            text += f": {visible(fact.reason)}"
        return unmet(LISTED, text, about=_about(fact))
    if strange := [one for one in fact.entries if not one.meanings and not codes]:
        return _undeclared(fact, strange)
    if fact.entries:
        text = f"{_subject(fact)} is on {_zone(fact)} with {_listed(fact.entries)}"
        advice = (Advice("listed-otherwise", text), *advice)
    return met(*advice)


def on_none(lists: Iterable[Blocklist], facts: Iterable[ListingFact | Unobserved]) -> Finding:
    """Judge that a subject is on none of *lists*; of none at all, nothing is known."""
    said = list(zip(lists, facts, strict=True))
    unheard = [(one, fact) for one, fact in said if isinstance(fact, Unobserved)]
    parts: list[Part] = [not_listed(_beside(one, fact, unheard)) for one, fact in said]
    if not parts:
        parts = [Unobserved(NO_LIST, "this run knows no list that could have it")]
    return all_hold(parts)


def _beside(
    one: Blocklist, fact: ListingFact | Unobserved, unheard: list[tuple[Blocklist, Unobserved]]
) -> ListingFact | Unobserved:
    """Name the other lists that are *unheard* of, as one stands for all in a verdict.

    What no list could be asked for needs no names.
    """
    if isinstance(fact, Unobserved) and fact.cause == NOT_PUBLIC:
        return fact
    others = [f"{to_u_labels(o.zone)} ({fact.cause})" for o, fact in unheard if o is not one]
    if not isinstance(fact, Unobserved) or not others:
        return fact
    return replace(fact, text=f"{fact.text or fact.cause}; nor is known: {', '.join(others)}")


def vouched_for(fact: ListingFact | Unobserved) -> Part:
    """Judge that an allow list has a subject; a code that it does not declare vouches for nobody."""
    if isinstance(fact, Unobserved):
        return fact
    if any(meaning.category == "allow" for one in fact.entries for meaning in one.meanings):
        return met()
    if strange := [one for one in fact.entries if not one.meanings]:
        return _undeclared(fact, strange)
    said = f"with {_listed(fact.entries)} only" if fact.entries else "not"
    return unmet("not-vouched-for", f"{_subject(fact)} is {said} on {_zone(fact)}")


def _undeclared(fact: ListingFact, strange: Iterable[Entry]) -> Unobserved:
    text = f"{_zone(fact)} has {_subject(fact)} with {_listed(strange)}: declare it with "
    text += "codes, or in the file of mail_blocklists"
    return Unobserved(UNDECLARED, text)


def _counts(entry: Entry, counting: Collection[Category], codes: Collection[str]) -> bool:
    if codes:
        return str(entry.code) in codes
    categories = {meaning.category for meaning in entry.meanings}
    return bool(categories.intersection(counting) if counting else categories - GOOD)


def _listed(entries: Iterable[Entry]) -> str:
    return visible(", ".join(map(str, entries)))


def _zone(fact: ListingFact) -> str:
    return to_u_labels(fact.list.zone)


def _subject(fact: ListingFact) -> str:
    return visible(to_u_labels(str(fact.subject)))


def _about(fact: ListingFact) -> str:
    """Say what the remedy for an entry needs: where to ask, and whether a policy is all there is."""
    one = fact.list
    where = visible(one.removal)
    if not where:
        operates = f"operator of {_zone(fact)}"
        where = f"{visible(one.operator)} ({operates})" if one.operator else f"the {operates}"
    meanings = [entry.meanings for entry in fact.entries]
    is_policy = all(each and {one.category for one in each} <= DUL for each in meanings)
    return f"{_POLICY}{where}" if is_policy else where


def removal(subject: Address | str, about: str) -> Remedy:
    """What to do about an entry of *subject*, for a reason that is *about* its list.

    Who is listed for what the address is, and not for what it sent, has no cause to end.
    """
    if about.startswith(_POLICY) and not isinstance(subject, str):
        return removal_of_sender(subject, about)
    where = about.removeprefix(_POLICY)
    why = f"Find out why at {where}" if _is_page(where) else f"Ask {where} why"
    return Remedy(instruction=f"{why}, end the cause, and ask there for removal.")


def removal_of_sender(ip: Address, about: str) -> Remedy:
    """What to do where a list takes *ip* for a customer's, for a reason that is *about* it."""
    where = about.removeprefix(_POLICY)
    ask = f"ask for removal at {where}" if _is_page(where) else f"ask {where} for removal"
    text = (
        f"If {ip} is a mail server with a fixed address, give it a name of its own (PTR), and {ask}, or "
        "have its network do so; otherwise send through the provider's relay."
    )
    return Remedy(instruction=text)


def _is_page(where: str) -> bool:
    return "://" in where
