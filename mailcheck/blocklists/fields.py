"""What one field of a list's description says, read from its text.

Each reader raises ValueError with what was expected.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, ip_address
from typing import TYPE_CHECKING, get_args

from mailcheck.blocklists.blocklist import (
    RETURN_CODES,
    RFC_5782,
    Category,
    Kind,
    ListPoints,
    Meaning,
)
from mailcheck.names import Domain

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESSES: frozenset[Kind] = frozenset({"ip4", "ip6"})

_BITS = 8
"""Of the last octet."""


def return_code(text: str) -> IPv4Address:
    """Read one return code (RFC 5782 §2.1)."""
    try:
        code = IPv4Address(text.strip())
    except ValueError:
        code = None
    if code is None or code not in RETURN_CODES:
        raise ValueError("an address in 127.0.0.0/8")
    return code


def span(text: str) -> tuple[IPv4Address, IPv4Address]:
    """Read ``CODE`` or ``FIRST-LAST``."""
    first, _, last = text.partition("-")
    codes = return_code(first), return_code(last or first)
    if codes[0] > codes[1]:
        raise ValueError("the lower address first")
    return codes


def bit(text: str) -> int:
    """Read one bit of the last octet."""
    bits = {str(1 << n): 1 << n for n in range(_BITS)}
    if text not in bits:
        raise ValueError("one of " + ", ".join(bits))
    return bits[text]


def meaning(text: str) -> Meaning:
    """Read ``CATEGORY, what the list calls it``."""
    word, _, said = text.partition(",")
    for category in get_args(Category):
        if category == word.strip():
            return Meaning(category, said.strip())
    raise ValueError("a category, such as spam or dynamic, a comma, and what the list calls it")


def zone(text: str) -> str:
    """Read the name of a zone, into normal form."""
    return str(Domain.parse(text))


def list_points(text: str, takes: frozenset[Kind]) -> ListPoints | None:
    """Read what a list that *takes* such subjects has, and has not; None for ``none``."""
    if text == "none":
        return None
    match = re.fullmatch(r"([^\s,]+)(?:, not ([^\s,]+))?", text)
    if match is None:
        raise ValueError('"none", or an entry the list has, as in "127.0.0.2, not 127.0.0.1"')
    points = ListPoints(match[1], match[2] or "")
    if takes & ADDRESSES:
        expected = "addresses that the list takes, as in 127.0.0.2"
        read: Callable[[str], object] = IPv4Address if "ip4" in takes else ip_address
    else:
        expected = "domains, or labels in the place of one, as in test"
        read = _domain_point
    try:
        return ListPoints(*(str(read(point)) if point else "" for point in points))
    except ValueError:
        raise ValueError(expected) from None


def _domain_point(text: str) -> str:
    """Read a test point of a list of domains; the addresses of RFC 5782 §5 stand for its names."""
    return text if text in RFC_5782 else Domain.parse(text)
