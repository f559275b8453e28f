"""A story that has no IPv4 but its name server's ends with real servers as in the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .judging import judge_sentences, live
from .real_lab import real_servers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "postfix", "ip")

LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: [192.0.2.53, "2001:db8::53"]
    zones:
      example.com: |
        $TTL 3600
        @     SOA   ns1 hostmaster 1 7200 3600 1209600 300
        @     NS    ns1
        @     MX    10 mail
        ns1   A     192.0.2.53
        ns1   AAAA  2001:db8::53
        mail  AAAA  2001:db8::25
        www   AAAA  2001:db8::80
      "2001:db8::/32": |
        $TTL 3600
        @     SOA   ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
        @     NS    ns1.example.com.
        5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR mail.example.com.
resolvers:
  here: {address: "2001:db8::99"}
hosts:
  mail.example.com: {address: "2001:db8::25", smtp: {25: accepts}}
  www.example.com: {address: "2001:db8::80"}
"""

ENDS = {
    "domain example.com has MX": "met",
    "MX hosts of example.com resolve": "met",
    "nameservers of example.com agree on MX": "met",
    "IP 2001:db8::25 has PTR matching A": "met",
    "IP 2001:db8::80 has PTR": "no-ptr",
    "EHLO name mail.example.com resolves": "met",
    "SMTP port 25 of mail.example.com accepts": "met",
    "SMTP port 25 of www.example.com accepts": "connection-refused",
}


@pytest.mark.usefixtures("namespaces")
def test_the_sentences_end_alike(tmp_path: Path) -> None:
    (tmp_path / "lab.yml").write_text(LAB)
    lab = read_lab(tmp_path / "lab.yml", "lab.yml")
    with real_servers(lab, tmp_path) as space:
        told = judge_sentences(space, {"lab": [str(tmp_path)]}, ENDS)
        real = judge_sentences(space, live(lab.resolvers[0].addresses), ENDS)
    assert {judged.sentence: judged.end for judged in told} == ENDS
    assert real == told
