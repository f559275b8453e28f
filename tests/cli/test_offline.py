"""``mailcheck check --offline``: no socket, whatever is asked and whatever else is given."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Mailcheck

GUARDED = """\
import socket
import sys

def refuse(event, args):
    # The event loop wakes itself by a pair of UNIX sockets, which lead nowhere.
    if event == "socket.__new__" and args[1] == socket.AF_UNIX:
        return
    if event.startswith("socket."):
        raise AssertionError(f"offline, and yet {event} {args[1:]}")

sys.addaudithook(refuse)
from mailcheck.cli import main
main()
"""

ZONE = """\
$ORIGIN example.com.
@    3600 SOA ns1 hostmaster 2 7200 3600 1209600 300
@    3600 NS ns1
ns1  3600 A 192.0.2.53
@    3600 MX 10 mail
mail 3600 A 9.9.9.9
www  3600 CNAME www.example.net.
"""

HELD = "domain example.com has MX"
NOT_HELD = "domain www.example.com has MX"
ABSENT = "domain gone.example.com has MX"


@pytest.fixture
def zone(here: Path) -> Path:
    path = here / "example.com.zone"
    path.write_text(ZONE, "utf-8")
    return path


def guarded(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the command where every socket of a network ends it."""
    return subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_socket_is_made(here: Path, zone: Path) -> None:
    """With options that would need one to be understood, and questions that would need one each."""
    named = ["--resolver", "tls://dns.example.net", "--blocklist-resolver", "192.0.2.1"]
    asked = [HELD, NOT_HELD, "SMTP port 25 of mail.example.com accepts", "host h.example resolves"]
    asked += ["IP 9.9.9.9 is not on any blocklist", "nameservers of example.com agree on MX"]
    change = ["--proposed", str(zone), "--proposed", "ns:example.net=ns1.example.org"]
    done = guarded(here, "check", "--json", "--offline", *named, *change, *asked)
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert (verdicts, done.stderr) == (["met", *["not evaluated"] * 5], "")


def test_the_guard_would_notice(here: Path) -> None:
    done = guarded(here, "check", "--live", "--resolver", "192.0.2.1", HELD)
    assert "offline, and yet socket." in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("sentences", "status"),
    [
        pytest.param([HELD], 0, id="met"),
        pytest.param([HELD, NOT_HELD], 0, id="met, and what needs the network"),
        pytest.param([ABSENT, NOT_HELD], 1, id="unmet"),
        pytest.param([NOT_HELD], 3, id="nothing evaluated"),
    ],
)
def test_it_ends_as_ever(
    zone: Path, mailcheck: Mailcheck, sentences: list[str], status: int
) -> None:
    assert zone.exists()
    change = ("--proposed", "zone:example.com.zone")
    result = mailcheck("check", "--json", "--offline", *change, *sentences)
    assert result.exit_code == status


def test_a_run_says_that_it_asks_nobody(zone: Path, mailcheck: Mailcheck) -> None:
    result = mailcheck("check", "--offline", "--proposed", zone.name, HELD)
    assert "world          offline but for what is proposed\n" in result.stdout
    assert "proposed       example.com.zone\n1 met" in result.stdout


@pytest.mark.parametrize("beside", [["--lab", "."], ["--live"]])
def test_it_is_one_world_and_no_other(mailcheck: Mailcheck, beside: list[str]) -> None:
    result = mailcheck("check", "--offline", *beside, HELD)
    assert result.exit_code == 2
    assert f"{beside[0]} (ini mail_{beside[0][2:]}) and --offline" in result.stderr


def test_it_comes_before_the_lab_of_an_ini_file(mailcheck: Mailcheck) -> None:
    """The project is judged in its lab unless somebody says otherwise."""
    assert mailcheck("check", HELD).exit_code == 0
    assert mailcheck("check", "--offline", HELD).exit_code == 3


def test_an_ini_file_may_say_so(here: Path, zone: Path, mailcheck: Mailcheck) -> None:
    ini = f"[pytest]\nmail_offline = true\nmail_proposed = {zone.name}\n"
    (here / "pytest.ini").write_text(ini, "utf-8")
    assert mailcheck("check", HELD).exit_code == 0
    assert mailcheck("check", "--lab", ".", "--proposed", zone.name, HELD).exit_code == 0


@pytest.mark.parametrize(
    ("given", "sentences", "verdicts"),
    [
        pytest.param("zone:f", ["zone example.com loads"], ["unmet"], id="the only file and zone"),
        pytest.param(
            "zone:f",
            ["zone example.com loads", "zone exmaple.com loads"],
            ["not evaluated", "met"],
            id="its own zone is asked about",
        ),
        pytest.param(
            "zone:f", ["zone example.com loads", HELD], ["unmet", "not evaluated"], id="other names"
        ),
        pytest.param(
            "zone:f",
            ["zone example.com loads", "domain exmaple.com has MX"],
            ["not evaluated", "unmet"],
            id="a sentence uses it",
        ),
        pytest.param("zone:exmaple.com=f", ["zone exmaple.com loads"], ["met"], id="said of which"),
        pytest.param("zone:example.com=f", ["zone example.com loads"], ["unmet"], id="and wrongly"),
    ],
)
def test_a_file_of_a_misspelt_zone_is_not_passed_over(
    here: Path, mailcheck: Mailcheck, given: str, sentences: list[str], verdicts: list[str]
) -> None:
    apex = "@ SOA ns.example. h.example. 1 7200 3600 1209600 300\n@ NS ns.example.\n"
    (here / "f").write_text(f"$TTL 300\n$ORIGIN exmaple.com.\n{apex}", "utf-8")
    result = mailcheck("check", "--json", "--offline", "--proposed", given, *sentences)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["verdict"] for line in lines] == verdicts
