"""What the name of a file says about the zone in it, and what a text is that is no zone."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import dns.exception
import dns.name

_MARKS = (".zone", ".db", ".dns", ".hosts")
"""Endings of zone files; a name without one may be a zone's as well."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?", re.ASCII | re.IGNORECASE)

_CLASSLESS = re.compile(r"\d+[-_]\d+\.(?:\d+\.){3}in-addr\.arpa", re.ASCII | re.IGNORECASE)
"""RFC 2317: the file's ``-`` or ``_`` may stand for the ``/`` of the zone."""

_BELOW_A_SLASH = re.compile(
    r"\d{1,3}/(?:2[5-9]|3[01])\.(?:\d{1,3}\.){3}in-addr\.arpa", re.ASCII | re.IGNORECASE
)
"""RFC 2317: the same where the ``/`` made a folder of what stands before it."""

_OTHER_ENDINGS = frozenset(
    (
        *("bak", "conf", "cfg", "csv", "html", "inc", "include", "j2", "jnl", "json", "md", "new"),
        *("old", "orig", "signed", "tf", "tmp", "toml", "txt", "xml", "yaml", "yml"),
    )
)
"""Endings that make no name of a zone of a file's name."""

_WORDS = frozenset(("db", "hosts", "master", "named", "pri", "primary", "root", "zone", "zones"))
"""First words of file names that stand before a zone's name or instead of it."""

_OTHERS = (
    (re.compile(r"\x00"), "a binary file"),
    (re.compile(r"\s*<[!?a-z]", re.IGNORECASE), "HTML or XML"),
    (re.compile(r"\s*[{\[]"), "JSON"),
    (re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:---\s|[\w.'\"-]+:(?:\s|$))"), "YAML"),
)


def from_file_name(shown: str) -> tuple[dns.name.Name | None, bool]:
    """Return the zone that the file *shown* is named after, and whether it is marked as a zone's.

    None if the name says no zone of at least two labels for certain.
    """
    path = PurePosixPath(shown.replace("\\", "/"))
    base = path.name
    text, marked = base, False
    for mark in _MARKS:
        if text.lower().endswith(mark):
            text, marked = text[: -len(mark)], True
            break
    if text.lower().startswith("db.") and not marked:
        text, marked = text[3:], True
    if _BELOW_A_SLASH.fullmatch(f"{path.parent.name}/{text}"):
        return dns.name.from_text(f"{path.parent.name}/{text}"), marked
    labels = text.removesuffix(".").split(".")
    if (
        len(labels) < 2
        or _CLASSLESS.fullmatch(text)
        or labels[-1].lower() in _OTHER_ENDINGS
        or labels[-1].isdigit()  # db.192.0.2
        or labels[0].lower() in _WORDS
        or not all(map(_LABEL.fullmatch, labels))
    ):
        return None, marked
    try:
        return dns.name.from_text(text), marked
    except dns.exception.DNSException:
        return None, marked


def certain(shown: str) -> dns.name.Name | None:
    """Return the zone that the file *shown* is named after, if it is marked as that of a zone."""
    named, marked = from_file_name(shown)
    return named if marked else None


def contradicts(zone: dns.name.Name, shown: str) -> dns.name.Name | None:
    """Return the zone that the file *shown* is named after, if that cannot be meant for *zone*.

    A name with more before or behind it (``example.com.internal.zone``) tells views apart.
    """
    named = certain(shown)
    if named is None:
        return None
    wanted, found = (f".{name.to_text(omit_final_dot=True).lower()}." for name in (zone, named))
    below_a_slash = f".{wanted.rpartition('/')[2]}" if "/" in wanted else wanted
    return None if wanted in found or below_a_slash in found else named


def other_format(text: str) -> str | None:
    """Return what *text*, in which no record was found, seems to be."""
    head = text[:4096]
    return next((kind for pattern, kind in _OTHERS if pattern.match(head)), None) or (
        "a binary file" if "\x00" in head else None
    )
