"""What whoever wrote a faulty SPF record probably meant.

Where one term is not clear, the record is not: what is published in its place is whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.spf.record.slips import (
    is_odd,
    known_name,
    meant,
    plain,
    readable,
    says_nothing,
    typed,
)
from mailcheck.facts.spf.record.syntax import VERSION, read_record
from mailcheck.facts.spf.record.terms import MECHANISMS
from mailcheck.facts.spf.record.writing import changed, merged

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mailcheck.facts.spf.record.terms import Modifier, SpfRecord

CLOSE = "; a text comes close: "
"""Behind it stands a text that is nearly a record, in a reason that there is none."""

LONGEST = 2048
"""Octets of a text that is looked at for what it may be."""

_FURTHER = 3
"""Words behind one that may belong to it."""

_CLOSE = re.compile(
    r"(?:(?:\S+\s+)?(?:[0-9]+\s+)?(?:in\s+)?txt\s+)?"  # a whole line of a zone file
    r"(?:spf(?:\s+record)?\s*[:=]?\s+(?=[\"'\\\s]*v))?[\"'\\(\s]*"
    r"(?P<version>(?:v|version)?\s*[:=-]*\s*(?:spf|sfp|psf)"
    r"(?:\s*[-_.]?v?(?P<number>[12](?:\.0)?)(?![0-9]|\.[0-9]))?)(?:/[a-z]*(?:pra|mfrom)[a-z,]*)?",
    re.IGNORECASE,
)
"""How a text begins that was meant to be a record; it may lack everything but ``spf``."""

_INSIDE = re.compile(r"(?P<version>v=spf(?P<number>1)) ", re.IGNORECASE)
"""How a record begins that stands behind something else, in one record with it."""

_SIGNS = frozenset("+?~-")

_BETWEEN = " ,;:.=|&\"'\\"


def close_to_a_record(texts: Iterable[bytes]) -> bytes:
    """Return the first of *texts* that somebody may have meant to be an SPF record; empty if none."""
    return next((text for text in texts if _is_close(text)), b"")


def told_close(text: bytes) -> str:
    """Say in a clause that *text* is nearly a record; nothing if there is no such text."""
    return f"{CLOSE}{visible(_shown(text), 80)}" if text else ""


def _shown(text: bytes) -> str:
    """Return *text* in the characters that people typed."""
    return typed(text.decode("latin-1"))


def record_meant(text: bytes) -> str:
    """Return the record that *text* was meant to be; empty if that is not clear."""
    found = _beginning(text)
    rest = found.string[found.end() :].strip(_BETWEEN) if found else ""
    if not rest:
        return ""
    record = read_record(f"{VERSION} {rest}".encode())
    terms = corrections(record)
    if terms is None:
        return ""
    whole = changed(record, terms)
    read = read_record(whole.encode("latin-1"))
    return whole if read.directives and not read.faults and not _is_open(read) else ""


def one_meant(records: Iterable[bytes]) -> str:
    """Return the record to put in the place of several; empty if they cannot be put together."""
    meanings = (record_meant(record).encode("latin-1") or record for record in records)
    return merged(tuple(meanings))


def _is_close(text: bytes) -> bool:
    found = _beginning(text)
    if found is None:
        return False
    at_once = found.start() == 0 and (found["number"] or found["version"][0] in "vV:=-")
    return bool(at_once or record_meant(text))


def _beginning(text: bytes) -> re.Match[str] | None:
    if len(text) > LONGEST:
        return None
    ours = plain(_shown(text)).strip()
    return _CLOSE.match(ours) or _INSIDE.search(ours)


def corrections(record: SpfRecord) -> dict[int, str] | None:
    """Return what is to stand in the place of terms, by their positions: nothing for some.

    Those are faulty, or can be read and say nothing: mechanisms written with ``=``, includes of what
    is no name of a host. None if it is not clear what one of them means, or if everybody would pass
    without ``+`` before ``all``: what stood there lets nobody pass.
    """
    terms = _corrections(record)
    whole = read_record(changed(record, terms or {}).encode("latin-1"))
    return None if record.faults and (whole.faults or _is_open(whole)) else terms


def _is_open(record: SpfRecord) -> bool:
    """Whether ``all`` stands in *record* without a sign, which may have been lost."""
    return any(directive.text.lower() == "all" for directive in record.directives)


def _corrections(record: SpfRecord) -> dict[int, str] | None:
    words = [(found.start(), found[0]) for found in re.finditer(r"[^ ]+", record.text)][1:]
    faulty = {fault.position: fault for fault in record.faults}
    terms = {term.position: meaning for term, meaning in written_with_equals(record)}
    for directive in record.directives:
        target = directive.target
        if directive.mechanism == "include" and target is not None and is_odd(target.text):
            terms[directive.position] = meant(directive.text) or directive.text
    for index, (position, text) in enumerate(words):
        if position not in faulty or position in terms:
            continue
        if faulty[position].what.endswith("stands twice"):
            first = record.redirect
            if first and text.lower().startswith("redirect") and text.lower() != first.text.lower():
                return None  # of two domains, one would be lost
            terms[position] = ""
        elif term := meant(text):
            terms[position] = term
        elif says_nothing(text):
            terms[position] = ""
        elif joined := _joined(words, index, faulty):
            terms |= joined
        else:
            return None
    return terms


def written_with_equals(record: SpfRecord) -> tuple[tuple[Modifier, str], ...]:
    """Return modifiers that nobody knows and were meant as mechanisms (``include=a.b``), with those."""
    found = ((m, meant(m.text)) for m in record.modifiers if known_name(m.name) in MECHANISMS)
    return tuple((modifier, term) for modifier, term in found if term)


def _joined(words: list[tuple[int, str]], index: int, faulty: Container[int]) -> dict[int, str]:
    """Return the term that a faulty word is a part of, if spaces stand within; as corrections."""
    position, text = words[index]
    text = plain(typed(text)) or text
    if text[0] in ":/" and index:
        before, name = words[index - 1]
        term = readable(name + text) if text[0] == "/" or name.lstrip("+?~-").isalpha() else ""
        return {before: term, position: ""} if term else {}
    name = text.strip(_BETWEEN)
    names_one = bool(known_name(name.lstrip("+?~-")))
    behind, taken = "", {}
    for further, word in words[index + 1 : index + 1 + _FURTHER]:
        if text in _SIGNS and word.lower() == "all":
            return {position: text + word, further: ""}
        if further not in faulty:
            break
        behind += word.strip(_BETWEEN)
        taken[further] = ""
        whole = f"{name}:{behind}"
        if names_one and behind and (term := meant(whole) or readable(whole)):
            return {position: term, **taken}
    return {}
