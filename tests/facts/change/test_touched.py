"""Which share of a zone a change touches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.change.changes import ChangedRRset, ZoneChange
from mailcheck.facts.change.known_names import KnownNames
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.change.touched import Percent, Share, differing, pairs_of, share_of
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.question import Unobserved

LOST = Unobserved("timeout")


def share(
    live: int, gone: int, changed: int, unknown: int = 0, *, unsure: int = 0, ns: bool = False
) -> Share:
    touched = tuple((f"{n}.example", "A") for n in range(gone + changed))
    return Share(live, gone, changed, touched, (LOST,) * unsure, (LOST,) * unknown, ns)


@pytest.mark.parametrize(
    ("of", "percent", "may"),
    [
        pytest.param(share(0, 0, 0), 30, {False}, id="nothing is live"),
        pytest.param(share(20, 3, 3), 30, {False}, id="just so much"),
        pytest.param(share(20, 3, 4), 30, {True}, id="more"),
        pytest.param(share(10, 0, 4), 30, {True}, id="ten are enough"),
        pytest.param(share(9, 3, 3), 30, {False}, id="of nine each is much"),
        pytest.param(share(9, 9, 0), 30, {True}, id="all of nine go"),
        pytest.param(share(9, 0, 9), 30, {False}, id="all of nine change"),
        pytest.param(share(1, 1, 0), 30, {True}, id="the only one goes"),
        pytest.param(share(1, 1, 0), 100, {False}, id="all may go"),
        pytest.param(share(2, 0, 1), 0, {True}, id="none may, of how few ever"),
        pytest.param(share(2, 0, 0), 0, {False}, id="none may, and none does"),
        pytest.param(share(20, 3, 3, 1), 30, {True, False}, id="the unknown one decides"),
        pytest.param(share(20, 0, 7, 1), 30, {True}, id="too much whatever is unknown"),
        pytest.param(share(20, 1, 0, 4), 30, {False}, id="not too much whatever is unknown"),
        pytest.param(share(9, 0, 4, 1), 30, {True, False}, id="the tenth makes them count"),
        pytest.param(share(2, 2, 0, 1), 30, {True}, id="most go, even if one more stays"),
        pytest.param(share(2, 1, 0, 1), 30, {True, False}, id="both may go"),
        pytest.param(share(5, 1, 0), 10, {False}, id="one of five goes"),
        pytest.param(share(9, 4, 0), 10, {False}, id="less than half of nine go"),
        pytest.param(share(9, 5, 0), 10, {True}, id="more than half of nine go"),
        pytest.param(share(9, 5, 0), 60, {False}, id="so many may go"),
        pytest.param(share(2, 1, 0), 30, {False}, id="one of two goes"),
        pytest.param(share(2, 1, 0, ns=True), 30, {True}, id="all but the NS of the zone go"),
        pytest.param(share(6, 5, 0, ns=True), 99, {True}, id="all five go"),
        pytest.param(share(6, 5, 0, ns=True), 100, {False}, id="all five may go"),
        pytest.param(share(101, 100, 0, ns=True), 99, {True}, id="all of a hundred go"),
        pytest.param(share(5, 2, 0, ns=True), 10, {False}, id="half of four go"),
        pytest.param(share(0, 0, 0, 1), 30, {True, False}, id="the only one is unknown"),
        pytest.param(share(10, 2, 1, unsure=1), 30, {True, False}, id="it may stay or not"),
        pytest.param(share(10, 2, 2, unsure=1), 30, {True}, id="four of ten are enough"),
        pytest.param(share(10, 1, 1, unsure=1), 30, {False}, id="three of ten at most"),
        pytest.param(share(3, 0, 1, 2), 30, {False}, id="one stays, and there are few"),
    ],
)
def test_whether_the_share_is_too_large(of: Share, percent: int, may: set[bool]) -> None:
    assert of.may_exceed(percent) == may


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (share(9, 0, 2), "0 go and 2 change"),
        (share(9, 1, 1), "1 goes and 1 changes"),
    ],
)
def test_what_becomes_of_the_rrsets_is_told(of: Share, text: str) -> None:
    assert of.what == text


def test_a_share_is_rounded_up() -> None:
    assert [share(live, 0, 1).percent for live in (3, 4, 100)] == [34, 25, 1]
    assert share(0, 0, 0).percent == 0


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        pytest.param([("a.example A", "192.0.2.1", "192.0.2.1")], (1, 0, 0, 0), id="stays"),
        pytest.param(
            [("a.example A", "192.0.2.1 | 192.0.2.2", "192.0.2.2 | 192.0.2.1")],
            (1, 0, 0, 0),
            id="order does not count",
        ),
        pytest.param([("a.example A", "192.0.2.1", "192.0.2.2")], (1, 0, 1, 0), id="changes"),
        pytest.param([("a.example A", "192.0.2.1", "NXDOMAIN")], (1, 1, 0, 0), id="goes"),
        pytest.param([("a.example A", "NODATA", "192.0.2.2")], (0, 0, 0, 0), id="comes"),
        pytest.param([("a.example A", "TIMEOUT", "192.0.2.2")], (0, 0, 0, 1), id="live unknown"),
        pytest.param([("a.example A", "192.0.2.1", "TIMEOUT")], (1, 0, 0, 1), id="after unknown"),
        pytest.param(
            [
                ("a.example A", "-> b.example | 192.0.2.1", "-> b.example | 192.0.2.2"),
                ("a.example MX", "-> b.example | NODATA", "-> b.example | NODATA"),
            ],
            (1, 0, 0, 0),
            id="an alias is one RRset, and what it leads to another's",
        ),
        pytest.param(
            [
                ("a.example A", "-> b.example | 192.0.2.1", "192.0.2.1"),
                ("a.example MX", "-> b.example | NODATA", "NODATA"),
            ],
            (1, 0, 1, 0),
            id="data takes the place of an alias",
        ),
        pytest.param(
            [
                ("a.example A", "-> b.example | 192.0.2.1", "-> b.example | 192.0.2.1"),
                ("a.example MX", "TIMEOUT", "TIMEOUT"),
            ],
            (1, 0, 0, 0),
            id="beside an alias there is nothing to be unknown",
        ),
        pytest.param(
            [("a.example A", "192.0.2.1", "-> b.example | 192.0.2.1")],
            (1, 0, 1, 0),
            id="an alias takes the place of data",
        ),
    ],
)
def test_each_rrset_counts_once(
    answers: list[tuple[str, str, str]], counts: tuple[int, int, int, int]
) -> None:
    pairs = [tuple(asked.split()) for asked, _, _ in answers]
    live = {
        (n, t): told(f"{n} {t}", said)[1]
        for (n, t), (_, said, _) in zip(pairs, answers, strict=True)
    }
    after = {
        (n, t): told(f"{n} {t}", said)[1]
        for (n, t), (_, _, said) in zip(pairs, answers, strict=True)
    }
    found = share_of(live, after)
    assert (found.live, found.gone, found.changed, len(found.unsure) + len(found.unknown)) == counts
    assert len(found.touched) == found.gone + found.changed


@pytest.mark.parametrize(
    ("live", "copied", "becomes", "differs"),
    [
        pytest.param("192.0.2.1", "192.0.2.1", "stays", False, id="just the same"),
        pytest.param("192.0.2.1", "192.0.2.1 | 192.0.2.2", "stays", False, id="some are the same"),
        pytest.param(
            "192.0.2.1", "192.0.2.2", "unsure", False, id="others, as others may be given"
        ),
        pytest.param("192.0.2.1", "NODATA", "goes", True, id="there is none to copy"),
        pytest.param("-> b.example | 192.0.2.1", "192.0.2.1", "changes", True, id="it is an alias"),
    ],
)
def test_who_copies_records_may_be_given_others_than_we_are(
    live: str, copied: str, becomes: str, *, differs: bool
) -> None:
    pair = ("a.example", "A")
    _, now = told("a.example A", live)
    _, then = told("a.example A", copied)
    assert isinstance(then, DnsAnswer)
    copy = replace(ProposedAnswer.resting_on(then), copied_from="lb.example")
    found = share_of({pair: now}, {pair: copy})
    counts = {"goes": found.gone, "changes": found.changed, "unsure": len(found.unsure)}
    assert counts == {kind: int(kind == becomes) for kind in counts}
    assert found.live == 1
    assert bool(differing({pair: now}, {pair: copy})) is differs


def test_of_what_is_not_the_same_for_all_clients_we_see_one() -> None:
    pair = ("a.example", "A")
    _, now = told("a.example A", "192.0.2.1")
    _, then = told("a.example A", "192.0.2.2")
    varied = frozenset({pair})
    found = share_of({pair: now}, {pair: then}, varied=varied)
    assert (found.live, found.changed, len(found.unsure)) == (1, 0, 1)
    assert differing({pair: now}, {pair: then}) == [pair]
    assert differing({pair: now}, {pair: then}, varied) == []


def test_what_the_change_speaks_of_is_asked_first_and_never_its_soa() -> None:
    written = tuple(
        ChangedRRset(name, rdtype)
        for name, rdtype in (
            ("a.example", "SOA"),
            ("a.example", "MX"),
            ("b.a.example", "SSHFP"),
            ("other.example", "A"),
        )
    )
    removed = (ChangedRRset("c.a.example", "TXT"), ChangedRRset("d.a.example", ""))
    change = ZoneChange("a.example", "file", whole=False, written=written, removed=removed)
    pairs = list(pairs_of(KnownNames(change, ("d.a.example",)), "a.example"))
    assert pairs == [
        ("c.a.example", "TXT"),
        ("a.example", "MX"),
        ("b.a.example", "SSHFP"),
        *(("d.a.example", rdtype) for rdtype in ("A", "AAAA", "MX", "TXT")),
    ]


@pytest.mark.parametrize(("text", "percent"), [("30", 30), ("30%", 30), ("0", 0), ("100%", 100)])
def test_a_percentage_is_read_with_its_sign_or_without(text: str, percent: int) -> None:
    assert Percent.parse(text) == percent


@pytest.mark.parametrize("text", ["101", "-1", "3.5", "%", "30 %", "a", ""])
def test_what_is_no_percentage(text: str) -> None:
    with pytest.raises(ValueError, match="is not a percentage"):
        Percent.parse(text)


@pytest.mark.parametrize(
    ("of", "percent", "text"),
    [
        pytest.param(share(5, 1, 0), 20, "", id="no more than may"),
        pytest.param(share(10, 4, 0), 30, "", id="enough are known"),
        pytest.param(
            share(5, 1, 1),
            30,
            "only 5 RRsets are known, of which 1 goes and 1 changes: that is 40 %, and below 10 a "
            "share is judged only where more than half goes",
            id="few",
        ),
    ],
)
def test_that_few_are_known_is_told_where_it_decides(of: Share, percent: int, text: str) -> None:
    assert [one.text for one in of.few(percent)] == ([text] if text else [])


@pytest.mark.parametrize(
    ("of", "percent", "text"),
    [
        (
            share(20, 1, 6),
            30,
            (
                "of 20 RRsets known of a.example, 1 goes and 6 change; that is 35 %, and 30 % may: A of "
                "0.example, A of 1.example, A of 2.example, A of 3.example, A of 4.example, 2 more"
            ),
        ),
        (
            share(2, 1, 0, ns=True),
            60,
            (
                "of 2 RRsets known of a.example, 1 goes and 0 change; nothing is left but the NS of the "
                "zone: A of 0.example"
            ),
        ),
    ],
)
def test_why_it_is_too_much(of: Share, percent: int, text: str) -> None:
    assert of.too_much("a.example", percent) == text
