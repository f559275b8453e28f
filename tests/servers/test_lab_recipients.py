"""The lab's hosts answer RCPT as Postfix does, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab
from mailcheck.lab.smtp_script import Session

from .real_lab import real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "postfix", "dovecot", "ip")

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
        @ MX 10 knows
        ns1 A 192.0.2.53
        knows A 203.0.113.1
hosts:
  knows.example.com:
    address: 203.0.113.1
    smtp: {25: accepts, 587: accepts, 2525: accepts}
    recipients: [postmaster@example.com, Sales@example.com, a+b@sub.example.com]
  everybody.example.com:
    address: 203.0.113.2
    smtp: {25: accepts}
    recipients: ["@example.com", postmaster@everybody.example.com]
  nobody.example.com:
    address: 203.0.113.3
    smtp: {25: accepts}
    recipients: []
  relay.example.com:
    address: 203.0.113.4
    smtp: {25: accepts}
"""

PATHS = (
    "<postmaster@example.com>",
    "<POSTMASTER@EXAMPLE.COM>",
    "<sales@example.com>",
    '<"sales"@example.com>',
    "<nobody@example.com>",
    "<sales+x@example.com>",
    "<a+b@sub.example.com>",
    "<a@sub.example.com>",
    "<postmaster@www.sub.example.com>",
    "<postmaster@knows.example.com>",
    "<postmaster@everybody.example.com>",
    "<anybody@everybody.example.com>",
    "<user@elsewhere.example>",
    "<@example.com:user@elsewhere.example>",
    "<@elsewhere.example:sales@example.com>",
    "<user%elsewhere.example@example.com>",
    "<elsewhere.example!user@example.com>",
    "<sales%example.com@elsewhere.example>",
    "sales@example.com",
    "<sales@example.com> NOTIFY=NEVER",
    "<postmaster>",
    "<Postmaster>",
    "<somebody>",
)


@pytest.fixture(scope="module")
def standing(
    namespaces: None,  # noqa: ARG001  the servers stand in one
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Namespace, dict[tuple[str, int], Session]]]:
    """Postfix, and a session with each host of the lab on each of its ports."""
    folder = tmp_path_factory.mktemp("lab-recipients")
    (folder / "lab.yml").write_text(LAB, "utf-8")
    lab = read_lab(folder / "lab.yml", "lab.yml")
    sessions = {
        (str(host.addresses[0]), port): Session(script, for_users=port == 587)
        for host in lab.hosts
        for port, script in host.ports.items()
        if script != "refused"
    }
    with real_servers(lab, folder) as space:
        yield space, sessions


def test_every_recipient_is_answered_alike(
    standing: tuple[Namespace, dict[tuple[str, int], Session]],
) -> None:
    space, sessions = standing
    # In two sessions: after twenty errors Postfix hangs up.
    asks = [
        ["MAIL FROM:<>", *(f"RCPT TO:{path}" for path in paths)]
        for paths in (PATHS[:12], PATHS[12:])
    ]
    meetings = [(at, port, lines) for at, port in sessions for lines in asks]
    heard = space.ask(
        "ask_smtp.py",
        [{"server": at, "port": port, "lines": ["EHLO c", *lines]} for at, port, lines in meetings],
    )
    told = [
        (at, port, line, sessions[at, port].hears(line.encode()).octets.decode().rstrip())
        for at, port, lines in meetings
        for line in lines
    ]
    real = [
        (at, port, line, reply)
        for (at, port, lines), replies in zip(meetings, heard, strict=True)
        for line, [reply] in zip(lines, replies[2:], strict=True)
    ]
    assert real == told
