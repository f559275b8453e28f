"""What a real Exim makes of lists (``dnslists``), beside what mailcheck and Postfix make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .exim import EximReceiver, ask_exim
from .listed import CLIENTS, LAB, NAME_NOT_ON, NOT_FOR_SPAM, NOT_ON, Said, about_clients
from .lists import judge_with_lists, publish_lists
from .real_lab import real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "rbldnsd", "exim4", "ip")

TAKEN = "250 Accepted"
PROHIBITED = "550 Administrative prohibition"
NOT_NOW = "451 Temporary local problem - please try later"

SPAM = ",".join(f"127.0.0.{code}" for code in range(2, 10))

UNREADABLE = {"EHLO with a slash": "501 Syntactically invalid EHLO argument(s)"}
"""What Exim refuses in EHLO itself, whatever its rules are."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What Exim is told to deny, the sentence that foretells it, and the ends at which it does."""

    name: str
    dnslists: str
    sentence: str
    ends: tuple[str, ...]
    reply: str = PROHIBITED


RULES = (
    Rule("dynamic", "zen.spamhaus.org=127.0.0.10,127.0.0.11", NOT_ON + "DUL", ("listed",)),
    Rule("spam", f"zen.spamhaus.org={SPAM}", NOT_FOR_SPAM, ("listed",)),
    Rule("bits", "bits.example&0.0.0.1,0.0.0.2", NOT_ON + "bits.example", ("listed",)),
    Rule("ipv6", "ip6.example", NOT_ON + "ip6.example", ("listed",)),
    Rule("name", "names.example=127.0.1.2/$sender_helo_name", NAME_NOT_ON, ("listed",)),
    # Without a filter every code counts, whatever it means: so it does for Postfix.
    Rule(
        "every-code",
        "zen.spamhaus.org",
        NOT_ON + "zen.spamhaus.org",
        ("listed", "undeclared-code"),
    ),
    Rule(
        "every-bit",
        "bits.example",
        NOT_ON + "bits.example",
        ("listed", "undeclared-code", "listed-otherwise"),
    ),
    Rule("refusing", "refusing.example", NOT_ON + "refusing.example", ("list-refuses",)),
    Rule(
        "everybody",
        "gone.example=127.0.0.2",
        NOT_ON + "gone.example",
        ("list-lists-everything",),
    ),
    # Like mailcheck, and unlike Postfix, it does not believe what lies outside 127.0.0.0/8.
    Rule("sold", "sold.example", NOT_ON + "sold.example", ()),
    # A list without an answer has nobody, unless Exim is told otherwise.
    Rule("dead", "dead.example", NOT_ON + "dead.example", ()),
    Rule("dead-has-all", "+include_unknown : dead.example", NOT_ON + "dead.example", ("servfail",)),
    Rule(
        "dead-waits",
        "+defer_unknown : dead.example",
        NOT_ON + "dead.example",
        ("servfail",),
        NOT_NOW,
    ),
)


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[Said]:
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        publish_lists(space)
        receivers = [
            EximReceiver(rule.name, condition=f"deny dnslists = {rule.dnslists}") for rule in RULES
        ]
        replies = ask_exim(space, receivers, CLIENTS.values())
        sentences = about_clients(rule.sentence for rule in RULES)
        yield Said(judge_with_lists(space, lab.resolvers[0].addresses[0], sentences), replies)


@pytest.mark.parametrize("case", CLIENTS)
@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_exim_answers_what_the_sentence_foretells(said: Said, rule: Rule, case: str) -> None:
    client = CLIENTS[case]
    is_refused = said.ends(rule.sentence, client).intersection(rule.ends)
    foretold = UNREADABLE.get(case) or (rule.reply if is_refused else TAKEN)
    assert said.replies[rule.name, client] == foretold


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_end_is_reached(said: Said, rule: Rule) -> None:
    """Of a list for which nobody is refused, nothing is known."""
    ends = [said.ends(rule.sentence, client) for client in CLIENTS.values()]
    assert set().union(*ends).issuperset(rule.ends)
    assert rule.ends or all("met" not in one for one in ends)
