"""Which faults of a proposed zone its servers show today as well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.facts.change.proposed import ProposedCopy, ProposedCopyFact
from mailcheck.finding import Finding, met
from mailcheck.proposals import ProposedFiles
from mailcheck.question import each_of
from mailcheck.world.proposed import NetworkBefore, ProposedNetwork, read_proposals
from tests.world.proposed.changes import APEX, lines, loaded
from tests.world.proposed.patched import LiveZone

if TYPE_CHECKING:
    from tests.world.proposed.changes import RRsets

ALIAS = {("news", "CNAME"): "web"}
WWW = {("www", "A"): "192.0.2.80"}


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        pytest.param(ALIAS | WWW, "news CNAME web\n", 1, 0, id="as it was"),
        pytest.param(WWW, "news CNAME web\n", 0, 1, id="a new alias"),
        pytest.param({("news", "CNAME"): "www"} | WWW, "news CNAME web\n", 0, 1, id="another one"),
        pytest.param(
            ALIAS | {("web", "A"): "192.0.2.80"}, "news CNAME web\n", 0, 1, id="its target goes"
        ),
        pytest.param(
            ALIAS, "news CNAME web\nshop CNAME nope\n", 1, 1, id="one as it was, and a new one"
        ),
        pytest.param({("@", "MX"): "10 gone"}, "@ MX 10 gone\n", 1, 0, id="an MX without address"),
        pytest.param(
            {("@", "MX"): "10 gone", ("gone", "A"): "192.0.2.25"},
            "@ MX 10 gone\n",
            0,
            1,
            id="an MX that loses its address",
        ),
        pytest.param(WWW, "www A 192.0.2.80\n", 0, 0, id="nothing is wrong"),
    ],
)
def test_what_was_wrong_before(
    tmp_path: Path, before: RRsets, after: str, old: int, new: int
) -> None:
    copy, then = both(tmp_path, before, after)
    assert copy.by == then.by
    assert len(copy.faults) == old
    assert set(copy.faults) <= set(then.faults)
    assert len(then.faults) == old + new


def test_what_keeps_a_zone_from_loading_was_not_before(tmp_path: Path) -> None:
    copy, then = both(tmp_path, ALIAS, "news CNAME web\nnews TXT x\n")
    assert not then.loads
    assert copy.loads


def both(folder: Path, before: RRsets, after: str) -> tuple[ProposedCopyFact, ProposedCopyFact]:
    """Return what is wrong with a zone before and after a change."""
    live = loaded(before)
    assert live is not None
    text = f"$ORIGIN example.com.\n$TTL 300\n{lines(APEX)}{after}"
    (folder / "example.com.zone").write_text(text, "utf-8")
    network = ProposedNetwork(
        read_proposals([ProposedFiles(folder / "example.com.zone")], folder).zones
    )
    below = Engine(LiveZone(live))
    copies = []
    for way in (NetworkBefore(network).answer, network.answer):
        engine = Engine(Layer(below, way))
        got: list[Any] = []

        async def judge(got: list[Any] = got) -> Finding:
            got.extend(await each_of([ProposedCopy("example.com")]))
            return met()

        engine.finish(engine.plan(judge))
        copies += got
    return copies[0], copies[1]
