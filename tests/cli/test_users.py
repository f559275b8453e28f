"""Sentences about what users connect to, asked of hosts in a lab over real sockets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Mailcheck

LAB = """\
lab: 1
servers:
  ns1:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        good A 203.0.113.1
        clear A 203.0.113.2
        odd A 203.0.113.3
hosts:
  good.example.com:
    address: 203.0.113.1
    smtp: {587: accepts, 465: accepts}
    imap: {993: accepts, 143: accepts}
    certificate: good.example.com
  clear.example.com:
    address: 203.0.113.2
    smtp: {587: {ehlo: [250-clear, 250 AUTH PLAIN]}, 465: accepts}
    imap: {993: accepts, 143: accepts}
  odd.example.com:
    address: 203.0.113.3
    smtp: {587: {starttls: 454 4.7.0 not now}, 465: {ehlo: 250 odd}}
    imap: {993: BYE too many connections, 143: {starttls: BAD no key}}
    certificate: odd.example.com
"""


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("submission of good.example.com works", "met"),
        ("{IMAP of good.example.com works: {ports: [993, 143]}}", "met"),
        ("{submission of clear.example.com works: {ports: 587}}", "auth-in-clear no-starttls"),
        ("{submission of clear.example.com works: {ports: 465}}", "no-tls"),
        ("{IMAP of clear.example.com works: {ports: 143}}", "login-in-clear no-starttls"),
        ("{IMAP of clear.example.com works: {ports: 993}}", "no-tls"),
        ("IMAP of clear.example.com works", "no-tls login-in-clear no-starttls"),
        ("{submission of odd.example.com works: {ports: 587}}", "temporary-failure"),
        ("{submission of odd.example.com works: {ports: 465}}", "no-auth"),
        ("{IMAP of odd.example.com works: {ports: 993}}", "turned-away"),
        ("{IMAP of odd.example.com works: {ports: 143}}", "starttls-refused"),
        ("{IMAP of good.example.com works: {ports: 144}}", "not-in-lab"),
    ],
)
def test_hosts_end_as_they_are_scripted(
    mailcheck: Mailcheck, tmp_path: Path, sentence: str, end: str
) -> None:
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "lab.yml").write_text(LAB)
    said = mailcheck("check", "--json", "--lab", str(tmp_path / "lab"), sentence)
    [line] = map(json.loads, said.stdout.splitlines())
    assert (" ".join(line["tags"]) or line["cause"] or line["verdict"]) == end
