"""Tells at the head of a session, and in its reports, how the resolvers it asks behave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.plugin import RECORDER
from mailcheck.plugin.recorder import PREFLIGHT, UNASKED

if TYPE_CHECKING:
    from mailcheck.run import Run

PATIENCE = 0.5
"""Seconds that the header waits for what resolvers say; tests do not wait, and are asked for
meanwhile. A resolver on the other side of the world answers in a third of a second."""


class PreflightReport:
    """Asks *run* when the tests are queued, and again when all is over."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self._config = config
        self._run = run

    def pytest_report_collectionfinish(self) -> list[str]:
        """Return a line for each resolver, and one for the routes of this machine."""
        told = self._run.preflight(PATIENCE)
        return [f"mailcheck: {name}  {text}" for name, text in told.items()]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Leave what is known to the recorder, that of an xdist controller included."""
        told, unasked = self._run.preflight(at_end=True), self._run.unasked()
        self._config.stash[RECORDER].preflight.update(told)
        self._config.stash[RECORDER].leave(unasked)
        if (output := getattr(self._config, "workeroutput", None)) is not None:
            output[PREFLIGHT], output[UNASKED] = told, unasked
