"""MTA-STS of D is valid: record, policy, and the MX hosts it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.mta_sts.mta_sts_is_valid import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import told_trust
from mailcheck.suite.load import load_item
from mailcheck.testing import ending, judged, run_examples
from tests.laws.test_checks import CATALOGUE

if TYPE_CHECKING:
    from mailcheck.finding import Remedy
    from mailcheck.verdict import Verdict

SENTENCE = "MTA-STS of example.com is valid"
HOST = "mta-sts.example.com"


def valid(
    *lines: str, mx: str = "10 mx.example.com.", record: str = '"v=STSv1; id=1"', lasts: int = 2030
) -> Verdict:
    """The verdict where the policy has these lines behind its version."""
    tls = told_tls(HOST, lasts=f"2026-01-01 to {lasts}-02-10")
    body = "".join(f"{line}\r\n" for line in ("version: STSv1", *lines))
    return judged(
        CHECK, SENTENCE, told("_mta-sts.example.com TXT", record), told("example.com MX", mx),
        told(f"{HOST} A", "192.0.2.80"), told(f"{HOST} AAAA", "NODATA"), told_date("2026-01-31"),
        told_policy(f"{HOST} 192.0.2.80", body, tls=tls), told_trust(tls),
    )  # fmt: skip


ENFORCE = ("mode: enforce", "mx: mx.example.com", "max_age: 2419200")


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("lines", "advice"),
    [
        pytest.param(ENFORCE, [], id="strong"),
        pytest.param((*ENFORCE[:2], "max_age: 1209600"), [], id="two weeks"),
        pytest.param((*ENFORCE[:2], "max_age: 1209599"), ["short-max-age"], id="a little less"),
        pytest.param((*ENFORCE[:2], "max_age: 86399"), ["short-max-age"], id="less than a day"),
        pytest.param(("mode: testing", *ENFORCE[1:2], "max_age: 60"), ["testing"], id="testing"),
        pytest.param(("mode: none", "max_age: 60"), ["mode-none"], id="none"),
        pytest.param((*ENFORCE, "mx: old.example.com"), ["not-an-mx"], id="a host to spare"),
    ],
)
def test_what_is_weak_is_advised(lines: tuple[str, ...], advice: list[str]) -> None:
    verdict = valid(*lines)
    assert ending(verdict) == ("met",)
    assert [one.tag for one in verdict.advice] == advice


def test_a_certificate_that_ends_soon_is_advised() -> None:
    assert [one.tag for one in valid(*ENFORCE, lasts=2026).advice] == ["certificate-ends-soon"]


@pytest.mark.parametrize(
    ("record", "tag"),
    [("NODATA", "no-record"), ('"v=STSv1"', "no-record"), ('"v=STSv1;"', "malformed-record")],
)
def test_without_a_record_there_is_none(record: str, tag: str) -> None:
    assert ending(valid(*ENFORCE, record=record)) == (tag,)


@pytest.mark.parametrize(
    ("mode", "tags"), [("enforce", ("mx-not-covered",)), ("testing", ("mx-not-covered",)), ("none", ("met",))]
)  # fmt: skip
def test_an_exchange_that_is_left_out(mode: str, tags: tuple[str, ...]) -> None:
    lines = (f"mode: {mode}", "mx: mx.example.com", "max_age: 2419200")
    mx = "10 mx.example.com. | 20 mx2.example.com."
    assert ending(valid(*lines, mx=mx)) == tags


def test_a_domain_that_does_not_exist() -> None:
    assert ending(valid(*ENFORCE, mx="NXDOMAIN")) == ("no-such-domain",)


def test_what_the_mx_are_is_not_known() -> None:
    assert ending(valid(*ENFORCE, mx="TIMEOUT")) == ("inconclusive: timeout",)


@pytest.mark.parametrize("second", ["REFUSED", "other"])
def test_addresses_that_differ_are_advised(second: str) -> None:
    first = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 2419200\n"
    other = first.replace("mode: enforce", "mode: testing") if second == "other" else second
    verdict = judged(
        CHECK, SENTENCE, told("_mta-sts.example.com TXT", '"v=STSv1; id=1"'),
        told(f"{HOST} A", "192.0.2.80 | 192.0.2.81"), told(f"{HOST} AAAA", "NODATA"),
        told_policy(f"{HOST} 192.0.2.80", first), told_policy(f"{HOST} 192.0.2.81", other),
        told("example.com MX", "10 mx.example.com."), told_date("2026-01-31"),
        told_trust(told_tls(HOST)),
    )  # fmt: skip
    tags = {one.tag for one in verdict.advice}
    assert ending(verdict) == ("met",)
    assert tags == ({"policies-differ", "testing"} if second == "other" else {"address-refuses"})


def remedy(verdict: Verdict) -> Remedy:
    [reason] = verdict.reasons
    [requirement] = load_item(SENTENCE, CATALOGUE)
    return CHECK.remedy(requirement.params, reason)


def test_a_forgotten_host_gets_a_line_and_the_record_another_id_than_it_has() -> None:
    live = '"v=STSv1; id=20260131T120000;"'
    forgotten = remedy(valid(*ENFORCE, mx="10 mx2.example.com.", record=live))
    assert "`mx: mx2.example.com`" in forgotten.instruction
    [record] = forgotten.publish
    assert record.endswith('"v=STSv1; id=20260131T120001;"')


def test_without_a_known_record_none_is_published_in_its_place() -> None:
    told_too = valid(*ENFORCE, mx="10 mx2.example.com.", record="TIMEOUT")
    assert remedy(told_too).publish == ()


def test_a_record_behind_an_alias_is_mended_where_it_stands() -> None:
    alias = '-> sts.vendor.example | "v=STSv1; id=5-6;"'
    mended = remedy(valid(*ENFORCE, record=alias))
    assert mended.publish[0].startswith("sts.vendor.example. ")
    assert "by whoever keeps it" in mended.instruction
    renewed = remedy(valid(*ENFORCE, mx="10 a.", record=alias.replace("5-6", "5")))
    assert "by whoever keeps it" in renewed.instruction


@pytest.mark.parametrize(
    ("mx", "lines"),
    [
        pytest.param("10 mx.example.com.", ["mx: mx.example.com"], id="one"),
        pytest.param("1 a.example. | 2 b.example.", ["mx: a.example", "mx: b.example"], id="two"),
        pytest.param("NODATA", ["mx: example.com"], id="the domain itself"),
        pytest.param("TIMEOUT", ["mx: mail.example.com"], id="nobody knows"),
    ],
)
def test_a_policy_to_serve_names_the_hosts_that_take_the_mail(mx: str, lines: list[str]) -> None:
    said = remedy(valid("mode: Enforce", "max_age: 86400 s", mx=mx)).instruction
    policy = ["version: STSv1", "mode: enforce", *lines, "max_age: 86400"]
    assert ", ".join(f"`{line}`" for line in policy) in said


def test_a_change_that_takes_the_record_away_is_told_what_comes_first() -> None:
    name, tls = "_mta-sts.example.com", told_tls(HOST)
    body = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n"
    verdict = judged(
        CHECK, SENTENCE, told(f"{name} TXT", "NXDOMAIN"), told_published(f"{name} TXT", '"v=STSv1; id=1"'),
        (Proposed(name), ProposedFact("example.com.zone")), told_date("2026-01-31"), told_trust(tls),
        told(f"{HOST} A", "192.0.2.80"), told(f"{HOST} AAAA", "NODATA"),
        told_policy(f"{HOST} 192.0.2.80", body),
    )  # fmt: skip
    assert (ending(verdict), [one.tag for one in verdict.advice]) == (
        ("no-record",),
        ["still-served"],
    )
    assert remedy(verdict).publish == (f'{name}.  3600  IN  TXT  "v=STSv1; id=1"',)


def test_a_try_command_asks_the_address_that_was_asked() -> None:
    commands = {line.command for line in valid(*ENFORCE).evidence}
    url = f"https://{HOST}/.well-known/mta-sts.txt"
    assert f"curl -v --resolve {HOST}:443:192.0.2.80 {url}" in commands


def test_a_domain_without_room_for_a_record_gets_none() -> None:
    verdict = judged(CHECK, f"MTA-STS of {'.'.join('a' * 61 for _ in range(4))} is valid")
    [reason], [remedy] = verdict.reasons, verdict.remedies
    assert (reason.tag, "it can have no MTA-STS" in reason.text) == ("no-record", True)
    assert (remedy.publish, "shorter name" in remedy.instruction) == ((), True)


def test_the_name_of_the_record_or_its_host_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"write example\.com"):
        judged(CHECK, "MTA-STS of _mta-sts.example.com is valid")
