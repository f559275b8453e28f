"""Names that a wildcard takes over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.change.changes import ChangedRRset, ZoneChange
from mailcheck.facts.change.wildcards import SHOWN, Wildcards, taken_over
from mailcheck.facts.dns import told


def rrsets(*texts: str) -> tuple[ChangedRRset, ...]:
    return tuple(
        ChangedRRset(name, rdtype) for name, _, rdtype in (t.partition(" ") for t in texts)
    )


ZONE = ZoneChange(
    "a.example",
    "zones/a",
    whole=True,
    written=rrsets(
        "a.example NS",
        "*.a.example A",
        "mail.a.example A",
        "x.sub.a.example A",
        "child.a.example NS",
        "deep.a.example A",
        "*.deep.a.example A",
    ),
)
PATCH = ZoneChange(
    "a.example",
    "zones/a",
    whole=False,
    written=rrsets("moved.a.example CNAME", "new.a.example A"),
    removed=rrsets("old.a.example ", "mail.a.example A", "moved.a.example ", "new.a.example "),
)


@pytest.mark.parametrize(
    ("change", "name", "wildcard"),
    [
        pytest.param(ZONE, "lists.a.example", "the wildcard *.a.example", id="not written"),
        pytest.param(ZONE, "x.lists.a.example", "the wildcard *.a.example", id="two labels"),
        pytest.param(ZONE, "x.deep.a.example", "the wildcard *.deep.a.example", id="closest"),
        pytest.param(ZONE, "mail.a.example", "", id="written"),
        pytest.param(ZONE, "sub.a.example", "", id="an empty non-terminal"),
        pytest.param(ZONE, "y.sub.a.example", "", id="below an empty non-terminal"),
        pytest.param(ZONE, "x.child.a.example", "", id="delegated"),
        pytest.param(replace(ZONE, left=True), "lists.a.example", "", id="it may be left as it is"),
        pytest.param(PATCH, "old.a.example", "a wildcard", id="removed by a patch"),
        pytest.param(PATCH, "mail.a.example", "a wildcard", id="its address removed by a patch"),
        pytest.param(PATCH, "moved.a.example", "", id="made an alias by a patch"),
        pytest.param(PATCH, "new.a.example", "", id="replaced by a patch"),
        pytest.param(PATCH, "other.a.example", "", id="left as it is by a patch"),
    ],
)
def test_whether_records_come_from_a_wildcard(change: ZoneChange, name: str, wildcard: str) -> None:
    assert Wildcards(change).behind(name, "A") == wildcard


TAKEN_OVER = (
    "the change does not write x.a.example, which has A 192.0.2.1: it will have 192.0.2.9 by the "
    "wildcard *.a.example"
)


@pytest.mark.parametrize(
    ("live", "after", "texts"),
    [
        pytest.param(
            "192.0.2.1",
            "192.0.2.9",
            [TAKEN_OVER],
            id="other records",
        ),
        pytest.param("192.0.2.1", "192.0.2.1", [], id="the same"),
        pytest.param("NXDOMAIN", "192.0.2.9", [], id="it did not resolve"),
        pytest.param("TIMEOUT", "192.0.2.9", [], id="nobody knows whether it did"),
    ],
)
def test_what_is_taken_over_is_told(live: str, after: str, texts: list[str]) -> None:
    pair = ("x.a.example", "A")
    now, then = (told("x.a.example A", one)[1] for one in (live, after))
    advice = taken_over({pair: now}, {pair: then}, {pair: "the wildcard *.a.example"})
    assert [one.text for one in advice] == texts
    assert {one.tag for one in advice} <= {"wildcard-takes-over"}


def test_of_many_the_rest_is_counted() -> None:
    pairs = [(f"h{n}.a.example", "A") for n in range(SHOWN + 2)]
    live, after = (
        {pair: told(" ".join(pair), said)[1] for pair in pairs}
        for said in ("192.0.2.1", "192.0.2.9")
    )
    advice = taken_over(live, after, dict.fromkeys(pairs, "a wildcard"))
    assert len(advice) == SHOWN
    assert advice[-1].text.endswith("by a wildcard; and 2 more names")
