"""Asking for no more of a name than a server needs to know (RFC 9156)."""

from __future__ import annotations

MINIMISED = 10
"""Names that are asked one label at a time (RFC 9156 §2.3); reverse names of IPv6 have 34."""


def is_worth_a_question(step: str, name: str, rdtype: str, known: str, zone: str) -> bool:
    """Whether to ask for the NS of *step* before asking the question itself.

    Of the whole name only at the root and at a registry, where it is delegated and the answer serves
    every question about it; further down the question itself is mostly answered. But the DS of a
    zone stands above its cut (RFC 4035 §3.1.4.1).
    """
    if known == name:
        return False
    return step != name or (rdtype != "DS" and (zone == "." or "." not in zone))


def one_label_more(name: str, known: str) -> str:
    """Return the part of *name* that is one label longer than *known*, which lies above it."""
    labels = name.split(".")
    count = 1 if known == "." else known.count(".") + 2
    return ".".join(labels[-count:])
