"""What is known of one DNS list: what it takes, and what its return codes mean."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Literal, NamedTuple, TypeAlias

Category: TypeAlias = Literal[
    "listed",
    "spam",
    "exploited",
    "abuse",
    "new",
    "neighbours",
    "dynamic",
    "policy",
    "no-ptr",
    "allow",
    "neutral",
]
"""Why an entry is there: nobody says why, or it sends spam, is exploited, is a domain used for abuse
or a new one, lies in a network that sends spam, belongs to a customer with a changing address,
should send through a relay, has no reverse name; or it is vouched for, or merely known."""

GOOD: frozenset[Category] = frozenset({"allow", "neutral"})
"""Categories for which nobody refuses mail."""

DUL: frozenset[Category] = frozenset({"dynamic", "policy", "no-ptr"})
"""Categories of addresses that are not supposed to send mail themselves, whatever they did."""

Kind: TypeAlias = Literal["ip4", "ip6", "domain"]

RETURN_CODES = IPv4Network("127.0.0.0/8")
"""Where return codes lie (RFC 5782 §2.1): what is outside was not put there by a list."""

_ERRORS = IPv4Network("127.255.255.0/24")
"""Where Spamhaus, and many after it, put what is no answer about the address."""

_WHY = {
    "127.255.255.252": "the zone is mistyped",
    "127.255.255.254": "the query came through a public resolver, or from an address that cannot be "
    "attributed, as in a large cloud; ask through a resolver of your own",
    "127.255.255.255": "too many queries came from this resolver",
    "127.0.0.1": "this is no return code; some lists give it to clients they do not serve",
}
"""What others mean by them as well. Source: https://www.spamhaus.org/faqs/dnsbl-usage/ (error codes),
read 2026-11; 127.0.0.1 is what URIBL gives to clients it does not serve."""

_ADDRESS_ASKED = IPv4Address("127.0.1.255")
_NO_CODE = IPv4Address("127.0.0.1")


class Meaning(NamedTuple):
    """What a return code says: a category, and the list's own name for it."""

    category: Category
    text: str


class Codes(NamedTuple):
    """The return codes from *first* to *last*, which mean the same."""

    first: IPv4Address
    last: IPv4Address
    meaning: Meaning


class Refusal(NamedTuple):
    """Return codes that say nothing about what was asked, and why they are given."""

    first: IPv4Address
    last: IPv4Address
    why: str


class ListPoints(NamedTuple):
    """The entries that show whether a list works (RFC 5782 §5): one it has, one it has not.

    Addresses, or labels in front of a list of domains. The one it has not may be empty: some lists
    give neutral codes to every address.
    """

    listed: str
    unlisted: str


RFC_5782 = ListPoints("127.0.0.2", "127.0.0.1")
"""What lists of addresses have and do not have, unless they say otherwise (RFC 5782 §5)."""

_BASE = IPv4Address("127.0.0.0")


@dataclass(frozen=True, slots=True)
class Blocklist:
    """A DNS list, under its *zone* in normal form.

    ``bits`` are for lists whose last octet is a sum of meanings, on top of ``base``. ``tests`` is
    empty where a list has no test points. A ``key`` stands as a label before the zone; ``keyed``
    names the list that takes one in place of this one. A ``defunct`` list is described by when it
    ended and by what replaced it.
    """

    zone: str
    operator: str = ""
    takes: frozenset[Kind] = frozenset({"ip4", "ip6"})
    codes: tuple[Codes, ...] = ()
    bits: tuple[tuple[int, Meaning], ...] = ()
    base: IPv4Address = _BASE
    refusals: tuple[Refusal, ...] = ()
    tests: ListPoints | None = RFC_5782
    key: Literal["none", "optional", "required"] = "none"
    keyed: str = ""
    registered: bool = False
    dul: Literal["essential", "extra", "no"] = "no"
    default: bool = False
    removal: str = ""
    defunct: str = ""

    def meanings(self, code: IPv4Address) -> tuple[Meaning, ...]:
        """Return what *code* means here; nothing if it is not declared."""
        if self.bits:
            added = int(code) - int(self.base)
            known = [(bit, meaning) for bit, meaning in self.bits if added & bit]
            return tuple(m for _, m in known) if sum(b for b, _ in known) == added > 0 else ()
        return tuple(c.meaning for c in self.codes if c.first <= code <= c.last)

    def refusal(self, code: IPv4Address) -> str | None:
        """Return why *code* says nothing about what was asked; None if it says something."""
        for refusal in self.refusals:
            if refusal.first <= code <= refusal.last:
                return refusal.why
        if self.meanings(code):
            return None
        if code in _ERRORS or code == _NO_CODE:
            return _WHY.get(str(code), "an error code")
        if code == _ADDRESS_ASKED and "domain" in self.takes:
            return "an address was asked of a list of domains"
        return None
