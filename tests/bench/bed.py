"""What the benches stand on: a folder with projects for pytest, and nsd that knows their names."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import zones
from tests.bench.child import pytest_command
from tests.bench.servers import nsd

if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN = "mailcheck.plugin"

NOTHING = "nothing"
"""A plugin of :meth:`Bed.single` without hooks."""

_FLOOR = '''\
"""Collects a test that does nothing for every line of a list in YAML."""

import pytest


class Item(pytest.Item):
    def runtest(self):
        pass


class File(pytest.File):
    def collect(self):
        for line in self.path.read_text().splitlines():
            if line.startswith("- "):
                yield Item.from_parent(self, name=line[2:])


def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".yml":
        return File.from_parent(parent, path=file_path)
'''

_LISTENER = '''\
"""Somebody who listens to a phase of every test, as many plugins do."""


def pytest_runtest_call(item):
    pass
'''

_LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        @ 3600 IN SOA ns1 hostmaster 1 3600 600 86400 300
        @ 3600 IN NS ns1
        @ 3600 IN MX 10 mail
        ns1 3600 IN A 192.0.2.53
        mail 3600 IN A 192.0.2.25
"""


class Bed:
    """Projects made when first needed. ``port`` is nsd's; it knows *items* names, *domains* too."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def mailcheck(self, *arguments: str, port: int | None = None) -> list[str]:
        """Return the command that runs a project against nsd, or what listens at *port*."""
        resolver = f"--mail-resolver=127.0.0.1:{port or self.port}"
        return pytest_command(resolver, *arguments, plugins=[PLUGIN])

    def bare(self, count: int) -> Path:
        """Return the project of the yardstick: as many tests that do nothing."""
        lines = "".join(f"- domain {name} has MX\n" for name in zones.names(count))
        return self.project(f"bare-{count}", {"conftest.py": _FLOOR, "floor.yml": lines})

    def sentences(self, count: int) -> Path:
        """Return the project with one sentence about each of *count* names."""
        return self.project(f"sentences-{count}", {"suite.yml": zones.has_mx_suite(count)})

    def with_options(self, count: int) -> Path:
        """Return the project whose sentences have options below them."""
        return self.project(f"options-{count}", {"suite.yml": zones.optioned_suite(count)})

    def listened(self, count: int) -> Path:
        """Return the same project where a conftest hooks into the phases."""
        files = {"suite.yml": zones.has_mx_suite(count), "conftest.py": _LISTENER}
        return self.project(f"listened-{count}", files)

    def audit(self, count: int) -> Path:
        """Return the project that says ten sentences about each of *count* domains."""
        lines = "".join(f"{domain}\n" for domain in zones.domains(count))
        files = {"suite.yml": zones.suite(zones.AUDIT), "domains.txt": lines}
        return self.project(f"audit-{count}", files)

    def single(self) -> Path:
        """Return a project with one Python test and a YAML file that is no suite."""
        files = {"test_one.py": "def test_one():\n    pass\n", "other.yml": "version: 2\n"}
        return self.project("single", {**files, f"{NOTHING}.py": ""})

    def in_lab(self) -> Path:
        """Return a project with one sentence and its lab."""
        suite = "mailcheck: 1\nchecks:\n- domain example.com has MX\n"
        return self.project("in-lab", {"suite.yml": suite, "lab.yml": _LAB})

    def project(self, name: str, files: dict[str, str]) -> Path:
        """Make a folder with *files* beside an empty ini file, if it is not there; return it."""
        folder = self.folder / name
        if folder.exists():
            return folder
        folder.mkdir()
        for file, text in {"pytest.ini": "[pytest]\n", **files}.items():
            (folder / file).write_text(text)
        return folder


@contextlib.contextmanager
def made(item_count: int, domain_count: int) -> Iterator[Bed]:
    """Make a bed for *item_count* names and *domain_count* domains; take it away at the end."""
    with tempfile.TemporaryDirectory(prefix="mailcheck-bench-") as path:
        folder = Path(path)
        served = {".": zones.ROOT_ZONE, "test": zones.served_zone(item_count, domain_count)}
        with nsd(folder, served) as port:
            yield Bed(folder, port)
