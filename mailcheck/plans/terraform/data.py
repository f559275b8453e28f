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
from mailcheck.plans.terraform.values import WrongError, shown

HOST_AT = {"CNAME": 0, "NS": 0, "PTR": 0, "DNAME": 0, "MX": 1, "SRV": 3}
"""The types whose last field is a name, and its position."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\\.', re.DOTALL)
_OF_FILES = re.compile(r"[\n\r;()]")
"""What ends data, or begins a comment, in a master file only (RFC 1035 §5.1)."""


def rdata(rdtype: str, text: str) -> str:
    """Return the data *text* of a record, whose names are absolute with or without a final dot.

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
            dns.rdataclass.IN, kind, text, origin=dns.name.root, relativize=False
        )
        return found.to_text()
    # Whatever a hostile text makes dnspython raise, it is no data.
    except (dns.exception.DNSException, ValueError, TypeError, IndexError, OverflowError) as error:
        said = str(error).rstrip(".") or "it cannot be read"
        raise WrongError(
            f"{shown(text)} is no data of {shown(rdtype)}: {shown_plain(said)}"
        ) from None


def shown_plain(text: str) -> str:
    """Return a text of a library for a message."""
    return shown(text)[1:-1]
