"""Files that a file names lie beside it or below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.source.beside import OutsideError, beside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "suites"
    (folder / "lists").mkdir(parents=True)
    for path in (folder / "d.txt", folder / "lists" / "d.txt", tmp_path / "d.txt"):
        path.touch()
    (folder / "inside").symlink_to("lists/d.txt")
    (folder / "outside").symlink_to("../d.txt")
    (folder / "loop").symlink_to("loop")
    return folder


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("d.txt", "d.txt", id="beside"),
        pytest.param("lists/d.txt", "lists/d.txt", id="below"),
        pytest.param("./lists/./d.txt", "lists/d.txt", id="dots"),
        pytest.param("inside", "lists/d.txt", id="a link"),
    ],
)
def test_a_file_is_where_its_links_lead(folder: Path, name: str, found: str) -> None:
    assert beside(folder, name) == (folder / found).resolve()


@pytest.mark.parametrize(
    "name", ["../d.txt", "lists/../d.txt", "lists\\..\\d.txt", "/d.txt", "outside"]
)
def test_what_lies_elsewhere_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(OutsideError):
        beside(folder, name)


def test_a_folder_may_itself_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("suites")
    assert beside(tmp_path / "link", "d.txt") == (folder / "d.txt").resolve()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("none.txt", "No such file or directory", id="missing"),
        pytest.param("a\0b", "Invalid argument", id="NUL"),
        pytest.param("a" * 300, "File name too long", id="long"),
        pytest.param("loop", "Too many levels of symbolic links", id="a link to itself"),
        pytest.param("d.txt/e", "Not a directory", id="below a file"),
    ],
)
def test_a_name_without_a_file_says_why(folder: Path, name: str, why: str) -> None:
    with pytest.raises(OSError, match=why):
        beside(folder, name)
