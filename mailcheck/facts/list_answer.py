"""What the answer of a list says, and when it says nothing about what was asked."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.blocklists.blocklist import RETURN_CODES
from mailcheck.evidence import visible
from mailcheck.facts.dns import RESOLVER_FAILS
from mailcheck.facts.known_resolvers import public_operator
from mailcheck.names import Address, is_under, reverse_name, to_u_labels
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist, Meaning
    from mailcheck.blocklists.blocklist import Kind
    from mailcheck.facts.dns import DnsAnswer, NameServer
    from mailcheck.facts.name_server import Source

REFUSES = "list-refuses"
PUBLIC_RESOLVER = "public-resolver"
LISTS_EVERYTHING = "list-lists-everything"
NO_CODE = "not-a-return-code"

_SILENCE = RESOLVER_FAILS | {"timeout", "unreachable", "lame"}
"""Causes for which a list does not answer."""

SAYS_NOTHING = frozenset({REFUSES, PUBLIC_RESOLVER, LISTS_EVERYTHING, NO_CODE})
"""Causes for which nothing that a list, or whoever was asked about it, answers can be believed."""

_OWN_RESOLVER = "give a resolver of your own with --mail-blocklist-resolver"


class Entry(NamedTuple):
    """A return code and what the list means by it; nothing if it declares no such code."""

    code: ipaddress.IPv4Address
    meanings: tuple[Meaning, ...]

    def __str__(self) -> str:
        said = "; ".join(": ".join(filter(None, meaning)) for meaning in self.meanings)
        return f"{self.code} ({said or 'a code the list does not declare'})"


def kind_of(subject: Address | str) -> Kind:
    """Return of which kind *subject* is."""
    if isinstance(subject, str):
        return "domain"
    return "ip4" if subject.version == 4 else "ip6"


def listing_name(subject: Address | str, zone: str) -> str:
    """Return the name at which *zone* has *subject*.

    The octets or nibbles of an address are reversed (RFC 5782 §2); a domain stands as it is (§3).
    """
    if isinstance(subject, str):
        return f"{subject}.{zone}"
    reverse = reverse_name(subject)
    return f"{reverse.removesuffix('.in-addr.arpa').removesuffix('.ip6.arpa')}.{zone}"


def entries(one: Blocklist, answer: DnsAnswer) -> tuple[Entry, ...]:
    """Read the return codes in *answer*, in their order; none if the name is not there.

    Raises:
        NotObserved: if what is there says nothing about the subject.
    """
    shown = to_u_labels(one.zone)
    if answer.status == "refused":
        text = f"all name servers of {to_u_labels(answer.cut or one.zone)} refuse to answer"
        raise NotObserved(refused(one, answer.source, text))
    for missing in answer.unread:
        raise NotObserved(missing)
    codes = sorted(ipaddress.IPv4Address(text) for text in answer.texts)
    for code in codes:
        if code not in RETURN_CODES:
            text = f"{shown} answers {code}, outside 127.0.0.0/8: a parked or rewritten name"
            raise NotObserved(Unobserved(NO_CODE, text, shared=one.zone))
        if (why := one.refusal(code)) is not None:
            text = f"{shown} answers {code}: {why}"
            raise NotObserved(refused(one, answer.source, text))
    return tuple(Entry(code, one.meanings(code)) for code in codes)


def refused(one: Blocklist, source: Source, text: str) -> Unobserved:
    """Say that a list does not answer; whoever asks through a public resolver is told that first."""
    if operator := _refused_operator(one, source.server):
        return _through_public(one, operator, text)
    return Unobserved(REFUSES, text + _told_before(one), shared=one.zone)


def unanswered(
    one: Blocklist, failure: Unobserved, resolvers: tuple[NameServer, ...]
) -> Unobserved:
    """Say that a list does not answer, asked through *resolvers* (none: its own servers).

    That is one error for all subjects. Resolvers turn a list's refusal into a failure of theirs.
    """
    if failure.not_evaluated or failure.shared:
        return failure
    if failure.cause not in _SILENCE:
        return replace(failure, shared=one.zone)
    operators = [_refused_operator(one, str(server)) for server in resolvers]
    if failure.cause in RESOLVER_FAILS and operators and all(operators):
        return _through_public(one, operators[0], failure.text or failure.cause)
    text = f"{to_u_labels(one.zone)} does not answer: {failure.text or failure.cause}"
    return replace(failure, text=text + _told_before(one), shared=one.zone)


def not_alive(one: Blocklist, name: str, answer: DnsAnswer) -> Unobserved:
    """Say that a list does not have the entry *name*, which it says it has."""
    text = f"{to_u_labels(one.zone)} does not list its own test point {name}"
    if answer.denier and not is_under(answer.denier, one.zone):
        denier = visible(to_u_labels(answer.denier))
        text += f"; the zone {denier} denies it: is the list spelled right?"
    if operator := _refused_operator(one, answer.source.server):
        return _through_public(one, operator, text)
    return Unobserved("list-not-alive", text + _told_before(one), shared=one.zone)


def lists_everything(one: Blocklist, name: str, answer: DnsAnswer) -> Unobserved:
    """Say that a list has the entry *name*, which it says it has not.

    Some lists answer so to those who ask too much.
    """
    shown, codes = to_u_labels(one.zone), ", ".join(answer.texts)
    text = f"{shown} lists {name} ({codes}), which no list has: it was shut down, or lists all"
    if operator := _refused_operator(one, answer.source.server):
        return _through_public(one, operator, text)
    return Unobserved(LISTS_EVERYTHING, text, shared=one.zone)


def _refused_operator(one: Blocklist, server: str) -> str:
    """Return who runs *server*, if everybody asks it and so a list may refuse it.

    A list that knows its askers by their keys need not.
    """
    return "" if one.key == "required" else public_operator(server)


def _through_public(one: Blocklist, operator: str, text: str) -> Unobserved:
    why = f"{operator} is a public resolver, which lists refuse: {_OWN_RESOLVER}"
    return Unobserved(PUBLIC_RESOLVER, f"{why} ({text})", shared=one.zone)


def _told_before(one: Blocklist) -> str:
    """Say what the operator must have been told before, if anything: of the resolver, or the key."""
    whose = f" with {one.operator}" if one.operator else ""
    if one.registered:
        return f"; {to_u_labels(one.zone)} answers registered resolvers only: register yours{whose}"
    return "; is the key right, and for this list?" if one.key == "required" else ""
