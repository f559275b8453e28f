"""Whether a host name looks like one that a provider gives to customers by the thousand.

Content filters score such names, and lists of patterns refuse them: mail comes from there when a
household's computer is infected. Nobody can know from a name how an address is used, so this weighs
what the name says, and says what was weighed. A name that was called generic by mistake costs a
working mail server, so what could be chance is not enough.

* The whole address in the name weighs 2, three octets of it 1.
* A word for a lent address or a household's line weighs 1, a second one too if the name has a
  customer's number; ``dynamic`` as a label, ``dhcp`` and its like as one that others are below,
  and a placeholder, weigh 2 alone.
* A word for customers, and the number itself, weigh 1 beside what is above.

From 2 on a name is generic, unless something clears it: a word for a static address, which only
words for a lent one beat; a word for mail, which words for a line beat as well, unless the name is
without an address and has it in the first label, before a word for a lent one; or a pattern that
the caller allows. Values only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.address_in_name import last_octets, trace_of_address
from mailcheck.facts.generic_words import (
    PLACEHOLDERS,
    ZONES,
    is_assigned,
    is_customer,
    is_line,
    is_mail,
    static_part,
)
from mailcheck.name_patterns import NamePattern
from mailcheck.names import MAX_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.names import Address

ENOUGH = 2
"""The score from which on a name is generic."""

_WORD = re.compile(r"[a-z]+")

_DYNAMIC = frozenset({"dynamic", "dinamic", "dynamicip", "dynip"})
"""Words that leave no doubt, where they are the label."""

_SECOND_LEVEL = frozenset({"com", "co", "net", "org", "ac", "edu", "gov", "gob", "or", "ne", "go"})
"""Labels below a country's under which names are registered; most others are two letters as well."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing a name says of itself: ``part`` is what of the name says it."""

    why: str
    part: str
    weight: int = 1

    def __str__(self) -> str:
        return f"{self.why} ({self.part})"


@dataclass(frozen=True, slots=True)
class Looks:
    """What speaks for a generic name, what against it, and what comes of it."""

    flags: tuple[Sign, ...]
    clears: tuple[Sign, ...]
    score: int

    @property
    def generic(self) -> bool:
        """Whether receivers may take the host for a customer's."""
        return self.score >= ENOUGH and not self.clears


def looks(name: str, ip: Address | None = None, allowed: Sequence[str] = ()) -> Looks:
    """Weigh *name*, which may be any text; *ip* is whose name it is, if that is known.

    *allowed* are names and patterns (:class:`NamePattern`) that are never generic.

    Raises:
        ValueError: if one of *allowed* is no pattern.
    """
    text = name.removesuffix(".").lower()[: MAX_NAME + 1]
    pattern = next((p for p in map(NamePattern.parse, allowed) if p.matches(text)), None)
    own = _labels_of_hosts(text)
    words = list(dict.fromkeys(word for label in own for word in _WORD.findall(label)))
    lent = [word for word in words if is_assigned(word)]
    lines = [word for word in words if is_line(word) and word not in lent]
    trace = trace_of_address(text, ip)
    number = _customer_number(own[0] if own else "") or last_octets(text, ip)
    flags = [Sign(*trace)] if trace else []
    flags += _of_words(own, lent, lines, counted=bool(trace or number))
    if (trace or number) and (sign := _of_customers(words, {*lent, *lines})):
        flags.append(sign)
    if number and not trace and (lent or lines):
        flags.append(Sign("a number that tells customers apart", number))
    flags += [Sign("a placeholder", label, ENOUGH) for label in own if label in PLACEHOLDERS]
    clears = [Sign("allowed", str(pattern))] if pattern else []
    if not lent:
        clears += _static(text)
    if not (lent or lines):
        clears += _mail(own)
    elif not trace:
        clears += _mail(own[:1], at_once=bool(lent))
    return Looks(tuple(flags), tuple(clears), sum(flag.weight for flag in flags))


def _labels_of_hosts(text: str) -> list[str]:
    """Return the labels below the registered domain; of a name without any, the first.

    What a company is called says nothing of its hosts: ``mail.dynamic.example``. A-labels stand for
    other letters than they show.
    """
    labels = text.split(".")
    second = labels[-2] if len(labels) > 2 else ""
    registered = 3 if len(labels[-1]) == 2 and second in _SECOND_LEVEL else 2
    own = labels[:-registered] or labels[:1]
    return [label for label in own if not label.startswith("xn--")]


def _customer_number(first: str) -> str:
    """Return the digits of a first label such as ``cust4711`` or ``dhcp-17``; empty if too few.

    One digit counts servers (``dhcp1``, ``ns2.cable``), two count them beside other words.
    """
    digits = "".join(c for c in first if c in "0123456789")
    words = _WORD.findall(first)
    enough = 2 if any(is_assigned(w) or is_line(w) or is_customer(w) for w in words) else 3
    return digits if len(digits) >= enough else ""


def _of_words(own: list[str], lent: list[str], lines: list[str], *, counted: bool) -> list[Sign]:
    """Weigh words for lent addresses and lines: two at most, one where nothing is counted."""
    signs = [Sign("a word for a lent address", word) for word in lent]
    signs += [Sign("a word for a household's line", word) for word in lines]
    outright = [label for label in own if _is_outright(label)]
    outright += [label for label in own[1:] if label.rstrip("0123456789") in ZONES]
    if outright and not counted:
        return [Sign("a label that says it outright", outright[0], ENOUGH)]
    return signs[: 2 if counted else 1]


def _is_outright(label: str) -> bool:
    """Whether *label* is ``dynamic``, ends so (``town-dyn``), or is that beside a pool or line.

    Before other words it may be a product: ``dynamic-pages``.
    """
    if any(part in _DYNAMIC or part == "dyn" for part in label.split("-")[1:]):
        return True
    words = _WORD.findall(label)
    others = [word for word in words if word not in _DYNAMIC]
    beside = any(is_line(word) or is_customer(word) for word in others)
    return len(others) < len(words) and (beside or not others)


def _of_customers(words: list[str], others: set[str]) -> Sign | None:
    found = next((word for word in words if word not in others and is_customer(word)), None)
    return Sign("a word for customers or counted hosts", found) if found else None


def _static(text: str) -> list[Sign]:
    """Find what says that the address is somebody's for good, up to the top-level domain."""
    for label in text.split(".")[:-1]:
        if part := static_part(label, _WORD.findall(label)):
            return [Sign("a word for a static address", part)]
    return []


def _mail(labels: list[str], *, at_once: bool = False) -> list[Sign]:
    """Find a word for mail in *labels*: anywhere, or *at_once*, as the first word."""
    for label in labels:
        for word in _WORD.findall(label):
            if is_mail(word):
                return [Sign("a word for mail", word)]
            if at_once:
                return []
    return []
