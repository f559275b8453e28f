"""Where the files lie that sentences name: in the folder of a suite, or in an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.source.nodes import Scalar
    from mailcheck.source.problems import Problems


class Files(Protocol):
    """Where the files of a suite are read."""

    def text(self, name: Scalar, problems: Problems, hint: str = "") -> tuple[str, str] | None:
        """Return the text of the file called *name* and how messages call it.

        None if it cannot be read, with the reason in *problems*; *hint* says how such a file is made.
        """


class GivenFiles:
    """Files whose *texts* are given by name, as those of examples are."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = dict(texts or {})

    def text(self, name: Scalar, problems: Problems, hint: str = "") -> tuple[str, str] | None:
        """Return the text of the file called *name* and that name."""
        if name.text in self._texts:
            return self._texts[name.text], visible(name.text)
        problems.add(name.place, f'file "{name.text}" does not exist', hint)
        return None
