"""The tree of records: which are read, what their terms find, and where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS
from mailcheck.facts.spf.validity.counting import places
from mailcheck.facts.spf.validity.tree import (
    MOST_BEHIND,
    MOST_EXCHANGES,
    MOST_LEADING,
    MOST_PLACES,
    SpfTree,
)
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.spf.validity.place import Place, SpfTreeFact
    from tests.facts.conftest import Answered


def tree(answered: Answered, *said: str) -> SpfTreeFact:
    table = [told(*line.split(": ", 1)) for line in said]
    fact: SpfTreeFact = answered(SpfTree("example.com"), *table)
    return fact


def spf(text: str, name: str = "example.com") -> str:
    strings = '" "'.join(text[at : at + 240] for at in range(0, len(text), 240))
    return f'{name} TXT: "v=spf1 {strings}"'


def outline(place: Place) -> list[str]:
    return [f"{len(p.above)} {p.name}" for p in places(place)]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        pytest.param(
            (
                spf("include:a.b include:C.d -all"),
                spf("include:c.d ?all", "a.b"),
                spf("-all", "c.d"),
            ),
            ["0 example.com", "1 a.b", "2 c.d", "1 c.d"],
            id="a record has a place wherever it is included",
        ),
        pytest.param(
            (spf("redirect=a.b."), spf("-all", "a.b")), ["0 example.com", "1 a.b"], id="r"
        ),
        pytest.param((spf("-all include:a.b"),), ["0 example.com"], id="not what is behind all"),
        pytest.param((spf("all redirect=a.b"),), ["0 example.com"], id="no redirect beside all"),
        pytest.param(
            (
                spf("include:%{d}.a.b -all"),
                spf("include:%{o}.c.d", "example.com.a.b"),
                spf("-all", "example.com.c.d"),
            ),
            ["0 example.com", "1 example.com.a.b", "2 example.com.c.d"],
            id="macros that are the same for everybody",
        ),
        pytest.param((spf("include:%{l}.a.b -all"),), ["0 example.com"], id="not what depends"),
        pytest.param(
            (spf("include:a.b"), spf("include:example.com", "a.b")),
            ["0 example.com", "1 a.b", "2 example.com"],
            id="a loop ends where it closes",
        ),
        pytest.param(
            (spf("include:a.b include:c.d -all"), spf("+all", "a.b"), spf("-all", "c.d")),
            ["0 example.com", "1 a.b"],
            id="not what is behind an include of everybody",
        ),
    ],
)
def test_places(said: tuple[str, ...], names: list[str], answered: Answered) -> None:
    assert outline(tree(answered, *said).root) == names


def test_what_terms_find(answered: Answered) -> None:
    fact = tree(
        answered,
        spf("a mx:m.example exists:e.example a:%{i}.example -all"),
        "example.com A: 192.0.2.1",
        "example.com AAAA: NODATA",
        "m.example MX: 10 x.example. | 20 .",
        "x.example A: TIMEOUT",
        "x.example AAAA: 2001:db8::1",
        "e.example A: 127.0.0.2",
    )
    a, mx, exists, macro, _ = fact.root.terms
    assert [host.name for host in a.hosts] == ["example.com"]
    assert a.hosts[0].of_family(6) == told("example.com AAAA", "NODATA")[1]
    assert [host.name for host in mx.hosts] == ["x.example"]
    assert isinstance(mx.hosts[0].a, Unobserved)
    assert exists.found == told("e.example A", "127.0.0.2")[1]
    assert (macro.hosts, macro.found, macro.depends_on_sender) == ((), None, True)


def test_hosts_of_too_many_exchanges_are_not_asked(answered: Answered) -> None:
    exchanges = " | ".join(f"10 m{n}.example." for n in range(11))
    [mx] = tree(answered, spf("mx"), f"example.com MX: {exchanges}").root.terms
    assert mx.hosts == ()


def test_a_tree_without_end_is_cut(answered: Answered) -> None:
    name, said = "example.com", []
    for number in range(MOST_PLACES + 5):
        said.append(spf(f"include:n{number}.example -all", name))
        name = f"n{number}.example"
    fact = tree(answered, *said)
    assert not fact.whole
    assert len(outline(fact.root)) == MOST_PLACES + 1  # the last one is not asked


def test_a_tree_that_doubles_is_cut(answered: Answered) -> None:
    said = [spf("include:n0.example include:n0.example -all")]
    said += [
        spf(f"include:n{n + 1}.example include:n{n + 1}.example", f"n{n}.example")
        for n in range(30)
    ]
    fact = tree(answered, *said)
    assert not fact.whole
    asked = [place for place in places(fact.root) if place.said]
    assert MOST_PLACES <= len(asked) <= MOST_PLACES + 12


def test_where_ten_terms_lead_is_read_in_any_case(answered: Answered) -> None:
    """A chain of includes beside so many that no room is left below them."""
    wide = [f"w{n}.example" for n in range(MOST_PLACES)]
    fact = tree(
        answered,
        spf(f"include:c0.example {' '.join(map('include:{}'.format, wide))} -all"),
        *(spf(f"include:c{n + 1}.example", f"c{n}.example") for n in range(12)),
        *(spf("-all", name) for name in wide),
    )
    read = [place.name for place in places(fact.root) if place.said]
    assert read[:11] == ["example.com", *(f"c{n}.example" for n in range(10))]
    assert not fact.whole


def test_not_all_of_very_many_includes_are_followed(answered: Answered) -> None:
    wide = " ".join(f"include:w{n}.example" for n in range(MOST_LEADING))
    fact = tree(answered, spf(f"include:a.b {wide} -all"), spf(f"{wide} -all", "a.b"))
    assert not fact.whole
    [first, *others] = fact.root.terms
    assert sum(reached.below is not None for reached in others) == MOST_LEADING - 1
    assert first.below
    assert sum(reached.below is not None for reached in first.below.terms) == MOST_LOOKUPS


def test_a_record_that_was_not_read_is_not_known_to_be_valid(answered: Answered) -> None:
    """Strangers are spared the many includes of a.b, and come to what was left out for their sake."""
    wide = " ".join(f"include:w{n}.example" for n in range(MOST_PLACES + 10))
    said = [
        spf("include:a.b include:c.d -all"),
        spf(f"-exists:e.f {wide}", "a.b"),
        spf("include:g.h", "c.d"),
        spf("moo", "g.h"),
        "e.f A: 127.0.0.1",
    ]
    table = [told(*line.split(": ", 1)) for line in said]
    unknown = answered(SpfTree("example.com"), *table)
    assert isinstance(unknown, Unobserved)
    assert unknown.cause == "too-many-terms"


def asked_for(place: Place) -> set[str]:
    """Return the hosts that were looked up for all terms."""
    return {h.name for p in places(place) for reached in p.terms for h in reached.hosts}


def addresses(*hosts: str) -> list[str]:
    return [f"{h} {rdtype}: NODATA" for h in hosts for rdtype in ("A", "AAAA")]


def test_hosts_are_looked_up_of_ten_terms_that_ask(answered: Answered) -> None:
    hosts = [f"h{n}.example" for n in range(40)]
    mine, theirs = hosts[:20], hosts[20:]
    fact = tree(
        answered,
        spf(f"include:a.b include:a.b {' '.join(map('a:{}'.format, mine))} -all"),
        spf(f"{' '.join(map('a:{}'.format, theirs))} -all", "a.b"),
        *addresses(*hosts),
    )
    assert asked_for(fact.root) == {*theirs[:9], *mine[:MOST_BEHIND]}


def test_of_an_mx_behind_them_the_hosts_are_looked_up_if_they_are_few(answered: Answered) -> None:
    few, many = (
        " | ".join(f"10 {name}{n}.example." for n in range(size))
        for name, size in (("f", MOST_EXCHANGES), ("m", MOST_EXCHANGES + 1))
    )
    fact = tree(
        answered,
        spf("ptr " * 9 + "a:m1.example mx:f.example mx:m.example -all"),
        f"f.example MX: {few}",
        f"m.example MX: {many}",
        *addresses("m1.example", *(f"f{n}.example" for n in range(MOST_EXCHANGES))),
    )
    *_, a, of_few, of_many, _ = fact.root.terms
    assert [len(reached.hosts) for reached in (a, of_few, of_many)] == [1, MOST_EXCHANGES, 0]


def test_what_an_exists_spares_lets_others_come_near(answered: Answered) -> None:
    fact = tree(
        answered,
        spf("include:a.b a:h1.example -all"),
        spf(f"-exists:e.example {'a:h2.example ' * 9} -all", "a.b"),
        "e.example A: 127.0.0.1",
        *addresses("h1.example"),
    )
    assert "h1.example" in asked_for(fact.root)


def test_a_record_stands_at_the_end_of_its_alias(answered: Answered) -> None:
    assert tree(answered, 'example.com TXT: -> a.b | "v=spf1 -all"').root.owner == "a.b"
