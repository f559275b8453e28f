"""Whether a policy names the hosts that take mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.coverage import coverage
from mailcheck.facts.mta_sts.policy import Mode, Policy
from mailcheck.question import Unobserved
from tests.facts.smtp.test_hosts import found

if TYPE_CHECKING:
    from mailcheck.check import Told


def ends(mx: Told, *policies: Policy) -> list[str]:
    part = found(coverage("example.com", policies), mx)
    if isinstance(part, Unobserved):
        return [f"? {part.cause}"]
    unknown = [f"? {part.unknown.cause}"] if part.unknown else []
    reasons = [f"{reason.tag} {reason.about}" for reason in part.reasons]
    return reasons + unknown + [f"+ {advice.text}" for advice in part.advice]


def policy(*mx: str, mode: Mode = "enforce") -> Policy:
    return Policy(mode, 86_400, mx)


TWO = "10 a.example.com. | 20 b.example.com."


@pytest.mark.parametrize(
    ("mx", "policies", "expected"),
    [
        pytest.param(TWO, [policy("a.example.com", "b.example.com")], [], id="each by its name"),
        pytest.param(TWO, [policy("*.example.com")], [], id="by a star"),
        pytest.param(
            TWO, [policy("b.example.com")], ["mx-not-covered a.example.com"], id="one is left out"
        ),
        pytest.param(
            TWO, [policy("b.example.com", mode="testing")], ["mx-not-covered a.example.com"],
            id="in testing too",
        ),
        pytest.param(TWO, [policy("x.example", mode="none")], [], id="none asks for nothing"),
        pytest.param(TWO, [], [], id="no policy"),
        pytest.param(
            "10 a.example.com.", [policy("*.example.com", "x.example")],
            ["+ the policy names x.example, which is no MX"], id="an entry to spare",
        ),
        pytest.param(
            TWO, [policy("*.example.com"), policy("a.example.com")],
            ["mx-not-covered b.example.com"], id="each of two policies must",
        ),
        pytest.param("NODATA", [policy("example.com")], [], id="the domain is its own MX"),
        pytest.param(
            "NODATA", [policy("*.example.com")],
            ["mx-not-covered example.com", "+ the policy names *.example.com, which is no MX"],
            id="and has to be named",
        ),
        pytest.param("0 .", [policy("*.x.example")], ["+ the policy names *.x.example, which is no MX"], id="null MX"),
        pytest.param("NXDOMAIN", [policy("a.example")], ["no-such-domain "], id="no domain"),
        pytest.param("TIMEOUT", [policy("a.example")], ["? timeout"], id="nobody knows"),
    ],
)  # fmt: skip
def test_every_exchange_has_to_be_named(
    mx: str, policies: list[Policy], expected: list[str]
) -> None:
    assert ends(told("example.com MX", mx), *policies) == expected


def test_many_entries_to_spare_are_one_piece_of_advice() -> None:
    many = policy("a.example.com", *(f"{number}.example" for number in range(1000)))
    [advice] = ends(told("example.com MX", "10 a.example.com."), many)
    names = "0.example, 1.example, 2.example, 3.example and 996 more"
    assert advice == f"+ the policy names {names}, of which none is an MX"


def test_a_long_policy_is_not_shown_whole() -> None:
    many = policy(*(f"{number}.example" for number in range(1000)))
    part = found(coverage("example.com", (many,)), told("example.com MX", "10 a.example.com."))
    assert part.reasons[0].text == (
        "the policy (mode enforce) names 0.example, 1.example, 2.example, 3.example and 996 more, "
        "not a.example.com"
    )


@pytest.mark.parametrize(
    ("live", "is_new"),
    [
        pytest.param("10 b.example.com.", True, id="it is to be one"),
        pytest.param("10 a.example.com.", False, id="it is one already"),
        pytest.param("TIMEOUT", False, id="nobody knows"),
    ],
)
def test_an_exchange_that_a_change_adds_comes_after_the_policy(live: str, *, is_new: bool) -> None:
    change = (Proposed("example.com"), ProposedFact("example.com.zone"))
    part = found(
        coverage("example.com", (policy("b.example.com"),)),
        told("example.com MX", TWO), change, told_published("example.com MX", live),
    )  # fmt: skip
    [reason] = part.reasons
    assert (reason.about, "the policy comes first" in reason.text) == ("a.example.com", is_new)
