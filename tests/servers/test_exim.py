"""What the checks say about Exim, and where it differs from Postfix, is what a real Exim answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .exim import EximReceiver, ask_exim
from .identities import IDENTITIES, LAB, Identity, filled
from .judging import Judged, judge_sentences, live
from .real_lab import real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "exim4", "ip")

CLIENTS = {
    **IDENTITIES,
    "IPv6, own literal without tag": Identity("2001:db8::25", "[2001:db8::25]"),
    "IPv6, literal of another": Identity("2001:db8::25", "[IPv6:2001:db8::26]"),
    "two PTR, one leads back": Identity("203.0.113.50", "host50.example.com"),
    "PTR to an alias, EHLO is the alias": Identity("203.0.113.38", "alias38.example.com"),
}

TAKEN = "250 Accepted"
PROHIBITED = "550 Administrative prohibition"
NOT_NOW = "451 Temporary local problem - please try later"
NO_MATCH = "550 EHLO argument does not match calling host"
NO_MATCH_NOW = "451 EHLO argument does not match calling host"
SYNTAX = "501 Syntactically invalid EHLO argument(s)"

POINTS = "EHLO name {ehlo} points to IP {ip}"
MATCHES = "EHLO name {ehlo} matches PTR of IP {ip}"
CONFIRMED = "IP {ip} has PTR matching A"

NOT_POINTING = (
    "other-address",
    "no-address",
    "no-such-domain",
    "refused-by-authority",
    "not-fully-qualified",
    "invalid-name",
    "inconclusive: servfail",
)
"""Whatever keeps the name from the address, be it for now only, is refused for good."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of Exim, the sentence that foretells it, and the reply to each of its ends.

    ``otherwise`` are replies that the rule gives for a reason of its own. What is named in neither
    is taken.
    """

    name: str
    sentence: str
    foretold: dict[str, str]
    otherwise: dict[str, str] = field(default_factory=dict)
    options: str = ""
    condition: str = ""


LITERALS_AND_DOTS = {
    # Exim compares the text in brackets with the client's address: with the tag it is another.
    "IPv6, own literal": PROHIBITED,
    "IPv6, own literal without tag": TAKEN,
    # It looks the name up, and a dot at the end is no part of it.
    "EHLO with a final dot": TAKEN,
}

RULES = (
    Rule(
        "verify-helo",
        POINTS,
        dict.fromkeys(NOT_POINTING, PROHIBITED),
        LITERALS_AND_DOTS,
        condition="require verify = helo",
    ),
    Rule(
        "try-verify-hosts",
        POINTS,
        dict.fromkeys(NOT_POINTING, PROHIBITED),
        LITERALS_AND_DOTS,
        options="helo_try_verify_hosts = *",
        condition="require verify = helo",
    ),
    Rule(
        "verify-hosts",
        POINTS,
        dict.fromkeys(NOT_POINTING, NO_MATCH),
        {
            **LITERALS_AND_DOTS,
            "IPv6, own literal": NO_MATCH,
            # This rule alone remembers that the names of the address could not be had.
            "PTR into a zone that is refused": NO_MATCH_NOW,
            "a reverse name in a block that is refused": NO_MATCH_NOW,
            "reverse zone refused, EHLO with MX only": NO_MATCH_NOW,
        },
        options="helo_verify_hosts = *",
    ),
    Rule(
        "verify-reverse-host-lookup",
        CONFIRMED,
        {
            "no-ptr": PROHIBITED,
            "ptr-not-confirmed": PROHIBITED,
            "refused-by-authority": NOT_NOW,
        },
        condition="require verify = reverse_host_lookup",
    ),
)

UNREADABLE = (
    "EHLO bare IPv6",
    "EHLO literal not closed",
    "EHLO with an underscore",
    "EHLO with a slash",
    "PTR with an underscore",
)
"""What Exim refuses in EHLO itself, whatever its rules are."""


@dataclass(frozen=True, slots=True)
class Said:
    """What mailcheck concludes of each sentence, and what each rule answers to each client."""

    judged: dict[str, Judged]
    replies: dict[tuple[str, Identity], str]

    def about(self, sentence: str, client: Identity) -> str:
        return self.judged[filled(sentence, client)].end


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[Said]:
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        receivers = [EximReceiver(rule.name, rule.options, rule.condition) for rule in RULES]
        replies = ask_exim(space, receivers, CLIENTS.values())
        sentences = dict.fromkeys(
            filled(sentence, client)
            for sentence in (POINTS, MATCHES, CONFIRMED)
            for client in CLIENTS.values()
        )
        judged = judge_sentences(space, live(lab.resolvers[0].addresses), sentences)
        yield Said(dict(zip(sentences, judged, strict=True)), replies)


@pytest.mark.parametrize(("case", "client"), CLIENTS.items(), ids=CLIENTS.keys())
@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_exim_answers_what_the_sentence_foretells(
    said: Said, rule: Rule, case: str, client: Identity
) -> None:
    end = said.about(rule.sentence, client)
    foretold = rule.otherwise.get(case) or rule.foretold.get(end, TAKEN)
    assert said.replies[rule.name, client] == (SYNTAX if case in UNREADABLE else foretold), end


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_end_is_reached(said: Said, rule: Rule) -> None:
    ends = {said.about(rule.sentence, client) for client in CLIENTS.values()}
    assert {*rule.foretold, "met"} == ends


@pytest.mark.parametrize(
    ("case", "points", "matches", "reply"),
    [
        ("PTR to an alias", "met", "other-name", TAKEN),
        ("PTR to an alias, EHLO is the alias", "met", "met", TAKEN),
        ("a reverse zone that is refused", "met", "refused-by-authority", TAKEN),
        ("PTR to another address", "other-address", "met", PROHIBITED),
        ("PTR without A", "no-address", "met", PROHIBITED),
        ("EHLO with MX only", "no-address", "other-name", PROHIBITED),
        ("EHLO in a zone that is refused", "refused-by-authority", "other-name", PROHIBITED),
        ("IPv6, PTR to a name with IPv4 only", "no-address", "met", PROHIBITED),
    ],
)
def test_verify_helo_goes_by_the_address_and_not_by_the_ptr(
    said: Said, case: str, points: str, matches: str, reply: str
) -> None:
    """Postfix lets every one of these names pass that exists."""
    client = CLIENTS[case]
    assert [said.about(sentence, client) for sentence in (POINTS, MATCHES)] == [points, matches]
    assert said.replies["verify-helo", client] == reply
