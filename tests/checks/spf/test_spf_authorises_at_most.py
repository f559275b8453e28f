from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_authorises_at_most import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged

INCLUDED = told("_spf.example.net TXT", '"v=spf1 ip4:198.51.100.0/24 -all"')


@pytest.mark.parametrize(
    ("record", "most", "tags"),
    [
        pytest.param("ip4:192.0.2.0/24 -all", 256, (), id="just as many"),
        pytest.param("ip4:192.0.2.0/24 -all", 255, ("too-many-addresses",), id="one too many"),
        pytest.param("ip4:192.0.2.0/24 ip4:192.0.2.1 -all", 256, (), id="counted once"),
        pytest.param("-ip4:192.0.2.0/25 ip4:192.0.2.0/24", 128, (), id="kept out before"),
        pytest.param("ip6:2001:db8::/32 -all", 65535, ("too-many-addresses",), id="IPv6"),
        pytest.param("ip6:2001:db8::/32 -all", 65536, (), id="IPv6 by /48"),
        pytest.param("+all", 999999999, ("too-many-addresses",), id="everybody"),
        pytest.param("ip6:::/0 -all", 999999999, ("too-many-addresses",), id="all of IPv6"),
        pytest.param("-all", 0, (), id="nobody"),
        pytest.param("include:_spf.example.net -all", 255, ("too-many-addresses",), id="include"),
        pytest.param("ptr -all", 10, ("uncountable-term",), id="ptr"),
        pytest.param("-ptr ip4:192.0.2.1 -all", 1, (), id="whom nobody lists is kept out"),
        pytest.param("ip4:192.0.2.1/33 -all", 10, ("spf-permerror",), id="a fault"),
    ],
)
def test_what_passes_is_counted(record: str, most: int, tags: tuple[str, ...]) -> None:
    sentence = f"SPF of example.com authorises at most {most} addresses"
    assert judged(
        CHECK, sentence, told("example.com TXT", f'"v=spf1 {record}"'), INCLUDED
    ).tags == (tags)


def test_a_term_that_nobody_can_list_is_advised_only() -> None:
    sentence = "SPF of example.com authorises at most 10 addresses"
    verdict = judged(CHECK, sentence, told("example.com TXT", '"v=spf1 ptr -all"'))
    assert verdict.excused


def test_the_broadest_terms_are_named_with_their_shares() -> None:
    record = "ip4:192.0.2.1 ip4:203.0.113.0/24 include:_spf.example.net ip4:192.0.2.2 -all"
    verdict = judged(
        CHECK,
        "SPF of example.com authorises at most 10 addresses",
        told("example.com TXT", f'"v=spf1 {record}"'),
        INCLUDED,
    )
    [reason] = verdict.reasons
    assert reason.text == (
        "SPF of example.com authorises 514 addresses: 49 % by example.com: ip4:203.0.113.0/24, "
        "49 % by _spf.example.net: ip4:198.51.100.0/24, less than 1 % by example.com: "
        "ip4:192.0.2.1, the rest by 1 more"
    )


def test_too_many_are_too_many_whatever_else_is_unknown() -> None:
    verdict = judged(
        CHECK,
        "SPF of example.com authorises at most 10 addresses",
        told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all"'),
        told("_spf.example.net TXT", "TIMEOUT"),
    )
    assert (verdict.kind, verdict.tags) == ("unmet", ("too-many-addresses",))


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        pytest.param("NXDOMAIN", "spf-none", id="no domain"),
        pytest.param('"something else"', "spf-none", id="no record"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
    ],
)
def test_a_domain_whose_record_nobody_gets(said: str, tag: str) -> None:
    sentence = "SPF of example.com authorises at most 10 addresses"
    assert judged(CHECK, sentence, told("example.com TXT", said)).tags == (tag,)
