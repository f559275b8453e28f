"""What every check must have, whoever writes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.catalogue import Catalogue, load_catalogue, verify_unambiguous
from mailcheck.check_files import CheckFile, check_files
from mailcheck.finding import Reason
from mailcheck.testing import run_examples

if TYPE_CHECKING:
    from mailcheck.check import Check

CATALOGUE = load_catalogue()
ROOT = Path(__file__).parents[2]
each_check = pytest.mark.parametrize("check", [pytest.param(c, id=n) for n, c in CATALOGUE])
each_named_check = pytest.mark.parametrize(
    ("name", "check"), [pytest.param(n, c, id=n) for n, c in CATALOGUE]
)
each_name = pytest.mark.parametrize("name", list(CATALOGUE.checks))

SOURCE = re.compile(
    r"RFC \d{3,5}( §[\d.]+(, [\d.]+)*)?|Postfix \S+|IANA .+|.+ \(\d{4}(-\d\d(-\d\d)?)?\)"
)


def source_of(name: str) -> Path:
    [path] = (ROOT / "mailcheck" / "checks").rglob(name.replace("-", "_") + ".py")
    return path


def mirror_of(name: str) -> Path:
    source = source_of(name)
    folder = source.parent.relative_to(ROOT / "mailcheck")
    return ROOT / "tests" / folder / f"test_{source.name}"


def strings_in(path: Path) -> set[str]:
    """All string literals of a module but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
    }


def test_the_source_of_every_check_tells_its_sentence() -> None:
    """Else the check is imported in every run, whether anybody says it or not."""
    files = list(check_files())
    assert [file for file in files if not isinstance(file, CheckFile)] == []
    assert len(files) == len(CATALOGUE.checks)


def test_no_sentence_has_two_readings() -> None:
    """A run sees to it only where a project has checks of its own."""
    verify_unambiguous(CATALOGUE, frozenset())


@each_check
def test_the_examples_end_as_they_say(check: Check[Any]) -> None:
    run_examples(check)


@each_check
def test_there_is_a_met_and_an_unmet_example(check: Check[Any]) -> None:
    endings = {example.ends for example in check.examples}
    assert "met" in endings
    assert endings & set(check.unmet_tags)


@each_check
def test_a_check_over_several_answers_shows_one_that_is_partly_unknown(check: Check[Any]) -> None:
    shown = any(example.partly_unknown for example in check.examples)
    assert shown == check.over_several


@each_check
def test_a_check_that_is_only_advised_says_so(check: Check[Any]) -> None:
    said = "Advised only" in check.sections["Requires"]
    assert said == (set(check.advised) == set(check.unmet_tags))


@each_check
def test_every_tag_says_what_it_matters(check: Check[Any]) -> None:
    silent = [tag.name for tag in check.unmet_tags.values() if not tag.matters]
    assert silent == []


@each_check
def test_what_a_tag_matters_can_be_read_alone(check: Check[Any]) -> None:
    """A failure shows the text of its own tag, and not the page that the tag stands in."""
    leaning = re.compile(
        r"^(an?|and|or|of|to|the|that|which) |^The same[;,.]|\b(says|do|does) the same as of\b"
    )
    assert [tag.name for tag in check.unmet_tags.values() if leaning.search(tag.matters)] == []


@each_check
def test_no_section_breaks_off(check: Check[Any]) -> None:
    ends = tuple('."')
    assert [name for name, text in check.sections.items() if not text.endswith(ends)] == []


@each_named_check
def test_every_documented_tag_is_exercised(name: str, check: Check[Any]) -> None:
    exercised = {example.ends for example in check.examples} | strings_in(mirror_of(name))
    words = {word for text in exercised for word in re.findall(r"[a-z0-9-]+", text)}
    own = {*check.unmet_tags, *check.advice_tags} - check.shared_tags
    missing = sorted(own - words)
    assert missing == [], f"no example and no test of {name} shows these tags"


@each_named_check
def test_every_tag_in_the_code_is_documented(name: str, check: Check[Any]) -> None:
    """Tags stand in the code as literals of calls to unmet, Reason and Advice."""
    tree = ast.parse(source_of(name).read_text("utf-8"))
    used = {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("unmet", "Reason", "Advice")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    untold = sorted(used - {*check.unmet_tags, *check.advice_tags})
    assert untold == [], f"the docstring of {name} does not tell of these tags"


@each_named_check
def test_every_reason_has_a_remedy(name: str, check: Check[Any]) -> None:
    """A remedy for every documented tag, made from the parameters of an example."""
    from mailcheck.suite.files import GivenFiles
    from mailcheck.suite.load import load_item

    for example in check.examples:
        files = GivenFiles(dict(example.files))
        [requirement] = load_item(example.sentence, Catalogue({name: check}), files=files)
        for tag in check.unmet_tags:
            remedy = check.remedy(requirement.params, Reason(tag, "", "example.net"))
            assert remedy.publish or remedy.instruction


@each_check
def test_sources_can_be_looked_up(check: Check[Any]) -> None:
    assert check.sources
    assert [source for source in check.sources if not SOURCE.fullmatch(source)] == []


@each_check
def test_every_option_is_described(check: Check[Any]) -> None:
    assert [slot.name for slot in check.slots.values() if not slot.help] == []


@each_name
def test_a_check_is_one_idea(name: str) -> None:
    assert len(source_of(name).read_text("utf-8").splitlines()) <= 160
