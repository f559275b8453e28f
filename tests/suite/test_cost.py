"""What reading a suite costs: Python calls, which no other load on the machine changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from mailcheck.suite.load import load_suite
from tests.suite.conftest import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

SENTENCES = (
    "domain has MX",
    "TXT includes v=spf1",
    'TXT includes "v=spf1 -all"',
    "TXT of _dmarc.{domain} includes v=DMARC1",
    "resolvers agree on MX",
    "resolvers agree on NS",
    "resolvers agree on SOA",
    "resolvers agree on TXT",
    "SMTP port 25 accepts",
    "EHLO name mail.{domain} resolves",
)


def written(folder: Path, number: int) -> int:
    """A suite of plain sentences, none of which leaves anything out."""
    lines = "".join(f"  - domain d{n}.example has MX\n" for n in range(number))
    (folder / "x.yml").write_text(f"mailcheck: 1\nchecks:\n{lines}")
    return number


def listed(folder: Path, number: int) -> int:
    """Ten sentences over a file of domains."""
    domains = number // len(SENTENCES)
    (folder / "domains.txt").write_text("".join(f"d{n}.example\n" for n in range(domains)))
    lines = "".join(f"  - '{sentence}'\n" for sentence in SENTENCES)
    suite = "mailcheck: 1\nfor: {domain: {file: domains.txt}}\nchecks:\n"
    (folder / "x.yml").write_text(suite + lines)
    return domains * len(SENTENCES)


def optioned(folder: Path, number: int) -> int:
    """A suite of sentences that all have the same options."""
    options = "      at_least: 2\n      severity: advised\n"
    lines = "".join(f"  - domain d{n}.example has MX:\n{options}" for n in range(number))
    (folder / "x.yml").write_text(f"mailcheck: 1\nchecks:\n{lines}")
    return number


def calls(folder: Path) -> tuple[int, int]:
    """Load the suite; return how many requirements it has, and how many calls that took."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        suite = load_suite(folder / "x.yml", "x.yml", CATALOGUE)
    finally:
        sys.setprofile(None)
    return len(suite.requirements), count


@pytest.mark.parametrize(
    ("write", "most"),
    [
        pytest.param(written, 60, id="written"),
        pytest.param(listed, 30, id="over-a-file-of-domains"),
        pytest.param(optioned, 105, id="with-options"),
    ],
)
def test_a_requirement_takes_so_many_calls_however_many_there_are(
    tmp_path: Path, write: Callable[[Path, int], int], most: int
) -> None:
    costs: list[float] = []
    for number in (1_000, 5_000):
        expected = write(tmp_path, number)
        found, count = calls(tmp_path)
        assert found == expected
        costs.append(count / found)
    assert costs[-1] <= most
    assert costs[-1] <= costs[0] * 1.05


def test_sentences_over_the_same_subjects_share_them(tmp_path: Path) -> None:
    listed(tmp_path, 20)
    requirements = load_suite(tmp_path / "x.yml", "x.yml", CATALOGUE).requirements
    names = [r.params.name for r in requirements if r.title.startswith("resolvers agree")]
    assert len(names) == 8
    assert len({id(name) for name in names}) == 2
