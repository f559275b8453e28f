"""Which world a folder's suites are judged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import UsageError
from mailcheck.world.which import shown_below, which_world

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_lab_it_is_the_network(tmp_path: Path) -> None:
    (tmp_path / "lab.yml").touch()
    assert which_world(None, tmp_path, tmp_path) == "live"


def test_offline_it_is_nobody(tmp_path: Path) -> None:
    assert which_world(None, tmp_path, tmp_path, offline=True) == "offline"


def test_the_nearest_lab_serves_a_folder_below_it(tmp_path: Path) -> None:
    below = tmp_path / "suites" / "below"
    below.mkdir(parents=True)
    assert which_world("auto", below, tmp_path) == "no lab"
    (tmp_path / "suites" / "lab.yml").touch()
    assert which_world("auto", below, tmp_path) == tmp_path / "suites" / "lab.yml"


def test_a_named_lab_serves_every_folder_and_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no lab at "):
        which_world(tmp_path, tmp_path / "elsewhere", tmp_path)
    (tmp_path / "lab.yml").touch()
    assert which_world(tmp_path, tmp_path / "elsewhere", tmp_path) == tmp_path / "lab.yml"


@pytest.mark.parametrize(
    ("path", "shown"), [("a/lab.yml", "a/lab.yml"), ("../lab.yml", None), (".", ".")]
)
def test_paths_are_shown_below_the_root(tmp_path: Path, path: str, shown: str | None) -> None:
    root = tmp_path / "root"
    where = (root / path).resolve()
    assert shown_below(where, root) == (shown or where.as_posix())
