"""``SPF of D does not pass for IP I``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_does_not_pass_for_ip import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged

SENTENCE = "SPF of example.com does not pass for IP 192.0.2.1"


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 +all", "pass"),
        ("v=spf1 -all", "fail"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1 moo", "permerror"),
        ("hello", "none"),
    ],
)
def test_results(record: str, result: str) -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", f'"{record}"'))
    assert verdict.result == result
    assert verdict.tags == ((f"spf-{result}",) if result in ("pass", "permerror") else ())


@pytest.mark.parametrize(
    ("qualifier", "kind"), [("", "inconclusive"), ("-", "met"), ("~", "met"), ("?", "met")]
)
def test_a_name_of_the_client_that_cannot_be_looked_up(qualifier: str, kind: str) -> None:
    """It may have let the client pass; that it may have failed it otherwise changes nothing."""
    record = told("example.com TXT", f'"v=spf1 {qualifier}ptr ~all"')
    verdict = judged(CHECK, SENTENCE, record, told("1.2.0.192.in-addr.arpa PTR", "TIMEOUT"))
    assert (verdict.kind, verdict.result) == (kind, "softfail")


def test_what_is_published_fails_the_client() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'))
    assert '"v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all"' in verdict.remedies[0].publish[0]
