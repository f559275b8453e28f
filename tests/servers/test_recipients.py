"""What the sentences that try recipients say of Postfix, set up in many ways."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pytest

from mailcheck.lab import read_lab

from .judging import judge, judge_suite, live
from .postfix import Receiver, start_postfix
from .postfix_log import Log, logged
from .real_lab import real_servers, wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .judging import Judged

    Settings: TypeAlias = dict[str, str]

pytestmark = pytest.mark.servers("named", "unbound", "postfix", "ip")

LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        ADDRESSES
      example.net: |
        $TTL 3600
        @ SOA ns1.example.com. hostmaster 1 7200 3600 1209600 300
        @ NS ns1.example.com.
        @ MX 10 mx
        mx A 198.51.100.25
resolvers:
  house: {address: 192.0.2.1}
"""

RELAY = "host {} is not an open relay"
BOUNCES = "domain {} accepts bounces"
UNKNOWN = "domain {} refuses unknown recipients"
ABUSE = "domain {} accepts mail for abuse"

NOT_US = "inconclusive: refused-this-client"

EVERYBODY = {"virtual_mailbox_maps": "static:anybody"}
SOMEBODY = {"virtual_mailbox_maps": "inline:{somebody@elsewhere.example=x}"}
FOR_GOOD = {"smtpd_relay_restrictions": "reject_unauth_destination"}
ROUTING = {"allow_untrusted_routing": "yes"}
NO_BOUNCES = {"smtpd_sender_restrictions": "check_sender_access inline:{<>=REJECT}"}
NOT_THIS_CLIENT = {"smtpd_client_restrictions": "check_client_access static:REJECT"}
BUT_POSTMASTER = {
    "smtpd_recipient_restrictions": "check_recipient_access inline:{postmaster@=OK}, "
    "check_client_access static:REJECT"
}
ONE_AT_A_TIME = {"smtpd_recipient_limit": "1"}
AT_ONCE = {"smtpd_delay_reject": "no"}

HOSTS: dict[str, tuple[Settings, dict[str, str]]] = {
    "installed": ({}, {RELAY: "met"}),
    "refusing": (FOR_GOOD, {RELAY: "met"}),
    "relay": ({"mynetworks": "0.0.0.0/0"}, {RELAY: "relays, takes-routed-address"}),
    "relay-but-bounces": (
        {"mynetworks": "0.0.0.0/0", **NO_BOUNCES},
        {RELAY: "relays, takes-routed-address"},
    ),
    "neither": ({**FOR_GOOD, **NO_BOUNCES}, {RELAY: "met"}),
    # Routes from strangers are refused even where mail is taken for anybody.
    "catchall": (
        {**FOR_GOOD, **EVERYBODY},
        {RELAY: "met", BOUNCES: "met", UNKNOWN: "accepts-anybody", ABUSE: "met"},
    ),
    "routing": ({**FOR_GOOD, **EVERYBODY, **ROUTING}, {RELAY: "takes-routed-address"}),
    "knowing": (
        {**FOR_GOOD, **SOMEBODY},
        {RELAY: "met", BOUNCES: "met", UNKNOWN: "met", ABUSE: "recipient-refused"},
    ),
    "nobounces": (
        {**EVERYBODY, **NO_BOUNCES},
        {BOUNCES: "bounces-refused", UNKNOWN: NOT_US, ABUSE: NOT_US},
    ),
    "nobounces-at-once": (
        {**EVERYBODY, **NO_BOUNCES, **AT_ONCE},
        {BOUNCES: "bounces-refused", ABUSE: "inconclusive: null-sender-refused"},
    ),
    "picky": ({**EVERYBODY, **NOT_THIS_CLIENT}, {BOUNCES: NOT_US, UNKNOWN: NOT_US, ABUSE: NOT_US}),
    "single": (
        {**EVERYBODY, **ONE_AT_A_TIME},
        {BOUNCES: "met", UNKNOWN: "accepts-anybody", ABUSE: "met"},
    ),
    "exempting": (
        {**EVERYBODY, **BUT_POSTMASTER},
        {BOUNCES: "met", UNKNOWN: NOT_US, ABUSE: NOT_US},
    ),
}
"""How each host is set up, and how sentences about it end."""

CASES = [(name, sentence) for name, (_, ends) in HOSTS.items() for sentence in ends]

NAMED = "named.example.com"
"""A domain whose one server is six exchanges."""

NAMES = [f"mx{number}.{NAMED}" for number in range(6)]

TAKES_MAIL = [f"{name}.example.com" for name, (_, ends) in HOSTS.items() if ends.keys() - {RELAY}]
"""Hosts that take mail for their own names."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on each host, what was said of the domain of many names, and its server's log."""

    judged: dict[tuple[str, str], Judged]
    of_named: list[Judged]
    at_named: Log


@pytest.fixture(scope="module")
def outcome(
    namespaces: None,  # noqa: ARG001  the servers stand in one
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Outcome]:
    """Judge every host."""
    folder = tmp_path_factory.mktemp("recipients")
    places = {name: f"203.0.113.{number}" for number, name in enumerate(HOSTS, 1)}
    lines = [f"{name} A {address}" for name, address in places.items()]
    lines += [f"{NAMED}. MX 10 {name}." for name in NAMES]
    lines += [f"{name}. A 203.0.113.99" for name in NAMES]
    records = "\n        ".join(lines)
    (folder / "lab.yml").write_text(LAB.replace("ADDRESSES", records), "utf-8")
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        receivers = [
            Receiver(f"{name}.example.com", ipaddress.ip_address(places[name]), settings)
            for name, (settings, _) in HOSTS.items()
        ]
        named = Receiver(NAMED, ipaddress.ip_address("203.0.113.99"), {**FOR_GOOD, **SOMEBODY})
        receivers.append(named)
        addresses = [receiver.address for receiver in receivers]
        space.add_addresses(addresses)
        start_postfix(space, receivers, [*TAKES_MAIL, "routing.example.com", NAMED])
        wait_for_smtp(space, addresses)
        options = {
            **live(["192.0.2.1"]),
            "probe-recipients": [],
            "relay-recipient": ["me@example.net"],
        }
        sentences = [sentence.format(f"{name}.example.com") for name, sentence in CASES]
        verdicts = judge(space, options, *sentences)
        of_named = judge_suite(space, options, [s.format(NAMED) for s in (UNKNOWN, ABUSE)], NAMED)
        yield Outcome(dict(zip(CASES, verdicts, strict=True)), of_named, logged(space, named.name))


@pytest.mark.parametrize(("name", "sentence"), CASES)
def test_how_a_sentence_ends(outcome: Outcome, name: str, sentence: str) -> None:
    assert outcome.judged[name, sentence].end == HOSTS[name][1][sentence]


def test_every_form_is_understood(outcome: Outcome) -> None:
    """A server that relays takes all five; none is refused for how it is written."""
    taken = [line for line in outcome.judged["relay", RELAY].evidence if "RCPT TO" in line]
    assert len(taken) == 5
    assert all("→ 250 2.1.5 Ok" in line for line in taken)


def test_a_server_of_many_names_is_offered_each_recipient_once(outcome: Outcome) -> None:
    assert [judged.end for judged in outcome.of_named] == ["met", "recipient-refused"]
    assert [end for end in outcome.at_named.sessions if "rcpt=0/3" in end.split()]
    assert sum("rcpt" in end for end in outcome.at_named.sessions) == 1
