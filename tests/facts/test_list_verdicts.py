"""What it means for mail that a list has something."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address
from typing import Any

import pytest

from mailcheck.blocklists import Blocklist, Meaning
from mailcheck.facts.list_answer import Entry
from mailcheck.facts.list_verdicts import not_listed, on_none, removal, removal_of_sender
from mailcheck.facts.listing import ListingFact
from mailcheck.finding import Finding
from mailcheck.question import Unobserved

IP = ipaddress.ip_address("192.0.2.99")
ZEN = Blocklist("list.example", removal="https://list.example/")

SPAM = Entry(IPv4Address("127.0.0.2"), (Meaning("spam", "SBL"),))
DIAL_UP = Entry(IPv4Address("127.0.0.10"), (Meaning("dynamic", "PBL"),))
TRUSTED = Entry(IPv4Address("127.0.5.1"), (Meaning("allow", "low trust"),))
STRANGE = Entry(IPv4Address("127.0.0.77"), ())
BOTH = Entry(IPv4Address("127.1.0.3"), (Meaning("spam", "RBL"), Meaning("dynamic", "DUL")))


def ends(*entries: Entry, proven: bool = True, **wanted: Any) -> str:
    """Say in a word how a list with *entries* is judged."""
    fact = ListingFact(IP, ZEN, "99.2.0.192.list.example", entries, is_proven=proven)
    part = not_listed(fact, **wanted)
    if isinstance(part, Unobserved):
        return part.cause
    return " ".join([*(r.tag for r in part.reasons), *(a.tag for a in part.advice)]) or "met"


@pytest.mark.parametrize(
    ("entries", "wanted", "expected"),
    [
        pytest.param((), {}, "met", id="not there"),
        pytest.param((SPAM,), {}, "listed", id="spam"),
        pytest.param((DIAL_UP,), {}, "listed", id="a policy counts on a list as a whole"),
        pytest.param((TRUSTED,), {}, "listed-otherwise", id="vouched for"),
        pytest.param((TRUSTED, SPAM), {}, "listed", id="vouched for, and spam"),
        pytest.param((STRANGE,), {}, "undeclared-code", id="nobody knows"),
        pytest.param((STRANGE, SPAM), {}, "listed", id="nobody knows, and spam"),
        pytest.param((SPAM,), {"counting": {"dynamic"}}, "listed-otherwise", id="spam is no DUL"),
        pytest.param((DIAL_UP,), {"counting": {"dynamic"}}, "listed", id="dial-up is"),
        pytest.param((BOTH,), {"counting": {"dynamic"}}, "listed", id="one of two meanings"),
        pytest.param(
            (SPAM, STRANGE), {"counting": {"dynamic"}}, "undeclared-code", id="it may be dial-up"
        ),
        pytest.param((STRANGE,), {"codes": {"127.0.0.77"}}, "listed", id="the suite declares it"),
        pytest.param((STRANGE,), {"codes": {"127.0.0.78"}}, "listed-otherwise", id="and not this"),
    ],
)
def test_entries(entries: tuple[Entry, ...], wanted: dict[str, Any], expected: str) -> None:
    assert ends(*entries, **wanted) == expected


def test_a_list_without_test_points_says_so() -> None:
    assert ends(proven=False) == "list-not-proven"


def test_what_is_unknown_stays_unknown() -> None:
    unknown = Unobserved("timeout")
    assert not_listed(unknown) is unknown


def test_the_reason_names_code_meaning_and_text() -> None:
    fact = ListingFact(IP, ZEN, "x", (SPAM,), reason="see \x1b[1m here")
    part = not_listed(fact)
    assert isinstance(part, Finding)
    [reason] = part.reasons
    assert reason.text == "192.0.2.99 is on list.example: 127.0.0.2 (spam: SBL): see \\x1b[1m here"
    assert reason.about == "https://list.example/"


CUSTOMER = Entry(IPv4Address("127.0.0.11"), (Meaning("policy", "PBL"),))


def instruction(*entries: Entry, one: Blocklist = ZEN, **wanted: Any) -> str:
    """Say what is to be done about *entries* of a list."""
    part = not_listed(ListingFact(IP, one, "x", entries), **wanted)
    assert isinstance(part, Finding)
    [reason] = part.reasons
    return removal(IP, reason.about).instruction


@pytest.mark.parametrize(
    ("entries", "is_policy"),
    [
        pytest.param((DIAL_UP,), True, id="dynamic"),
        pytest.param((DIAL_UP, CUSTOMER), True, id="dynamic and policy"),
        pytest.param((SPAM,), False, id="spam"),
        pytest.param((DIAL_UP, SPAM), False, id="dynamic and spam"),
        pytest.param((BOTH,), False, id="both in one code"),
    ],
)
def test_who_is_listed_for_what_it_is_has_no_cause_to_end(
    entries: tuple[Entry, ...],
    is_policy: bool,  # noqa: FBT001  a column of the table
) -> None:
    text = instruction(*entries)
    assert ("fixed address" in text) == is_policy
    assert ("end the cause" in text) != is_policy
    assert "at https://list.example/" in text


def test_a_code_that_nobody_declares_is_no_policy() -> None:
    assert "end the cause" in instruction(STRANGE, codes={"127.0.0.77"})


@pytest.mark.parametrize(
    ("one", "why", "removal_is_asked"),
    [
        pytest.param(
            ZEN,
            "Find out why at https://list.example/",
            "for removal at https://list.example/",
            id="a page",
        ),
        pytest.param(
            Blocklist("list.example", operator="Ours", removal="dnsbl@ours.example"),
            "Ask dnsbl@ours.example why",
            "ask dnsbl@ours.example for removal",
            id="a mailbox",
        ),
        pytest.param(
            Blocklist("list.example", operator="Ours"),
            "Ask Ours (operator of list.example) why",
            "ask Ours (operator of list.example) for removal",
            id="who runs it",
        ),
        pytest.param(
            Blocklist("xn--c1yn36f.example"),
            "Ask the operator of 點看.example why",
            "ask the operator of 點看.example for removal",
            id="nothing known",
        ),
    ],
)
def test_where_to_ask(one: Blocklist, why: str, removal_is_asked: str) -> None:
    assert instruction(SPAM, one=one).startswith(f"{why}, end the cause")
    assert removal_is_asked in instruction(DIAL_UP, one=one)


def test_a_domain_is_no_customer_s_address() -> None:
    part = not_listed(ListingFact("example.com", ZEN, "x", (DIAL_UP,)))
    assert isinstance(part, Finding)
    text = removal("example.com", part.reasons[0].about).instruction
    assert text.startswith("Find out why at https://list.example/")


def test_a_sender_is_told_the_same_beside_other_codes() -> None:
    assert "removal at https://x/, or" in removal_of_sender(IP, "https://x/").instruction


def test_every_list_is_named_that_says_nothing() -> None:
    lists = [Blocklist(f"{name}.example") for name in ("a", "b", "c")]
    quiet = ListingFact(IP, lists[1], "x")
    found = on_none(lists, [Unobserved("timeout", "a is silent"), quiet, Unobserved("servfail")])
    assert found.unknown is not None
    assert found.unknown.cause == "timeout"
    assert found.unknown.text == "a is silent; nor is known: c.example (servfail)"
    alone = on_none(lists[:1], [Unobserved("timeout", "a is silent")])
    assert alone.unknown is not None
    assert alone.unknown.text == "a is silent"
