"""The checks that come with mailcheck, known by their sentences before they are imported.

Most suites say a few sentences, and importing every check takes longer than judging them. A check
gives its template as a literal on a line of its own, so its source tells what it reads. A source
that does not is imported at once; and a check whose template is not what its source told is refused.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import mailcheck.checks
from mailcheck.check import Check
from mailcheck.errors import CatalogueError
from mailcheck.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_TEMPLATE = re.compile(r'\n    template="([^"\\\n]+)",\n')
"""How the formatter lays out the argument of :func:`mailcheck.check.check`."""


class CheckFile(NamedTuple):
    """A check that is still to be imported, and the template its source told."""

    module: str
    template: Template

    def load(self) -> Check[Any]:
        """Import the check.

        Raises:
            CatalogueError: if it cannot be imported, or has another template.
        """
        found = check_of(guarded(self.module))
        if found is None or found.template != self.template:
            raise CatalogueError(f"{self.module} has no check that reads {self.template.text!r}")
        return found


def check_files(package: ModuleType = mailcheck.checks) -> Iterator[CheckFile | ModuleType]:
    """Yield the file of each check in *package*, or the module that had to be imported."""
    for name, spec in _modules(package.__path__, package.__name__ + "."):
        templates = _TEMPLATE.findall(_source(spec))
        yield CheckFile(name, Template.parse(*templates)) if len(templates) == 1 else guarded(name)


def id_of(module: str) -> str:
    """Return the id of the check that the module of this name has."""
    return module.rpartition(".")[2].replace("_", "-")


def check_of(module: ModuleType) -> Check[Any] | None:
    """Return the ``CHECK`` of *module*, if it has one.

    Raises:
        CatalogueError: if it is something else.
    """
    found = getattr(module, "CHECK", None)
    if found is not None and not isinstance(found, Check):
        raise CatalogueError(f"CHECK of {module.__file__} is not made by mailcheck.check.check")
    return found


def guarded(name: str) -> ModuleType:
    """Import the module *name* of mailcheck.

    Raises:
        CatalogueError: if that ends in any other way, but for Ctrl-C.
    """
    try:
        return importlib.import_module(name)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise CatalogueError(f"a check of mailcheck cannot be loaded: {error!r}") from error


def _modules(path: Sequence[str], prefix: str) -> Iterator[tuple[str, ModuleSpec]]:
    """Walk as pkgutil does, but without importing the packages on the way."""
    for info in pkgutil.iter_modules(path, prefix):
        spec = info.module_finder.find_spec(info.name, None)
        if spec is None:
            continue
        if info.ispkg:
            yield from _modules(spec.submodule_search_locations or (), info.name + ".")
        else:
            yield info.name, spec


def _source(spec: ModuleSpec) -> str:
    get_source = getattr(spec.loader, "get_source", None)
    return (get_source(spec.name) if get_source else None) or ""
