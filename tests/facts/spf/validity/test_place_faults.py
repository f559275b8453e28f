"""What is wrong at one place of a tree, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.validity.counting import met_by_strangers, places
from mailcheck.facts.spf.validity.place_faults import of_hosts, of_record, of_target
from mailcheck.finding import all_hold
from tests.facts.spf.validity.test_tree import spf, tree

if TYPE_CHECKING:
    from mailcheck.finding import Part
    from tests.facts.conftest import Answered


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        pytest.param(
            (spf("moo ip4:1 -all"),),
            [
                'in example.com, moo at character 8: "moo" is no mechanism',
                'in example.com, ip4:1 at character 12: "1" is no IPv4 address',
            ],
            id="faults",
        ),
        pytest.param(
            (spf("include:a.b -all"), spf("include:c.d ?all", "a.b"), spf("moo", "c.d")),
            ['in c.d (by way of example.com → a.b), moo at character 8: "moo" is no mechanism'],
            id="a fault below",
        ),
        pytest.param(
            (spf("include:a.b -all"), 'a.b TXT: "v=spf1 a" | "v=spf1 mx"'),
            ["a.b (by way of example.com) has 2 records that begin with v=spf1"],
            id="several below",
        ),
        pytest.param(
            (spf("redirect=a.b"), 'a.b TXT: "hello"'),
            ["redirect=a.b of example.com leads to a domain that has no SPF record"],
            id="a redirect",
        ),
        pytest.param(
            (spf("include:a..b -all"),),
            ["include:a..b of example.com leads to a name that cannot be in DNS"],
            id="no name",
        ),
        pytest.param(
            (spf("include:a.b -all"), spf("redirect=example.com", "a.b")),
            ["redirect=example.com of a.b (by way of example.com) leads back to example.com"],
            id="a loop",
        ),
        pytest.param(
            (
                spf("include:a.b -all"),
                spf("mx", "a.b"),
                "a.b MX: " + " | ".join(f"1 m{n}.e." for n in range(11)),
            ),
            ["mx of a.b (by way of example.com) leads to 11 exchanges, and 10 may be asked"],
            id="exchanges",
        ),
        pytest.param(
            (spf("a -all"), "example.com A: REFUSED-BY-AUTHORITY", "example.com AAAA: NODATA"),
            ["all name servers of example.com refuse to answer"],
            id="a refusal",
        ),
    ],
)
def test_what_is_wrong(said: tuple[str, ...], texts: list[str], answered: Answered) -> None:
    parts: list[Part] = []
    for place in places(tree(answered, *said).root):
        parts += of_record(place, ())
        for reached in met_by_strangers(place):
            parts += [*of_target(place, reached, ()), *of_hosts(place, reached)]
    finding = all_hold(parts)
    assert [reason.text for reason in finding.reasons] == texts
    assert finding.unknown is None
