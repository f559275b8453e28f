"""The texts published at a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.rdataclass
import dns.rdatatype
from dns.rdtypes.ANY.TXT import TXT

from mailcheck.facts.lookup import Lookup
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer

MAX_STRING = 255
"""Octets of one character-string of a TXT record (RFC 1035 §3.3)."""

_ZONE_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ZONE_FORM = re.compile(rb"%b(?:\s+%b)*" % ((_ZONE_STRING.pattern,) * 2), re.DOTALL)
_ESCAPED = re.compile(rb"\\(25[0-5]|2[0-4][0-9]|[01][0-9]{2}|.)", re.DOTALL)


@question
class Texts(Question["TextsFact"]):
    """The TXT records of *name*."""

    name: str

    async def derive(self) -> TextsFact:
        """Look them up."""
        return texts(await Lookup(self.name, "TXT"))


@dataclass(frozen=True, slots=True)
class TextsFact:
    """One text for each TXT record: its strings put together without anything between them.

    Octets, because nothing says how a text is encoded. ``answer`` is the DNS answer itself.
    """

    texts: tuple[bytes, ...]
    answer: DnsAnswer


def texts(answer: DnsAnswer) -> TextsFact:
    """Read the texts from an answer to a TXT query."""
    return TextsFact(tuple(b"".join(record.strings) for record in answer.of(TXT)), answer)


def txt_record(name: str, text: bytes) -> str:
    """Return a TXT record in zone-file form, *text* cut into as many strings as it needs."""
    strings = [text[i : i + MAX_STRING] for i in range(0, len(text), MAX_STRING)] or [b""]
    rdata = TXT(dns.rdataclass.IN, dns.rdatatype.TXT, strings)
    return f"{name}.  3600  IN  TXT  {rdata.to_text()}"


def as_published(text: str) -> bytes:
    """Return the octets a record holds for *text*, which may be quoted as in a zone file."""
    octets = text.strip().encode("utf-8", "surrogatepass")
    if not _ZONE_FORM.fullmatch(octets):
        return octets
    return _ESCAPED.sub(_unescaped, b"".join(_ZONE_STRING.findall(octets)))


def _unescaped(match: re.Match[bytes]) -> bytes:
    """Read an escape of a zone file (RFC 1035 §5.1): three digits are an octet."""
    return bytes([int(match[1])]) if len(match[1]) == 3 else match[1]
