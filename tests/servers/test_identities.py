"""What the sentences about a client's identity foretell is what a real Postfix answers.

Each identity is an address, its reverse name and what the client says in EHLO; a client with that
address speaks to five receivers, each with one rule of Postfix's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab
from mailcheck.names import parse_address

from .identities import IDENTITIES, LAB, Identity, filled, place, spoken
from .judging import Judged, judge_sentences, live
from .postfix import Receiver, start_postfix
from .real_lab import real_servers, wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "postfix", "ip")

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
        return self.judged[filled(sentence, identity)]


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[Said]:
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        space.add_addresses({parse_address(identity.ip) for identity in IDENTITIES.values()})
        places = {
            (rule.name, version): place(number, version)
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
        asked = [spoken(who, places[name, parse_address(who.ip).version]) for name, who in meetings]
        replies = [_after_rcpt(replies) for replies in space.ask("ask_smtp.py", asked)]
        sentences = dict.fromkeys(
            filled(sentence, who)
            for sentence in (*(rule.sentence for rule in RULES), *OTHER_SENTENCES)
            for who in IDENTITIES.values()
        )
        judged = judge_sentences(space, live(lab.resolvers[0].addresses), sentences)
        yield Said(
            dict(zip(sentences, judged, strict=True)), dict(zip(meetings, replies, strict=True))
        )


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
