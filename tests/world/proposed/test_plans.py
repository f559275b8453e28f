"""Files that plans name: those of the project, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.world.proposed.plans import ProjectFiles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a plan, and secrets beside the project."""
    files = {
        "project/dns/plan.json": "{}",
        "project/dns/main.tf": "main",
        "project/dns/b.tf": "b",
        "project/dns/.hidden.tf": "hidden",
        "project/dns/notes.md": "notes",
        "project/modules/mail/mail.tf": "mail",
        "secret.tf": "secret",
        "alone/plan.json": "{}",
        "alone/alone.tf": "alone",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "project/dns/link.tf").symlink_to(tmp_path / "secret.tf")
    (tmp_path / "project/dns/loop.tf").symlink_to(tmp_path / "project/dns/loop.tf")
    (tmp_path / "project/dns/out").symlink_to(tmp_path)
    return tmp_path / "project"


PLAN = "dns/plan.json"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", "main"),
        ("../modules/mail/mail.tf", "mail"),
        pytest.param("../../secret.tf", None, id="out of the project"),
        pytest.param("link.tf", None, id="a link out of it"),
        pytest.param("out/secret.tf", None, id="a folder that is one"),
        pytest.param("loop.tf", None, id="a loop of links"),
        pytest.param("none.tf", None, id="none"),
        pytest.param("a\x00b", None, id="a NUL"),
        pytest.param("a" * 5000, None, id="too long"),
        pytest.param(".", None, id="a folder"),
        pytest.param("/etc/hostname", None, id="of this machine"),
    ],
)
def test_a_file_is_one_of_the_project(path: str, text: str | None, root: Path) -> None:
    found = ProjectFiles(root, root / PLAN).text(path, PLAN)
    assert (found.text if found else None) == text


def test_files_are_shown_as_seen_from_the_root(root: Path) -> None:
    found = ProjectFiles(root, root / PLAN).text("../modules/mail/mail.tf", PLAN)
    assert found
    assert found.shown == "modules/mail/mail.tf"


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        (".", ["dns/b.tf", "dns/main.tf"]),
        ("../modules/mail", ["modules/mail/mail.tf"]),
        ("out", []),
        ("none", []),
        ("..", []),
    ],
)
def test_files_of_a_folder(folder: str, names: list[str], root: Path) -> None:
    found = ProjectFiles(root, root / PLAN).files(folder, PLAN, ".tf")
    assert [one.shown for one in found] == names


@pytest.mark.parametrize(
    ("folder", "ending", "names"),
    [
        (".", "", []),
        ("..", "", ["dns", "modules"]),
        ("..", "s", ["dns", "modules"]),
        ("..", "ules", ["modules"]),
        ("../..", "", []),
    ],
)
def test_folders_of_a_folder(folder: str, ending: str, names: list[str], root: Path) -> None:
    assert list(ProjectFiles(root, root / PLAN).folders(folder, PLAN, ending)) == names


def test_a_plan_outside_of_the_project_may_have_its_own_folder_read(root: Path) -> None:
    plan = root.parent / "alone/plan.json"
    files = ProjectFiles(root, plan)
    found = files.text("alone.tf", str(plan))
    assert found
    assert found.text == "alone"
    assert files.text("../secret.tf", str(plan)) is None
