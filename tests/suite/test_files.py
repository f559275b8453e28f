"""Options that name a file beside the suite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.errors import Place, Problem, SourceError
from mailcheck.names import Domain
from mailcheck.slots import slot
from mailcheck.suite.files import GivenFiles
from mailcheck.suite.load import load_item, load_suite
from tests.suite.conftest import a_check

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    name: str
    words: tuple[str, ...]
    expected: ClassVar[str] = "a file of words"
    made_by: ClassVar[str] = "write one"

    @classmethod
    def of_file(cls, name: str, text: str, shown_as: str) -> Self:
        if "!" in text:
            raise SourceError([Problem(Place(shown_as, 2, 3), "this is no word", "expected words")])
        return cls(name, tuple(text.split()))

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class HasWords:
    domain: Domain = slot("the domain")
    words: Words = slot("the words", subjects=(), otherwise="words-{domain}.txt")


CATALOGUE = Catalogue({"has-words": a_check("domain [{domain}] has words", HasWords)})


def messages(error: SourceError) -> list[str]:
    return str(error).splitlines()


def test_it_is_read_by_the_name_that_other_slots_tell() -> None:
    files = GivenFiles({"words-xn--mller-kva.example.txt": "a b"})
    [found] = load_item("domain müller.example has words", CATALOGUE, files=files)
    assert found.params.words == Words("words-xn--mller-kva.example.txt", ("a", "b"))


@pytest.mark.parametrize(
    ("option", "title"),
    [
        pytest.param("", "domain a.example has words", id="the name that is told"),
        pytest.param(
            "words-a.example.txt", "domain a.example has words", id="the same name, as an option"
        ),
        pytest.param("own.txt", "domain a.example has words [words=own.txt]", id="another"),
    ],
)
def test_a_title_names_it_only_if_it_is_another(option: str, title: str) -> None:
    files = GivenFiles({"words-a.example.txt": "a", "own.txt": "b"})
    sentence = "domain a.example has words"
    item = f"{{{sentence}: {{words: {option}}}}}" if option else sentence
    [found] = load_item(item, CATALOGUE, files=files)
    assert found.title == title


def test_it_lies_beside_the_suite_or_below_and_each_subject_has_its_own(tmp_path: Path) -> None:
    suite = tmp_path / "x.yml"
    suite.write_text(
        "mailcheck: 1\n"
        "for: {domain: [a.example, b.example]}\n"
        "checks:\n"
        "  - domain has words\n"
        "  - domain has words: {words: 'below/{domain}.txt'}\n",
        "utf-8",
    )
    (tmp_path / "below").mkdir()
    for name in ("words-a.example", "words-b.example", "below/a.example", "below/b.example"):
        (tmp_path / f"{name}.txt").write_text(name, "utf-8")
    found = load_suite(suite, "x.yml", CATALOGUE).requirements
    assert [word for one in found for word in one.params.words.words] == [
        "words-a.example",
        "words-b.example",
        "below/a.example",
        "below/b.example",
    ]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        pytest.param(
            "",
            'suites/x.yml:3:5: file "words-a.example.txt" does not exist; '
            "expected it at suites/words-a.example.txt; write one",
            id="missing",
        ),
        pytest.param(
            "../w.txt",
            'suites/x.yml:3:41: file "../w.txt" lies outside the folder of the suite; '
            "expected a file beside the suite or below it",
            id="outside",
        ),
        pytest.param(
            "bad.txt",
            "suites/bad.txt:2:3: this is no word; expected words",
            id="wrong",
        ),
        pytest.param(".", "suites:1:1: it is not a regular file; expected a text file", id="none"),
    ],
)
def test_what_is_wrong_with_it_is_said_when_the_suite_is_read(
    tmp_path: Path, option: str, message: str
) -> None:
    (tmp_path / "bad.txt").write_text("!", "utf-8")
    suite = tmp_path / "x.yml"
    rest = f": {{words: {option}}}" if option else ""
    text = f"mailcheck: 1\nchecks:\n  - domain a.example has words{rest}\n"
    suite.write_text(text, "utf-8")
    with pytest.raises(SourceError) as raised:
        load_suite(suite, "suites/x.yml", CATALOGUE)
    assert " ".join(" ".join(messages(raised.value)).split()) == message


def test_without_a_folder_there_are_no_files() -> None:
    with pytest.raises(SourceError, match="only suites name files"):
        load_item("domain a.example has words", CATALOGUE)
