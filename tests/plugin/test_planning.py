"""``--setup-plan`` shows what would be set up, and asks nobody."""

from __future__ import annotations

import pytest

from mailcheck.plugin import MAIL_SESSION


@pytest.mark.parametrize(
    "listener",
    ["", "def pytest_runtest_setup(item): pass\n"],
    ids=["nobody listens", "a conftest listens"],
)
def test_nothing_is_asked(project: pytest.Pytester, listener: str) -> None:
    opened: list[object] = []

    class Ending:
        def pytest_sessionfinish(self, session: pytest.Session) -> None:
            opened.extend(session.config.stash[MAIL_SESSION].run.worlds)

    project.makeconftest(listener)
    report = project.path / "report.xml"
    result = project.runpytest(
        "suites", "--setup-plan", f"--mail-junit={report}", plugins=[Ending()]
    )
    assert result.ret == pytest.ExitCode.OK
    assert "error" not in result.parseoutcomes()
    assert opened == []
    assert not report.exists()
    assert "mailcheck =" not in result.stdout.str()


def test_a_suite_that_cannot_be_read_is_an_error_nevertheless(project: pytest.Pytester) -> None:
    (project.path / "suites" / "mail.yml").write_text("mailcheck: 1\nchekcs: []\n", "utf-8")
    project.runpytest("suites", "--setup-plan").assert_outcomes(errors=1)
