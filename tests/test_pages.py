"""What is generated says what the checks say, and is known to be out of date when it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mailcheck import pages
from mailcheck.catalogue import Catalogue
from mailcheck.causes import CAUSES, Cause
from mailcheck.check import Check, Example, check
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.names import Domain
from mailcheck.options import OPTIONS
from mailcheck.slots import slot

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """The domain is <fine>.

Requires
    At least ``at_least`` good things.

Why
    Because
    of reasons.

Met when
    It is fine.

Unmet when
    not-fine: it is not fine | or so.
        Mail ``bounces
        far``.

Advises when
    nearly-fine: it could be finer.

Not judged here
    The rest.
"""


@dataclass(frozen=True)
class Fine:
    domain: Domain = slot("the domain in question")
    at_least: int = slot("how fine", default=1)


async def judge(wanted: Fine) -> Finding:
    del wanted
    return met()


def remedy(wanted: Fine, reason: Reason) -> Remedy:
    return Remedy(instruction=f"make {wanted.domain} fine: {reason.tag}")


FINE: Check[Fine] = check(
    PAGE,
    template="domain [{domain}] is fine",
    parameters=Fine,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §5.1",),
    examples=(
        Example(
            "a fine one", "domain a.example is fine", (told("a.example MX", "10 b."),), ends="met"
        ),
        Example(
            "a silent one",
            "domain a.example is fine",
            (told("a.example MX", "TIMEOUT"),),
            ends="inconclusive: timeout",
        ),
    ),
)
CATALOGUE = Catalogue({"is-fine": FINE})


def test_explain_tells_slots_options_sources_and_examples() -> None:
    text = pages.explain_check("is-fine", FINE)
    assert text.startswith(
        "domain [{domain}] is fine\n\nis-fine: The domain is <fine>.\n\nRequires"
    )
    assert "\n    At least `at_least` good things.\n" in text
    told_of = text[text.index("Slots and options") :]
    assert (
        told_of
        == f"""\
Slots and options
    domain: the domain in question
        {Domain.expected}; where left out, taken from domain of `for`
    at_least: how fine
        a whole number; default: 1

Options of every sentence
    severity: required or advised, for all tags or for each: {{TAG: advised}}
    waive: accept a known fault for a time: {{until: DATE, owner: WHO, reason: WHY}}
    expect: the tag this sentence must be unmet with: a negative test
    tags: pytest markers, to select with -m
    note: a text for whoever reads a failure

Sources
    RFC 5321 §5.1

Examples
    a fine one:
        domain a.example is fine
        told  a.example MX → 10 b., TTL 3600
        ends  met

    a silent one:
        domain a.example is fine
        told  a.example MX → TIMEOUT
        ends  inconclusive: timeout
"""
    )


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        pytest.param(
            "not-fine",
            "unmet of is-fine: domain [{domain}] is fine\n"
            "    it is not fine | or so.\n    Mail `bounces far`.\n",
            id="a reason",
        ),
        pytest.param(
            "nearly-fine",
            "advice of is-fine: domain [{domain}] is fine\n    it could be finer.\n",
            id="advice",
        ),
    ],
)
def test_explain_tells_a_tag(tag: str, said: str) -> None:
    assert pages.explain_tag(tag, CATALOGUE) == f"{tag}\n\n{said}"


def test_explain_tells_a_cause_in_two_parts() -> None:
    text = pages.explain_cause("no-luck", Cause("The dice fell badly.", "Throw them again."))
    assert text == (
        "no-luck\n\ncause of what could not be found out\n"
        "    The dice fell badly.\n    Throw them again.\n"
    )


def test_the_catalogue_ends_with_a_row_for_each_cause() -> None:
    page = pages.catalogue_page(CATALOGUE)
    rows = page[page.index("## What could not be found out") :].splitlines()
    assert len([row for row in rows if row.startswith("| `")]) == len(CAUSES)


def test_the_table_of_sentences_links_to_the_catalogue() -> None:
    """What Markdown or HTML would take for its own is escaped."""
    assert pages.sentence_table(CATALOGUE).splitlines()[2] == (
        "| [`domain [{domain}] is fine`](mailcheck/checks/README.md#is-fine) "
        "| The domain is &lt;fine> | `not-fine` |"
    )


def test_the_catalogue_has_a_section_for_each_check() -> None:
    page = pages.catalogue_page(CATALOGUE)
    assert "\n## is-fine\n\n    domain [{domain}] is fine\n" in page
    assert "\n**Requires.** At least `at_least` good things.\n" in page
    assert "\n**Unmet when**\n\n- `not-fine`: it is not fine | or so. Mail `bounces far`.\n" in page
    assert "\n| `at_least` | how fine | a whole number | `1` |\n" in page
    assert f"\n| `domain` | the domain in question | {Domain.expected} |  |\n" in page


def test_the_table_of_options_has_a_row_for_each() -> None:
    rows = pages.options_table().splitlines()[2:]
    assert len(rows) == len(OPTIONS)
    [lab] = [row for row in rows if "`mail_lab`" in row]
    assert lab.startswith(
        "| `--mail-lab=PATH\\|auto` | `mail_lab` | `--lab=PATH\\|auto` | Ask the "
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose generated files were never written."""
    for folder in ("mailcheck/checks", "mailcheck/suite"):
        (tmp_path / folder).mkdir(parents=True)
    text = "# T\n<!-- sentences: generated -->\nold\n<!-- /sentences -->\nend\n"
    (tmp_path / "README.md").write_text(text, "utf-8")
    return tmp_path


def test_what_is_out_of_date_is_named_and_left_alone(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pages.main(["--check"], checkout) == 1
    named = [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()]
    assert named == ["mailcheck/checks/README.md", "mailcheck/suite/schema.json", "README.md"]
    assert not (checkout / "mailcheck/suite/schema.json").exists()


def test_what_is_written_is_up_to_date(checkout: Path) -> None:
    assert pages.main([], checkout) == 0
    assert pages.main(["--check"], checkout) == 0
    readme = (checkout / "README.md").read_text("utf-8")
    assert readme.startswith("# T\n<!-- sentences: generated -->\n| sentence |")
    assert readme.endswith("|\n<!-- /sentences -->\nend\n")


def test_a_readme_without_a_place_for_the_sentences_is_named(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "README.md").write_text("# T\n", "utf-8")
    assert pages.main([], checkout) == 1
    assert "README.md has no <!-- sentences: generated -->" in capsys.readouterr().out
