"""Data of records as providers write them, made presentation form with absolute names."""

from __future__ import annotations

import re
from contextlib import suppress

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from mailcheck.names import to_a_labels
from mailcheck.plans.rdata import such_as
from mailcheck.plans.strings import MAX_STRING, each_quoted
from mailcheck.plans.terraform.values import WrongError, shown

HOST_AT = {"CNAME": 0, "NS": 0, "PTR": 0, "DNAME": 0, "MX": 1, "SRV": 3}
"""The types whose last field is a name, and its position."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|\\.', re.DOTALL)
"""A text, or what is escaped; one without an end goes to the end, so that nothing is read twice."""
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*', re.DOTALL)
_ESCAPED = re.compile(rb"\\(?:([0-9]{3})|(.))", re.DOTALL)
_OF_FILES = re.compile(r"[\n\r;()]")
"""What ends data, or begins a comment, in a master file only (RFC 1035 §5.1)."""


def rdata(rdtype: str, text: str, origin: str = ".") -> str:
    """Return the data *text* of a record, whose names are relative to *origin* without a final dot.

    Raises:
        WrongError: if it is none of that type.
    """
    if _OF_FILES.search(_QUOTED.sub("", text)):
        raise WrongError(f"{shown(text)} is no data of {shown(rdtype)}")
    if (at := HOST_AT.get(rdtype)) is not None and not text.isascii():
        fields = text.split()
        if len(fields) == at + 1:
            with suppress(ValueError):  # dnspython says what is wrong
                fields[at] = to_a_labels(fields[at])
            text = " ".join(fields)
    try:
        kind = dns.rdatatype.from_text(rdtype)
        found = dns.rdata.from_text(
            dns.rdataclass.IN, kind, text, origin=dns.name.from_text(origin), relativize=False
        )
        return found.to_text()
    # Whatever a hostile text makes dnspython raise, it is no data.
    except (dns.exception.DNSException, ValueError, TypeError, IndexError, OverflowError) as error:
        said = str(error).rstrip(".") or "it cannot be read"
        raise WrongError(
            f"{shown(text)} is no data of {shown(rdtype)}{such_as(rdtype)}: {shown_plain(said)}"
        ) from None


def txt(text: str) -> str:
    """Return one TXT record of a provider that takes texts with quotation marks, and without.

    Without them the text is meant as it stands. Strings of more than 255 octets are cut.
    """
    found = txt_in_quotes(text)
    return _cut([text.encode("utf-8", "surrogateescape")]) if found is None else found


def txt_in_quotes(text: str) -> str | None:
    """Return one TXT record of strings in quotation marks, with decimal escapes (RFC 1035 §5.1).

    None if they are none. Those of more than 255 octets are cut.
    """
    strings = _strings(text)
    return None if strings is None else _cut(strings)


def _cut(strings: list[bytes]) -> str:
    return each_quoted(
        one[i : i + MAX_STRING] for one in strings for i in range(0, max(len(one), 1), MAX_STRING)
    )


def _strings(text: str) -> list[bytes] | None:
    found: list[bytes] = []
    at = 0
    bare = text.strip()
    while at < len(bare):
        if not (one := _STRING.match(bare, at)):
            return None
        found.append(_ESCAPED.sub(_octet, one[1].encode("utf-8", "surrogateescape")))
        at = one.end()
    return found or None


def _octet(escape: re.Match[bytes]) -> bytes:
    return bytes([min(int(escape[1]), 255)]) if escape[1] else escape[2]


def shown_plain(text: str) -> str:
    """Return a text of a library for a message."""
    return shown(text)[1:-1]
