"""Slots: what their texts become."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import ClassVar, Self

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.errors import Place, SourceError
from mailcheck.names import Domain
from mailcheck.slots import slot
from mailcheck.source.nodes import Scalar
from mailcheck.source.problems import Problems
from mailcheck.suite.filling import Given, fill_slots
from mailcheck.suite.load import load_item
from mailcheck.suite.parameters import ParametersReader
from mailcheck.suite.subjects import Subjects
from tests.suite.conftest import CATALOGUE, ResolversAgree, a_check

HERE = Place("x.yml", 1)
CHECKS = dict(CATALOGUE)


def subjects(**texts: str) -> Subjects:
    return Subjects(tuple(({key: Scalar(text, HERE)},) for key, text in texts.items()))


def given(**texts: str) -> dict[str, Given]:
    return {name: Given((text,), HERE) for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Either:
    host: Domain | None = slot("the host", unless="domain")
    domain: Domain | None = slot("the domain", unless="host")


def test_slots_that_stand_in_for_each_other_need_no_default() -> None:
    check = a_check("reach [{host}] now", Either)
    filling = fill_slots(check, given(), subjects(domain="d.example"))
    assert filling.missing == ()
    row = {"domain": Scalar("d.example", HERE)}
    [params] = ParametersReader(frozenset(), Problems()).build(check, filling, [row], HERE)
    assert params == Either(host=None, domain=Domain("d.example"))


@pytest.mark.parametrize(
    "resolvers",
    [
        pytest.param(Given(("8.8.8.8, {ip}",), HERE), id="one-text-with-commas"),
        pytest.param(Given(("8.8.8.8", "{ip}"), HERE, listed=True), id="yaml-list"),
    ],
)
def test_a_list_is_a_list_either_way(resolvers: Given) -> None:
    check = CHECKS["resolvers-agree"]
    there = subjects(ip="1.1.1.1")
    filling = fill_slots(
        check, {**given(type="mx", name="a.example"), "resolvers": resolvers}, there
    )
    [row] = there.combinations(filling.used)
    [params] = ParametersReader(frozenset(), Problems()).build(check, filling, [row], HERE)
    assert isinstance(params, ResolversAgree)
    assert params.resolvers == (ip_address("8.8.8.8"), ip_address("1.1.1.1"))


def test_a_value_that_is_wrong_is_cut_in_its_message() -> None:
    problems = Problems()
    filling = fill_slots(CHECKS["has-ptr"], given(ip="x" * 64_000), Subjects())
    reader = ParametersReader(frozenset(), problems)
    assert [*reader.build(CHECKS["has-ptr"], filling, [{}], HERE)] == []
    assert len(str(problems.found[0])) < 500


class Word(str):
    """A slot type of somebody's own that does what it must not."""

    __slots__ = ()
    expected: ClassVar[str] = "a word"

    @classmethod
    def parse(cls, text: str) -> Self:
        raise KeyError(text)


@dataclass(frozen=True, slots=True)
class Says:
    word: Word = slot("the word")


@dataclass(frozen=True, slots=True)
class Divides:
    by: int = slot("the number")

    def __post_init__(self) -> None:
        if 1 // self.by > 1:
            raise ValueError("never")


@dataclass(slots=True)
class Thaws:
    by: int = slot("the number")


@pytest.mark.parametrize(
    ("template", "parameters", "item", "raised"),
    [
        pytest.param("word {word} counts", Says, "word a counts", "KeyError: 'a'", id="slot type"),
        pytest.param(
            "one by {by} goes", Divides, "one by 0 goes", "ZeroDivisionError: ", id="parameters"
        ),
        pytest.param(
            "one by {by} goes", Thaws, "one by 0 goes", "TypeError: unhashable", id="not frozen"
        ),
    ],
)
def test_a_fault_of_somebodys_check_is_a_problem_that_names_it(
    template: str, parameters: type, item: str, raised: str
) -> None:
    """Not a traceback that takes all other files with it."""
    catalogue = Catalogue({"own": a_check(template, parameters)})
    with pytest.raises(SourceError) as caught:
        load_item(item, catalogue)
    [problem] = caught.value.problems
    assert problem.what.startswith(f'the check "{template}" cannot read this: {raised}')
    assert "it may raise ValueError only" in problem.expected


def test_a_fault_of_a_slot_type_does_not_spoil_the_choice_of_forms() -> None:
    """Where several forms fit, their slots are tried before one is chosen."""
    template = "word {word} [of {by}] counts"
    catalogue = Catalogue({"own": a_check(template, Both)})
    with pytest.raises(SourceError, match="KeyError"):
        load_item("word a of 2 counts", catalogue)
    with pytest.raises(SourceError, match="no check reads"):
        load_item("word a off 2 counts", catalogue)


@dataclass(frozen=True, slots=True)
class Both:
    word: Word = slot("the word")
    by: int = slot("the number", default=1)
