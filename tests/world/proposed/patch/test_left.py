"""What a tool leaves as it is live in a zone that it publishes whole otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.dns import ServerQuery
from tests.world.proposed.changes import loaded
from tests.world.proposed.patched import NS, LiveZone, Through, judged, patch_of, words

LIVE = {
    ("@", "TXT"): '"live"',
    ("@", "MX"): "10 mail",
    ("old", "A"): "192.0.2.1",
    ("old", "TXT"): '"old"',
    ("mail", "A"): "192.0.2.2",
    ("mail", "TXT"): '"mail"',
    ("*.w", "TXT"): '"wild"',
    ("alias", "CNAME"): "mail",
    ("written", "CNAME"): "old",
}
PLAN = "mail A 192.0.2.99\n*.v TXT v\nx.v A 192.0.2.5\nwritten TXT new\n"


@pytest.mark.parametrize(
    ("left", "asked", "then"),
    [
        pytest.param({"TXT"}, "@ TXT", '"live"', id="at the apex"),
        pytest.param({"TXT"}, "@ MX", "NODATA", id="another type"),
        pytest.param({"TXT"}, "old TXT", '"old"', id="at a name that goes otherwise"),
        pytest.param({"TXT"}, "old A", "NODATA", id="which is there then"),
        pytest.param({"MX"}, "old A", "NXDOMAIN", id="and is not without it"),
        pytest.param({"TXT"}, "mail TXT", '"mail"', id="beside what is written"),
        pytest.param({"A"}, "mail A", "192.0.2.99", id="what is written is not left"),
        pytest.param({"TXT"}, "a.w TXT", '"wild"', id="a wildcard that is left"),
        pytest.param({"A"}, "a.w TXT", "NXDOMAIN", id="one that is not"),
        pytest.param({"TXT"}, "a.v TXT", '"v"', id="a wildcard that is written"),
        pytest.param({"CNAME"}, "alias A", "-> mail.example.com", id="an alias"),
        pytest.param({"A"}, "alias A", "NXDOMAIN", id="an alias that goes"),
        pytest.param({"TXT"}, "none TXT", "NXDOMAIN", id="where nothing is"),
    ],
)
def test_rrsets_that_are_left(left: set[str], asked: str, then: str) -> None:
    live = loaded(LIVE)
    assert live is not None
    whole = replace(patch_of(PLAN), whole=True, stays=lambda _, rdtype: rdtype in left)
    name, kind = asked.split()
    full = "example.com" if name == "@" else f"{name}.example.com"
    [answer] = judged(LiveZone(live), Through(whole), ServerQuery(full, kind, NS))
    assert words(answer) == then


def test_names_that_are_left() -> None:
    live = loaded(LIVE)
    assert live is not None
    whole = replace(
        patch_of(PLAN), whole=True, stays=lambda name, _: name.startswith("old.example.com")
    )
    queries = [ServerQuery(f"{name}.example.com", "TXT", NS) for name in ("old", "mail")]
    assert [*map(words, judged(LiveZone(live), Through(whole), *queries))] == ['"old"', "NODATA"]
