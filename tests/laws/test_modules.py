"""What every module must keep: its size, its room, its test, its distance from I/O."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mailcheck"
MODULES = sorted(PACKAGE.rglob("*.py"))
each_module = pytest.mark.parametrize(
    "path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in MODULES]
)

LONGEST = 250

MIRRORED = ("checks", "facts", "probes", "suite", "source", "lab", "report")
"""Folders of which every module has a test file of its own."""

PURE = ("checks", "facts", "suite", "report")
FORBIDDEN_IMPORTS = {
    "asyncio",
    "dns.asyncquery",
    "dns.query",
    "dns.resolver",
    "pytest",
    "random",
    "socket",
    "ssl",
    "time",
}
REASONED = re.compile(r"# type: ignore\[[a-z-]+\]  # \w+ \w+|# noqa: [A-Z0-9, ]+  \w+ \w+")
FORBIDDEN_READS = {"datetime.now", "datetime.utcnow", "date.today", "os.environ", "os.getenv"}


def imports_of(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@each_module
def test_it_is_short_because_it_does_one_thing(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@each_module
def test_it_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=str(path.relative_to(PACKAGE)))
        for folder in MIRRORED
        for path in sorted((PACKAGE / folder).rglob("*.py"))
        if path.name != "__init__.py"
    ],
)
def test_it_has_a_mirrored_test(path: Path) -> None:
    mirrored = path.relative_to(PACKAGE)
    assert (ROOT / "tests" / mirrored.parent / f"test_{path.name}").is_file()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=str(path.relative_to(PACKAGE)))
        for folder in PURE
        for path in sorted((PACKAGE / folder).rglob("*.py"))
    ],
)
def test_what_thinks_does_no_io(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    reads = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert imports_of(tree) & FORBIDDEN_IMPORTS == set()
    assert {read for read in reads for bad in FORBIDDEN_READS if read.endswith(bad)} == set()


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    """``type: ignore`` and ``noqa`` name the rule, and a reason stands behind it."""
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (*MODULES, *sorted((ROOT / "tests").rglob("*.py")))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if path != Path(__file__)
        and ("# type: ignore" in line or "# noqa" in line)
        and not REASONED.search(line)
    ]
    assert silent == []


def test_names_of_this_workplace_do_not_appear() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [p for p in PACKAGE.rglob("*") if p.stem in vague] == []
