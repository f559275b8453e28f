"""Reverse names of blocks smaller than an octet, delegated in every way of RFC 2317.

Through a resolver that finds its way from the root, and without one, they end alike; but what is
refused behind an alias is seen only by who asks the servers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .identities import SOA
from .judging import Judged, judge_sentences, live
from .real_lab import real_servers
from .test_authoritative import options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "ip")

LAB = f"""\
lab: 1
servers:
  a.root.example:
    address: 192.0.2.10
    zones:
      .: |
        $TTL 3600
        @                        {SOA}
        @                        NS  a.root.example.
        a.root.example.          A   192.0.2.10
        example.com.             NS  ns1.example.com.
        ns1.example.com.         A   192.0.2.53
        113.0.203.in-addr.arpa.  NS  ns.provider.net.
        provider.net.            NS  ns.provider.net.
        ns.provider.net.         A   198.51.100.53
  # Who owns the address.
  ns.provider.net:
    address: 198.51.100.53
    zones:
      provider.net: |
        $TTL 3600
        @       {SOA}
        @       NS     ns
        ns      A      198.51.100.53
      203.0.113.0/24: |
        $TTL 3600
        @       {SOA}
        @       NS     ns.provider.net.
        10      NS     ns1.example.com.
        64-95   NS     ns1.example.com.
        65      CNAME  65.64-95
        66      CNAME  66.64-95
        67      CNAME  67.64-95
        97      CNAME  97.96/27
        97.96/27 PTR   mail.example.com.
        128     CNAME  128.rev.example.com.
        129     CNAME  129.rev.example.com.
        ; A server that does not have it, and one that nobody finds.
        192-223 NS     ns1.example.com.
        193     CNAME  193.192-223
        224-255 NS     nothing.example.com.
        225     CNAME  225.224-255
  # Who uses it.
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @       {SOA}
        @       NS     ns1
        ns1     A      192.0.2.53
        mail    A      203.0.113.10
        mail    A      203.0.113.65
        mail    A      203.0.113.97
        mail    A      203.0.113.128
        128.rev PTR    mail
      10.113.0.203.in-addr.arpa: |
        $TTL 3600
        @       {SOA}
        @       NS     ns1.example.com.
        @       PTR    mail.example.com.
      64-95.113.0.203.in-addr.arpa: |
        $TTL 3600
        @       {SOA}
        @       NS     ns1.example.com.
        65      PTR    mail.example.com.
        66      PTR    mail.example.com.
        67      TXT    "no name"
resolvers:
  honest: {{address: 192.0.2.1}}
"""

ENDS = {
    "one address, a zone of its own": ("203.0.113.10", "met"),
    "a block": ("203.0.113.65", "met"),
    "a block, and a name that leads elsewhere": ("203.0.113.66", "ptr-not-confirmed"),
    "a block, without PTR": ("203.0.113.67", "no-ptr"),
    "a block, not in the parent": ("203.0.113.68", "no-ptr"),
    "a block with a slash, kept by the provider": ("203.0.113.97", "met"),
    "names in a forward zone": ("203.0.113.128", "met"),
    "names in a forward zone, not there": ("203.0.113.129", "no-ptr"),
    "a block that is refused": ("203.0.113.193", "refused-by-authority"),
}
"""Addresses, and how the sentence about each ends whoever is asked."""

BROKEN = {
    "a block whose server has no address": ("203.0.113.225", "servfail", "lame"),
}
"""What a resolver's SERVFAIL hides behind an alias, and the name servers show."""

SENTENCE = "IP {} has PTR matching A"


@pytest.fixture(scope="module")
def judged(folder: Path) -> Iterator[dict[str, tuple[Judged, Judged]]]:
    """What the command says of each address, through a resolver and without one."""
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    addresses = [ip for ip, *_ in (*ENDS.values(), *BROKEN.values())]
    sentences = [SENTENCE.format(ip) for ip in addresses]
    with real_servers(lab, folder) as space:
        resolved = judge_sentences(space, live(lab.resolvers[0].addresses), sentences)
        asked = judge_sentences(space, options("192.0.2.10"), sentences)
        yield dict(zip(addresses, zip(resolved, asked, strict=True), strict=True))


@pytest.mark.parametrize(("ip", "end"), ENDS.values(), ids=ENDS)
def test_it_is_one_whoever_is_asked(
    judged: dict[str, tuple[Judged, Judged]], ip: str, end: str
) -> None:
    assert [one.end for one in judged[ip]] == [end, end]


@pytest.mark.parametrize(("ip", "resolved", "asked"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_never_no_name(
    judged: dict[str, tuple[Judged, Judged]], ip: str, resolved: str, asked: str
) -> None:
    by_resolver, by_servers = judged[ip]
    assert by_resolver.end == f"inconclusive: {resolved}"
    assert asked in (by_servers.cause, *by_servers.tags)
