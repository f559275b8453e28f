"""What is said of a cause."""

from __future__ import annotations

from typing import NamedTuple


class Cause(NamedTuple):
    """What a cause means, and what its reader can do; Markdown, one sentence or two each."""

    means: str
    do: str


ASK_ANOTHER = "Name another resolver with `--mail-resolver`."

OTHER_RCODE = "rcode-N"
"""Stands for every answer code that has no entry of its own."""
