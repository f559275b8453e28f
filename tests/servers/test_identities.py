"""What the sentences about a client's identity foretell is what a real Postfix answers.

Each identity is an address, its reverse name and what the client says in EHLO; a client with that
address speaks to five receivers, each with one rule of Postfix's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .identities import IDENTITIES, LAB, Identity, filled
from .judging import Judged, judge_sentences, live
from .postfix_rules import OTHERWISE, RULES, TAKEN, Rule, ask_postfix
from .real_lab import real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "postfix", "ip")

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
        settings = {r.name: {f"smtpd_{r.stage}_restrictions": r.name} for r in RULES}
        replies = ask_postfix(space, settings, IDENTITIES.values())
        sentences = dict.fromkeys(
            filled(sentence, who)
            for sentence in (*(rule.sentence for rule in RULES), *OTHER_SENTENCES)
            for who in IDENTITIES.values()
        )
        judged = judge_sentences(space, live(lab.resolvers[0].addresses), sentences)
        yield Said(dict(zip(sentences, judged, strict=True)), replies)


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
