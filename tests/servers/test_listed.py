"""What a Postfix answers that asks for names and lists at once, and which rule it is that answers.

Each client speaks to receivers that have the same rules in several orders, and to some that believe
every answer of a list.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .listed import CLIENTS, LAB, NAME_NOT_ON, NOT_FOR_SPAM, NOT_ON, Said, about_clients
from .lists import judge_with_lists, publish_lists
from .namespace import PUBLIC
from .postfix_rules import NOT_FOUND, RULES, TAKEN, Rule, ask_postfix
from .real_lab import real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "rbldnsd", "postfix", "ip")

BELIEVED = {
    "undeclared-code": "it takes every code for a listing, and need not know what it means",
    "listed-otherwise": "so it takes those for which nobody should refuse, or not for this",
    "list-refuses": "an error code is an answer like any other; a filter keeps it out",
    "not-a-return-code": "so is an address of whoever bought the name; a filter keeps that out too",
    "list-lists-everything": "it asks for nothing but the client; no filter helps",
}
"""Where Postfix refuses a client of whom the list says nothing that mailcheck counts, and why."""

NOT_FOUND_YET = f"450 4.7.1 {NOT_FOUND}"
REPLY = "5.7.1 Service unavailable; {what} blocked using {asked}"


def asks_list(asked: str, sentence: str, *ends: str, about: str = "client") -> Rule:
    """Return the rule that refuses for a list at *ends*; its reply tells which rule it was."""
    kind = {"client": "reject_rbl_client", "helo": "reject_rhsbl_helo"}[about]
    what = {"client": "Client host [{ip}]", "helo": "Helo command [{ehlo}]"}[about]
    reply = "554 " + REPLY.format(what=what, asked=asked)
    return Rule(f"{kind} {asked}", sentence, dict.fromkeys(ends, reply), about)


ASKED_FILTERED = (
    asks_list("dead.example", NOT_ON + "dead.example"),
    asks_list("expired.example", NOT_ON + "expired.example"),
    asks_list("unserved.example", NOT_ON + "unserved.example"),
    asks_list("refusing.example=127.0.0.[2..11]", NOT_ON + "refusing.example"),
    asks_list("sold.example=127.0.0.[2..11]", NOT_ON + "sold.example"),
    asks_list("zen.spamhaus.org=127.0.0.[10;11]", NOT_ON + "DUL", "listed"),
    asks_list("zen.spamhaus.org=127.0.0.[2..9]", NOT_FOR_SPAM, "listed"),
    asks_list("bits.example=127.1.0.[1..3]", NOT_ON + "bits.example", "listed"),
    asks_list("ip6.example", NOT_ON + "ip6.example", "listed"),
    asks_list("names.example=127.0.1.2", NAME_NOT_ON, "listed", about="helo"),
)

RECEIVERS = {
    "names, then lists": (*RULES, *ASKED_FILTERED),
    "lists, then names": (*reversed(ASKED_FILTERED), *reversed(RULES)),
    "every code of one": (
        asks_list("zen.spamhaus.org", NOT_ON + "zen.spamhaus.org", "listed", "undeclared-code"),
    ),
    "every code of those with bits, and of names": (
        asks_list(
            "bits.example", NOT_ON + "bits.example", "listed", "undeclared-code", "listed-otherwise"
        ),
        asks_list(
            "names.example",
            NAME_NOT_ON,
            "listed",
            "undeclared-code",
            "listed-otherwise",
            about="helo",
        ),
    ),
    "one that refuses": (
        asks_list("refusing.example", NOT_ON + "refusing.example", "list-refuses"),
    ),
    "one that was sold": (asks_list("sold.example", NOT_ON + "sold.example", "not-a-return-code"),),
    "one that has everybody": (
        asks_list("gone.example=127.0.0.[2..11]", NOT_ON + "gone.example", "list-lists-everything"),
    ),
}
"""The rules of each receiver, in the order in which it asks."""

ALL_RULES = tuple(itertools.chain.from_iterable(RECEIVERS.values()))

OTHERWISE = {
    # Nobody in this lab can deny a top-level domain, so Postfix asks in vain.
    ("reject_unknown_helo_hostname", "EHLO single label, spam"): NOT_FOUND_YET,
}
"""What a rule answers for a reason of its own, whatever the sentence says."""


def foretold(said: Said, rule: Rule, case: str) -> str | None:
    """Return the reply of a rule to a client; None if it lets it pass."""
    client = CLIENTS[case]
    ends = said.ends(rule.sentence, client)
    reply = next((reply for end, reply in rule.foretold.items() if end in ends), None)
    return OTHERWISE.get((rule.name, case)) or (reply and reply.format(**client._asdict()))


@pytest.fixture(scope="module")
def said(folder: Path) -> Iterator[Said]:
    (folder / "lab.yml").write_text(LAB)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        publish_lists(space)
        replies = ask_postfix(space, _settings(folder), CLIENTS.values())
        sentences = about_clients(rule.sentence for rule in ALL_RULES)
        yield Said(judge_with_lists(space, lab.resolvers[0].addresses[0], sentences), replies)


def _settings(folder: Path) -> dict[str, dict[str, str]]:
    """Return the settings of each receiver.

    Where it asks with a filter, what it says of the list shows that beside the zone.
    """
    lists = {rule.name.partition(" ")[2] for rule in ALL_RULES if "=" in rule.name}
    reply = "$rbl_code " + REPLY.format(what="$rbl_class [$rbl_what]", asked="")
    (folder / "replies").write_text("".join(f"{one} {reply}{one}\n" for one in sorted(lists)))
    return {
        name: {
            "smtpd_recipient_restrictions": ", ".join(rule.name for rule in rules),
            "rbl_reply_maps": f"texthash:{PUBLIC / 'replies'}",
        }
        for name, rules in RECEIVERS.items()
    }


@pytest.mark.parametrize("case", CLIENTS)
@pytest.mark.parametrize("name", RECEIVERS)
def test_the_first_rule_that_is_broken_answers(said: Said, name: str, case: str) -> None:
    replies = [(rule.name, foretold(said, rule, case)) for rule in RECEIVERS[name]]
    # What this rule could not find out waits for what the others say (defer_if_permit).
    waiting = [one for one in replies if one == ("reject_unknown_helo_hostname", NOT_FOUND_YET)]
    in_order = [one for one in replies if one not in waiting] + waiting
    answer = next((reply for _, reply in in_order if reply), TAKEN)
    assert said.replies[name, CLIENTS[case]] == answer


@pytest.mark.parametrize("name", RECEIVERS)
def test_every_end_is_reached(said: Said, name: str) -> None:
    """Of a list for which nobody is refused, nothing is known."""
    for rule in RECEIVERS[name]:
        ends = [said.ends(rule.sentence, client) for client in CLIENTS.values()]
        assert rule in RULES or set().union(*ends).issuperset(rule.foretold)
        assert rule.foretold or all("met" not in one for one in ends)


def test_it_is_said_why_postfix_refuses_more() -> None:
    ends = {end for rule in ALL_RULES if rule not in RULES for end in rule.foretold}
    assert ends == {"listed", *BELIEVED}
