"""Says on a terminal whom the first test waits for, as pytest says that it is collecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.preflight import NO_ANSWER_YET

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest


class Waiting:
    """A line that stands between the header and the first result, and leaves no trace.

    A resolver that is dead takes seconds to be called so, in which nothing else would be said. In a
    file or a log the line of the header says it.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._written = 0

    def begin(self, preflight: Mapping[str, str]) -> None:
        """Write it if somebody in *preflight* has not answered. With -v a test is named instead."""
        reporter = self._config.pluginmanager.getplugin("terminalreporter")
        names = [name for name, said in preflight.items() if said == NO_ANSWER_YET]
        if not names or not getattr(reporter, "isatty", False) or self._config.get_verbosity():
            return
        writer = self._config.get_terminal_writer()
        # One that breaks could not be taken back.
        line = f"mailcheck: waiting for {', '.join(names)} ... "[: writer.fullwidth - 1]
        writer.write(f"\r{line}", flush=True)
        self._written = len(line)

    def end(self) -> None:
        """Take it back, if it stands there."""
        if self._written:
            blank = " " * self._written
            self._config.get_terminal_writer().write(f"\r{blank}\r", flush=True)
            self._written = 0
