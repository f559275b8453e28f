"""``{domain}`` in a sentence or an option: the subject of that name.

``{{domain}}`` is those characters themselves. Braces after ``%`` or ``$`` are left alone: ``%{i}``
is a macro of SPF (RFC 7208 §7), ``${env:NAME}`` a secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLACEHOLDER = re.compile(r"\{\{(?P<literal>\w+)\}\}|(?<![%${])\{(?P<subject>[A-Za-z_]\w*)\}")


def named_in(text: str) -> Iterator[str]:
    """Yield the subjects *text* names."""
    if "{" in text:
        for match in PLACEHOLDER.finditer(text):
            if match["subject"]:
                yield match["subject"]


def fill(text: str, subjects: Mapping[str, str]) -> str:
    """Put the *subjects* in their places.

    Raises:
        KeyError: for a subject that is not there.
    """
    if "{" not in text:
        return text
    return PLACEHOLDER.sub(
        lambda match: f"{{{match['literal']}}}" if match["literal"] else subjects[match["subject"]],
        text,
    )
