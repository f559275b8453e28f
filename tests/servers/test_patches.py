"""A patch over one named says what another named says, which has the zone with the patch in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.message
import dns.query
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mailcheck.facts.dns import DnsAnswer, ServerQuery, Source
from mailcheck.probes.dns.wire.message import read_wire
from mailcheck.probes.dns.wire.query import Query
from mailcheck.question import Unobserved
from tests.world.proposed.changes import changes, loaded, zone_text
from tests.world.proposed.patched import NS, LiveZone, Through, judged, patch_of, words

from .authorities import serving

if TYPE_CHECKING:
    from tests.world.proposed.changes import Change

pytestmark = pytest.mark.servers("named")

ZONES = 40
"""Zones of one pair of servers."""

ASKED = 8
"""Questions to each of them."""

UNKNOWABLE = {"names-below-unseen", "hidden-till-then"}
"""Why it may be open what a zone will say: of these, named shows nothing before."""


@dataclass
class ServedZone(LiveZone):
    """A world in which the zone is on a named at *port*."""

    port: int = 0

    def _served(self, question: ServerQuery) -> DnsAnswer | Unobserved:
        return said_by(self.port, question)


def said_by(port: int, question: ServerQuery) -> DnsAnswer | Unobserved:
    """What the named at *port* says."""
    query = dns.message.make_query(question.name, question.rdtype, flags=0, use_edns=0)
    response = dns.query.udp(query, "127.0.0.1", port=port, timeout=5)
    asked = Query(question.name, question.rdtype, recursive=False)
    return read_wire(asked, response.to_wire(), Source(str(question.server)))


def change_to(origin: str, change: Change) -> tuple[str, str] | None:
    """Return the zone before and after, None if there is no such zone or no change."""
    is_one = change.replaced or change.removed
    if not is_one or not loaded(change.before, origin) or not loaded(change.after, origin):
        return None
    return zone_text(change.before), zone_text(change.after)


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],  # two servers for each example: too slow to make one smaller
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_a_patch_over_a_named_says_what_a_named_says_that_has_it(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found: dict[str, Change] = {}
    texts: dict[str, tuple[str, str]] = {}
    while len(texts) < ZONES:
        origin = f"z{len(found)}.example"
        change = found[origin] = data.draw(changes())
        if both := change_to(origin, change):
            texts[origin] = both
    folder = tmp_path_factory.mktemp("patches")
    before = {origin: text for origin, (text, _) in texts.items()}
    after = {origin: text for origin, (_, text) in texts.items()}
    (folder / "before").mkdir()
    (folder / "after").mkdir()
    counts: Counter[str] = Counter()
    with (
        serving("named", before, folder / "before") as now,
        serving("named", after, folder / "after") as then,
    ):
        for origin in texts:
            some = st.sampled_from(found[origin].questions)
            asked = data.draw(st.lists(some, min_size=ASKED, max_size=ASKED))
            counts += compared(origin, found[origin], asked, now, then)
    assert counts["said"] > 4 * counts["open"]


def compared(
    origin: str, change: Change, asked: list[tuple[str, str]], now: int, then: int
) -> Counter[str]:
    """Count how often the named *then* says the same as the patch over the one *now*."""
    counts: Counter[str] = Counter()
    zone = loaded(change.before, origin)
    assert zone is not None
    world = ServedZone(zone, port=now)
    queries = [ServerQuery(f"{name}.{origin}".removeprefix("."), kind, NS) for name, kind in asked]
    got = judged(world, Through(patch_of(change.patch, origin)), *queries)
    for query, ours in zip(queries, got, strict=True):
        theirs = said_by(then, query)
        if isinstance(ours, Unobserved):
            assert ours.cause in UNKNOWABLE, (query, ours)
            counts["open"] += 1
        elif isinstance(theirs, Unobserved) and ours.aliases:
            counts["endless"] += 1  # an alias in a circle, or to a cut: no answer is read
        else:
            assert words(ours) == words(theirs), (query, change)
            counts["said"] += 1
    return counts
