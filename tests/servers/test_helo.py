"""What ``EHLO name ... resolves`` foretells is what a real Postfix answers."""

from __future__ import annotations

import dataclasses
import ipaddress
import json
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .judging import Judged, judge_sentences, live
from .postfix import RECIPIENT, Receiver, start_postfix
from .real_lab import real_servers, wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "postfix", "ip")

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
        ; The name of its one server does not exist.
        orphan       NS  nothing.example
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @            {SOA}
        @            NS    ns1
        @            MX    10 mail
        ns1          A     192.0.2.53
        mail         A     192.0.2.25
        my_mail      A     192.0.2.25
        0            A     192.0.2.25
        -            A     192.0.2.25
        v6           AAAA  2001:db8::25
        mx           MX    10 mail
        nowhere      MX    10 nothing.example.com.
        nullmx       MX    0 .
        text         TXT   "no address"
        alias        CNAME mail
        dangling     CNAME nothing
        textalias    CNAME text
        refusedalias CNAME mail.refused.com.
        *.wild       A     192.0.2.25
        a.b          A     192.0.2.25
        xn--3e0b707e A     192.0.2.25
"""

STRICT = ipaddress.IPv4Address("203.0.113.25")
"""A receiver that refuses unknown names for good, so that "no" and "not now" read differently."""

DEFAULT = ipaddress.IPv4Address("203.0.113.26")
"""A receiver with Postfix's own codes: unknown names are refused for now."""

RULES = "reject_invalid_helo_hostname reject_non_fqdn_helo_hostname reject_unknown_helo_hostname"

FORETOLD = {
    "met": "250 2.1.5 Ok",
    "invalid-name": "501 5.5.2 Helo command rejected: Invalid name",
    "not-fully-qualified": "504 5.5.2 Helo command rejected: need fully-qualified hostname",
    "no-such-domain": "550 5.7.1 Helo command rejected: Host not found",
    "no-address-or-mx": "550 5.7.1 Helo command rejected: Host not found",
    "refused-by-authority": "450 4.7.1 Helo command rejected: Host not found",
    "inconclusive: servfail": "450 4.7.1 Helo command rejected: Host not found",
}
"""What the check's page says of each end; 550 where it says 450 of names that do not exist."""

INVALID_LITERAL = "501 5.5.2 Helo command rejected: invalid ip address"
NOT_FOUND = "550 5.7.1 Helo command rejected: Host not found"

OTHERWISE = {
    "a trailing dot": NOT_FOUND,
    "a name longer than DNS allows": NOT_FOUND,
    "an IPv6 literal without tag": INVALID_LITERAL,
    "an IPv4 literal with an octet too large": INVALID_LITERAL,
    "an IPv4 literal not closed": INVALID_LITERAL,
    "a name in brackets": INVALID_LITERAL,
}
"""Names that are invalid in words of their own, as the page says as well."""

NAMES = {
    "a host with an address": "mail.example.com",
    "upper case": "MAIL.EXAMPLE.COM",
    "a trailing dot": "mail.example.com.",
    "two trailing dots": "mail.example.com..",
    "a leading dot": ".mail.example.com",
    "an empty label": "mail..example.com",
    "a single label": "mail",
    "a single label with a dot": "mail.",
    "localhost": "localhost",
    "localhost.localdomain": "localhost.localdomain",
    "an underscore": "my_mail.example.com",
    "a hyphen as a label": "-.example.com",
    "a label that begins with a hyphen": "-mail.example.com",
    "a label that ends with a hyphen": "mail-.example.com",
    "a digit as a label": "0.example.com",
    "digits only": "12345",
    "digits and dots": "1.2.3.4.5",
    "a slash": "mail/1.example.com",
    "an at sign": "postmaster@example.com",
    "an IPv4 literal": "[192.0.2.25]",
    "an IPv6 literal": "[IPv6:2001:db8::25]",
    "an IPv6 literal, tag in lower case": "[ipv6:2001:db8::25]",
    "an IPv6 literal without tag": "[2001:db8::25]",
    "an IPv4 literal with an octet too large": "[192.0.2.256]",
    "an IPv4 literal with leading zeros": "[192.000.002.025]",
    "an IPv4 literal not closed": "[192.0.2.25",
    "a name in brackets": "[mail.example.com]",
    "a bare IPv4 address": "192.0.2.25",
    "a bare IPv4 address of no host": "0.0.0.0",
    "a bare IPv4 address, impossible": "192.0.2.256",
    "a bare IPv6 address": "2001:db8::25",
    "a name that does not exist": "nothing.example.com",
    "a domain that does not exist": "mail.exampel.com",
    "MX only": "mx.example.com",
    "MX of a host that does not exist": "nowhere.example.com",
    "null MX": "nullmx.example.com",
    "AAAA only": "v6.example.com",
    "TXT only": "text.example.com",
    "an empty non-terminal": "b.example.com",
    "a domain": "example.com",
    "an alias": "alias.example.com",
    "an alias of nothing": "dangling.example.com",
    "an alias of a name without address": "textalias.example.com",
    "an alias of a refused name": "refusedalias.example.com",
    "a wildcard": "any.wild.example.com",
    "refused by its own name servers": "vm26.refused.com",
    "a zone whose servers cannot be found": "mail.orphan.com",
    "an internationalized name": "한국.example.com",
    "an internationalized name that does not exist": "후이즈검색.example.com",
    "a label of 63 octets": "x" * 63 + ".example.com",
    "a label of 64 octets": "x" * 64 + ".example.com",
    "the longest name of DNS": f"{'a' * 52}.{'.'.join(['a' * 62] * 3)}.example.com",
    "a name longer than DNS allows": f"{'a' * 53}.{'.'.join(['a' * 62] * 3)}.example.com",
    "300 octets": ".".join(["a" * 59] * 5),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """What mailcheck concludes of each name, and what the two receivers answer."""

    judged: dict[str, Judged]
    strict: dict[str, str]
    default: dict[str, str]


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[Said]:
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    names = list(NAMES.values())
    with real_servers(lab, folder) as space:
        space.add_addresses((STRICT, DEFAULT))
        strict = {"smtpd_helo_restrictions": RULES, "unknown_hostname_reject_code": "550"}
        default = {"smtpd_helo_restrictions": RULES}
        start_postfix(
            space,
            (
                Receiver("mx1.receiver.example", STRICT, strict),
                Receiver("mx2.receiver.example", DEFAULT, default),
            ),
        )
        wait_for_smtp(space, (STRICT, DEFAULT))
        options = live(lab.resolvers[0].addresses)
        sentences = (f"EHLO name {json.dumps(n, ensure_ascii=False)} resolves" for n in names)
        judged = judge_sentences(space, options, sentences)
        strict_said, default_said = (
            _after_rcpt(space.ask("ask_smtp.py", [_asked(name, to) for name in names]))
            for to in (STRICT, DEFAULT)
        )
        yield Said(
            dict(zip(names, judged, strict=True)),
            dict(zip(names, strict_said, strict=True)),
            dict(zip(names, default_said, strict=True)),
        )


def _asked(name: str, receiver: ipaddress.IPv4Address) -> dict[str, object]:
    """Return what a client called *name* says up to the first recipient."""
    spoken = name if name.isascii() else name.encode("idna").decode()
    lines = [f"EHLO {spoken}", "MAIL FROM:<>", f"RCPT TO:<{RECIPIENT}>", "QUIT"]
    return {"server": str(receiver), "lines": lines}


def _after_rcpt(conversations: list[list[list[str]]]) -> list[str]:
    """Return the reply to RCPT, without the name that Postfix repeats."""
    return [
        " ".join(word for word in replies[3][0].split() if not word.endswith(">:"))
        for replies in conversations
    ]


@pytest.mark.parametrize(("case", "name"), NAMES.items(), ids=NAMES.keys())
def test_postfix_answers_what_the_check_foretells(said: Said, case: str, name: str) -> None:
    end = said.judged[name].end
    foretold = OTHERWISE.get(case) if end == "invalid-name" else None
    assert (foretold or FORETOLD[end]) == said.strict[name]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_by_default_unknown_names_are_refused_for_now(said: Said, name: str) -> None:
    assert said.default[name] == said.strict[name].replace("550 5.7.1", "450 4.7.1")


def test_every_end_is_reached(said: Said) -> None:
    assert {judged.end for judged in said.judged.values()} == set(FORETOLD)
