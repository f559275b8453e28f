"""Sentences about IMAP, against Dovecot as it is configured well and badly."""

from __future__ import annotations

import dataclasses
import ipaddress
from typing import TYPE_CHECKING

import pytest
import trustme

from .dovecot import ImapServer, log_of, start_dovecot
from .internet import APEX, add_unbound, internet
from .judging import judge_sentences, live
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

    from .judging import Judged
    from .namespace import Namespace

pytestmark = pytest.mark.servers("dovecot", "unbound", "nsd", "ip")

RESOLVER = ipaddress.ip_address("198.51.100.1")
CLIENT = ipaddress.ip_address("198.51.100.2")
"""From where the servers are asked, over IPv4."""


def server(last: int, name: str, **settings: str) -> ImapServer:
    return ImapServer(f"{name}.users.example", ipaddress.ip_address(f"192.0.2.{last}"), settings)


ANOTHER_KEY = trustme.CA().issue_cert("another.example").private_key_pem.bytes().decode()

SERVERS = {
    "good": server(1, "good", ssl="required"),
    "usual": server(2, "usual", ssl="yes"),
    "clear": server(3, "clear", ssl="yes", disable_plaintext_auth="no"),
    "bare": server(4, "bare", ssl="no", disable_plaintext_auth="no"),
    "shut": server(5, "shut", ssl="no"),
    "tokens": server(6, "tokens", ssl="required", auth_mechanisms="external"),
    "wrong-key": dataclasses.replace(
        server(7, "wrong-key", ssl="yes"), files={"key.pem": ANOTHER_KEY}
    ),
    "no-users": dataclasses.replace(
        server(8, "no-users", ssl="yes"), clauses="service auth {\n  executable = /bin/false\n}\n"
    ),
    "six": ImapServer("six.users.example", ipaddress.ip_address("2001:db8::1"), {"ssl": "yes"}),
}

ZONE = APEX + "".join(
    f"{name} {'A' if one.address.version == 4 else 'AAAA'} {one.address}\n"
    for name, one in SERVERS.items()
)

ENDS = {
    ("good", "993, 143"): "met",
    ("usual", "993, 143"): "met",
    ("clear", "993"): "met",
    ("clear", "143"): "login-in-clear",
    ("bare", "143"): "login-in-clear, no-starttls",
    ("shut", "143"): "no-starttls",
    ("shut", "993"): "connection-refused",
    ("tokens", "993, 143"): "met",
    ("wrong-key", "993"): "inconclusive: connection-closed",
    ("wrong-key", "143"): "handshake-failed",
    ("no-users", "143"): "inconclusive: turned-away",
    ("six", "993"): "met",
}
"""What a sentence about the ports of a server comes to."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """Servers that stand in a namespace."""

    space: Namespace

    def judged(self, name: str, ports: str, client: Address) -> Judged:
        """Judge the sentence about the host *name*, asked from *client*."""
        if client.version == SERVERS[name].address.version:
            self.space.speak_to(SERVERS[name].address, client)
        sentence = f"{{IMAP of {name}.users.example works: {{ports: [{ports}]}}}}"
        [judged] = judge_sentences(self.space, live([RESOLVER]), [sentence])
        return judged


@pytest.fixture(scope="module")
def stage(folder: Path) -> Iterator[Stage]:
    with internet(folder, {"users.example": ZONE}) as space:
        add_unbound(space, RESOLVER)
        space.add_addresses([CLIENT, *(one.address for one in SERVERS.values())])
        wait_for_dns(space, [RESOLVER])
        start_dovecot(space, list(SERVERS.values()), trustme.CA())
        yield Stage(space)


@pytest.mark.parametrize(("name", "ports"), ENDS)
def test_a_server_ends_as_it_is_configured(stage: Stage, name: str, ports: str) -> None:
    assert stage.judged(name, ports, CLIENT).end == ENDS[name, ports]


def test_dovecot_trusts_its_own_machine_and_that_is_not_held_against_it(stage: Stage) -> None:
    usual = SERVERS["usual"]
    judged = stage.judged("usual", "143", usual.address)
    assert judged.end == "not evaluated: same-machine"
    assert any("AUTH=PLAIN" in line for line in judged.evidence if " CAPABILITY →" in line)


def test_nobody_tries_to_log_in_and_everybody_takes_leave(stage: Stage) -> None:
    stage.judged("good", "993, 143", CLIENT)
    lines = [
        line for line in log_of(stage.space, SERVERS["good"]).splitlines() if "rip=198" in line
    ]
    assert lines
    assert all("by logging out (no auth attempts" in line for line in lines)
