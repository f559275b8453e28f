"""The texts published at a name."""

from __future__ import annotations

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
