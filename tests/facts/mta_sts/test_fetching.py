"""Which addresses a policy is fetched from, and what silence there means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.https import HttpsGet, HttpsGetFact
from mailcheck.facts.mta_sts.fetching import MtaStsDomain, PolicyFetch, PolicyFetches, fetch_from
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.smtp.told import told_port
from mailcheck.facts.smtp.vantage import RunControls, RunControlsFact
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

HOST = "mta-sts.example.com"
ONE = parse_address("192.0.2.80")


def test_the_path_is_the_well_known_one_and_the_length_is_capped() -> None:
    asked = HttpsGet(ONE, 443, HOST, "/.well-known/mta-sts.txt", 65_536)
    assert fetch_from(ONE, HOST) == asked


def test_every_address_is_asked(answered: Answered) -> None:
    held = answered(
        PolicyFetches("example.com"),
        told(f"{HOST} A", "192.0.2.80"),
        told(f"{HOST} AAAA", "2001:db8::80"),
        told_policy(f"{HOST} 192.0.2.80", "four"),
        told_policy(f"{HOST} 2001:db8::80", "six"),
    )
    bodies = [fetch.body for _, fetch in held.sessions if isinstance(fetch, HttpsGetFact)]
    assert bodies == [b"four", b"six"]


def test_of_many_addresses_a_few_are_asked_and_the_rest_is_unknown(answered: Answered) -> None:
    four = [f"192.0.2.{last}" for last in range(1, 13)]
    six = [f"2001:db8::{last}" for last in range(1, 5)]
    held = answered(
        PolicyFetches("example.com"),
        told(f"{HOST} A", " | ".join(reversed(four))),
        told(f"{HOST} AAAA", " | ".join(six)),
        *(told_policy(f"{HOST} {address}", "x") for address in (*four, *six)),
    )
    unasked = [a for a, fetch in held.sessions if isinstance(fetch, Unobserved)]
    assert sorted(map(str, unasked)) == sorted(four[8:])
    causes = {fetch.cause for _, fetch in held.sessions if isinstance(fetch, Unobserved)}
    assert causes == {"too-many-to-ask"}


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        pytest.param("Example.com", "example.com", id="a domain"),
        pytest.param("mta-sts.com", "mta-sts.com", id="one that somebody registered"),
        pytest.param("sts.example.com", "sts.example.com", id="another name"),
    ],
)
def test_a_domain(text: str, domain: str) -> None:
    assert MtaStsDomain.parse(text) == domain


@pytest.mark.parametrize(
    "text", ["_mta-sts.example.com", "mta-sts.example.com", "a._mta-sts.example.com"]
)
def test_the_name_of_a_record_or_of_its_host_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"write example\.com"):
        MtaStsDomain.parse(text)


def test_where_nobody_answers_the_network_is_to_blame(answered: Answered) -> None:
    hosts = (("www.example", 443), ("web.example", 443))
    said = answered(
        PolicyFetch(ONE, HOST),
        told_policy(f"{HOST} 192.0.2.80", "TIMEOUT"),
        (RunControls(), RunControlsFact(hosts)),
        told("www.example A", "192.0.2.1"),
        told("web.example A", "192.0.2.2"),
        told_port("192.0.2.1:443", "TIMEOUT"),
        told_port("192.0.2.2:443", "TIMEOUT"),
    )
    assert isinstance(said, Unobserved)
    assert said.cause == "no-network"
