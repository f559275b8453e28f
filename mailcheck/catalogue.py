"""The checks there are, found by walking packages; no list names them.

A file below ``mailcheck/checks/`` with a ``CHECK`` is a check; its id is the file's name with
hyphens (``has_mx.py`` is ``has-mx``). It is imported when somebody says its sentence. A project's
own checks come the same way from a directory (ini key ``mail_checks``) or from a package an
installed distribution names under the entry point group ``mailcheck.checks``; these are imported at
once, so that a mistake in one shows in every run.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import pkgutil
import sys
from functools import cached_property
from importlib.metadata import entry_points
from itertools import combinations
from types import ModuleType
from typing import TYPE_CHECKING, Any

from mailcheck.check_files import CheckFile, check_files, check_of, id_of
from mailcheck.errors import CatalogueError
from mailcheck.template import collide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from mailcheck.check import Check
    from mailcheck.template import Template

ENTRY_POINT_GROUP = "mailcheck.checks"


class Catalogue:
    """All checks of a run by id, in the order of their ids; each is read when it is wanted.

    ``templates`` are known of all. Raises CatalogueError where a check is read and cannot be.
    """

    def __init__(self, checks: Mapping[str, Check[Any] | CheckFile]) -> None:
        self._checks = dict(checks)
        self.templates: Mapping[str, Template] = {i: c.template for i, c in checks.items()}

    def check(self, check_id: str) -> Check[Any]:
        """Return the check of this id."""
        found = self._checks[check_id]
        if isinstance(found, CheckFile):
            found = self._checks[check_id] = found.load()
        return found

    @cached_property
    def checks(self) -> dict[str, Check[Any]]:
        """All of them: for pages, and for whoever looks for what was probably meant."""
        return {check_id: self.check(check_id) for check_id in self._checks}

    def __iter__(self) -> Iterator[tuple[str, Check[Any]]]:
        return iter(self.checks.items())

    def tagged(self, tag: str) -> list[tuple[str, Check[Any]]]:
        """Return the checks that may give *tag*, as a reason or as advice."""
        return [(i, c) for i, c in self if tag in c.unmet_tags or tag in c.advice_tags]


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """Find the built-in checks, and load those of installed distributions and in *directory*.

    Raises:
        CatalogueError: if a file cannot be imported, has no usable ``CHECK``, or if two checks
            share an id or could read the same sentence.
    """
    checks: dict[str, Check[Any] | CheckFile] = {}
    for file in check_files():
        if isinstance(file, CheckFile):
            checks[id_of(file.module)] = file
        else:
            _add(checks, file, "mailcheck")
    shipped = frozenset(checks)
    for origin, modules in _origins(directory):
        for module in modules:
            _add(checks, module, origin)
    catalogue = Catalogue(dict(sorted(checks.items())))
    if len(checks) > len(shipped):
        verify_unambiguous(catalogue, shipped)
    return catalogue


def _origins(directory: Path | None) -> Iterator[tuple[str, Iterable[ModuleType]]]:
    for entry_point in entry_points(group=ENTRY_POINT_GROUP):
        origin = f"entry point {entry_point.name!r}"
        yield origin, _guarded(lambda ep=entry_point: _walk(ep.load()), origin)
    if directory is not None:
        if not directory.is_dir():
            raise CatalogueError(f"mail_checks: {directory} is not a directory")
        yield str(directory), (_import_file(path) for path in sorted(_checks_below(directory)))


def _checks_below(directory: Path) -> Iterator[Path]:
    """Yield the files of a project's own checks; its tests may lie beside them."""
    for path in directory.rglob("*.py"):
        if not (path.name.startswith("test_") or path.name == "conftest.py"):
            yield path


def _guarded(load: Any, origin: str) -> Iterable[ModuleType]:
    try:
        return list(load())
    except KeyboardInterrupt:
        raise
    except CatalogueError as error:
        raise CatalogueError(f"{origin} cannot be loaded: {error}") from error
    except BaseException as error:
        raise CatalogueError(f"{origin} cannot be loaded: {error!r}") from error


def _walk(package: ModuleType) -> Iterator[ModuleType]:
    if not isinstance(package, ModuleType):
        kind = type(package).__name__
        raise CatalogueError(f"an entry point names a module or a package, and this is a {kind}")
    yield package
    for info in pkgutil.walk_packages(getattr(package, "__path__", ()), package.__name__ + "."):
        # Packages too: walk_packages passes over one that cannot be imported, and all in it.
        yield importlib.import_module(info.name)


def _import_file(path: Path) -> ModuleType:
    # A file of a project's own has no package; its module name is made from the path, so that two
    # projects in one process do not share it.
    name = f"mailcheck_checks_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}"
    name = f"{name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CatalogueError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        del sys.modules[name]
        if isinstance(error, CatalogueError):
            raise CatalogueError(f"{path}: {error}") from error
        raise CatalogueError(f"{path} cannot be imported: {error!r}") from error
    return module


def _add(checks: dict[str, Check[Any] | CheckFile], module: ModuleType, origin: str) -> None:
    found = check_of(module)
    if found is None:
        return
    name = id_of(module.__name__)
    if name in checks:
        raise CatalogueError(f"check {name!r} of {origin} has the id of one already loaded")
    checks[name] = found


def verify_unambiguous(catalogue: Catalogue, shipped: frozenset[str]) -> None:
    """See that no sentence has two readings; among the *shipped* checks the tests have seen to it.

    Raises:
        CatalogueError: if one has.
    """
    forms = [(name, form) for name, one in catalogue.templates.items() for form in one.forms]
    for (name, form), (other, other_form) in combinations(forms, 2):
        if name in shipped and other in shipped:
            continue
        if collide(form, other_form, _accepting(catalogue, name), _accepting(catalogue, other)):
            templates = catalogue.templates
            raise CatalogueError(
                f"a sentence could be read as {name} ({templates[name].text!r}) and as "
                f"{other} ({templates[other].text!r})"
            )


def _accepting(catalogue: Catalogue, check_id: str) -> Callable[[str, str], bool]:
    return lambda slot, word: catalogue.check(check_id).slots[slot].accepts(word)
