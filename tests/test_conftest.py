"""A clone without the packages that only the tests need: nobody is met by a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bare(pytester: pytest.Pytester, repository: Path) -> pytest.Pytester:
    """A clone in which hypothesis cannot be imported."""
    pytester.makeconftest((repository / "tests" / "conftest.py").read_text("utf-8"))
    pytester.makepyfile(bare="import sys\nsys.modules['hypothesis'] = None\n")
    pytester.makepyfile("def test_one(): pass")
    pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = -p bare -p no:hypothesispytest\n")
    return pytester


def test_a_run_says_what_to_install(bare: pytest.Pytester) -> None:
    result = bare.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.errlines == [
        "ERROR: the tests of mailcheck need hypothesis: pip install -e '.[test]'",
        "the suites need nothing more: pytest suites/",
        "",
    ]


@pytest.mark.parametrize("option", ["--help", "--version", "--markers"])
def test_what_runs_no_test_needs_none_of_it(bare: pytest.Pytester, option: str) -> None:
    result = bare.runpytest_subprocess(option)
    assert (result.ret, result.errlines) == (0, [])
