"""Clients that are in lists, by their addresses or their EHLO names, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .identities import SOA, Identity, filled
from .judging import Judged
from .lists import DEAD, LABELS, LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMED = (*range(26, 40), 42, 44, *range(65, 68), 97)
"""The last octets of addresses that have a host of their own name."""


def _lines(lines: Iterable[str]) -> str:
    """Write lines of a zone where the text below has them."""
    return "\n        ".join(lines)


LAB = f"""\
lab: 1
servers:
  ns.registry.com:
    address: 192.5.6.30
    zones:
      com: |
        $TTL 3600
        @            {SOA}
        @            NS  ns.registry
        ns.registry  A   192.5.6.30
        example      NS  ns1.example
        ns1.example  A   192.0.2.53
        ; Its one server does not have it.
        refused      NS  ns1.example
      org: |
        $TTL 3600
        @            {SOA}
        @            NS  ns.registry.com.
        zen.spamhaus NS  ns.lists.example.
      example: |
        $TTL 3600
        @            {SOA}
        @            NS  ns.registry.com.
        ns.lists     A   {LISTS}
        dead         NS  ns.dead
        ns.dead      A   {DEAD}
        {_lines(f"{label} NS ns.lists" for label in LABELS)}
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @        {SOA}
        @        NS    ns1
        @        MX    10 mail
        ns1      A     192.0.2.53
        ns2      A     198.51.100.53
        mail     A     203.0.113.25
        web      A     203.0.113.80
        bad      A     203.0.113.26
        seen     A     203.0.113.26
        odd      A     203.0.113.26
        mx.wide  A     203.0.113.26
        v6       AAAA  2001:db8::25
        v6a      AAAA  2001:db8::29
        v6b      AAAA  2001:db8::bad:26
        v6c      AAAA  2001:db8::bad:27
        {_lines(f"host{n} A 203.0.113.{n}" for n in NAMED)}
      # Whose addresses these are names them itself (RFC 2317).
      64-95.113.0.203.in-addr.arpa: |
        $TTL 3600
        @   {SOA}
        @   NS   ns1.example.com.
        65  PTR  host65.example.com.
        66  PTR  host66.example.com.
        67  PTR  web.example.com.
  ns2.example.com:
    address: 198.51.100.53
    zones:
      203.0.113.0/24: |
        $TTL 3600
        @       {SOA}
        @       NS     ns2.example.com.
        {_lines(f"{n} PTR host{n}.example.com." for n in NAMED if n < 40)}
        42      PTR    web.example.com.
        43      PTR    nothing.example.com.
        45      PTR    -bad-.example.com.
        ; Delegated to a server that does not have it, as the last of the two blocks.
        44      NS     ns1.example.com.
        64-95   NS     ns1.example.com.
        96-127  NS     ns1.example.com.
        {_lines(f"{n} CNAME {n}.64-95" for n in range(65, 69))}
        97      CNAME  97.96-127
      2001:db8::/64: |
        $TTL 3600
        @                                {SOA}
        @                                NS   ns2.example.com.
        5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0  PTR  v6.example.com.
        9.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0  PTR  v6a.example.com.
        6.2.0.0.d.a.b.0.0.0.0.0.0.0.0.0  PTR  v6b.example.com.
        7.2.0.0.d.a.b.0.0.0.0.0.0.0.0.0  PTR  v6c.example.com.
"""

CLIENTS = {
    "nothing against it": Identity("203.0.113.26", "host26.example.com"),
    "dynamic, by its network": Identity("203.0.113.27", "host27.example.com"),
    "dynamic, by the list": Identity("203.0.113.28", "host28.example.com"),
    "spam": Identity("203.0.113.29", "host29.example.com"),
    "exploited and dynamic": Identity("203.0.113.30", "host30.example.com"),
    "a code that is not declared": Identity("203.0.113.31", "host31.example.com"),
    "a bit for spam": Identity("203.0.113.32", "host32.example.com"),
    "a bit for dynamic": Identity("203.0.113.33", "host33.example.com"),
    "both bits": Identity("203.0.113.34", "host34.example.com"),
    "a bit for which nobody refuses": Identity("203.0.113.35", "host35.example.com"),
    "a bit that is not declared": Identity("203.0.113.36", "host36.example.com"),
    "no PTR, dynamic": Identity("203.0.113.40", "mail.example.com"),
    "no PTR": Identity("203.0.113.41", "mail.example.com"),
    "PTR elsewhere, spam": Identity("203.0.113.42", "host42.example.com"),
    "PTR to nothing, dynamic": Identity("203.0.113.43", "mail.example.com"),
    "reverse zone refused, dynamic": Identity("203.0.113.44", "host44.example.com"),
    "PTR no host name, spam": Identity("203.0.113.45", "mail.example.com"),
    "classless": Identity("203.0.113.65", "host65.example.com"),
    "classless, dynamic": Identity("203.0.113.66", "host66.example.com"),
    "classless, PTR elsewhere, spam": Identity("203.0.113.67", "host67.example.com"),
    "classless, no PTR, dynamic": Identity("203.0.113.68", "mail.example.com"),
    "classless, refused": Identity("203.0.113.97", "host97.example.com"),
    "EHLO unknown": Identity("203.0.113.26", "nothing.example.com"),
    "EHLO unknown, dynamic": Identity("203.0.113.27", "nothing.example.com"),
    "EHLO single label, spam": Identity("203.0.113.29", "mail"),
    "EHLO bare IP, dynamic": Identity("203.0.113.28", "203.0.113.28"),
    "EHLO with a slash": Identity("203.0.113.26", "mail/1.example.com"),
    "EHLO in a zone that is refused, spam": Identity("203.0.113.29", "vm.refused.com"),
    "EHLO own literal, dynamic": Identity("203.0.113.27", "[203.0.113.27]"),
    "EHLO listed": Identity("203.0.113.26", "bad.example.com"),
    "EHLO listed, spam": Identity("203.0.113.29", "bad.example.com"),
    "EHLO below what is listed": Identity("203.0.113.26", "mx.wide.example.com"),
    "EHLO for which nobody refuses": Identity("203.0.113.26", "seen.example.com"),
    "EHLO with a code that is not declared": Identity("203.0.113.26", "odd.example.com"),
    "IPv6": Identity("2001:db8::25", "v6.example.com"),
    "IPv6, dynamic": Identity("2001:db8::29", "v6a.example.com"),
    "IPv6, network listed": Identity("2001:db8::bad:26", "v6b.example.com"),
    "IPv6, excepted from its network": Identity("2001:db8::bad:27", "v6c.example.com"),
    "IPv6, network listed, no PTR": Identity("2001:db8::bad:28", "v6b.example.com"),
}

NOT_ON = "IP {ip} is not on "
NAME_NOT_ON = "domain {ehlo} is not on any blocklist"
SPAM = ", ".join(f"127.0.0.{code}" for code in range(2, 10))
NOT_FOR_SPAM = f"{{{{{NOT_ON}zen.spamhaus.org: {{{{codes: [{SPAM}]}}}}}}}}"


def about_clients(sentences: Iterable[str]) -> Iterator[str]:
    """Say each sentence of each client; only a qualified name can be in a list of names."""
    for sentence in dict.fromkeys(sentences):
        for client in CLIENTS.values():
            if sentence != NAME_NOT_ON or re.fullmatch(r"[\w.]+\.[a-z]+", client.ehlo):
                yield filled(sentence, client)


@dataclass(frozen=True, slots=True)
class Said:
    """What mailcheck concludes of each sentence, and what each receiver answers to each client."""

    judged: dict[str, Judged]
    replies: dict[tuple[str, Identity], str]

    def ends(self, sentence: str, client: Identity) -> set[str]:
        """Return the words of a verdict that a receiver may go by; none if it is not said."""
        judged = self.judged.get(filled(sentence, client))
        return {judged.end, judged.cause, *judged.advice} if judged else set()
