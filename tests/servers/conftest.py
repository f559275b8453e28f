"""What the tests with real servers share: namespaces, where this machine allows them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from .namespace import Namespace, NamespaceError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failure what the servers wrote."""
    report = yield
    if report.failed:
        report.sections += [("servers", space.logs()) for space in Namespace.standing]
    return report


@pytest.fixture(scope="session")
def namespaces(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where no namespace can be made, and say why; in CI it must be possible."""
    try:
        with Namespace(tmp_path_factory.mktemp("namespace")):
            pass
    except (NamespaceError, OSError) as error:
        reason = (
            f"needs a network namespace (root on Linux, or sudo that asks no password): {error}"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def folder(
    namespaces: None,  # noqa: ARG001  without one there is nothing to put into a folder
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder for the servers of one module."""
    return tmp_path_factory.mktemp("servers")
