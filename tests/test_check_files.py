"""What the source of a check tells, and what happens where it does not."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from mailcheck.check_files import CheckFile, check_files, id_of
from mailcheck.errors import CatalogueError
from mailcheck.template import Template
from tests.test_catalogue import source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OTHER = '_ = dict(\n    template="other words",\n)\n'
TOLD = source("domain [{domain}] is ours")
ADDED = TOLD.replace('"domain [{domain}] is ours"', '"domain [{domain}]" + " is ours"')
IS_OURS = "acme_told.deeper.is_ours"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ModuleType]]:
    """Write a package with one check in a folder of it."""

    def write(text: str) -> ModuleType:
        folder = tmp_path / "acme_told" / "deeper"
        folder.mkdir(parents=True)
        for path in (folder.parent / "__init__.py", folder / "__init__.py"):
            path.write_text("")
        (folder / "is_ours.py").write_text(text, "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return importlib.import_module("acme_told")

    yield write
    for name in [name for name in sys.modules if name.startswith("acme_told")]:
        del sys.modules[name]


def test_a_source_that_tells_its_template_is_not_imported(
    package: Callable[..., ModuleType],
) -> None:
    [file] = check_files(package(TOLD))
    assert file == CheckFile(IS_OURS, Template.parse("domain [{domain}] is ours"))
    assert id_of(file.module) == "is-ours"
    assert not {"acme_told.deeper", IS_OURS} & set(sys.modules)
    assert file.load().template == file.template


@pytest.mark.parametrize("text", [ADDED, TOLD + OTHER, "LIMIT = 5\n"], ids=["made", "two", "none"])
def test_a_source_that_does_not_is_imported(package: Callable[..., ModuleType], text: str) -> None:
    [module] = check_files(package(text))
    assert isinstance(module, ModuleType)
    assert module.__name__ == IS_OURS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(ADDED + OTHER, "has no check that reads 'other words'", id="other words"),
        pytest.param(TOLD.replace("CHECK =", "_ ="), "has no check that reads", id="no check"),
        pytest.param(
            TOLD.replace("mailcheck.slots", "nothing_like_it"), "nothing_like_it", id="no import"
        ),
        pytest.param("CHECK = 5\n" + OTHER, "is not made by mailcheck.check.check", id="five"),
    ],
)
def test_what_is_not_the_check_it_told_of_is_refused(
    package: Callable[..., ModuleType], text: str, why: str
) -> None:
    [file] = check_files(package(text))
    assert isinstance(file, CheckFile)
    with pytest.raises(CatalogueError, match=why):
        file.load()
