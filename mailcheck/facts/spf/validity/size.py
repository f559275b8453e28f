"""How an SPF record is cut into strings, and how large an answer with it is (RFC 7208 §3.3, §3.4)."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from dns.rdtypes.ANY.TXT import TXT

from mailcheck.evidence import visible
from mailcheck.facts.txt import MAX_STRING
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.validity.place import Place

MOST_OCTETS = 450
"""Octets of a record of which RFC 7208 §3.4 says that its answer fits into a datagram."""

MOST_IN_DATAGRAM = 512
"""Octets of an answer that everybody takes over UDP (RFC 1035 §4.2.1)."""

_HEADER, _QUESTION, _RECORD = 12, 6, 12
"""Octets of a message beside names and data: its header, its question (with the two that a name has
more than it is written with), a record whose name is a pointer to it (RFC 1035 §4.1)."""

_LIKE_A_TERM = re.compile(
    rb"[+?~-]?(?:all|a|mx|ptr)(?:[:/ ]|\Z)|[+?~-]?(?:include|exists|ip4|ip6):|(?:redirect|exp)="
)


def advice_on_size(root: Place) -> Iterator[tuple[str, str]]:
    """Yield tag and text of what is too large, or cut in the wrong place."""
    record, said = root.record, root.said
    if record is None or said is None or isinstance(said, Unobserved):
        return
    if len(record.text) > MOST_OCTETS:
        yield "long-record", f"the record has {len(record.text)} octets"
    if (octets := answer_octets(said)) > MOST_IN_DATAGRAM:
        count = len(said.records)
        of = f"{count} TXT records" if count > 1 else "the TXT record"
        yield (
            "long-answer",
            f"an answer with {of} of {visible(to_u_labels(said.name), 80)} has {octets} octets",
        )
    for strings in (txt.strings for txt in said.of(TXT)):
        if b"".join(strings) == root.records[0] and (at := glued(strings)):
            yield "glued-strings", f"between two strings of the record no space stands at {at}"


def answer_octets(answer: DnsAnswer) -> int:
    """Return the octets of a message with the TXT records of *answer*, and nothing beside them."""
    data = sum(_RECORD + sum(1 + len(s) for s in txt.strings) for txt in answer.of(TXT))
    return _HEADER + _QUESTION + len(answer.name) + data


def glued(strings: tuple[bytes, ...]) -> str:
    """Return the place where a string that is not full ends in a term and the next begins with one."""
    for one, other in itertools.pairwise(strings):
        full = len(one) == MAX_STRING
        if not full and one[-1:].strip() and _LIKE_A_TERM.match(other):
            last, first = one.split(b" ")[-1], other.split(b" ")[0]
            return visible((last + first).decode("latin-1"), 80)
    return ""
