r"""Texts of TXT records as octoDNS has them.

A semicolon is written ``\;`` (``octodns.record.chunked``), quotes around the whole are taken off,
``" "`` between parts too. Everything else stands for itself, backslashes as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.plans.octodns.values import UnreadableError
from mailcheck.plans.strings import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

_UNESCAPED = re.compile(r"\w;")
_TWICE = re.compile(r"\\\\;")


def text_of(raw: object, complain: Callable[[str], None]) -> str:
    """Return *raw* as octoDNS keeps it (``_ChunkedValue.process``).

    Raises:
        UnreadableError: if octoDNS cannot read it.
    """
    if raw is None:
        raise UnreadableError("it has an empty value")
    if not isinstance(raw, str):
        raise UnreadableError(
            f"YAML takes its text for {type(raw).__name__}; it needs quotes around it"
        )
    if _UNESCAPED.search(raw):
        complain("it has a semicolon that is not escaped: write \\; for each")
    if _TWICE.search(raw):
        complain("it has a semicolon that is escaped twice: write \\; for each")
    if not raw.isascii():
        complain("it has characters that are not ASCII")
    return (raw[1:-1] if raw.startswith('"') else raw).replace('" "', "")


def presented(text: str) -> str:
    """Return what octoDNS keeps as *text* in presentation form."""
    return quoted(text.replace("\\;", ";").encode("utf-8", "surrogateescape"))
