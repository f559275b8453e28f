"""Sentences in Python tests."""

from __future__ import annotations

import pytest


def test_a_verdict_is_true_only_if_met(project: pytest.Pytester) -> None:
    (project.path / "suites" / "test_mail.py").write_text(
        """\
def test_met(mailcheck):
    assert mailcheck("domain example.com has MX")

def test_unmet(mailcheck):
    verdict = mailcheck("domain tour.example.com has MX")
    assert not verdict
    assert verdict.tags == ("no-mx",)

def test_options(mailcheck):
    assert not mailcheck("{domain example.com has MX: {at_least: 2}}")
""",
        "utf-8",
    )
    project.runpytest("suites/test_mail.py").assert_outcomes(passed=3)


def test_files_that_a_sentence_names_lie_beside_the_test(project: pytest.Pytester) -> None:
    lock = "spf-lock: 1\ndomain: example.com\nnetworks:\n  example.com: [192.0.2.0/24]\n"
    (project.path / "suites" / "spf-example.com.lock").write_text(lock, "utf-8")
    (project.path / "suites" / "test_mail.py").write_text(
        """\
import pytest

def test_there(mailcheck):
    assert mailcheck("SPF of example.com matches its lock").tags == ("network-lost",)

def test_missing(mailcheck):
    with pytest.raises(Exception, match="expected it at suites/spf-example.net.lock"):
        mailcheck("SPF of example.net matches its lock")
""",
        "utf-8",
    )
    project.runpytest("suites/test_mail.py").assert_outcomes(passed=2)


def test_an_assert_that_fails_shows_the_failure_text(project: pytest.Pytester) -> None:
    (project.path / "suites" / "test_mail.py").write_text(
        'def test_it(mailcheck):\n    assert mailcheck("domain tour.example.com has MX")\n', "utf-8"
    )
    result = project.runpytest("suites/test_mail.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*assert mailcheck(*",
            "*Captured mailcheck call*",
            "  matters   *",
            "            tour.example.com.  3600  IN  MX  10 *",
        ]
    )
    assert "mailcheck/plugin/fixture.py" not in result.stdout.str()


@pytest.mark.parametrize(
    ("asserted", "shown"),
    [
        pytest.param(
            'mailcheck("domain tour.example.com has MX")',
            "assert <unmet: no-mx; tour.example.com has no MX record>",
            id="unmet",
        ),
        pytest.param(
            'not mailcheck("domain example.com has MX")',
            "assert not <met; example.com MX → 10 mail.example.com., TTL *, from *>",
            id="met",
        ),
    ],
)
def test_an_assert_shows_the_verdict_in_short(
    project: pytest.Pytester, asserted: str, shown: str
) -> None:
    """Twice, as pytest does; the second time with the call that returned it."""
    (project.path / "suites" / "test_mail.py").write_text(
        f"def test_it(mailcheck):\n    assert {asserted}\n", "utf-8"
    )
    result = project.runpytest("suites/test_mail.py")
    call = asserted.removeprefix("not ").replace('"', "'")
    what = shown.partition("<")[2]
    result.stdout.fnmatch_lines([f"E *{shown}", f"E * where <{what} = {call}"])


def test_its_str_is_the_whole_text(project: pytest.Pytester) -> None:
    (project.path / "suites" / "test_mail.py").write_text(
        """\
def test_it(mailcheck):
    print(mailcheck("domain tour.example.com has MX"))
    assert False
""",
        "utf-8",
    )
    result = project.runpytest("suites/test_mail.py")
    result.stdout.fnmatch_lines(["*Captured stdout call*", "  found     tour.example.com *"])


def test_what_is_inconclusive_raises(project: pytest.Pytester) -> None:
    (project.path / "suites" / "test_mail.py").write_text(
        """\
import pytest
from mailcheck.plugin.fixture import Inconclusive

def test_it(mailcheck):
    with pytest.raises(Inconclusive, match="inconclusive: servfail"):
        mailcheck("domain silent.example has MX")
""",
        "utf-8",
    )
    project.runpytest("suites/test_mail.py").assert_outcomes(passed=1)


def test_a_sentence_that_cannot_be_read_says_so(project: pytest.Pytester) -> None:
    (project.path / "suites" / "test_mail.py").write_text(
        'def test_it(mailcheck):\n    mailcheck("domain example.com has MXs")\n', "utf-8"
    )
    result = project.runpytest("suites/test_mail.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(['*did you mean "domain example.com has MX"*'])
    assert "Catalogue(" not in result.stdout.str()


def test_in_a_running_loop_it_points_to_ask(project: pytest.Pytester) -> None:
    (project.path / "suites" / "test_mail.py").write_text(
        """\
import asyncio
import pytest
from mailcheck.errors import UsageError

def test_call(mailcheck):
    async def inside():
        mailcheck("domain example.com has MX")
    with pytest.raises(UsageError, match="await mailcheck.ask"):
        asyncio.run(inside())

def test_ask(mailcheck):
    async def inside():
        both = await asyncio.gather(
            mailcheck.ask("domain example.com has MX"),
            mailcheck.ask("domain tour.example.com has MX"),
        )
        return [bool(verdict) for verdict in both]
    assert asyncio.run(inside()) == [True, False]
""",
        "utf-8",
    )
    project.runpytest("suites/test_mail.py", "-W", "error").assert_outcomes(passed=2)


def test_it_shares_the_run_of_the_suites(project: pytest.Pytester) -> None:
    """In an ini, a lab is found from the folder of the test."""
    (project.path / "suites" / "test_mail.py").write_text(
        'def test_it(mailcheck):\n    assert mailcheck("domain example.com has MX")\n', "utf-8"
    )
    result = project.runpytest("suites")
    result.assert_outcomes(passed=3, failed=1, errors=1, xfailed=1)
