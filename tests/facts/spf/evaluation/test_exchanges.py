"""All exchanges of a domain, judged by its SPF record."""

from __future__ import annotations

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.mail_hosts import MAX_EXCHANGES
from mailcheck.facts.spf.evaluation.exchanges import MOST_CLIENTS, every_exchange
from mailcheck.finding import Finding
from mailcheck.world.told import ToldWorld

HOSTS = ("a.example", "b.example")
BOTH = (
    "a.example A: 192.0.2.1",
    "a.example AAAA: 2001:db8::1",
    "b.example A: 192.0.2.2",
    "b.example AAAA: NODATA",
)


def found(*said: str, hosts: tuple[str, ...] = HOSTS) -> Finding:
    async def judge() -> Finding:
        return await every_exchange("example.com", hosts)

    both = []
    for turn in (False, True):
        table = [told(*line.split(": ", 1)) for line in said]
        engine = Engine(ToldWorld(table, backwards=turn))
        both.append(engine.finish(engine.plan(judge)).outcome)
    assert both[0] == both[1]
    assert isinstance(both[0], Finding)
    return both[0]


def spf(terms: str) -> str:
    return f'example.com TXT: "v=spf1 {terms}"'


def test_all_pass() -> None:
    finding = found(spf("ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"), *BOTH)
    assert (finding.met, finding.result) == (True, "pass")


@pytest.mark.parametrize(
    ("terms", "result", "record"),
    [
        pytest.param("-all", "fail", "{} -all", id="fail"),
        pytest.param("mx:c.d ~all", "softfail", "mx:c.d {} ~all", id="softfail"),
        pytest.param("?all", "neutral", "{} ?all", id="neutral"),
        pytest.param("-ip4:192.0.2.0/24 ~all", "", "{} -ip4:192.0.2.0/24 ~all", id="the first"),
    ],
)
def test_one_record_for_all(terms: str, result: str, record: str) -> None:
    finding = found(spf(terms), *BOTH, "c.d MX: NODATA")
    every = "ip4:192.0.2.1 ip6:2001:db8::1 ip4:192.0.2.2"
    text = f'example.com.  3600  IN  TXT  "v=spf1 {record.format(every)}"'
    assert len(finding.reasons) == 3
    assert {reason.instead for reason in finding.reasons} == {(text,)}
    assert finding.reasons[2].text.startswith("b.example: SPF of example.com says ")
    assert finding.result == result
    mended = found(f"example.com TXT: {text.partition('TXT  ')[2]}", *BOTH, "c.d MX: NODATA")
    assert mended.met


def test_a_first_record() -> None:
    finding = found("example.com TXT: NODATA", *BOTH)
    [reason] = finding.reasons
    assert reason.tag == "spf-none"
    assert reason.instead[0].endswith('"v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 ip4:192.0.2.2 ~all"')


def test_a_fault_is_told_once() -> None:
    [reason] = found(spf("moo -all"), *BOTH).reasons
    assert (reason.tag, reason.instead) == ("spf-permerror", ())


@pytest.mark.parametrize(
    ("said", "tags", "cause", "advice"),
    [
        pytest.param(
            ("b.example A: TIMEOUT", "b.example AAAA: NODATA"), [], "timeout", [], id="address"
        ),
        pytest.param(
            ("b.example A: 198.51.100.1", "b.example AAAA: TIMEOUT"),
            ["spf-fail"],
            "timeout",
            [],
            id="decided",
        ),
        pytest.param(
            ("b.example A: NXDOMAIN", "b.example AAAA: NXDOMAIN"),
            [],
            "",
            ["exchange-without-address"],
            id="no address",
        ),
        pytest.param(
            ("b.example A: REFUSED-BY-AUTHORITY", "b.example AAAA: REFUSED-BY-AUTHORITY"),
            ["refused-by-authority"],
            "",
            [],
            id="refused",
        ),
    ],
)
def test_what_is_not_known(
    said: tuple[str, ...], tags: list[str], cause: str, advice: list[str]
) -> None:
    finding = found(spf("ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"), *BOTH[:2], *said)
    assert [reason.tag for reason in finding.reasons] == tags
    assert (finding.unknown.cause if finding.unknown else "") == cause
    assert [one.tag for one in finding.advice] == advice


def test_a_temperror_is_unknown() -> None:
    finding = found("example.com TXT: TIMEOUT", *BOTH)
    assert (finding.reasons, finding.result) == ((), "temperror")
    assert finding.unknown
    assert finding.unknown.cause == "timeout"


def test_the_host_says_its_name() -> None:
    finding = found(
        spf("exists:%{h}.x.example -all"),
        "a.example.x.example A: 127.0.0.2",
        "b.example.x.example A: 127.0.0.2",
        *BOTH,
    )
    assert finding.met


def test_of_very_many_exchanges_some_are_left_open() -> None:
    hosts = tuple(f"h{n}.example" for n in range(MAX_EXCHANGES + 1))
    said = [f"{host} {rdtype}: NODATA" for host in hosts for rdtype in ("A", "AAAA")]
    finding = found(spf("-all"), *said, hosts=hosts)
    assert finding.unknown
    assert finding.unknown.cause == "too-many-exchanges"


def test_so_many_addresses_that_nobody_evaluates_each() -> None:
    hosts = tuple(f"mx{n}.example" for n in range(10))
    said = [
        line
        for n, host in enumerate(hosts)
        for line in (
            f"{host} A: " + " | ".join(f"192.0.{n}.{i}" for i in range(11)),
            f"{host} AAAA: NODATA",
        )
    ]
    finding = found(spf("ip4:192.0.0.0/16 -all"), *said, hosts=hosts)
    assert finding.unknown
    assert f"only {MOST_CLIENTS} of 110 addresses" in finding.unknown.text
    assert len(found(spf("-all"), *said, hosts=hosts).reasons) == MOST_CLIENTS
