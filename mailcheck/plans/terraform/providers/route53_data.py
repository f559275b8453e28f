r"""How Route 53 writes names and data.

Escapes are octal (``\052`` is the asterisk), in names and in texts ("DNS domain name format" and
"TXT record type" of the Route 53 Developer Guide), where master files have decimal ones.
"""

from __future__ import annotations

import re

from mailcheck.names import is_under
from mailcheck.plans.names import full_name
from mailcheck.plans.strings import MAX_STRING, each_quoted
from mailcheck.plans.terraform.data import rdata
from mailcheck.plans.terraform.values import WrongError, shown

_OCTAL = re.compile(r"\\([0-3][0-7]{2})")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*', re.DOTALL)
_ESCAPED = re.compile(rb'\\(?:([0-3][0-7]{2})|(["\\])|(.?))', re.DOTALL)


class UnsaidError(ValueError):
    """Route 53 does not say what it makes of a text: a clause."""


def decimal(text: str) -> str:
    """Return *text* with decimal escapes in the place of octal ones."""
    return _OCTAL.sub(lambda found: f"\\{int(found[1], 8):03}", text)


def name_in(text: str, zone: str) -> str:
    """Return the name *text* in *zone* as the provider for Terraform completes it.

    It takes a name that ends with the zone's for absolute, and appends the zone to all others, with
    or without a final dot (``expandRecordName`` in its ``internal/service/route53/record.go``). It
    looks at letters, not labels: ``myexample.com`` is not completed by ``example.com``, and refused.

    Raises:
        ValueError: if it is none.
    """
    if not text:
        return zone
    if not text.isascii():
        raise WrongError(
            f"name is {shown(text)}", "Route 53 takes A-labels only (xn--…), or octal escapes"
        )
    bare = decimal(text.removesuffix("."))
    if not bare.lower().endswith(zone):
        return full_name(f"{bare}.{zone}")
    name = full_name(bare)
    if not is_under(name, zone):
        raise WrongError(
            f"name is {shown(text)}, to which the provider appends nothing, since it ends with "
            f"{zone}; but it is not in that zone"
        )
    return name


def value(rdtype: str, text: str) -> str:
    """Return the *text* of one record, as Route 53's interface takes it, in presentation form.

    Raises:
        WrongError: if Route 53 refuses it.
        UnsaidError: if it cannot be known what it makes of it.
    """
    return txt(text) if rdtype in ("TXT", "SPF") else rdata(rdtype, decimal(text))


def txt(text: str) -> str:
    r"""Return one TXT record: strings in quotation marks, with or without spaces between.

    Raises:
        WrongError: if it is none; Route 53 refuses it.
        UnsaidError: for an escape, or a character, of which its guide says nothing.
    """
    at = 0
    strings: list[bytes] = []
    while at < len(text) or not strings:
        found = _STRING.match(text, at)
        if not found:
            raise WrongError(
                f"{shown(text)} are no texts in quotation marks, which Route 53 asks for",
                'the provider adds the outer ones; those within are written \\"',
            )
        strings.append(_octets(found[1]))
        at = found.end()
    try:
        return each_quoted(strings)
    except ValueError as error:
        raise WrongError(
            f"{error} by Route 53", f'cut it after {MAX_STRING} at most by "" (in HCL \\"\\")'
        ) from None


def _octets(text: str) -> bytes:
    if not text.isascii():
        raise UnsaidError("has characters beyond ASCII that are not escaped")

    def octet(found: re.Match[bytes]) -> bytes:
        if found[3] is not None:
            said = shown(found[0].decode("ascii"))
            raise UnsaidError(f"has the escape {said}, of which Route 53 says nothing")
        return bytes([int(found[1], 8)]) if found[1] else found[2]

    return _ESCAPED.sub(octet, text.encode("ascii"))
