r"""Names as plans have them: relative or absolute, with or without the final dot, escaped, IDN.

All functions return names without the final dot, in lower case, in A-labels; what no host name has
is escaped as in master files (RFC 1035 §5.1).
"""

from __future__ import annotations

import re
from contextlib import suppress

import dns.exception
import dns.name

from mailcheck.names import is_under, to_a_labels

_USUAL = re.compile(r"(?:[a-z0-9_*-]{1,63}\.)*[a-z0-9_*-]{1,63}")
"""Names that are in their form already, if they are not too long."""

_LONGEST = 253


def full_name(text: str) -> str:
    """Return the name that *text* is, relative to the root.

    Raises:
        ValueError: if it is none; the text is a clause.
    """
    usual = text.lower().removesuffix(".")
    if _USUAL.fullmatch(usual) and len(usual) <= _LONGEST:
        return usual
    if text and not text.isascii():
        with suppress(ValueError):  # dnspython says what is wrong
            text = to_a_labels(text)
    try:
        name = dns.name.from_text(text, dns.name.root)
    except (dns.exception.DNSException, UnicodeError) as error:
        raise ValueError(f"it is no name: {str(error).rstrip('.')}") from None
    if not text:
        raise ValueError("the name is empty")
    return "." if name == dns.name.root else name.to_text(omit_final_dot=True).lower()


def name_in(text: str, zone: str) -> str:
    """Return the name *text* relative to *zone*; nothing, or ``@``, is the zone itself.

    With a final dot it is absolute.

    Raises:
        ValueError: if it is none, or absolute and not in the zone.
    """
    if text in ("", "@"):
        return zone
    if not text.endswith(".") or text.endswith("\\."):
        return full_name(f"{text}.{zone}" if zone != "." else text)
    name = full_name(text)
    if not is_under(name, zone):
        raise ValueError(f"{name} does not lie in the zone {zone}")
    return name


def name_in_or_with(text: str, zone: str) -> str:
    """Do the same where *text* may end with the zone without a final dot, and is absolute then.

    Raises:
        ValueError: as :func:`name_in` does.
    """
    if text not in ("", "@"):
        name = full_name(text)
        if is_under(name, zone):
            return name
    return name_in(text, zone)
