"""Who a client is, and fifty of them: an address, its reverse name, and what is said in EHLO."""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.names import parse_address

from .postfix import RECIPIENT
from .real_lab import wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailcheck.names import Address

    from .namespace import Namespace

SOA = "SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300"

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
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @            {SOA}
        @            NS    ns1
        @            MX    10 mail
        ns1          A     192.0.2.53
        ns2          A     198.51.100.53
        mail         A     203.0.113.25
        web          A     203.0.113.80
        text         TXT   "no address"
        mx           MX    10 mail
        v6           AAAA  2001:db8::25
        v6wrong      AAAA  2001:db8::99
        host36       A     203.0.113.36
        host37       A     203.0.113.37
        alias38      CNAME host38
        host38       A     203.0.113.38
        a39          A     203.0.113.39
        b39          A     203.0.113.39
        my_mail42    A     203.0.113.42
        dangling     CNAME nothing
        many         A     203.0.113.80
        many         A     203.0.113.45
        203-0-113-46.dsl A 203.0.113.46
        xn--3e0b707e A     203.0.113.47
        host50       A     203.0.113.50
  ns2.example.com:
    address: 198.51.100.53
    zones:
      203.0.113.0/24: |
        $TTL 3600
        @   {SOA}
        @   NS     ns2.example.com.
        25  PTR    mail.example.com.
        31  TXT    "no name"
        32  PTR    text.example.com.
        33  PTR    nothing.example.com.
        34  PTR    web.example.com.
        35  PTR    vm.refused.com.
        ; Delegated to a server that does not have it.
        36  NS     ns1.example.com.
        37  CNAME  37.32-63
        37.32-63   PTR  host37.example.com.
        38  PTR    alias38.example.com.
        39  PTR    a39.example.com.
        39  PTR    b39.example.com.
        40  PTR    text.example.com.
        40  PTR    web.example.com.
        41  PTR    -bad-.example.com.
        42  PTR    my_mail42.example.com.
        43  PTR    dangling.example.com.
        44  PTR    v6.example.com.
        45  PTR    many.example.com.
        46  PTR    203-0-113-46.dsl.example.com.
        47  PTR    xn--3e0b707e.example.com.
        48  PTR    mail.exampel.com.
        49  CNAME  49.32-63
        50  PTR    web.example.com.
        50  PTR    host50.example.com.
        ; A block whose owner names it (RFC 2317), on a server that does not have it.
        64-127  NS     ns1.example.com.
        70      CNAME  70.64-127
      2001:db8::/64: |
        $TTL 3600
        @                                {SOA}
        @                                NS   ns2.example.com.
        5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0  PTR  v6.example.com.
        6.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0  PTR  mail.example.com.
        7.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0  PTR  v6wrong.example.com.
"""


class Identity(NamedTuple):
    """Who a client is: where it comes from, and what it says."""

    ip: str
    ehlo: str


IDENTITIES = {
    "one name throughout": Identity("203.0.113.25", "mail.example.com"),
    "no PTR": Identity("203.0.113.30", "mail.example.com"),
    "a reverse name without PTR": Identity("203.0.113.31", "mail.example.com"),
    "PTR without A": Identity("203.0.113.32", "text.example.com"),
    "PTR to nothing": Identity("203.0.113.33", "nothing.example.com"),
    "PTR to another address": Identity("203.0.113.34", "web.example.com"),
    "PTR into a zone that is refused": Identity("203.0.113.35", "mail.example.com"),
    "a reverse zone that is refused": Identity("203.0.113.36", "host36.example.com"),
    "a reverse name that is delegated": Identity("203.0.113.37", "host37.example.com"),
    "a delegated reverse name that is not there": Identity("203.0.113.49", "mail.example.com"),
    "a reverse name in a block that is refused": Identity("203.0.113.70", "mail.example.com"),
    "PTR to an alias": Identity("203.0.113.38", "host38.example.com"),
    "PTR to an alias of nothing": Identity("203.0.113.43", "mail.example.com"),
    "two PTR, both lead back": Identity("203.0.113.39", "b39.example.com"),
    "two PTR, none leads back": Identity("203.0.113.40", "mail.example.com"),
    "PTR that is no host name": Identity("203.0.113.41", "mail.example.com"),
    "PTR with an underscore": Identity("203.0.113.42", "my_mail42.example.com"),
    "PTR to a name with IPv6 only": Identity("203.0.113.44", "v6.example.com"),
    "PTR to a name with two addresses": Identity("203.0.113.45", "many.example.com"),
    "PTR that a provider generated": Identity("203.0.113.46", "203-0-113-46.dsl.example.com"),
    "PTR in A-labels": Identity("203.0.113.47", "한국.example.com"),
    "PTR into a domain that does not exist": Identity("203.0.113.48", "mail.exampel.com"),
    "IPv6, one name": Identity("2001:db8::25", "v6.example.com"),
    "IPv6, PTR to a name with IPv4 only": Identity("2001:db8::26", "mail.example.com"),
    "IPv6, PTR to another address": Identity("2001:db8::27", "v6wrong.example.com"),
    "IPv6, no PTR": Identity("2001:db8::28", "v6.example.com"),
    "IPv6, own literal": Identity("2001:db8::25", "[IPv6:2001:db8::25]"),
    "EHLO in upper case": Identity("203.0.113.25", "MAIL.EXAMPLE.COM"),
    "EHLO of another host": Identity("203.0.113.25", "web.example.com"),
    "EHLO unknown": Identity("203.0.113.25", "nothing.example.com"),
    "EHLO in a domain that does not exist": Identity("203.0.113.25", "mail.exampel.com"),
    "EHLO with MX only": Identity("203.0.113.25", "mx.example.com"),
    "EHLO with IPv6 only": Identity("203.0.113.25", "v6.example.com"),
    "EHLO with TXT only": Identity("203.0.113.25", "text.example.com"),
    "EHLO in a zone that is refused": Identity("203.0.113.25", "vm.refused.com"),
    "EHLO bare IP": Identity("203.0.113.25", "203.0.113.25"),
    "EHLO bare IPv6": Identity("203.0.113.25", "2001:db8::25"),
    "EHLO own literal": Identity("203.0.113.25", "[203.0.113.25]"),
    "EHLO literal of another": Identity("203.0.113.25", "[203.0.113.80]"),
    "EHLO literal not closed": Identity("203.0.113.25", "[203.0.113.25"),
    "EHLO literal of IPv6 without tag": Identity("203.0.113.25", "[2001:db8::25]"),
    "EHLO single label": Identity("203.0.113.25", "mail"),
    "EHLO localhost.localdomain": Identity("203.0.113.25", "localhost.localdomain"),
    "EHLO with an underscore": Identity("203.0.113.25", "my_mail42.example.com"),
    "EHLO with a slash": Identity("203.0.113.25", "mail/1.example.com"),
    "EHLO with a final dot": Identity("203.0.113.25", "mail.example.com."),
    "no PTR, EHLO unknown": Identity("203.0.113.30", "nothing.example.com"),
    "no PTR, EHLO bare IP": Identity("203.0.113.30", "203.0.113.30"),
    "no PTR, own literal": Identity("203.0.113.30", "[203.0.113.30]"),
    "reverse zone refused, EHLO with MX only": Identity("203.0.113.36", "mx.example.com"),
    "PTR elsewhere, EHLO single label": Identity("203.0.113.34", "web"),
}


def filled(sentence: str, identity: Identity) -> str:
    """Return *sentence* about a client."""
    return sentence.format(ip=identity.ip, ehlo=json.dumps(identity.ehlo, ensure_ascii=False))


def places_of(space: Namespace, receivers: Iterable[str]) -> dict[str, list[Address]]:
    """Give each receiver addresses of both families; their own reverse names are nobody's business."""
    places = {
        name: [*map(ipaddress.ip_address, (f"192.0.2.{number}", f"2001:db8:1::{number}"))]
        for number, name in enumerate(receivers, 101)
    }
    space.add_addresses(address for both in places.values() for address in both)
    return places


def meet(
    space: Namespace, places: Mapping[str, Sequence[Address]], clients: Iterable[Identity]
) -> dict[tuple[str, Identity], list[list[str]]]:
    """Have each client speak to each receiver, and return the replies, the greeting first."""
    wait_for_smtp(space, [address for both in places.values() for address in both])
    meetings = [(name, client) for client in clients for name in places]
    space.add_addresses({parse_address(client.ip) for _, client in meetings})
    asked = [
        _spoken(who, places[name][parse_address(who.ip).version == 6]) for name, who in meetings
    ]
    return dict(zip(meetings, space.ask("ask_smtp.py", asked), strict=True))


def _spoken(who: Identity, receiver: Address) -> dict[str, object]:
    """Return what a client says up to the first recipient; then it hangs up.

    Exim waits a fifth of a second before it answers QUIT.
    """
    ehlo = who.ehlo if who.ehlo.isascii() else who.ehlo.encode("idna").decode()
    lines = [f"EHLO {ehlo}", "MAIL FROM:<>", f"RCPT TO:<{RECIPIENT}>"]
    return {"server": str(receiver), "client": who.ip, "lines": lines}
