"""What is said of a lock that does not match; verdicts are in tests/checks/spf/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.spf.networks.lock import SpfLock
from mailcheck.facts.spf.networks.matching import matched, remedied
from mailcheck.facts.spf.networks.networks import SpfNetworks
from mailcheck.finding import Reason
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.finding import Finding

LOCK = """\
spf-lock: 1
domain: example.com
networks:
  example.com:
    - 192.0.2.0/24
  example.com > b.example:
    - 198.51.100.0/24
    - 203.0.113.0/24
unlisted:
  example.com > b.example:
    - ptr
"""

RECORD = told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 include:b.example -all"')
MX = (told("example.com MX", "10 mx.b.example."), told("mx.b.example A", "198.51.100.7"))


def finding(*answers: tuple[str, str], lock: str = LOCK) -> Finding:
    async def judge() -> Finding:
        fact = await SpfNetworks("example.com")
        return await matched(fact, SpfLock.of_file("l", lock, "l"), "example.com")

    engine = Engine(ToldWorld([RECORD, *MX, *(told(*answer) for answer in answers)]))
    outcome = engine.finish(engine.plan(judge)).outcome
    assert not hasattr(outcome, "error"), outcome
    return outcome  # type: ignore[return-value]  # a judge's outcome is its finding here


def vendor(record: str) -> tuple[str, str]:
    return "b.example TXT", f'"v=spf1 {record}"'


def test_it_names_networks_the_records_and_the_mx_host_that_is_at_a_loss() -> None:
    [reason] = finding(vendor("ip4:203.0.113.0/24 ptr")).reasons
    assert reason.text == (
        "SPF of example.com no longer lets pass 198.51.100.0/24 (example.com → b.example); "
        "the MX host mx.b.example is 198.51.100.7"
    )
    assert reason.about == "b.example"


def test_the_record_to_publish_lets_pass_what_was_lost_before_all_else() -> None:
    [reason] = finding(
        vendor("-ip4:198.51.100.0/25 ip4:198.51.100.0/24 ip4:203.0.113.0/24 ptr")
    ).reasons
    [record] = remedied(reason, "example.com").publish
    assert record.endswith('"v=spf1 ip4:198.51.100.0/25 ip4:192.0.2.0/24 include:b.example -all"')


def test_a_record_that_nobody_would_paste_is_not_shown() -> None:
    strings = '" "'.join("ip4:192.0.2.0/24 " for _ in range(100))
    long = ("example.com TXT", f'"v=spf1 {strings}" "include:b.example -all"')
    [reason] = finding(vendor("ip4:198.51.100.0/24 ptr"), long).reasons
    assert not remedied(reason, "example.com").publish


def test_why_everything_behind_is_lost_is_said() -> None:
    [networks, term] = finding(vendor("ip4:198.51.100.0/33")).reasons
    why = 'in ip4:198.51.100.0/33, the prefix length "33" is more than 32'
    assert networks.text.endswith(f"the MX host mx.b.example is 198.51.100.7; {why}")
    assert term.text == f"SPF of example.com lost ptr (example.com → b.example); {why}"
    assert remedied(networks, "example.com").publish == ()


OWN = "SPF of example.com no longer lets pass 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, ptr"


@pytest.mark.parametrize(
    ("own", "why", "published"),
    [
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 -all" | "v=spf1 include:b.example -all"',
            "; example.com has 2 records that begin with v=spf1",
            "ip4:192.0.2.0/24 include:b.example -all",
            id="two records",
        ),
        pytest.param(
            '"v=spf1 ip4:192.0.2.0/24 include;b.example -all"',
            '; in include;b.example, "include;b.example" is no mechanism',
            "ip4:192.0.2.0/24 include:b.example -all",
            id="a slip",
        ),
        pytest.param(
            '"v=spf1 moo ip4:192.0.2.0/24 -all"',
            '; in moo, "moo" is no mechanism',
            "",
            id="unclear",
        ),
        pytest.param(
            '"v=spf1;ip4:192.0.2.0/24 include:b.example -all"',
            "; example.com has no SPF record; a text comes close: "
            "v=spf1;ip4:192.0.2.0/24 include:b.example -all",
            "ip4:192.0.2.0/24 include:b.example -all",
            id="a text that comes close",
        ),
        pytest.param(
            "NODATA",
            "; example.com has no SPF record",
            "ip4:192.0.2.0/24 include:b.example ~all",
            id="none",
        ),
    ],
)
def test_a_record_of_its_own_that_is_broken_is_not_the_vendors_fault(
    own: str, why: str, published: str
) -> None:
    [reason] = finding(("example.com TXT", own), vendor("ptr")).reasons
    mx = "; the MX host mx.b.example is 198.51.100.7"
    assert (reason.text, reason.about) == (OWN + mx + why, "example.com")
    remedy = remedied(reason, "example.com")
    lines = (f'example.com.  3600  IN  TXT  "v=spf1 {published}"',) if published else ()
    assert remedy.publish == lines
    assert lines or remedy.instruction.startswith("Mend the SPF record of example.com; ")


@pytest.mark.parametrize(
    ("own", "published"),
    [
        pytest.param("-all", "ip4:192.0.2.0/24 include:b.example -all", id="dropped"),
        pytest.param(
            "ip4:192.0.2.0/24 -all include:b.example",
            "ip4:192.0.2.0/24 include:b.example -all",
            id="behind all",
        ),
        pytest.param(
            "ip4:192.0.2.0/24 include=b.example -all",
            "ip4:192.0.2.0/24 include:b.example -all",
            id="with =",
        ),
    ],
)
def test_an_include_that_was_dropped_is_put_back(own: str, published: str) -> None:
    answers = ("example.com TXT", f'"v=spf1 {own}"'), vendor("ip4:198.51.100.0/24 ptr")
    for reason in finding(*answers).reasons:
        [record] = remedied(reason, "example.com").publish
        assert record == f'example.com.  3600  IN  TXT  "v=spf1 {published}"'


def test_one_that_leads_nowhere_now_is_not() -> None:
    answers = ("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'), ("b.example TXT", "NXDOMAIN")
    networks, term = finding(*answers).reasons
    [record] = remedied(networks, "example.com").publish
    assert record.endswith('"v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/24 ip4:192.0.2.0/24 -all"')
    assert remedied(term, "example.com").publish == ()


def test_a_network_that_joined_is_advice() -> None:
    found = finding(vendor("ip4:198.51.100.0/24 ip4:203.0.112.0/22 ptr a:%{i}.b.example"))
    assert found.met
    assert [(advice.tag, advice.text) for advice in found.advice] == [
        (
            "networks-added",
            (
                "SPF of example.com lets pass what its lock does not have: 768 of the "
                "1,024 addresses of 203.0.112.0/22 (example.com → b.example)"
            ),
        ),
        (
            "networks-added",
            (
                "SPF of example.com lets pass whom nobody can list: a:%{i}.b.example "
                "(example.com → b.example)"
            ),
        ),
    ]


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param(Reason("network-lost", "x", "b.example"), id="nothing to publish"),
        pytest.param(Reason("network-lost", "x", "b.example", ("a record",)), id="a record"),
    ],
)
def test_a_new_lock_is_always_a_remedy(reason: Reason) -> None:
    assert "`mailcheck lock spf example.com`" in remedied(reason, "example.com").instruction
