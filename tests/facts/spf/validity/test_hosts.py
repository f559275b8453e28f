"""What terms name: what is still to be looked up, and what was found."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.validity.hosts import Found, as_found, wanted_by

MX = {Lookup("a.b", "MX"): told("a.b MX", "10 c.d. | 20 e.f.")[1]}
OF_C: Found = {Lookup("c.d", t): told(f"c.d {t}", "NODATA")[1] for t in ("A", "AAAA")}
OF_E: Found = {Lookup("e.f", t): told(f"e.f {t}", "NODATA")[1] for t in ("A", "AAAA")}


@pytest.mark.parametrize(
    ("term", "found", "wanted"),
    [
        pytest.param("a:a.b", {}, ["a.b A", "a.b AAAA"], id="addresses"),
        pytest.param("exists:a.b", {}, ["a.b A"], id="whether there is one"),
        pytest.param("mx:a.b", {}, ["a.b MX"], id="exchanges first"),
        pytest.param("mx:a.b", MX, ["a.b MX", "c.d A", "c.d AAAA", "e.f A", "e.f AAAA"], id="then"),
        pytest.param("ptr:a.b", {}, [], id="nothing of the client"),
        pytest.param("include:a.b", {}, [], id="no record"),
        pytest.param("a:a..b", {}, [], id="no name"),
    ],
)
def test_what_is_wanted(term: str, found: Found, wanted: list[str]) -> None:
    [directive] = read_record(f"v=spf1 {term}".encode()).directives
    reached = as_found(directive, term.partition(":")[2], None, found)
    assert [f"{one.name} {one.rdtype}" for one in wanted_by(reached, found, 2)] == wanted


def test_more_hosts_than_are_looked_up() -> None:
    [mx] = read_record(b"v=spf1 mx:a.b").directives
    reached = as_found(mx, "a.b", None, MX)
    assert [one.rdtype for one in wanted_by(reached, MX, 1)] == ["MX"]


@pytest.mark.parametrize(
    ("found", "hosts"),
    [
        pytest.param(MX | OF_C | OF_E, ["c.d", "e.f"], id="all"),
        pytest.param(MX | OF_C, [], id="some, as another term names them"),
        pytest.param({}, [], id="none"),
    ],
)
def test_a_term_has_all_of_its_hosts_or_none(found: Found, hosts: list[str]) -> None:
    [mx] = read_record(b"v=spf1 mx:a.b").directives
    assert [host.name for host in as_found(mx, "a.b", None, found).hosts] == hosts
