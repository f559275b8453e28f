"""The pytest plugin: sentences become tests.

This module is imported by every pytest run of everyone who has mailcheck installed. It holds the
hooks and imports nothing that a run without suites does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.plugin import loading  # noqa: F401  it comes first: all others are loaded its way

# isort: split
from mailcheck.options import OPTIONS
from mailcheck.plugin.garbage import Frozen
from mailcheck.plugin.recorder import Recorder

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.plugin.fixture import Mailcheck
    from mailcheck.plugin.session import MailSession

SUFFIXES = (".yml", ".yaml")

MAIL_SESSION: pytest.StashKey[MailSession] = pytest.StashKey()
RECORDER: pytest.StashKey[Recorder] = pytest.StashKey()
FROZEN: pytest.StashKey[Frozen] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register every option, and its ini key."""
    group = parser.getgroup("mailcheck", "mailcheck: what must hold for mail to arrive")
    for option in OPTIONS:
        ini_type: Any = {"flag": "bool", "list": "linelist", "path": "string", "text": "string"}
        parser.addini(option.ini, option.help, type=ini_type[option.kind], default=None)
        if option.ini_only:
            continue
        how: dict[str, Any] = {"metavar": option.metavar or None}
        if option.kind == "flag":
            how = {"action": "store_true"}
        elif option.kind == "list":
            how["action"] = "append"
        elif option.choices:
            how = {"choices": option.choices}
        group.addoption(
            f"--mail-{option.name}", dest=option.ini, default=None, help=option.help, **how
        )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the YAML files that are suites; remember those that nearly are."""
    if file_path.suffix not in SUFFIXES:
        return None
    from mailcheck.plugin.sniffing import is_suite

    if not is_suite(file_path, parent):
        return None
    from mailcheck.plugin.suite_file import SuiteFile

    collector: pytest.Collector = SuiteFile.from_parent(parent, path=file_path)
    return collector


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker of every requirement known, and keep the records of the session."""
    config.addinivalue_line("markers", "mailcheck: a sentence of a mailcheck suite")
    # What is pushed before pytest's own cleanups is called after them: the last of these collects.
    config.stash[FROZEN] = frozen = Frozen()
    config.add_cleanup(frozen.thaw)
    if any(config.getoption(option.ini, None) for option in OPTIONS):
        from mailcheck.plugin.configuration import configured

        configured(config)  # so that a wrong option is a usage error before anything is collected
    config.stash[RECORDER] = recorder = Recorder(config)
    config.pluginmanager.register(recorder, "mailcheck-recorder")


@pytest.fixture(name="mailcheck")
def mailcheck_fixture(request: pytest.FixtureRequest) -> Mailcheck:
    """Judge a sentence from a Python test: ``assert mailcheck("domain example.com has MX")``."""
    from mailcheck.plugin.fixture import Mailcheck
    from mailcheck.plugin.session import mail_session

    return Mailcheck(mail_session(request.config), request.node)
