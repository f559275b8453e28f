"""What macros stand for, and the names that expanded domain specs ask for (RFC 7208 §7)."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.exception
import dns.name

from mailcheck.facts.records import normal_name
from mailcheck.names import MAX_LABEL, MAX_NAME, Address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.facts.spf.record.macro_string import Macro, MacroString

POSTMASTER = "postmaster"
"""The local part of a sender that has none (§4.3)."""

UNKNOWN = "unknown"
"""What stands for a client without a validated name, and for the receiver (§7.3)."""

_USUAL_NAME = re.compile(r"(?:[A-Za-z0-9_-]{1,63}\.)+[A-Za-z0-9_-]{1,63}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a receiver has before it: what the client said, and where it connects from.

    ``sender`` is the mailbox of MAIL FROM, of which ``local`` and ``domain`` are the parts around
    the last @; ``helo`` is what the client said after EHLO.
    """

    ip: Address
    local: str
    domain: str
    helo: str

    @classmethod
    def of(cls, ip: Address, sender: str, helo: str) -> Identity:
        """Read *sender*: ``postmaster`` of *helo* where it is empty (§2.4)."""
        local, _, domain = sender.rpartition("@")
        return cls(ip, local or POSTMASTER, domain or helo, helo)

    def values(self) -> dict[str, str]:
        """Return what the letters stand for that are the same in every record.

        In IPv6 addresses ``i`` has dots between the digits, as reverse names have.
        """
        v4 = self.ip.version == 4
        dotted = str(self.ip) if v4 else ".".join(self.ip.exploded.replace(":", "").upper())
        return {
            "s": f"{self.local}@{self.domain}",
            "l": self.local,
            "o": self.domain,
            "i": dotted,
            "v": "in-addr" if v4 else "ip6",
            "h": self.helo,
            "c": str(self.ip),
            "r": UNKNOWN,
        }


def expand(text: MacroString, values: Mapping[str, str]) -> str:
    """Put *values*, by letter, in the place of the macros of *text*."""
    if text.plain is not None:
        return text.plain
    parts = (p if isinstance(p, str) else _value(p, values[p.letter]) for p in text.parts)
    return "".join(parts)


def _value(macro: Macro, value: str) -> str:
    """Cut, turn and escape the *value* of *macro* (§7.3)."""
    if macro.parts or macro.reverse or macro.delimiters:
        parts = re.split(f"[{re.escape(macro.delimiters or '.')}]", value)
        if macro.reverse:
            parts.reverse()
        value = ".".join(parts[-macro.parts :])
    return urllib.parse.quote(value, safe="-._~") if macro.escaped else value


def name_of(domain: str) -> str | None:
    """Return the name, in normal form, that DNS is asked for where *domain* is meant.

    What is longer than a name can be loses labels on its left (§7.3); a dot at the end is no part
    of it. None if no such name can be: a label is empty, or longer than a label can be.
    """
    if len(domain) <= MAX_NAME and _USUAL_NAME.fullmatch(domain):
        return domain.lower()
    octets = _octets(domain)
    if len(octets) > MAX_NAME:
        octets = octets[octets.find(b".", len(octets) - MAX_NAME - 1) + 1 :]
    labels = octets.split(b".")
    if not all(0 < len(label) <= MAX_LABEL for label in labels):
        return None
    try:
        return normal_name(dns.name.Name([*labels, b""]))
    except dns.exception.DNSException:
        return None


def is_too_long(domain: str) -> bool:
    """Whether *domain* is longer than a name can be, so that :func:`name_of` has to cut it."""
    return len(_octets(domain)) > MAX_NAME


def _octets(domain: str) -> bytes:
    return domain.removesuffix(".").encode("utf-8", "surrogatepass")


def is_multi_label(domain: str) -> bool:
    """Whether *domain* is a name of several labels, as those are that are looked up (§4.3).

    An address literal is none, whatever dots it has.
    """
    return "." in domain.removesuffix(".") and not domain.startswith("[")
