"""A live run: all that is asked of a mail server in one session, and a port that is shut here."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import Lab, read_lab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        @ MX 10 mail
        mail A 203.0.113.25
        other A 203.0.113.26
        www A 203.0.113.80
resolvers:
  house: {address: 192.0.2.1}
"""

SUITE = """\
mailcheck: 1
for: {domain: example.com}
probe: {recipients: [example.com]}
checks:
  - SMTP port 25 accepts
  - domain accepts mail for postmaster
  - domain accepts mail for abuse
  - domain refuses unknown recipients
  - domain accepts bounces
"""


class MailServer:
    """Takes mail for postmaster and abuse, and keeps what it heard, one list a session."""

    def __init__(self) -> None:
        self.sessions: list[list[str]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it leaves."""
        heard: list[str] = []
        self.sessions.append(heard)
        writer.write(b"220 mail.example.com\r\n")
        while line := (await reader.readline()).decode().strip():
            heard.append(line)
            writer.write(self._reply(line))
        writer.close()

    def _reply(self, line: str) -> bytes:
        if line.startswith("RCPT") and "<postmaster@" not in line and "<abuse@" not in line:
            return b"550 no such user\r\n"
        return b"221 bye\r\n" if line == "QUIT" else b"250 Ok\r\n"


@contextmanager
def network(folder: Path) -> Iterator[tuple[MailServer, list[str]]]:
    """A resolver and a mail server on loopback, and the options of a live run that finds them."""
    (folder / "network.yml").write_text(LAB, "utf-8")
    lab = Lab(read_lab(folder / "network.yml", "network.yml"))
    server = MailServer()
    standing: Future[list[str]] = Future()
    leave = asyncio.Event()
    loop = asyncio.new_event_loop()

    async def stand() -> None:
        await lab.start()
        listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        async with listener:
            port = listener.sockets[0].getsockname()[1]
            [resolver] = [one.real for one in lab.map if one.role == "resolver"]
            options = [
                f"--mail-resolver={resolver[0]}:{resolver[1]}",
                f"--mail-connect-to=203.0.113.25:25:127.0.0.1:{port}",
                "--mail-private-networks=203.0.113.0/24",
            ]
            standing.set_result(options)
            await leave.wait()
        await lab.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(stand()))
    thread.start()
    try:
        yield server, standing.result()
    finally:
        loop.call_soon_threadsafe(leave.set)
        thread.join()
        loop.close()


def rcpts(session: list[str]) -> list[str]:
    """The local parts that were offered."""
    recipients = (line.partition("<")[2] for line in session if line.startswith("RCPT"))
    return [recipient.partition("@")[0] for recipient in recipients]


def test_five_sentences_hold_one_session(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yml", mail=SUITE)
    with network(pytester.path) as (server, options):
        result = pytester.runpytest("mail.yml", "--mail-probe-recipients", *options)
    result.assert_outcomes(passed=5)
    [session] = server.sessions
    nobody, *others = rcpts(session)
    assert (nobody.isalpha(), others) == (True, ["abuse", "postmaster"])
    assert [line for line in session if line.startswith("MAIL")] == ["MAIL FROM:<>"]
    assert session[-2:] == ["RSET", "QUIT"]


def test_every_worker_offers_what_all_of_them_want(pytester: pytest.Pytester) -> None:
    """A reply is read beside the others of its session: no verdict may hang on who shares one."""
    pytester.makefile(".yml", mail=SUITE)
    with network(pytester.path) as (server, options):
        workers = ("-n", "2", "-p", "xdist")
        result = pytester.runpytest_subprocess(
            "mail.yml", "--mail-probe-recipients", *workers, *options
        )
    result.assert_outcomes(passed=5)
    assert {tuple(rcpts(session)[1:]) for session in server.sessions} == {("abuse", "postmaster")}


def test_by_subject_only_one_worker_offers_anything(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yml", mail=SUITE)
    with network(pytester.path) as (server, options):
        workers = ("-n", "2", "-p", "xdist", "--dist", "loadgroup")
        result = pytester.runpytest_subprocess(
            "mail.yml", "--mail-probe-recipients", *workers, *options
        )
    result.assert_outcomes(passed=5)
    assert len(server.sessions) == 1


def test_without_the_run_s_consent_nobody_is_offered(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yml", mail=SUITE)
    with network(pytester.path) as (server, options):
        result = pytester.runpytest("mail.yml", "-rs", *options)
    result.assert_outcomes(passed=1, skipped=4)
    result.stdout.fnmatch_lines(["SKIPPED*--mail-probe-recipients*"])
    [session] = server.sessions
    assert rcpts(session) == []


CONTROLS = [f"--mail-control-host={host}.example.com:25" for host in ("mail", "other")]
NOBODY = "127.0.0.1:1"
"""Where nothing listens."""


@pytest.mark.parametrize(
    ("shut", "ends"),
    [
        pytest.param((), "*PASSED*", id="one of two answers"),
        pytest.param(("203.0.113.25:25",), "*unmet: port-25-blocked*", id="nobody but the web"),
        pytest.param(
            ("203.0.113.25:25", "203.0.113.80:443"), "*inconclusive: no-network*", id="nobody"
        ),
    ],
)
def test_whether_this_machine_can_reach_port_25(
    pytester: pytest.Pytester, shut: tuple[str, ...], ends: str
) -> None:
    pytester.makefile(".yml", mail="mailcheck: 1\nchecks: [host a.example can reach port 25]\n")
    with network(pytester.path) as (_, options):
        [server] = [one.rpartition("25:")[2] for one in options if "connect-to" in one]
        ways = {"203.0.113.25:25": server, "203.0.113.26:25": NOBODY, "203.0.113.80:443": server}
        ways |= dict.fromkeys(shut, NOBODY)
        detours = [f"--mail-connect-to={place}:{there}" for place, there in ways.items()]
        where = [option for option in options if "connect-to" not in option]
        controls = [*CONTROLS, "--mail-control-host=www.example.com:443"]
        result = pytester.runpytest("mail.yml", "-v", *where, *detours, *controls)
    result.stdout.fnmatch_lines([ends])
