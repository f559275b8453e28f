r"""Amazon Route 53's rules on what stands in a record set, whoever writes it down.

Names, in values as well, are absolute with and without the final dot. Behind a backslash stand
three octal digits (``\052`` is an asterisk), and not decimal ones as in master files; any other
character stands for itself. Texts are one or more strings in quotation marks; without these Route 53
refuses them ("Value should be enclosed in quotation marks").

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html and
ResourceRecordTypes.html beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.names import is_under
from mailcheck.plans.names import full_name
from mailcheck.plans.rdata import article, data_in
from mailcheck.plans.strings import each_quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

TYPES = frozenset(
    {"A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV"}
    | {"SSHFP", "SVCB", "TLSA", "TXT"}
)

MAX_TTL = 2**31 - 1

ALIAS_TTL = 60
"""Seconds: an alias has the TTL of what it leads to; that of a load balancer is a minute."""

_ESCAPE = re.compile(r"\\([0-3][0-7]{2}|[^0-9]|.|\Z)", re.DOTALL)

_STRING = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)


def name_of(text: str, zone: str = ".") -> str:
    """Return the name *text*, which lies in *zone*.

    Raises:
        ValueError: if it is none, or lies elsewhere; the text is a clause.
    """
    name = full_name(_ESCAPE.sub(_decimal, text))
    if not is_under(name, zone):
        raise ValueError(f"{name} does not lie in the zone {zone}")
    return name


def data_of(rdtype: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return *values* of a record set in presentation form, each once.

    Raises:
        ValueError: if Route 53 would refuse them; the text is a clause.
    """
    if not values:
        raise ValueError("it has neither values nor an alias")
    if rdtype in ("CNAME", "SOA") and len(values) > 1:
        raise ValueError(f"it has {len(values)} values, and {article(rdtype)} record has one")
    return tuple(dict.fromkeys(_one(rdtype, value) for value in values))


def type_of(text: str) -> str:
    """Return the type *text* if Route 53 has such records.

    Raises:
        ValueError: if it has none; the text is a clause.
    """
    if (rdtype := text.upper()) not in TYPES:
        raise ValueError(f"it has a type that Route 53 does not know, {text[:20]!r}")
    return rdtype


def _one(rdtype: str, value: str) -> str:
    if not value.isascii():
        raise ValueError(
            r"its value has characters that Route 53 takes as octal escapes only (\303\244 is ä)"
        )
    if rdtype in ("TXT", "SPF"):
        return each_quoted(_strings(value))
    return data_in(rdtype, _ESCAPE.sub(_decimal, value))


def _strings(value: str) -> list[bytes]:
    """Return the strings of a text; between two of them there may be no space."""
    strings, end = [], 0
    while found := _STRING.match(value, end):
        strings.append(_ESCAPE.sub(_octet, found[1]).encode("latin-1"))
        end = found.end()
    if end < len(value) or not strings:
        raise ValueError(
            "its value is not in quotation marks, or has some within that no backslash precedes, "
            "and Route 53 refuses it"
        )
    return strings


def _octet(escape: re.Match[str]) -> str:
    # "v=DMARC1\; p=none" is published without the backslash: octodns/octodns-route53#144.
    said = escape[1]
    if len(said) == 3:
        return chr(int(said, 8))
    return _itself(said)


def _decimal(escape: re.Match[str]) -> str:
    """Write one as master files have it."""
    said = escape[1]
    if len(said) == 3:
        return f"\\{int(said, 8):03}"
    return f"\\{_itself(said)}"


def _itself(said: str) -> str:
    if not said or said.isdecimal():
        raise ValueError(
            r"a backslash is followed by something else than three octal digits (\052 is *)"
        )
    return said
