"""``SPF of D passes for every MX``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_passes_for_every_mx import CHECK
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.testing import judged

SENTENCE = "SPF of example.com passes for every MX"
RECORD = 'example.com TXT: "v=spf1 ip4:192.0.2.1 -all"'


@pytest.mark.parametrize(
    ("said", "ends", "advice", "published"),
    [
        pytest.param(("example.com MX: NODATA",), "no-mx", [], True, id="no MX"),
        pytest.param(("example.com MX: NXDOMAIN",), "no-such-domain", [], True, id="no domain"),
        pytest.param(("example.com MX: 0 .",), "met", ["null-mx"], False, id="null MX"),
        pytest.param(("example.com MX: TIMEOUT",), "timeout", [], False, id="unknown"),
        pytest.param(
            ("example.com MX: REFUSED-BY-AUTHORITY",), "refused-by-authority", [], False, id="r"
        ),
        pytest.param(
            ("example.com MX: 1 a.b.", "a.b A: NODATA", "a.b AAAA: NODATA"),
            "met",
            ["exchange-without-address"],
            False,
            id="no address",
        ),
        pytest.param(
            ("example.com MX: 1 a.b.", "a.b A: 192.0.2.1", "a.b AAAA: NODATA"),
            "met",
            [],
            False,
            id="passes",
        ),
        pytest.param(
            ("example.com MX: 1 a.b. | ...", "a.b A: 192.0.2.1", "a.b AAAA: NODATA"),
            "too-many-records",
            [],
            False,
            id="more exchanges than were read",
        ),
        pytest.param(
            ("example.com MX: 1 a.b.", "a.b A: 192.0.2.2", "a.b AAAA: NODATA"),
            "spf-fail",
            [],
            True,
            id="fails",
        ),
    ],
)
def test_endings(said: tuple[str, ...], ends: str, advice: list[str], published: bool) -> None:  # noqa: FBT001  a column of the table
    verdict = judged(CHECK, SENTENCE, *(told(*line.split(": ", 1)) for line in (*said, RECORD)))
    assert ends in (verdict.kind, verdict.cause, *verdict.tags)
    assert [one.tag for one in verdict.advice] == advice
    assert bool([line for remedy in verdict.remedies for line in remedy.publish]) is published


@pytest.mark.parametrize(
    ("record", "published"),
    [
        ("v=spf1include:a.b -all", "v=spf1 include:a.b -all"),
        ("v=spf1 include=a.b -all", "v=spf1 ip4:192.0.2.2 ip4:192.0.2.3 include:a.b -all"),
        ("v=spf1 include;a.b -all", "v=spf1 include:a.b -all"),
        ("v=spf1;moo", ""),
        ("v=spf1 moo", ""),
    ],
)
def test_what_was_meant_is_kept(record: str, published: str) -> None:
    verdict = judged(
        CHECK,
        SENTENCE,
        told("example.com MX", "1 a.b."),
        told("a.b A", "192.0.2.2 | 192.0.2.3"),
        told("a.b AAAA", "NODATA"),
        told("example.com TXT", f'"{record}"'),
    )
    lines = [line for remedy in verdict.remedies for line in remedy.publish]
    assert lines == ([f'example.com.  3600  IN  TXT  "{published}"'] if published else [])


def test_several_addresses_have_one_remedy() -> None:
    verdict = judged(
        CHECK,
        SENTENCE,
        told("example.com MX", "1 a.b."),
        told("a.b A", "192.0.2.2 | 192.0.2.3"),
        told("a.b AAAA", "NODATA"),
        told("example.com TXT", '"v=spf1 -all"'),
    )
    [remedy] = verdict.remedies
    assert remedy.publish == (
        'example.com.  3600  IN  TXT  "v=spf1 ip4:192.0.2.2 ip4:192.0.2.3 -all"',
    )


def test_an_include_that_a_change_drops_comes_back() -> None:
    verdict = judged(
        CHECK,
        SENTENCE,
        told("example.com MX", "1 a.b."),
        told("a.b A", "192.0.2.1"),
        told("a.b AAAA", "NODATA"),
        told("example.com TXT", '"v=spf1 -all"'),
        (Proposed("example.com"), ProposedFact("a.zone")),
        told_published("example.com TXT", '"v=spf1 include:c.d -all"'),
        told("c.d TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),
    )
    [remedy] = verdict.remedies
    assert remedy.publish == ('example.com.  3600  IN  TXT  "v=spf1 include:c.d -all"',)
