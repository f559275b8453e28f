"""What could be better about an SPF record that is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.spf.evaluation.expansion import name_of
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS
from mailcheck.facts.spf.record.terms import MECHANISMS, Directive
from mailcheck.facts.spf.validity.counting import (
    breakdown,
    ending,
    lookups,
    met_by_strangers,
    places,
)
from mailcheck.facts.spf.validity.mending import finds_nothing
from mailcheck.facts.spf.validity.size import advice_on_size
from mailcheck.facts.spf.validity.voids import too_many_voids
from mailcheck.facts.txt import texts
from mailcheck.finding import Advice, few
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.spf.record.terms import Term
    from mailcheck.facts.spf.validity.place import Place

BROAD = (15, 31)
"""Prefix lengths of networks that hardly anybody has alone: two /16, or two allocations of IPv6."""

KNOWN_MODIFIERS = frozenset({"redirect", "exp", "ra", "rp", "rr"})
"""Those of RFC 7208 §6, and of RFC 6652 §3 for reports."""

LEFT = 2
"""Lookups that should be left: a provider adds one without asking."""

ADVICE = """
pass-all: ``+all``, an include of it, or an ``exists`` that always matches, decides about strangers.
    Everybody passes: the record forbids nothing, and DMARC passes for whoever forges the domain.
neutral-all: ``?all`` decides about strangers.
    Receivers treat them as if there were no record (RFC 7208 §8.2).
no-all: no term decides about strangers: there is neither ``all`` nor ``redirect``.
    The result is neutral, as with ``?all`` (RFC 7208 §4.7).
ptr: the mechanism ``ptr`` is used.
    It is slow, and depends on the reverse names of strangers; RFC 7208 §5.5 says not to publish it,
    and some receivers pass over it.
after-all: terms stand behind ``all``.
    Nobody evaluates them (RFC 7208 §5.1).
redirect-ignored: ``redirect`` stands beside ``all``.
    Nobody follows it (RFC 7208 §6.1).
long-record: the record has more than 450 octets.
    RFC 7208 §3.4 advises to keep it shorter, so that its answer fits into a datagram.
long-answer: all TXT records of the domain together need more than 512 octets.
    Resolvers have to ask again over TCP where larger datagrams are lost; firewalls that block it
    make the record unreadable (RFC 7208 §3.4).
few-lookups-left: of the ten terms that may ask DNS, fewer than two are left.
    Providers change what they include without asking: with the eleventh nobody passes.
duplicate-include: a domain is included more than once, and each time it counts.
    What comes second changes nothing, and uses up lookups.
void-lookups: more than two lookups may find nothing, but not for all clients or all receivers.
    Strangers of one family, or without a reverse name, get permerror in place of fail. Where
    receivers count the addresses of exchanges, clients that are named behind them do not pass.
resolves-to-nothing: an ``a`` or ``mx`` finds no address.
    It lets nobody pass, and counts among the lookups; of those that find nothing two are allowed.
no-explanation: ``exp`` leads to no text, or to several.
    Those who fail are told nothing (RFC 7208 §6.2).
broad-network: a term authorises a network larger than a /16, or a /32 of IPv6.
    Whoever has one address there may send in the domain's name.
unknown-modifier: there is a modifier that no standard knows.
    Receivers ignore it; it may be mistyped.
sender-id: a text of the domain is a record of Sender ID (``spf2.0``).
    It is no SPF record, and hardly anybody reads it (RFC 6686).
glued-strings: strings of the TXT record are put together without a space where a term begins.
    Nothing is put between strings (RFC 7208 §3.3), so the two terms are read as one.
depends-on-sender: a term has macros, so what it asks for is not known before somebody sends.
    It is counted as a lookup; what is behind it is not.
"""
"""The tags of :func:`advice`, in the form of a check's page."""


async def advice(root: Place) -> tuple[Advice, ...]:
    """Say what could be better about the record of *root*, and about what it leads to."""
    if root.record is None:
        return ()
    found = [
        *_of_strangers(root),
        *_of_terms(root),
        *_of_the_tree(root),
        *advice_on_size(root),
        *_of_lookups(root),
        *_of_others(root),
    ]
    return tuple(Advice(*said) for said in few((*found, *await _of_explanation(root))))


def _of_strangers(root: Place) -> Iterator[tuple[str, str]]:
    qualifier, way = ending(root)
    path = visible(" → ".join(reached.term.text for reached in way), 200)
    if qualifier == "+":
        yield "pass-all", f"everybody passes: {path}"
    elif qualifier == "?":
        yield "neutral-all", f"strangers are neutral: {path}"
    elif qualifier is None and not way:
        if root.record and root.record.faults:
            return  # one of them may have been it
        yield "no-all", "no term decides about strangers, so they are neutral"
    elif qualifier is None and way[-1].below and way[-1].below.record:
        yield "no-all", f"no term decides about strangers, so they are neutral: {path}"


def _of_terms(root: Place) -> Iterator[tuple[str, str]]:
    record = root.record
    assert record is not None  # whoever has none is not advised
    reached = {r.term.position for r in root.terms}
    behind = [d for d in record.directives if d.position not in reached]
    if behind:
        text = f"nobody comes to {_few([*map(_shown, behind)])} behind all, which is to stand last"
        yield "after-all", text
    if record.redirect and record.redirect.position not in reached:
        yield "redirect-ignored", f"{_shown(record.redirect)} stands beside all"
    for term in record.directives:
        if term.position in reached and (network := _broad(term)):
            yield "broad-network", f"{_shown(term)} authorises {network}"
    for modifier in record.modifiers:
        if modifier.name not in KNOWN_MODIFIERS:
            text = f"{_shown(modifier)} is a modifier that receivers ignore"
            if modifier.name in MECHANISMS:
                text += f"; the mechanism is written {modifier.name}:"
            yield "unknown-modifier", text


def _of_the_tree(root: Place) -> Iterator[tuple[str, str]]:
    unknown: list[str] = []
    hiding: list[str] = []
    for place in places(root):
        whose = f" of {_name(place.name)}" if place.above else ""
        for reached in met_by_strangers(place):
            shown = f"{_shown(reached.term)}{whose}"
            mechanism = reached.term.mechanism if isinstance(reached.term, Directive) else ""
            if mechanism == "ptr":
                yield "ptr", f"{shown} is used"
            if reached.depends_on_sender:
                (hiding if mechanism in ("", "include") else unknown).append(shown)
            elif mechanism in ("a", "mx") and finds_nothing(reached):
                yield "resolves-to-nothing", f"{shown} finds no address"
    if hiding:
        text = f"where it leads depends on who sends, and nothing there is counted: {_few(hiding)}"
        yield "depends-on-sender", text
    if unknown:
        yield "depends-on-sender", f"what it finds depends on who sends: {_few(unknown)}"


def _broad(term: Directive) -> str:
    """Return the network of *term* if it is large beyond reason."""
    if term.qualifier != "+":
        return ""
    if term.network is not None:
        six = term.network.version == 6
        return f"a /{term.network.prefixlen}" if term.network.prefixlen <= BROAD[six] else ""
    broad = [n for n, most in zip(term.lengths, BROAD, strict=True) if n <= most]
    return " and ".join(f"a /{length}" for length in broad)


def _of_lookups(root: Place) -> Iterator[tuple[str, str]]:
    count = lookups(root)
    if MOST_LOOKUPS - LEFT < count <= MOST_LOOKUPS:
        text = f"{count} of {MOST_LOOKUPS} terms that may ask DNS do: {breakdown(root)}"
        yield "few-lookups-left", text
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for place in places(root):
        if place.name in seen and not place.loops and place.above[-1] not in twice:
            twice[place.name] = None
        seen.add(place.name)
    for name in twice:
        yield "duplicate-include", f"{_name(name)} is included more than once"
    too_many, harm = too_many_voids(root)
    too_many = too_many or too_many_voids(root, widely=True)[0]
    if too_many and not harm:
        yield "void-lookups", str(too_many)


def _of_others(root: Place) -> Iterator[tuple[str, str]]:
    if root.said is None or isinstance(root.said, Unobserved):
        return
    for text in texts(root.said).texts:
        if text[:8].lower() in (b"spf2.0/p", b"spf2.0/m") or text[:9].lower() == b"v=spf2.0/":
            yield "sender-id", f"a text of the domain is {visible(text.decode('latin-1'), 80)}"


async def _of_explanation(root: Place) -> list[tuple[str, str]]:
    """Look at the text that ``exp`` leads to, if its name is the same for everybody."""
    exp = root.record.exp if root.record else None
    if exp is None or exp.value.plain is None or (name := name_of(exp.value.plain)) is None:
        return []
    [answer] = await each_of([Lookup(name, "TXT")])
    if isinstance(answer, Unobserved) or answer.status == "refused":
        return []
    count = len(texts(answer).texts)
    found = "no text" if count == 0 else f"{count} texts"
    return [("no-explanation", f"{_shown(exp)} leads to {found}")] if count != 1 else []


def _few(shown: list[str]) -> str:
    more = f" and {len(shown) - 5} more" if len(shown) > 5 else ""
    return ", ".join(shown[:5]) + more


def _shown(term: Term) -> str:
    return visible(term.text, 80)


def _name(name: str) -> str:
    return visible(to_u_labels(name), 80)
