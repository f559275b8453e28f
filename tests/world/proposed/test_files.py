"""Files of a change that strangers wrote: links, strange names, and trees without end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailcheck.errors import UsageError
from mailcheck.world.proposed.files import backups_in, files_of, including, shown, text_of
from mailcheck.zones.reading.including import IncludeError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and something beside it that is not its own."""
    project = tmp_path / "project"
    (project / "zones").mkdir(parents=True)
    (project / "zones" / "example.com").write_text("; a zone\n")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "token").write_text("hush\n")
    (project / "folder").symlink_to(tmp_path / "secrets")
    (project / "token.zone").symlink_to(tmp_path / "secrets" / "token")
    (project / "inside.zone").symlink_to(project / "zones" / "example.com")
    return project


@pytest.mark.parametrize("name", ["folder", "token.zone", "folder/token", "zones/../token.zone"])
def test_a_change_does_not_lead_out_of_the_project(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match="leads out of the project"):
        files_of(root / name, root)


def test_links_within_it_and_paths_outside_that_are_given_are_read(root: Path) -> None:
    assert files_of(root / "inside.zone", root) == [root / "inside.zone"]
    outside = root / ".." / "secrets"
    assert files_of(outside, root) == [outside / "token"]


@pytest.mark.parametrize(
    "name", ["loop", "loop/x", "a" * 300, "a/" * 3000, "fifo", ".", "example.com/x"]
)
def test_what_cannot_be_included(root: Path, name: str) -> None:
    zones = root / "zones"
    (zones / "loop").symlink_to("loop")
    os.mkfifo(zones / "fifo")
    with pytest.raises(IncludeError, match="no file"):
        including(zones, root)(name, "zones/example.com")


@pytest.mark.parametrize(
    ("start", "where"), [pytest.param("zones", "zones", id="a folder"), ("", "the project")]
)
@pytest.mark.parametrize("name", ["/etc/passwd", "../../secrets/token"])
def test_an_include_that_leads_out_is_told_without_paths_of_the_machine(
    root: Path, start: str, where: str, name: str
) -> None:
    with pytest.raises(IncludeError) as refused:
        including(root / start, root)(name, "zones/example.com")
    assert str(refused.value) == f"{name} does not lie below {where}"


BACKUPS = ("a.zone~", "#a.zone#", "a.zone.orig", "a.zone.rej", "a.BAK", "a.zone.swp", "a.swo")


def test_copies_that_editors_leave_are_no_zones_unless_they_are_named(root: Path) -> None:
    for name in (*BACKUPS, "~", "a.swapped", "x.bak.zone", ".hidden~"):
        (root / "zones" / name).write_text("; a copy\n")
    assert {path.name for path in files_of(root / "zones", root)} == {
        "example.com", "~", "a.swapped", "x.bak.zone",
    }  # fmt: skip
    assert [path.name for path in backups_in(root / "zones")] == sorted(BACKUPS)
    assert files_of(root / "zones" / BACKUPS[0], root) == [root / "zones" / BACKUPS[0]]


def test_folders_that_are_too_deep_are_an_error_of_the_run(root: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(root / "zones")
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
    finally:
        os.chdir(here)
    with pytest.raises(UsageError, match="zones has folders that cannot be read, or are too deep"):
        files_of(root / "zones", root)
    assert backups_in(root / "zones") == []


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        pytest.param("zones/a b", "zones/a b", id="ordinary"),
        pytest.param("a\n::error::x\x1b[31m", r"a\n::error::x\x1b[31m", id="lines and colours"),
        pytest.param("::error::x", "./::error::x", id="a command at the beginning"),
        pytest.param("\udcff.zone", r"\udcff.zone", id="octets that are not UTF-8"),
    ],
)
def test_names_of_files_do_nothing(root: Path, name: str, seen: str) -> None:
    assert shown(root / name, root) == seen
    assert shown(root / "x" / name, root) == f"x/{seen.removeprefix('./')}"


def test_a_file_that_is_too_large(root: Path) -> None:
    with (root / "large").open("wb") as large:
        large.truncate(2**27 + 1)
    with pytest.raises(UsageError, match="is larger than 134217728 octets"):
        text_of(root / "large")
