"""The node of a suite, made for every one that lies beside a test: so this imports nothing more."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class SuiteFile(pytest.File):
    """A suite, read once pytest wants its items: not when a file beside it is run."""

    location = ""
    """Its path as reports show it, once known."""

    @cached_property
    def folder(self) -> Path:
        """Where it lies: one path for all its items, whose hash is made once."""
        return self.path.parent

    def id_of(self, name: str) -> Any:
        """Return the id of the item of this *name*, equal to what pytest reads from it as text.

        There it takes what stands in brackets for a test's parameters. ``--lf`` and ``--ff``
        compare with what was read so, and an id with brackets in its name would equal none.
        """
        own = self.id
        return type(own).parse(f"{own}::{name}") if "[" in name else own.child(name)

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each requirement, or the one that says what is wrong."""
        from mailcheck.plugin.garbage import reading

        with reading():
            from mailcheck.plugin.collect import collected

            yield from collected(self)
