"""The two receivers of the incident of the new address, as real Postfix with the rules for it.

In the lab they are scripts. Here one looks for the client's reverse DNS and one asks the list, and
mailcheck speaks to them from the new address and from the old one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import LabDescription, read_lab

from .judging import judge_sentences, live
from .namespace import REPOSITORY, Namespace
from .postfix import RECIPIENT, Receiver, start_postfix
from .real_lab import real_servers, wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

pytestmark = pytest.mark.servers("named", "unbound", "rbldnsd", "postfix", "ip")

INCIDENT = REPOSITORY / "suites" / "incidents" / "new-ip-address"

AT_ONCE = {"smtpd_delay_reject": "no"}
"""Refuse in the greeting. By default Postfix waits for a recipient, to log whom mail was for."""

RULES = {
    "mx1.example.net": {
        "smtpd_client_restrictions": "reject_unknown_reverse_client_hostname",
        "unknown_client_reject_code": "421",
    },
    "mx2.example.net": {
        "smtpd_client_restrictions": "reject_rbl_client dul.example",
        "maps_rbl_reject_code": "550",
        "default_rbl_reply": "$rbl_code 5.7.1 $client_address blocked by Email Reputation",
    },
}

REFUSALS = {
    "mx1.example.net": "421 4.7.1 Client host rejected: cannot find your reverse hostname, "
    "[203.0.113.77]",
    "mx2.example.net": "550 5.7.1 203.0.113.77 blocked by Email Reputation",
}
"""What each says to the new address, be it in the greeting or when it hears of a recipient."""

SENTENCES = [f"SMTP port 25 of {name} accepts" for name in RULES]


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """The incident's servers, and its hosts by name."""

    lab: LabDescription
    space: Namespace
    hosts: dict[str, Address]
    at_once: bool

    def ends(self, client: str) -> list[str]:
        """Return how the sentences end when mailcheck speaks from the host *client*."""
        for name in RULES:
            self.space.speak_to(self.hosts[name], self.hosts[client])
        options = live(self.lab.resolvers[0].addresses)
        return [judged.end for judged in judge_sentences(self.space, options, SENTENCES)]


@pytest.fixture(scope="module", params=[AT_ONCE, {}], ids=["in the greeting", "at the recipient"])
def stage(
    request: pytest.FixtureRequest,
    namespaces: None,  # noqa: ARG001  the stage is built in one
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    lab = read_lab(INCIDENT / "lab.yml", "lab.yml")
    hosts = {host.name: host.addresses[0] for host in lab.hosts}
    folder: Path = tmp_path_factory.mktemp("receivers")
    with real_servers(dataclasses.replace(lab, hosts=()), folder) as space:
        space.add_addresses(hosts.values())
        receivers = [
            Receiver(name, hosts[name], {**rules, **request.param}) for name, rules in RULES.items()
        ]
        start_postfix(space, receivers)
        wait_for_smtp(space, [receiver.address for receiver in receivers])
        yield Stage(lab, space, hosts, at_once=request.param == AT_ONCE)


def test_the_new_address_is_refused_as_the_scripts_of_the_lab_refuse_it(stage: Stage) -> None:
    """A refusal that waits for a recipient does not show: the sentence is about the port."""
    told = [j.end for j in judge_sentences(stage.space, {"lab": [str(INCIDENT)]}, SENTENCES)]
    assert told == ["inconclusive: temporary-failure", "inconclusive: refused-this-client"]
    assert stage.ends("new.example.com") == (told if stage.at_once else ["met", "met"])


def test_the_address_before_is_taken(stage: Stage) -> None:
    assert stage.ends("mail.example.com") == ["met", "met"]


@pytest.mark.parametrize("name", RULES)
def test_the_receivers_do_refuse_the_new_address(stage: Stage, name: str) -> None:
    client = str(stage.hosts["new.example.com"])
    lines = ["EHLO new.example.com", "MAIL FROM:<>", f"RCPT TO:<{RECIPIENT}>"]
    asked = {"server": str(stage.hosts[name]), "client": client, "lines": lines}
    [replies] = stage.space.ask("ask_smtp.py", [asked])
    assert [REFUSALS[name]] in replies
