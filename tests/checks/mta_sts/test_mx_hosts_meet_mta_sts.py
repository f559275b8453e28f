"""MX hosts of D meet MTA-STS: what senders with its policy would make of each host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.mta_sts.mx_hosts_meet_mta_sts import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import Problem, told_trust
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.tls.handshake import Tls
    from mailcheck.verdict import Verdict

SENTENCE = "MX hosts of example.com meet MTA-STS"
HOST, MX = "mta-sts.example.com", "mx.example.com"
GOOD = told_tls(MX)
RECORD = told("_mta-sts.example.com TXT", '"v=STSv1; id=1"')
POLICY = "version: STSv1\nmode: {}\nmx: mx.example.com\nmax_age: 2419200\n"
ADDRESS = (told(f"{HOST} A", "192.0.2.80"), told(f"{HOST} AAAA", "NODATA"))


def fetched(says: str = POLICY.format("enforce"), last: int = 80, **more: int) -> Told:
    return told_policy(f"{HOST} 192.0.2.{last}", says, **more)  # type: ignore[arg-type]  # keywords of one table


def found(
    *policy: Told, tls: Tls = GOOD, problem: Problem | None = None, mx: str = f"10 {MX}."
) -> Verdict:
    return judged(
        CHECK, SENTENCE, *policy, told("example.com MX", mx), told(f"{MX} A", "192.0.2.1"),
        told(f"{MX} AAAA", "NODATA"), told_date("2026-01-31"), told_trust(told_tls(HOST)),
        told_smtp(f"{MX} 192.0.2.1:25", "220 mx", ehlo=f"250-{MX}\n250 STARTTLS", tls=tls),
        told_trust(tls, problem),
    )  # fmt: skip


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize("mode", ["enforce", "testing"])
@pytest.mark.parametrize(
    ("tls", "problem", "tags"),
    [
        (GOOD, None, ("met",)),
        (told_tls("mail.example.com"), None, ("other-certificate",)),
        (told_tls(MX, lasts="2025-01-01 to 2026-01-01"), None, ("certificate-expired",)),
        (told_tls(MX, lasts="2026-03-01 to 2027-01-01"), None, ("certificate-not-yet-valid",)),
        (GOOD, "self-signed", ("self-signed",)),
        (GOOD, "chain-incomplete", ("chain-incomplete",)),
        (GOOD, "untrusted-issuer", ("untrusted-issuer",)),
        (GOOD, "bad-chain", ("bad-chain",)),
    ],
)
def test_a_host_shows_a_certificate_that_holds(
    mode: str, tls: Tls, problem: Problem | None, tags: tuple[str, ...]
) -> None:
    policy = fetched(POLICY.format(mode))
    assert ending(found(RECORD, *ADDRESS, policy, tls=tls, problem=problem)) == tags


@pytest.mark.parametrize(
    ("policy", "tags"),
    [
        pytest.param((told("_mta-sts.example.com TXT", "NODATA"),), ("no-policy",), id="no record"),
        pytest.param(
            (told("_mta-sts.example.com TXT", '"v=STSv1; id=-"'), *ADDRESS, fetched()),
            ("no-policy",), id="a bad record",
        ),
        pytest.param((RECORD, *ADDRESS, fetched("junk")), ("no-policy",), id="a bad policy"),
        pytest.param((RECORD, *ADDRESS, fetched(status=404)), ("no-policy",), id="404"),
        pytest.param(
            (told("_mta-sts.example.com TXT", "TIMEOUT"), *ADDRESS, fetched("junk")),
            ("no-policy",), id="junk decides",
        ),
        pytest.param(
            (told("_mta-sts.example.com TXT", "TIMEOUT"), *ADDRESS, fetched()),
            ("inconclusive: timeout",), id="the record is not known",
        ),
        pytest.param(
            (RECORD, *ADDRESS, fetched("TIMEOUT")), ("inconclusive: timeout",), id="nor the policy"
        ),
        pytest.param(
            (RECORD, *ADDRESS, fetched(status=503)), ("inconclusive: service-unavailable",), id="503"
        ),
    ],
)  # fmt: skip
def test_without_a_policy_the_hosts_are_held_to_nothing(
    policy: tuple[Told, ...], tags: tuple[str, ...]
) -> None:
    assert ending(found(*policy)) == tags


def test_a_host_decides_though_the_record_is_not_known() -> None:
    policy = (told("_mta-sts.example.com TXT", "TIMEOUT"), *ADDRESS, fetched())
    assert ending(found(*policy, tls=told_tls("x.example"))) == ("other-certificate",)


def test_one_address_of_the_policy_host_is_enough_to_hold_them_to_it() -> None:
    two = (told(f"{HOST} A", "192.0.2.80 | 192.0.2.81"), ADDRESS[1])
    policy = (RECORD, *two, fetched(), fetched("junk", 81))
    assert ending(found(*policy)) == ("met",)
    assert ending(found(*policy, tls=told_tls("x.example"))) == ("other-certificate",)


def test_mode_none_asks_for_nothing() -> None:
    verdict = found(RECORD, *ADDRESS, fetched(POLICY.format("none")), tls=told_tls("x.example"))
    assert ending(verdict) == ("met",)
    assert [one.tag for one in verdict.advice] == ["mode-none"]


def test_a_host_that_the_policy_leaves_out() -> None:
    mx = f"10 {MX}. | 20 mx2.example.com."
    assert "mx-not-covered" in found(RECORD, *ADDRESS, fetched(), mx=mx).tags


def test_the_name_of_the_record_or_its_host_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"write example\.com"):
        judged(CHECK, "MX hosts of mta-sts.example.com meet MTA-STS")
