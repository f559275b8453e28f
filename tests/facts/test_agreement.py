"""When two answers say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.agreement import content, parts_of, served, shown, views_of
from mailcheck.facts.authority import AuthorityAnswersFact, told_by
from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.finding import all_hold


def said(answer: str, asked: str = "example.com MX") -> DnsAnswer:
    """Return an answer written by hand."""
    _, observed = told(asked, answer)
    assert isinstance(observed, DnsAnswer)
    return observed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("10 a. | 20 b.", "20 b. | 10 a.", True, id="order"),
        pytest.param("10 A.", "10 a.", True, id="case of names"),
        pytest.param("10 a.", "20 a.", False, id="preference"),
        pytest.param("10 a.", "10 a. | 20 b.", False, id="one more"),
        pytest.param("10 a.", "NODATA", False, id="data and NODATA"),
        pytest.param("NXDOMAIN", "NODATA", False, id="two denials"),
        pytest.param("-> c. | 10 a.", "-> c. | 10 b.", True, id="one alias, two targets"),
        pytest.param("-> c. | 10 a.", "-> d. | 10 a.", False, id="two aliases"),
        pytest.param("-> c. | 10 a.", "10 a.", False, id="alias and data"),
    ],
)
def test_content(one: str, other: str, *, same: bool) -> None:
    assert (content(said(one)) == content(said(other))) is same


def test_texts_keep_their_case() -> None:
    one, other = (said(text, "example.com TXT") for text in ('"Token=A"', '"token=a"'))
    assert content(one) != content(other)


@given(st.permutations(["10 a.", "20 b.", "30 c.", "NODATA"]))
def test_the_order_of_servers_does_not_change_the_views(answers: list[str]) -> None:
    servers = {a: name_server(f"192.0.2.{n}") for n, a in enumerate(sorted(answers))}
    views = views_of(tuple((servers[a], said(a)) for a in answers))
    assert views.differ
    assert list(views.holders) == [("10 a.",), ("20 b.",), ("30 c.",), ("NODATA",)]


@pytest.mark.parametrize(
    ("answers", "only_denials"),
    [((), False), (("NODATA",), True), (("NODATA", "NXDOMAIN"), True), (("10 a.",), False)],
    ids=["nobody", "one denial", "two denials", "data"],
)
def test_only_denials(answers: tuple[str, ...], *, only_denials: bool) -> None:
    server = name_server("192.0.2.1")
    assert views_of(tuple((server, said(a)) for a in answers)).only_denials is only_denials


@pytest.mark.parametrize(
    ("answers", "alias"),
    [
        pytest.param((), "", id="nobody answers"),
        pytest.param(("10 a.",), "", id="data"),
        pytest.param(("-> c | 10 a.", "-> c | NODATA"), "c", id="all say the alias"),
        pytest.param(("-> c. | 10 a.", "-> d. | 10 a."), "", id="two aliases"),
        pytest.param(("-> c. | 10 a.", "NXDOMAIN"), "", id="one denies"),
    ],
)
def test_the_alias_they_agree_on(answers: tuple[str, ...], alias: str) -> None:
    server = name_server("192.0.2.1")
    assert views_of(tuple((server, said(a)) for a in answers)).alias == alias


@pytest.mark.parametrize(
    ("one", "other", "tags"),
    [
        pytest.param("10 a.", "10 a.", (), id="they agree"),
        pytest.param("10 a.", "20 a.", ("nameservers-differ",), id="they differ"),
        pytest.param("10 a.", "REFUSED-BY-AUTHORITY", ("server-refuses",), id="one refuses"),
        pytest.param("10 a.", "LAME", ("not-authoritative",), id="one is lame"),
    ],
)
def test_servers_are_judged_one_by_one(one: str, other: str, tags: tuple[str, ...]) -> None:
    servers = (name_server("192.0.2.1", "ns1.example.net"), name_server("192.0.2.2"))
    pairs = zip(servers, (one, other), strict=True)
    heard = tuple((s, told_by(s, "example.com MX", answer)[1]) for s, answer in pairs)
    fact = AuthorityAnswersFact("example.com", heard)
    finding = all_hold(parts_of("example.com", fact, views_of(fact.answers)))
    assert tuple(reason.tag for reason in finding.reasons) == tags


def test_a_crowd_of_servers_is_counted() -> None:
    crowd = tuple((name_server(f"192.0.2.{n}"), said("10 a.")) for n in range(1, 21))
    assert "and 12 more say 10 a." in str(views_of(crowd))


def test_what_is_served_has_its_ttl() -> None:
    assert served(said("10 a.")) == "10 a. for another 3600 s (TTL)"
    assert served(said("NXDOMAIN")) == "NXDOMAIN"


def test_what_is_shown_is_bounded_and_printable() -> None:
    text = shown(content(said('"' + "\\007" * 255 + '"', "example.com TXT")))
    assert text.isprintable()
    assert len(text) < 300
