"""A file that may be a plan, and what it is as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mailcheck.errors import Place, Problem, SourceError


@dataclass(frozen=True)
class Document:
    """The *text* of a file, which messages call *shown*."""

    text: str
    shown: str

    @cached_property
    def value(self) -> Any:
        """What the text is as JSON (RFC 8259); None if it is none, or ``null``."""
        try:
            return self.parsed()
        except SourceError:
            return None

    def parsed(self) -> Any:
        """Return the same of a text that has to be JSON.

        Raises:
            SourceError: if it is none.
        """
        try:
            return json.loads(self.text.removeprefix("\ufeff"))
        except json.JSONDecodeError as error:
            place = Place(self.shown, error.lineno, error.colno)
            raise SourceError([Problem(place, f"this is no JSON: {error.msg}")]) from None
        except (RecursionError, ValueError):  # thousands of brackets, or of digits
            problem = Problem(
                Place(self.shown, 1), "this JSON is too deep, or has too large a number"
            )
            raise SourceError([problem]) from None
