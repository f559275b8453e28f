"""Places of a tree: loops, and terms that lead to no record."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.validity.place import Place, Reached

[INCLUDE] = read_record(b"v=spf1 include:a.b").directives


def place(answer: str, name: str = "a.b") -> Place:
    said = told("a.b TXT", answer)[1] if answer else None
    records = (b"v=spf1 -all",) if "spf1" in answer else ()
    return Place("a.b", name, ("example.com",), said, records)


@pytest.mark.parametrize(
    ("below", "nowhere"),
    [
        pytest.param(place('"v=spf1 -all"'), False, id="a record"),
        pytest.param(place("NXDOMAIN"), True, id="no such domain"),
        pytest.param(place('"hello"'), True, id="no record"),
        pytest.param(place("TIMEOUT"), False, id="not known"),
        pytest.param(place('"hello" | ...'), False, id="more than was read"),
        pytest.param(place("REFUSED-BY-AUTHORITY"), False, id="nobody says"),
        pytest.param(place("", name=""), True, id="no name"),
        pytest.param(place("", name="example.com"), True, id="a loop"),
        pytest.param(place(""), False, id="not asked"),
        pytest.param(None, False, id="no include"),
    ],
)
def test_leads_nowhere(below: Place | None, nowhere: bool) -> None:  # noqa: FBT001  a column of the table
    assert Reached(INCLUDE, "a.b", below).leads_nowhere is nowhere
