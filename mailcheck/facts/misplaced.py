"""A record that is not where it belongs: what stands there instead, and where else it was put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.txt import Texts, TextsFact
from mailcheck.finding import Reason, Remedy
from mailcheck.names import MAX_NAME, to_u_labels
from mailcheck.question import each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SHOWN = 60
"""Characters of a text that a reason repeats."""

ALIAS = "CNAME"
"""What a reason is about if the name where a record belongs is an alias: nothing may stand beside."""


async def elsewhere(
    names: Iterable[str], is_meant: Callable[[str, bytes], bool]
) -> tuple[str, tuple[bytes, ...]]:
    """Return the first of *names* that has texts meant to be the record, and these; or nothing.

    *is_meant* is asked of each name and a text at it. Where a name is too long, or nobody knows what
    it has, there is none.
    """
    asked = [name for name in names if len(name) <= MAX_NAME]
    for name, found in zip(asked, await each_of(map(Texts, asked)), strict=True):
        texts = found.texts if isinstance(found, TextsFact) else ()
        if meant := tuple(text for text in texts if is_meant(name, text)):
            return name, meant
    return "", ()


def text_at(owner: str, text: bytes) -> str:
    """Say that *text* stands at *owner*, where a record of another kind belongs."""
    shown = visible(text.decode("utf-8", "replace"), SHOWN)
    return f"{to_u_labels(owner)} says {shown}"


def to_publish(reason: Reason, instruction: str, by_hand: str) -> Remedy:
    """Return the record of *reason* to publish; how to write it *by_hand*, where it has none to show."""
    if reason.instead:
        return Remedy(reason.instead, instruction)
    return Remedy(instruction=f"{instruction} {by_hand}")
