"""Values that all parts of a ``lab.yml`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import pytest

from mailcheck.errors import Place
from mailcheck.lab.lab_file import LabFile
from mailcheck.source.nodes import Scalar
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

ZONE = "$TTL 60\n@ SOA ns. hm. 1 2 3 4 5\n@ NS ns.example.net.\n"


@pytest.fixture
def file(tmp_path: Path) -> LabFile:
    return LabFile(tmp_path, "suites/lab.yml", Problems())


def scalar(text: str) -> Scalar:
    return Scalar(text, Place("suites/lab.yml", 3, 5))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("Example.COM.", "example.com.", id="case and dot"),
        pytest.param(".", ".", id="the root"),
        pytest.param("203.0.113.0/24", "113.0.203.in-addr.arpa.", id="a network"),
        pytest.param("10.0.0.0/8", "10.in-addr.arpa.", id="a large network"),
        pytest.param("0/26.113.0.203.in-addr.arpa", "0/26.113.0.203.in-addr.arpa.", id="classless"),
        pytest.param("2001:db8::/48", "0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.", id="an IPv6 network"),
        pytest.param("0.0.0.0/0", "in-addr.arpa.", id="all of IPv4"),
    ],
)
def test_names(file: LabFile, written: str, name: str) -> None:
    """A network stands for its reverse zone."""
    assert str(file.name(scalar(written))) == name
    assert not file.problems


def test_a_network_with_host_bits_is_none(file: LabFile) -> None:
    """203.0.113.25/24 may mean two things."""
    assert file.name(scalar("203.0.113.25/24")) is None
    assert [p.what for p in file.problems.found] == ["203.0.113.25/24 has host bits set"]


def test_zone_files_in_folders_are_named_as_seen_from_the_suite(
    file: LabFile, tmp_path: Path
) -> None:
    """A problem in zones/a.zone beside suites/lab.yml is one of suites/zones/a.zone."""
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones" / "a.zone").write_text(ZONE + "x AX y\n")
    assert file.zone(scalar("example.com"), scalar("zones/a.zone")) is None
    [problem] = file.problems.found
    assert str(problem.place) == "suites/zones/a.zone:4:1"


def test_a_file_is_read_once_for_each_zone(file: LabFile, tmp_path: Path) -> None:
    """One file may be the copy of several servers, and of several zones."""
    (tmp_path / "a.zone").write_text(ZONE)
    first = file.zone(scalar("example.com"), scalar("a.zone"))
    assert file.zone(scalar("EXAMPLE.com"), scalar("a.zone")) is first
    other = file.zone(scalar("example.net"), scalar("a.zone"))
    assert other is None  # ns.example.net is now inside and has no address
    assert first is not None
    assert first.origin == dns.name.from_text("example.com")


def test_a_zone_may_be_of_several_files(file: LabFile, tmp_path: Path) -> None:
    """A file is looked for beside the one that names it, then from the lab's folder."""
    (tmp_path / "zones" / "inc").mkdir(parents=True)
    (tmp_path / "zones" / "a.zone").write_text(ZONE + "$INCLUDE inc/mail\n")
    (tmp_path / "zones" / "inc" / "mail").write_text("mail A 192.0.2.1\n$INCLUDE more\n")
    (tmp_path / "zones" / "inc" / "more").write_text("$INCLUDE zones/last\n")
    (tmp_path / "zones" / "last").write_text("last A 192.0.2.2\n")
    zone = file.zone(scalar("example.com"), scalar("zones/a.zone"))
    assert zone is not None, file.problems.found
    assert {str(name) for name in zone.nodes} == {
        "example.com.", "mail.example.com.", "last.example.com.",
    }  # fmt: skip
    inside = Scalar(f"{ZONE}$INCLUDE zones/last\n", Place("suites/lab.yml", 3, 5), style="|")
    assert file.zone(scalar("example.com"), inside) is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("/etc/passwd", "lies outside of the lab's folder", id="absolute"),
        pytest.param("../secret", "lies outside of the lab's folder", id="above"),
        pytest.param("link", "lies outside of the lab's folder", id="a link"),
        pytest.param("gone", "there is no file gone", id="nothing"),
        pytest.param("a" * 300, "there is no file aaa", id="too long"),
        pytest.param("a.zone", "it never ends", id="itself"),
        pytest.param("octets", "the byte 0xff is not UTF-8", id="octets"),
        pytest.param("zones", "it is not a regular file", id="a folder"),
    ],
)
def test_what_a_zone_of_a_lab_cannot_include(
    file: LabFile, tmp_path: Path, name: str, said: str
) -> None:
    lab = tmp_path / "lab"
    (lab / "zones").mkdir(parents=True)
    (tmp_path / "secret").write_text("hush A 192.0.2.1\n")
    (lab / "link").symlink_to(tmp_path / "secret")
    (lab / "octets").write_bytes(b"\xff\n")
    (lab / "a.zone").write_text(f"{ZONE}$INCLUDE {name}\n")
    file.folder = lab
    assert file.zone(scalar("example.com"), scalar("a.zone")) is None
    [problem] = file.problems.found
    assert said in problem.what
    assert "hush" not in str(problem)
    assert str(problem.place) == "suites/a.zone:4:1"


@pytest.mark.parametrize("outside", ["../a.zone", "/etc/hostname", "link.zone"])
def test_files_outside_of_the_folder_are_not_read(
    file: LabFile, tmp_path: Path, outside: str
) -> None:
    """Not by a path, not by a symbolic link."""
    (tmp_path / "link.zone").symlink_to("/etc/hostname")
    assert file.zone(scalar("example.com"), scalar(outside)) is None
    [problem] = file.problems.found
    assert problem.what == f'"{outside}" lies outside of the folder of this file'


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(".", "it is not a regular file", id="a folder"),
        pytest.param("a\0b", '"a\\x00b" cannot be read: Invalid argument', id="NUL"),
        pytest.param("a" * 300, "File name too long", id="a long name"),
        pytest.param("loop", "Too many levels of symbolic links", id="a link to itself"),
        pytest.param("a.zone/b", "Not a directory", id="below a file"),
    ],
)
def test_a_name_no_zone_file_can_have(file: LabFile, tmp_path: Path, name: str, said: str) -> None:
    """A problem of the lab, at the place of the name or in the file."""
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "a.zone").write_text(ZONE)
    assert file.zone(scalar("example.com"), scalar(name)) is None
    [problem] = file.problems.found
    assert said in problem.what


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("example.com\\", id="an escape of nothing"),
        pytest.param(r"exa\1mple.com", id="an escape of one digit"),
        pytest.param(r"a\300.example", id="an octet over 255"),
        pytest.param("a." * 126 + "b.c", id="a long name"),
    ],
)
def test_what_is_no_name(file: LabFile, written: str) -> None:
    assert file.name(scalar(written)) is None
    assert len(file.problems.found) == 1
