"""Which files are suites, for every YAML file of every project: so this imports next to nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from mailcheck.plugin import RECORDER
from mailcheck.suite.sniff import NearMiss, sniff_file

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def is_suite(path: Path, parent: pytest.Collector) -> bool:
    """Decide whether *path* is a suite; take a note of one that nearly is."""
    shown = os.path.relpath(path, parent.config.rootpath)
    kind: Literal["suite"] | NearMiss | None
    try:
        with path.open("rb") as file:
            kind = sniff_file(file)
    except OSError as error:
        # Whether it is ours cannot be told. Somebody who names it wants to know what is in it, and
        # gets a suite that cannot be read; in a folder it must not fail everybody's run.
        if not parent.session.isinitpath(path):
            _note(parent.config, f"{shown} cannot be read ({error.strerror}); is it a suite?")
            return False
        kind = "suite"
    if isinstance(kind, NearMiss):
        _note(parent.config, f"{shown} is not a suite, though it looks like one: {kind.why}")
    return kind == "suite"


def _note(config: pytest.Config, line: str) -> None:
    from mailcheck.evidence import visible

    config.stash[RECORDER].note([visible(line, len(line))])
