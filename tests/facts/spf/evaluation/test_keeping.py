"""Terms by which clients pass are kept; addresses are named of those that have none."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.evaluation.judging import judged
from mailcheck.facts.spf.evaluation.keeping import with_kept
from mailcheck.finding import Finding, Reason
from mailcheck.names import parse_address
from tests.facts.smtp.test_hosts import found

NAME = "example.com"
IP = parse_address("192.0.2.1")
CHANGE = (Proposed(NAME), ProposedFact("example.com.zone"))
VENDOR = (
    ("v.example TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),
    ("a.example A", "192.0.2.1"),
    ("b.example A", "NODATA"),
    ("open.example TXT", '"v=spf1 +all"'),
    ("void.example A", "NODATA"),
)


def reason_of(now: str, live: str = "", *, checks: int = 1) -> tuple[Reason, ...]:
    """Return the reasons where *now* is, or is to be, the record, in the place of the *live* one."""

    async def judge() -> Finding:
        asked = [SpfCheck(IP + n, NAME, f"x@{NAME}", NAME) for n in range(checks)]
        facts = {check: await check for check in asked}
        reasons = [r for c, f in facts.items() for r in judged(f, c.ip, NAME, "pass").reasons]
        return await with_kept(Finding(tuple(reasons)), facts, NAME)

    change = (CHANGE, told_published(f"{NAME} TXT", live)) if live else ()
    rest = (told(*answer) for answer in VENDOR)
    finding: Finding = found(judge(), told(f"{NAME} TXT", f'"v=spf1 {now}"'), *change, *rest)
    return finding.reasons


def record(terms: str) -> tuple[str, ...]:
    return (f'{NAME}.  3600  IN  TXT  "v=spf1 {terms}"',)


@pytest.mark.parametrize(
    ("live", "now", "terms", "said"),
    [
        pytest.param(
            "include:v.example ~all", "-all", "include:v.example -all", "include:v.example", id="i"
        ),
        pytest.param(
            "redirect=v.example", "-all", "include:v.example -all", "redirect=v.example", id="r"
        ),
        pytest.param(
            "a:a.example -all",
            "a:b.example ~all",
            "a:b.example a:a.example ~all",
            "a:a.example",
            id="a",
        ),
        pytest.param(
            "include:v.example ~all",
            "-ip4:192.0.2.1 -all",
            "include:v.example -ip4:192.0.2.1 -all",
            "include:v.example",
            id="before the term that decides",
        ),
        pytest.param(
            "ip4:192.0.2.0/24 -all", "-all", "ip4:192.0.2.0/24 -all", "ip4:192.0.2.0/24", id="n"
        ),
        pytest.param("a:b.example -all", "-all", "ip4:192.0.2.1 -all", "", id="by no term"),
        pytest.param("+all", "-all", "ip4:192.0.2.1 -all", "", id="everybody"),
        pytest.param(
            "include:v.example -all",
            "-ip4:192.0.2.1 INCLUDE:v.example -all",
            "ip4:192.0.2.1 -ip4:192.0.2.1 INCLUDE:v.example -all",
            "",
            id="not dropped",
        ),
        pytest.param(
            "include:v.example -all",
            "a:b.example a:b.example exists:void.example -all",
            "",
            "",
            id="a fault",
        ),
        pytest.param(
            "include:v.example -all",
            "-all ip4:198.51.100.1",
            "ip4:198.51.100.1 include:v.example -all",
            "include:v.example",
            id="what is meant besides",
        ),
    ],
)
def test_what_a_change_drops_comes_back(live: str, now: str, terms: str, said: str) -> None:
    [reason] = reason_of(now, f'"v=spf1 {live}"')
    assert reason.instead == (record(terms) if terms else ())
    assert reason.text.partition("; the change drops ")[2] == said
    if terms:
        assert reason_of(terms) == ()


@pytest.mark.parametrize("live", ['"x"', '"v=spf1 mx" | "v=spf1 a"', "NXDOMAIN", "TIMEOUT", ""])
def test_no_record_is_live(live: str) -> None:
    [reason] = reason_of("-all", live)
    assert reason.instead == record("ip4:192.0.2.1 -all")


@pytest.mark.parametrize(
    ("now", "terms"),
    [
        pytest.param("-all include:v.example", "include:v.example -all", id="which lets it pass"),
        pytest.param("include=v.example -all", "include:v.example -all", id="with ="),
        pytest.param("-all redirect=v.example", "include:v.example -all", id="beside all"),
        pytest.param("-all a:b.example", "a:b.example ip4:192.0.2.1 -all", id="which does not"),
        pytest.param("-all include:x.y", "ip4:192.0.2.1 include:x.y -all", id="nobody knows"),
    ],
)
def test_an_address_is_named_if_what_was_meant_does_not_have_it(now: str, terms: str) -> None:
    [reason] = reason_of(now)
    assert reason.instead == record(terms)


def test_several_clients_have_one_record() -> None:
    first, second = reason_of("-all", '"v=spf1 a:a.example -all"', checks=2)
    assert first.instead == second.instead == record("a:a.example ip4:192.0.2.2 -all")


def test_a_term_is_not_given_back_to_a_record_that_is_full() -> None:
    ten = " ".join(f"include:n{n}.example" for n in range(10))
    nobody = [(f"n{n}.example TXT", '"v=spf1 -all"') for n in range(10)]

    async def judge() -> Finding:
        check = SpfCheck(IP, NAME, f"x@{NAME}", NAME)
        fact = await check
        return await with_kept(judged(fact, IP, NAME, "pass"), {check: fact}, NAME)

    finding: Finding = found(
        judge(),
        told(f"{NAME} TXT", f'"v=spf1 {ten} -all"'),
        CHANGE,
        told_published(f"{NAME} TXT", '"v=spf1 include:v.example -all"'),
        *(told(*answer) for answer in (*VENDOR, *nobody)),
    )
    assert finding.reasons[0].instead == record(f"{ten} ip4:192.0.2.1 -all")
