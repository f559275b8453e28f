"""Both families of a host, and what is known if one of them is not."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.host_addresses import HostAddresses, HostAddressesFact, address_record

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "h.example"


@pytest.fixture
def found(answered: Callable[..., Any]) -> Callable[[str, str], HostAddressesFact]:
    def ask(a: str, aaaa: str) -> HostAddressesFact:
        fact = answered(HostAddresses(HOST), told(f"{HOST} A", a), told(f"{HOST} AAAA", aaaa))
        assert isinstance(fact, HostAddressesFact)
        return fact

    return ask


@pytest.mark.parametrize(
    ("a", "aaaa", "addresses", "unknown", "gone"),
    [
        pytest.param("192.0.2.1", "2001:db8::1", 2, (), "", id="both families"),
        pytest.param("192.0.2.1", "NODATA", 1, (), "", id="IPv4 only"),
        pytest.param("192.0.2.1", "TIMEOUT", 1, ("timeout",), "", id="IPv6 unknown"),
        pytest.param("NODATA", "NODATA", 0, (), "", id="no address"),
        pytest.param("NODATA", "TIMEOUT", 0, ("timeout",), "", id="no IPv4, IPv6 unknown"),
        pytest.param("TIMEOUT", "SERVFAIL", 0, ("timeout", "servfail"), "", id="nothing known"),
        pytest.param("NXDOMAIN", "NXDOMAIN", 0, (), "no-such-domain", id="no such host"),
        pytest.param(
            "NXDOMAIN", "TIMEOUT", 0, (), "no-such-domain", id="one NXDOMAIN speaks for both"
        ),
        pytest.param(
            "TIMEOUT",
            "NXDOMAIN",
            0,
            ("timeout",),
            "",
            id="denied for AAAA only, as broken load balancers do, A unknown",
        ),
        pytest.param("NODATA", "NXDOMAIN", 0, (), "", id="denied for AAAA only, no A"),
        pytest.param("192.0.2.1", "NXDOMAIN", 1, (), "", id="denied for AAAA only, A seen"),
        pytest.param("NXDOMAIN", "2001:db8::1", 1, (), "", id="denied for A only"),
        pytest.param(
            "REFUSED-BY-AUTHORITY",
            "REFUSED-BY-AUTHORITY",
            0,
            (),
            "refused-by-authority",
            id="refused",
        ),
        pytest.param(
            "-> gone.example | NXDOMAIN", "NODATA", 0, (), "no-such-domain", id="dangling"
        ),
    ],
)
def test_what_the_families_say_together(
    found: Callable[[str, str], HostAddressesFact],
    a: str,
    aaaa: str,
    *,
    addresses: int,
    unknown: tuple[str, ...],
    gone: str,
) -> None:
    fact = found(a, aaaa)
    assert len(fact.addresses) == addresses
    assert tuple(u.cause for u in fact.unknown) == unknown
    assert (fact.gone.tag if fact.gone else "") == gone


def test_a_host_that_is_an_alias_says_of_what(
    found: Callable[[str, str], HostAddressesFact],
) -> None:
    assert found("-> a.example | -> b.example | 192.0.2.1", "TIMEOUT").aliases == (
        "a.example",
        "b.example",
    )
    assert found("192.0.2.1", "NODATA").aliases == ()


def test_an_ipv4_mapped_record_is_no_ipv4_address(
    found: Callable[[str, str], HostAddressesFact],
) -> None:
    """An AAAA of ::ffff:192.0.2.1 does not make the host reachable over IPv4."""
    fact = found("NODATA", "::ffff:192.0.2.1")
    assert fact.addresses == (ipaddress.IPv6Address("::ffff:192.0.2.1"),)


def test_records_are_of_their_family() -> None:
    assert address_record(HOST, "192.0.2.1") == "h.example.  3600  IN  A  192.0.2.1"
    assert address_record(HOST, "2001:db8::1") == "h.example.  3600  IN  AAAA  2001:db8::1"


@pytest.mark.parametrize(
    ("a", "aaaa", "canonical"),
    [
        pytest.param("192.0.2.1", "NODATA", "", id="no alias"),
        pytest.param("-> a.example | -> b.example | 192.0.2.1", "TIMEOUT", "b.example", id="two"),
        pytest.param("-> b.example | NODATA", "-> b.example | NODATA", "", id="leads nowhere"),
        pytest.param("-> b.example | 192.0.2.1", "2001:db8::1", "", id="an alias in one family"),
    ],
)
def test_the_host_itself_is_named_where_its_address_was_seen(
    found: Callable[[str, str], HostAddressesFact], a: str, aaaa: str, canonical: str
) -> None:
    assert found(a, aaaa).canonical == canonical
