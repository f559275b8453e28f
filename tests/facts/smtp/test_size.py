"""How large a message may be, read from what stands behind SIZE."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.size import DeclaredSize, declared_size


@pytest.mark.parametrize(
    ("parameters", "kind", "octets"),
    [
        pytest.param("10240000", "limit", 10240000, id="a number"),
        pytest.param("0", "no-limit", 0, id="zero"),
        pytest.param("000", "no-limit", 0, id="zeros"),
        pytest.param("", "no-number", 0, id="no number"),
        pytest.param("99999999999999999999", "limit", 10**20 - 1, id="20 digits"),
        pytest.param("100000000000000000000", "malformed", 0, id="21 digits"),
        pytest.param("25M", "malformed", 0, id="a unit"),
        pytest.param("-1", "malformed", 0, id="negative"),
        pytest.param("٢٥", "malformed", 0, id="digits of another script"),
        pytest.param("2000 1000", "limit", 1000, id="two numbers"),
        pytest.param("0 1000", "limit", 1000, id="a limit beside none"),
        pytest.param("1000 x", "malformed", 0, id="a number and a word"),
    ],
)
def test_declared(parameters: str, kind: str, octets: int) -> None:
    found = declared_size(parameters)
    assert (found.kind, found.octets) == (kind, octets)


@pytest.mark.parametrize(
    ("size", "takes"),
    [
        (DeclaredSize("limit", 10), True),
        (DeclaredSize("limit", 9), False),
        (DeclaredSize("no-limit"), True),
        (DeclaredSize("no-number"), True),
        (DeclaredSize("malformed"), False),
    ],
)
def test_what_a_server_takes(size: DeclaredSize, *, takes: bool) -> None:
    assert size.takes(10) == takes


@pytest.mark.parametrize(
    ("octets", "shown"), [(10240000, "10.2 MB"), (24999999, "24.9 MB"), (1, "0.0 MB")]
)
def test_a_limit_is_never_shown_larger_than_it_is(octets: int, shown: str) -> None:
    assert str(DeclaredSize("limit", octets)) == f"{octets} ({shown})"
