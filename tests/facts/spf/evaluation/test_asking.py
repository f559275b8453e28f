"""What one evaluation asks: the client's validated names, and addresses compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.spf.conftest import Evaluate

PTR = "1.2.0.192.in-addr.arpa PTR"


@pytest.mark.parametrize(
    ("names", "addresses", "best"),
    [
        pytest.param("example.com. | a.example.com.", ("", "a."), "example.com", id="the domain"),
        pytest.param("z.net. | a.example.com.", ("a.",), "a.example.com", id="a name below it"),
        pytest.param("mail.z.net.", ("mail.z.net",), "mail.z.net", id="any name"),
        pytest.param("a.example.com.", (), "unknown", id="none that leads back"),
        pytest.param(".", (), "unknown", id="the root"),
    ],
)
def test_the_name_that_p_stands_for(
    names: str, addresses: tuple[str, ...], best: str, evaluate: Evaluate
) -> None:
    hosts = [name.strip().removesuffix(".") for name in names.split("|")]
    valid = {a if "net" in a else f"{a}example.com" for a in addresses}
    said = [f"{host} A: {'192.0.2.1' if host in valid else '192.0.2.9'}" for host in hosts if host]
    record = 'example.com TXT: "v=spf1 exists:%{p}.x.y -all"'
    fact = evaluate(record, f"{PTR}: {names}", *said, f"{best}.x.y A: 127.0.0.2")
    assert fact.result == "pass"


def test_the_lookup_for_p_counts_once(evaluate: Evaluate) -> None:
    fact = evaluate(
        'example.com TXT: "v=spf1 exists:%{p}.x.y exists:%{p}.z.y -all"',
        f"{PTR}: NXDOMAIN",
        "unknown.x.y A: NXDOMAIN",
        "unknown.z.y A: 127.0.0.2",
    )
    assert (fact.result, fact.lookups, fact.voids) == ("pass", 3, 1)


@pytest.mark.parametrize("ip", ["192.0.2.9", "2001:db8::1"])
def test_a_term_finds_nothing_once(ip: str, evaluate: Evaluate) -> None:
    """Exchanges without an address of the client's family are no reason to stop at their term."""
    hosts = ("m1.x.y", "m2.x.y", "m3.x.y")
    fact = evaluate(
        'example.com TXT: "v=spf1 mx a:no.x.y -all"',
        "example.com MX: " + " | ".join(f"10 {host}." for host in hosts),
        *(f"{host} {rdtype}: NODATA" for host in (*hosts, "no.x.y") for rdtype in ("A", "AAAA")),
        ip=ip,
    )
    assert (fact.result, fact.voids) == ("fail", 2)


@pytest.mark.parametrize(
    ("term", "address", "matches"),
    [
        ("a", "192.0.2.1", True),
        ("a", "192.0.2.2", False),
        ("a/31", "192.0.2.0", True),
        ("a/31", "192.0.2.2", False),
        ("a/0", "203.0.113.1", True),
        ("a//0", "203.0.113.1", False),
    ],
)
def test_addresses_are_compared_as_far_as_the_prefix_goes(
    term: str,
    address: str,
    matches: bool,  # noqa: FBT001  a column of a table
    evaluate: Evaluate,
) -> None:
    fact = evaluate(f'example.com TXT: "v=spf1 {term} -all"', f"example.com A: {address}")
    assert (fact.result == "pass") == matches
