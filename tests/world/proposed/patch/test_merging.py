"""Several patches of one zone: one change, or the lines that speak of the same."""

from __future__ import annotations

from dataclasses import replace

import dns.name
import dns.rdata
import pytest
from dns.rdatatype import TXT

from mailcheck.errors import Place, SourceError
from mailcheck.facts.records import record_text
from mailcheck.world.proposed.patch.amended import AmendedRRset
from mailcheck.world.proposed.patch.merging import merged
from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch, UnknownRRset
from mailcheck.world.proposed.patch.reading import read_patch

HEAD = "$ORIGIN example.com.\n$TTL 300\n"


def read(text: str, shown_as: str) -> Patch:
    """Read a patch, whose lines begin at 3."""

    def include(_: str, __: str) -> tuple[str, str]:
        raise NotImplementedError

    return read_patch(HEAD + text, shown_as, "", include)


def together(*texts: str) -> Patch:
    """Merge patches that are called a, b and so on."""
    return merged([read(text, name) for text, name in zip(texts, "abc", strict=False)])


def test_one_is_itself() -> None:
    one = read("www A 192.0.2.1\n", "a")
    assert merged([one]) is one


def test_several_are_one_change() -> None:
    found = together("www A 192.0.2.1\n-old\n", "www AAAA 2001:db8::1\n-old TXT\n", "-gone MX\n")
    assert found.by == "a and b and c"
    assert {
        f"{name} {kind.name}": str(at.place) for (name, kind), at in found.replaced.items()
    } == {
        "www.example.com. A": "a:3:1",
        "www.example.com. AAAA": "b:3:1",
    }
    assert {
        f"{name} {kind and kind.name}": str(at) for (name, kind), at in found.removed.items()
    } == {
        "old.example.com. None": "a:4:1",
        "old.example.com. TXT": "b:4:1",
        "gone.example.com. MX": "c:3:1",
    }


def test_what_two_remove_alike_is_removed() -> None:
    [place] = together("-old\n", "www A 192.0.2.1\n-old\n").removed.values()
    assert str(place) == "a:3:1"


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        pytest.param(
            ("www A 192.0.2.1\n", "x A 192.0.2.1\nWWW A 192.0.2.2\n"),
            ["b:4:1: WWW.example.com A is written, and in a:3 too"],
            id="both write it",
        ),
        pytest.param(
            ("www A 192.0.2.1\n", "www A 192.0.2.1\n"),
            ["b:3:1: www.example.com A is written, and in a:3 too"],
            id="both write the same",
        ),
        pytest.param(
            ("-www TXT\n", "www TXT x\n"),
            ["b:3:1: www.example.com TXT is written, and removed in a:3"],
            id="one removes what the other writes",
        ),
        pytest.param(
            ("www TXT x\n", "-www TXT\n"),
            ["a:3:1: www.example.com TXT is written, and removed in b:3"],
            id="the other way round",
        ),
        pytest.param(
            ("-www\n", "www TXT x\n"),
            ["b:3:1: www.example.com TXT is written, and removed in a:3"],
            id="one removes the name",
        ),
        pytest.param(
            ("-www\nwww A 192.0.2.1\n", "www TXT x\n"),
            ["b:3:1: www.example.com TXT is written, and removed in a:3"],
            id="one removes all but its own",
        ),
        pytest.param(
            ("www CNAME x\n", "www TXT x\n"),
            ["a:3:1: www.example.com is an alias (CNAME), and has TXT in b:3"],
            id="an alias and more",
        ),
        pytest.param(
            ("www TXT x\n", "www CNAME x\n"),
            ["b:3:1: www.example.com is an alias (CNAME), and has TXT in a:3"],
            id="more and an alias",
        ),
        pytest.param(
            ("www TYPE65280 \\# 1 00\n", "www TYPE65280 \\# 1 01\n"),
            ["b:3:1: www.example.com TYPE65280 is written, and in a:3 too"],
            id="of a type without a name",
        ),
        pytest.param(
            ("x A 192.0.2.1\n", "y A 192.0.2.1\n", "x A 192.0.2.2\ny A 192.0.2.2\n"),
            [
                "c:3:1: x.example.com A is written, and in a:3 too",
                "c:4:1: y.example.com A is written, and in b:3 too",
            ],
            id="a third one with both",
        ),
    ],
)
def test_what_two_speak_of_is_no_one_change(texts: tuple[str, ...], says: list[str]) -> None:
    with pytest.raises(SourceError) as error:
        together(*texts)
    hint = "; expected each name and type in one of them: leave one out, or plan both together"
    assert [str(problem) for problem in error.value.problems] == [line + hint for line in says]


def test_what_is_known_only_later_is_written_too() -> None:
    one = read("www A 192.0.2.1\n", "a")
    later = {key: UnknownRRset("the address of a load balancer", None) for key in one.replaced}
    other = Patch("example.com", "plan.json", {}, {}, later)
    with pytest.raises(SourceError, match=r"plan\.json:1:1: www.*in a:3 too"):
        merged([one, other])
    with pytest.raises(SourceError, match=r"a:3:1: www.*in plan\.json too"):
        merged([other, one])


def test_the_signatures_of_an_alias_may_stand_beside_it() -> None:
    assert len(together("www CNAME x\n", "www KEY 256 3 13 AAAA\n").replaced) == 2


def copying(*names: str, by: str = "plan.json") -> Patch:
    """A patch in which names have the addresses of another."""
    place = Place(by, 7)
    found = FlattenedRRset(dns.name.from_text("lb.example.net"), 60, place)
    keys = read("".join(f"{name} A 192.0.2.1\n" for name in names), "a").replaced
    return Patch("example.com", by, {}, flattened=dict.fromkeys(keys, found))


def test_what_is_copied_is_written_too() -> None:
    one = read("www A 192.0.2.1\n", "a")
    with pytest.raises(SourceError, match=r"plan\.json:7:1: www.*in a:3 too"):
        merged([one, copying("www")])
    with pytest.raises(SourceError, match=r"a:3:1: www.*in plan\.json:7 too"):
        merged([copying("www"), one])
    with pytest.raises(SourceError, match=r"b\.json:7:1: www.*in plan\.json:7 too"):
        merged([copying("www"), copying("www", by="b.json")])
    with pytest.raises(SourceError, match=r"plan\.json:7:1: www.*removed in b:3"):
        merged([copying("www"), read("-www\n", "b")])
    both = merged([copying("www"), copying("mail")])
    assert len(both.flattened) == 2


def test_the_first_variants_go_together_and_so_on() -> None:
    first, second, third = (read(f"www A 192.0.2.{n}\n", "a") for n in (1, 2, 3))
    one = replace(first, variants=(second, third))
    other = replace(read("x A 192.0.2.8\n", "b"), variants=(read("x A 192.0.2.9\n", "b"),))
    found = merged([one, other])
    assert [
        [rrset[0].address for rrset, _ in patch.replaced.values()]
        for patch in (found, *found.variants)
    ] == [
        ["192.0.2.1", "192.0.2.8"],
        ["192.0.2.2", "192.0.2.9"],
        ["192.0.2.3", "192.0.2.8"],
    ]
    assert not any(patch.variants for patch in found.variants)
    assert merged([other, one]).variant(2).by == "b and a"


def test_variants_speak_of_nothing_that_another_patch_speaks_of() -> None:
    one = replace(read("www A 192.0.2.1\n", "a"), variants=(read("www AAAA 2001:db8::1\n", "c"),))
    other = read("www AAAA 2001:db8::2\nwww A 192.0.2.2\n", "b")
    with pytest.raises(SourceError) as error:
        merged([one, other])
    assert [str(problem).partition(";")[0] for problem in error.value.problems] == [
        "b:3:1: www.example.com AAAA is written, and in c:3 too",
        "b:4:1: www.example.com A is written, and in a:3 too",
    ]


WWW = dns.name.from_text("www.example.com")


def amending(by: str, adds: str, takes: str = "", ttl: int = 300) -> Patch:
    """A patch that puts texts to those at www.example.com, and takes others from there."""
    comes, goes = (
        tuple(dns.rdata.from_text("IN", "TXT", text) for text in texts.split(" | ") if text)
        for texts in (adds, takes)
    )
    amended = AmendedRRset(comes, goes, ttl, Place(by, 1))
    return Patch("example.com", by, {}, amended={(WWW, TXT): amended})


@pytest.mark.parametrize(
    ("one", "other", "adds", "takes", "at"),
    [
        pytest.param(
            amending("a", "x", ttl=300),
            amending("b", "y", ttl=60),
            ["x", "y"],
            [],
            (60, "a"),
            id="both add",
        ),
        pytest.param(
            amending("a", '"ab"'), amending("b", '"a" "b"'), ["ab"], [], (300, "a"), id="the same"
        ),
        pytest.param(
            amending("a", "", "x", ttl=0),
            amending("b", "y"),
            ["y"],
            ["x"],
            (300, "b"),
            id="one takes, the other adds",
        ),
        pytest.param(
            amending("a", "x", "y"),
            amending("b", "z", "w"),
            ["x", "z"],
            ["y", "w"],
            (300, "a"),
            id="each replaces its own",
        ),
        pytest.param(
            amending("a", "", "x", ttl=0),
            amending("b", "", "y", ttl=0),
            [],
            ["x", "y"],
            (0, "a"),
            id="both take",
        ),
    ],
)
def test_two_may_amend_one_rrset(
    one: Patch, other: Patch, adds: list[str], takes: list[str], at: tuple[int, str]
) -> None:
    amended = merged([one, other]).amended[WWW, TXT]
    assert [record_text(record).replace('" "', "").strip('"') for record in amended.adds] == adds
    assert [record_text(record).replace('" "', "").strip('"') for record in amended.takes] == takes
    assert amended.place
    assert (amended.ttl, amended.place.file) == at


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        pytest.param(
            amending("a", "x"), amending("b", "y", "x"), "b:1:1: .* written, and in a:1", id="added"
        ),
        pytest.param(
            amending("a", "", '"ab"'),
            amending("b", '"a" "b"'),
            "b:1:1: .* written, and removed in a:1",
            id="taken",
        ),
        pytest.param(
            amending("a", "x"), read("www TXT y\n", "b"), "b:3:1: .* and in a:1", id="written whole"
        ),
        pytest.param(
            read("www TXT y\n", "b"), amending("a", "x"), "a:1:1: .* and in b:3", id="whole first"
        ),
        pytest.param(
            amending("a", "x"), read("-www TXT\n", "b"), "a:1:1: .* removed in b:3", id="removed"
        ),
        pytest.param(
            amending("a", "x"),
            replace(amending("b", "y"), removed={(WWW, None): Place("b", 2)}),
            "b:1:1: .* and in a:1",
            id="removed by its name",
        ),
    ],
)
def test_what_is_amended_is_no_other_patchs(one: Patch, other: Patch, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        merged([one, other])


def test_a_third_one_takes_what_two_have_added() -> None:
    with pytest.raises(SourceError, match=r"c:1:1: .* written, and in a:1 too"):
        merged([amending("a", "x"), amending("b", "y"), amending("c", "z", "y")])


def test_what_two_amend_they_amend_for_all_clients() -> None:
    one = replace(amending("a", "x"), variants=(amending("a", "x"),))
    found = merged([one, amending("b", "y")])
    assert [len(found.variant(at).amended[WWW, TXT].adds) for at in (0, 1)] == [2, 2]
