"""Lists that a block describes itself, and what it may not say of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import Meaning, Registry
from mailcheck.blocklists.reading import KEYS as FILE_KEYS
from mailcheck.blocklists.reading import shipped
from mailcheck.blocklists.registry import unknown
from mailcheck.catalogue import load_catalogue
from mailcheck.errors import SourceError
from mailcheck.suite.load import load_suite
from mailcheck.suite.own_lists import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mailcheck.suite.requirement import Requirement

CATALOGUE = load_catalogue(None)
CODES = "codes: {127.0.0.2: 'spam, x'}"
RUNS = Registry({"run.example": unknown("run.example")})
ASKS = "  - IP 203.0.113.25 is not on ours.example\n"


def block(lists: str, sentences: str = ASKS) -> str:
    """Write a document whose lists are *lists*, a line each."""
    lines = "".join(f"  {line}\n" for line in lists.splitlines())
    return f"---\nmailcheck: 1\nblocklists:\n{lines}checks:\n{sentences}"


def requirements(folder: Path, *blocks: str) -> tuple[Requirement, ...]:
    """Read a suite of *blocks*, in a run that knows run.example."""
    path = folder / "suite.yml"
    path.write_text("".join(blocks), "utf-8")
    return load_suite(
        path, "suite.yml", CATALOGUE, known_lists=lambda: shipped().extended(RUNS)
    ).requirements


def problems(folder: Path, *blocks: str) -> list[str]:
    """Return what is wrong with a suite, and where."""
    try:
        requirements(folder, *blocks)
    except SourceError as error:
        return [
            f"{problem.place.line}: {problem.what}; {problem.expected}"
            for problem in error.problems
        ]
    return []


def zones(found: Iterable[Requirement]) -> list[tuple[str, ...]]:
    """Return the lists that each requirement sees."""
    return [tuple(one.zone for one in requirement.lists) for requirement in found]


def test_the_sentences_of_a_block_see_its_lists(tmp_path: Path) -> None:
    one = block(f"Ours.Example.: {{takes: ip4, {CODES}, removal: dnsbl@ours.example}}")
    other = "---\nmailcheck: 1\nchecks:\n  - IP 203.0.113.9 is not on ours.example\n"
    found = requirements(tmp_path, one, other)
    assert zones(found) == [("ours.example",), ()]
    [ours] = found[0].lists
    assert (set(ours.takes), ours.removal) == ({"ip4"}, "dnsbl@ours.example")
    assert ours.codes[0].meaning == Meaning("spam", "x")


def test_what_asks_no_list_carries_none(tmp_path: Path) -> None:
    asks = ASKS + "  - domain example.com has MX\n"
    assert zones(requirements(tmp_path, block(f"ours.example: {{{CODES}}}", asks))) == [
        ("ours.example",),
        (),
    ]


def test_two_blocks_may_say_the_same(tmp_path: Path) -> None:
    other = ASKS.replace("25", "26")
    same = block(f"ours.example: {{{CODES}}}"), block(f"OURS.example: {{{CODES}}}", other)
    assert len(requirements(tmp_path, *same)) == 2


@pytest.mark.parametrize(
    ("lists", "what"),
    [
        pytest.param(f"zen.spamhaus.org: {{{CODES}}}", "known already", id="one that is shipped"),
        pytest.param(f"run.example: {{{CODES}}}", "known already", id="one of the run"),
        pytest.param(
            f"new.dnsbl.sorbs.net: {{{CODES}}}", "known already", id="one that ended with another"
        ),
        pytest.param(f"ours.example: {{{CODES}, key: '${{env:KEY}}'}}", "unknown word", id="a key"),
        pytest.param(
            f"ours.example: {{{CODES}, keyed: zen.dq.spamhaus.net}}",
            "stands in the place of other lists",
            id="in another's place",
        ),
        pytest.param(
            f"ours.example: {{{CODES}, dul: essential}}",
            "stands in the place of other lists",
            id="in the place of what DUL stands for",
        ),
        pytest.param(f"localhost: {{{CODES}}}", "no zone of a blocklist", id="a host"),
        pytest.param("ours.example: {}", "declares no codes", id="no codes"),
        pytest.param(f"ours.example: {{{CODES}, take: ip4}}", 'unknown key "take"', id="a typo"),
        pytest.param(
            f"ours.example: {{{CODES}}}\nOurs.Example: {{{CODES}}}",
            "described twice",
            id="twice in a block",
        ),
    ],
)
def test_what_a_suite_may_not_say(tmp_path: Path, lists: str, what: str) -> None:
    found = problems(tmp_path, block(lists))
    assert len(found) == 1
    assert what in found[0]


def test_one_list_is_not_described_in_two_ways(tmp_path: Path) -> None:
    one, other = (f"ours.example: {{{CODES}, takes: {kind}}}" for kind in ("ip4", "ip6"))
    [found] = problems(tmp_path, block(one), block(other, ASKS.replace("25", "26")))
    assert found.startswith("10: ours.example is described in two ways; the first is in line 4")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("blocklists: {}\n", "describes none", id="none"),
        pytest.param("blocklists: [ours.example]\n", "blocklists is a list", id="a list of names"),
    ],
)
def test_a_key_without_lists_is_told(tmp_path: Path, text: str, what: str) -> None:
    [found] = problems(tmp_path, f"mailcheck: 1\n{text}checks:\n{ASKS}")
    assert what in found


def test_what_is_known_is_not_looked_up_where_nothing_is_described(tmp_path: Path) -> None:
    def known() -> Registry:
        raise AssertionError

    (tmp_path / "x.yml").write_text(f"mailcheck: 1\nchecks:\n{ASKS}", "utf-8")
    assert load_suite(tmp_path / "x.yml", "x.yml", CATALOGUE, known_lists=known).requirements


def test_a_list_has_the_same_fields_as_in_the_file_of_the_run() -> None:
    assert set(FILE_KEYS) - set(KEYS) == {"keyed"}
    assert set(KEYS) < set(FILE_KEYS)
