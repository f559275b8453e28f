"""What the sentences about a client's identity foretell is what a real Postfix answers.

Each identity is an address, its reverse name and what the client says in EHLO; a client with that
address speaks to five receivers, each with one rule of Postfix's own.
"""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mailcheck.lab import read_lab
from mailcheck.names import parse_address

from .judging import Judged, judge_sentences, live
from .postfix import RECIPIENT, Receiver, start_postfix
from .real_lab import real_servers, wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

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

TAKEN = "250 2.1.5 Ok"
NO_HOSTNAME = "Client host rejected: cannot find your hostname"
NO_REVERSE = "Client host rejected: cannot find your reverse hostname"
NOT_FOUND = "Helo command rejected: Host not found"
INVALID = "501 5.5.2 Helo command rejected: Invalid name"
INVALID_LITERAL = "501 5.5.2 Helo command rejected: invalid ip address"
UNQUALIFIED = "504 5.5.2 Helo command rejected: need fully-qualified hostname"


@dataclass(frozen=True, slots=True)
class Rule:
    """A restriction of Postfix, the sentence that foretells it, and the reply to each of its ends.

    An end that is not named here is let pass.
    """

    name: str
    sentence: str
    foretold: dict[str, str]
    stage: str = "client"


RULES = (
    Rule(
        "reject_unknown_client_hostname",
        "IP {ip} has PTR matching A",
        {
            "no-ptr": f"550 5.7.25 {NO_HOSTNAME}",
            "ptr-not-confirmed": f"550 5.7.25 {NO_HOSTNAME}",
            "refused-by-authority": f"450 4.7.25 {NO_HOSTNAME}",
        },
    ),
    Rule(
        "reject_unknown_reverse_client_hostname",
        "IP {ip} has PTR",
        {
            "no-ptr": f"550 5.7.1 {NO_REVERSE}",
            "no-host-name": f"550 5.7.1 {NO_REVERSE}",
            "refused-by-authority": f"450 4.7.1 {NO_REVERSE}",
        },
    ),
    Rule(
        "reject_invalid_helo_hostname",
        "EHLO name {ehlo} resolves",
        {"invalid-name": INVALID},
        "helo",
    ),
    Rule(
        "reject_non_fqdn_helo_hostname",
        "EHLO name {ehlo} resolves",
        {"invalid-name": UNQUALIFIED, "not-fully-qualified": UNQUALIFIED},
        "helo",
    ),
    Rule(
        "reject_unknown_helo_hostname",
        "EHLO name {ehlo} resolves",
        {
            "invalid-name": f"550 5.7.1 {NOT_FOUND}",
            "not-fully-qualified": f"550 5.7.1 {NOT_FOUND}",
            "no-such-domain": f"550 5.7.1 {NOT_FOUND}",
            "no-address-or-mx": f"550 5.7.1 {NOT_FOUND}",
            "refused-by-authority": f"450 4.7.1 {NOT_FOUND}",
            "inconclusive: servfail": f"450 4.7.1 {NOT_FOUND}",
        },
        "helo",
    ),
)

HELO_RULES = tuple(rule.name for rule in RULES if rule.stage == "helo")

OTHERWISE = {
    # Every rule about EHLO reads literals first, and says so of a bad one.
    **{
        (rule, case): INVALID_LITERAL
        for rule in HELO_RULES
        for case in ("EHLO literal not closed", "EHLO literal of IPv6 without tag")
    },
    # A final dot is let pass, and then not found.
    ("reject_invalid_helo_hostname", "EHLO with a final dot"): TAKEN,
    ("reject_non_fqdn_helo_hostname", "EHLO with a final dot"): TAKEN,
    # Nobody in this lab can deny a top-level domain, so Postfix asks in vain.
    ("reject_unknown_helo_hostname", "EHLO single label"): f"450 4.7.1 {NOT_FOUND}",
    ("reject_unknown_helo_hostname", "PTR elsewhere, EHLO single label"): f"450 4.7.1 {NOT_FOUND}",
}
"""What a rule answers for a reason of its own, whatever the sentence says."""

FOR_GOOD = {"unknown_client_reject_code": "550", "unknown_hostname_reject_code": "550"}
"""With these, "no" and "not now" read differently."""

OTHER_SENTENCES = ("EHLO name {ehlo} points to IP {ip}", "EHLO name {ehlo} matches PTR of IP {ip}")


@dataclass(frozen=True, slots=True)
class Said:
    """What mailcheck concludes of each sentence, and what each rule answers to each identity."""

    judged: dict[str, Judged]
    replies: dict[tuple[str, Identity], str]

    def about(self, sentence: str, identity: Identity) -> Judged:
        return self.judged[_filled(sentence, identity)]


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[Said]:
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        space.add_addresses({parse_address(identity.ip) for identity in IDENTITIES.values()})
        places = {
            (rule.name, version): _place(number, version)
            for number, rule in enumerate(RULES, 101)
            for version in (4, 6)
        }
        space.add_addresses(places.values())
        settings = {r.name: {f"smtpd_{r.stage}_restrictions": r.name, **FOR_GOOD} for r in RULES}
        start_postfix(
            space,
            [
                Receiver(f"mx{number}.receiver.example", address, settings[name])
                for number, ((name, _), address) in enumerate(places.items())
            ],
        )
        wait_for_smtp(space, list(places.values()))
        meetings = [(rule.name, who) for rule in RULES for who in IDENTITIES.values()]
        asked = [
            _spoken(who, places[name, parse_address(who.ip).version]) for name, who in meetings
        ]
        replies = [_after_rcpt(replies) for replies in space.ask("ask_smtp.py", asked)]
        sentences = dict.fromkeys(
            _filled(sentence, who)
            for sentence in (*(rule.sentence for rule in RULES), *OTHER_SENTENCES)
            for who in IDENTITIES.values()
        )
        judged = judge_sentences(space, live(lab.resolvers[0].addresses), sentences)
        yield Said(
            dict(zip(sentences, judged, strict=True)), dict(zip(meetings, replies, strict=True))
        )


def _place(number: int, version: int) -> Address:
    """Return where a receiver takes mail; its own reverse name is nobody's business."""
    return ipaddress.ip_address(f"192.0.2.{number}" if version == 4 else f"2001:db8:1::{number}")


def _filled(sentence: str, identity: Identity) -> str:
    return sentence.format(ip=identity.ip, ehlo=json.dumps(identity.ehlo, ensure_ascii=False))


def _spoken(who: Identity, receiver: Address) -> dict[str, object]:
    """Return what a client says up to the first recipient."""
    ehlo = who.ehlo if who.ehlo.isascii() else who.ehlo.encode("idna").decode()
    lines = [f"EHLO {ehlo}", "MAIL FROM:<>", f"RCPT TO:<{RECIPIENT}>", "QUIT"]
    return {"server": str(receiver), "client": who.ip, "lines": lines}


def _after_rcpt(replies: list[list[str]]) -> str:
    """Return the reply to RCPT, without the names and addresses that Postfix repeats."""
    words = " ".join(word for word in replies[3][0].split() if not word.endswith(">:"))
    return words.partition(", [")[0]


@pytest.mark.parametrize(("case", "identity"), IDENTITIES.items(), ids=IDENTITIES.keys())
@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_postfix_answers_what_the_sentence_foretells(
    said: Said, rule: Rule, case: str, identity: Identity
) -> None:
    end = said.about(rule.sentence, identity).end
    foretold = OTHERWISE.get((rule.name, case)) or rule.foretold.get(end, TAKEN)
    assert said.replies[rule.name, identity] == foretold, end


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_end_is_reached(said: Said, rule: Rule) -> None:
    ends = {said.about(rule.sentence, identity).end for identity in IDENTITIES.values()}
    assert set(rule.foretold) <= ends
    assert "met" in ends


@pytest.mark.parametrize(
    ("case", "points", "matches"),
    [
        ("EHLO of another host", "other-address", "other-name"),
        ("EHLO with MX only", "no-address", "other-name"),
        ("EHLO with IPv6 only", "no-address", "other-name"),
        ("EHLO with an underscore", "other-address", "other-name"),
        ("EHLO literal of another", "other-address", "other-address"),
        ("PTR to an alias", "met", "other-name"),
        ("two PTR, both lead back", "met", "met"),
        ("EHLO own literal", "met", "met"),
        ("EHLO in upper case", "met", "met"),
    ],
)
def test_postfix_compares_neither_names_nor_addresses(
    said: Said, case: str, points: str, matches: str
) -> None:
    """Of each of the two it only asks whether it exists."""
    identity = IDENTITIES[case]
    assert [said.about(sentence, identity).end for sentence in OTHER_SENTENCES] == [points, matches]
    assert {said.replies[rule.name, identity] for rule in RULES} == {TAKEN}
