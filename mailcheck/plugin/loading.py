"""How mailcheck's own modules are loaded in a pytest session: as they are.

pytest rewrites the asserts of every installed plugin's package, so that failing ones explain
themselves. For that it parses each module anew wherever it cannot write its own cache, as in a
container of CI: a second of start-up, for asserts that only tell a type checker what is known.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_OURS = f"{__name__.partition('.')[0]}."


class OwnModules(MetaPathFinder):
    """Finds the modules of this package before pytest's finder does."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where *fullname* is, if it is ours."""
        return PathFinder.find_spec(fullname, path, target) if fullname.startswith(_OURS) else None


sys.meta_path.insert(0, OwnModules())
