"""``change to D touches at most N %``: of what is known to be there today."""

from __future__ import annotations

import pytest

from mailcheck.checks.change.change_touches_at_most import CHECK
from mailcheck.errors import Place, SourceError
from mailcheck.facts.change.asking import LIMIT
from mailcheck.facts.change.changes import (
    ChangedRRset,
    Changes,
    ChangesFact,
    NamesInUse,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.loss import told_published, told_zone
from mailcheck.facts.change.pointers import ANYTHING as USUAL
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples
from mailcheck.verdict import Verdict

SENTENCE = "change to example.com touches at most 30 %"
HOSTS = tuple(f"h{n}.example.com" for n in range(1, 10))
LIVE = {
    "example.com NS": "ns1.example.net.",
    **{f"{host} A": f"192.0.2.{n}" for n, host in enumerate(HOSTS, 1)},
}
"""Ten RRsets."""


def verdict(
    after: dict[str, str], live: dict[str, str] = LIVE, sentence: str = SENTENCE
) -> Verdict:
    """Judge a change to a zone of which all names are in use."""
    to_zone = ZoneChange("example.com", "zones/example.com", whole=True)
    used = NamesInUseFact({host: (Place("suites/mail.yml", 4),) for host in HOSTS})
    return judged(
        CHECK,
        sentence,
        (Changes(), ChangesFact({"example.com": to_zone})),
        (NamesInUse(), used),
        told_published("example.com SOA", "ns1. host. 1 7200 3600 1209600 7200", ttl=7200),
        *told_zone("example.com", live, after, *HOSTS),
    )


def but(**changes: str) -> dict[str, str]:
    """What is live, but for addresses of some hosts; empty means none."""
    return LIVE | {f"{host}.example.com A": to or "NXDOMAIN" for host, to in changes.items()}


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


NEW = "192.0.2.99"


@pytest.mark.parametrize(
    ("after", "ends"),
    [
        pytest.param(but(), "met", id="nothing"),
        pytest.param(but(h1=NEW, h2=NEW, h3=""), "met", id="three of ten"),
        pytest.param(but(h1=NEW, h2=NEW, h3="", h4=""), "touches-too-much", id="four of ten"),
        pytest.param(
            but(h1=NEW, h2=NEW, h3="", h4="TIMEOUT"), "inconclusive: timeout", id="a fourth perhaps"
        ),
        pytest.param(
            but(h1=NEW, h2=NEW, h3="", h4="", h5="TIMEOUT"),
            "touches-too-much",
            id="four are enough",
        ),
        pytest.param(but(h1=NEW, h2="TIMEOUT"), "met", id="one or two"),
    ],
)
def test_the_share_decides(after: dict[str, str], ends: str) -> None:
    assert ending(verdict(after)) == (ends,)


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("change to example.com touches at most 40 %", "met"),
        ("change to example.com touches at most 40%", "met"),
        ("change to example.com touches at most 39%", "touches-too-much"),
    ],
)
def test_the_percentage_is_read_either_way(sentence: str, ends: str) -> None:
    assert ending(verdict(but(h1=NEW, h2=NEW, h3="", h4=""), sentence=sentence)) == (ends,)


def test_more_than_all_is_no_percentage() -> None:
    with pytest.raises(SourceError, match="percentage from 0 to 100"):
        verdict(but(), sentence="change to example.com touches at most 101 %")


def test_the_reason_counts_and_names_some() -> None:
    after = but(h1=NEW, h2=NEW, h3="", h4="", h5=NEW, h6=NEW)
    [reason] = verdict(after).reasons
    assert reason.text == (
        "of 10 RRsets known of example.com, 2 go and 4 change; that is 60 %, and 30 % may: "
        "A of h3.example.com, A of h4.example.com, A of h1.example.com, A of h2.example.com, "
        "A of h5.example.com, 1 more"
    )


def test_of_few_only_the_loss_of_most_is_too_much() -> None:
    few = {"example.com MX": "10 mx.example.net.", "example.com TXT": '"a"'}
    other = {"example.com MX": "10 mx2.example.net.", "example.com TXT": '"b"'}
    found = verdict(other, few)
    assert ending(found) == ("met",)
    assert "few-known" in [one.tag for one in found.advice]
    [reason] = verdict({"example.com NS": "ns9.example.net."}, few).reasons
    assert reason.tag == "touches-too-much"
    assert reason.text.startswith("of 2 RRsets known of example.com, 2 go and 0 change; ")


@pytest.mark.parametrize("percent", [1, 50, 99])
def test_nothing_but_ns_and_soa_is_never_little(percent: int) -> None:
    few = {asked: said for asked, said in LIVE.items() if asked[:2] in {"ex", "h1", "h2", "h3"}}
    mx = {"example.com MX": "10 h1.example.com.", "www.example.com A": "192.0.2.80"}
    sentence = f"change to example.com touches at most {percent} %"
    kept = {"example.com NS": LIVE["example.com NS"]}
    assert ending(verdict(kept, few | mx, sentence)) == ("touches-too-much",)


def test_what_may_not_be_there_today_may_decide_alone() -> None:
    """Ten RRsets, of which three change; if there is one more, that is less than 30 %."""
    sentence = "change to example.com touches at most 29 %"
    live = LIVE | {"_dmarc.example.com TXT": "TIMEOUT"}
    after = but(h1=NEW, h2=NEW, h3="")
    assert ending(verdict(after, live, sentence)) == ("inconclusive: timeout",)


def test_what_is_cached_longest_is_told_denials_too() -> None:
    after = but(h1=NEW) | {"example.com MX": "10 h1.example.com."}
    advice = {one.tag: one.text for one in verdict(after).advice}
    assert advice == {
        "cached-until": "caches serve that there is no MX of example.com for up to 2 h after the "
        "change, and another old answer no longer than that"
    }


def test_without_a_change_nothing_is_evaluated() -> None:
    assert ending(judged(CHECK, SENTENCE)) == ("not evaluated: nothing-proposed",)


def test_of_more_rrsets_than_are_asked_for_the_rest_is_counted() -> None:
    written = tuple(ChangedRRset(f"h{n}.example.com", "A") for n in range(LIMIT))
    to_zone = ZoneChange("example.com", "zones/example.com", whole=True, written=written)
    found = judged(CHECK, SENTENCE, (Changes(), ChangesFact({"example.com": to_zone})))
    assert "not-compared" in [advice.tag for advice in found.advice]


def test_a_part_of_a_reverse_zone_is_a_zone() -> None:
    zone, name = "0/25.2.0.192.in-addr.arpa", "4.0/25.2.0.192.in-addr.arpa"
    said = judged(
        CHECK,
        f"change to {zone} touches at most 0 %",
        (Changes(), ChangesFact({zone: ZoneChange(zone, "zones/part", whole=True)})),
        (NamesInUse(), NamesInUseFact({"4.2.0.192.in-addr.arpa": ()})),
        *told_zone(zone, {f"{name} PTR": "mail.example.com."}, {}, name),
        told_published(f"{zone} SOA", "ns1. host. 1 7200 3600 1209600 7200"),
    )
    assert ending(said) == ("touches-too-much",)


def test_a_removal_of_nothing_is_advised() -> None:
    removed = (ChangedRRset("h0.example.com", "", Place("a.patch", 3)),)
    to_zone = ZoneChange("example.com", "a.patch", whole=False, removed=removed)
    live = {**LIVE, "h0.example.com A": "NXDOMAIN"}
    found = judged(
        CHECK,
        SENTENCE,
        (Changes(), ChangesFact({"example.com": to_zone})),
        (NamesInUse(), NamesInUseFact()),
        *told_zone("example.com", live, live, "h0.example.com"),
    )
    [advice] = found.advice
    assert advice.tag == "removes-nothing"
    assert advice.text.endswith("not there: h0.example.com (a.patch:3)")


@pytest.mark.parametrize(
    ("removed", "written", "percent", "ends"),
    [
        pytest.param("", None, 0, "inconclusive: not-compared", id="all of a name"),
        pytest.param("A", None, 30, "inconclusive: not-compared", id="of a type"),
        pytest.param(None, "A", 0, "inconclusive: not-compared", id="written, and perhaps there"),
        pytest.param("A", None, 100, "met", id="all may go"),
    ],
)
def test_no_change_is_hidden_among_many_by_a_patch(
    removed: str | None, written: str | None, percent: int, ends: str
) -> None:
    """A stranger's patch that names thousands of RRsets that are not there, and one that is."""
    many = [f"h{n}.example.com" for n in range(LIMIT + 50)]
    patch = ZoneChange(
        "example.com",
        "zones/patch",
        whole=False,
        removed=() if removed is None else tuple(ChangedRRset(name, removed) for name in many),
        written=() if written is None else tuple(ChangedRRset(name, written) for name in many),
    )
    facts = dict(
        [
            *(told_published(f"{name} {rdtype}", "NXDOMAIN") for name in many for rdtype in USUAL),
            *(told(f"{name} {rdtype}", "NXDOMAIN") for name in many for rdtype in USUAL),
            *told_zone("example.com", {}, {}),
        ]
    )
    found = judged(
        CHECK,
        f"change to example.com touches at most {percent} %",
        (Changes(), ChangesFact({"example.com": patch})),
        *facts.items(),
    )
    assert ending(found) == (ends,)
