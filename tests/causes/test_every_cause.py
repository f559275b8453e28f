"""The table of causes, against the source that gives them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import dns.rcode
import pytest

import mailcheck
from mailcheck.causes import CAUSES, IN_A_CHANGE, OTHER_RCODE, explained

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(mailcheck.__file__).parent
TREES = [ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))]

AT = {
    "Unobserved": 0,
    "SilentHere": 0,
    "Broken": 0,
    "_Nothing": 0,
    "_NoAnswer": 0,
    "cut_short": 0,
    "unobserved": 1,
    "BrokenOff": 1,
    "broken_off": 1,
    "_stand_in": 1,
}
"""Where a cause stands among the arguments, by what is called."""

NOT_TOLD_TO_USERS = {"not-told", "connection-refused"}
"""What only the examples and tests of a check can end with, or what is a fact in the end: a refusal
is only doubted where everybody is refused, and has another cause then."""


def constants() -> dict[str, str]:
    """Return the strings that modules name, by their names: ``NOT_IN_LAB``."""
    return {
        target.id: node.value.value
        for tree in TREES
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


NAMED = constants()


def values_of(node: ast.expr | None) -> Iterator[str]:
    """Yield the strings that *node* may be, as far as that is written down."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in NAMED:
            yield NAMED[name]
        case ast.IfExp(body=one, orelse=other):
            yield from values_of(one)
            yield from values_of(other)


def caused_in(node: ast.AST) -> Iterator[str]:
    """Yield the causes that *node* gives: to a call, or to a variable of that name."""
    match node:
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)):
            if called in AT and len(node.args) > AT[called]:
                yield from values_of(node.args[AT[called]])
            for keyword in node.keywords:
                if keyword.arg == "cause":
                    yield from values_of(keyword.value)
        case ast.Assign(targets=[ast.Name(id="cause")]):
            yield from values_of(node.value)
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=given)):
            for name, value in zip(names, given, strict=True):
                if isinstance(name, ast.Name) and name.id == "cause":
                    yield from values_of(value)


CAUSED = {cause for tree in TREES for node in ast.walk(tree) for cause in caused_in(node)} - {""}

BUILT = {"connection-closed", "connection-reset"}
"""What is put together where it is given: by the SMTP session."""

SAID_BY_SERVERS = {
    dns.rcode.to_text(code).lower()
    for code in dns.rcode.Rcode
    if code not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)
}


def test_the_source_gives_causes() -> None:
    """And is read: a law about nothing holds always."""
    assert len(CAUSED) > 30


@pytest.mark.parametrize("cause", sorted(CAUSED | BUILT | SAID_BY_SERVERS | {"rcode-16"}))
def test_every_cause_is_explained(cause: str) -> None:
    if cause in NOT_TOLD_TO_USERS:
        assert explained(cause) is None
    else:
        assert explained(cause)


def test_nothing_is_explained_that_nothing_gives() -> None:
    given = CAUSED | BUILT | SAID_BY_SERVERS | {OTHER_RCODE}
    assert sorted(set(CAUSES) - given) == []


def test_what_stands_in_a_change_is_a_cause() -> None:
    assert sorted(IN_A_CHANGE - CAUSED) == []


@pytest.mark.parametrize("cause", ["timeouts", "rcode-", "rcode-x", "bad", ""])
def test_what_is_no_cause_is_not_explained(cause: str) -> None:
    assert explained(cause) is None


@pytest.mark.parametrize("name", sorted(CAUSES))
def test_an_explanation_is_two_whole_sentences(name: str) -> None:
    assert all(part[0].isupper() or part[0] == "`" for part in CAUSES[name])
    assert all(part.endswith(".") for part in CAUSES[name])


@pytest.mark.parametrize("name", sorted(CAUSES))
def test_what_to_do_can_be_read_alone(name: str) -> None:
    """The summary has it without what the cause means, which would say what "it" is."""
    assert not re.match(r"Give (it|them) ", CAUSES[name].do)
