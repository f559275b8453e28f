"""Where in a name an address stands, and how sure that is."""

from __future__ import annotations

import pytest

from mailcheck.facts.address_in_name import last_octets, trace_of_address
from mailcheck.names import parse_address


@pytest.mark.parametrize(
    ("name", "ip", "part", "weight"),
    [
        pytest.param("a-203-0-113-25.example", "203.0.113.25", "203-0-113-25", 2, id="octets"),
        pytest.param("25.net-113-0-203.isp", "203.0.113.25", "25.net-113-0-203", 2, id="a word"),
        pytest.param("a203000113025.example", "203.0.113.25", "203000113025", 2, id="padded"),
        pytest.param("a-113-0-203.example", "203.0.113.25", "113-0-203", 1, id="three turned"),
        pytest.param("a-0-113-25.example", "203.0.113.25", "0-113-25", 1, id="the last three"),
        pytest.param("ab000113025.example", "203.0.113.25", "000113025", 1, id="three padded"),
        pytest.param("cb007119.example", "203.0.113.25", "cb007119", 2, id="hexadecimal"),
        pytest.param("7.6.5.4-1.2.3.9.example", "1.2.3.9", "1.2.3.9", 2, id="among others"),
        pytest.param("a-192-0-2-1.example", None, "192-0-2-1", 2, id="unknown address"),
        pytest.param("a1-192-0-2-1.example", None, "192-0-2-1", 2, id="a counted word before it"),
        pytest.param(
            "1.net-192-0-2.isp", None, "1.net-192-0-2", 2, id="unknown, with a word in it"
        ),
        pytest.param("a084114128169.example", None, "084114128169", 1, id="may be padded octets"),
        pytest.param("0xcb007119.example", None, "0xcb007119", 1, id="may be an address"),
        pytest.param("cm000a73666706.example", None, "000a73666706", 1, id="hardware address"),
        pytest.param("x-2001-db8--25.example", "2001:db8::25", "2001-db8--25", 2, id="IPv6 groups"),
        pytest.param(
            "a-2001-db8-1-2.example", "2001:db8:1:2::25", "2001-db8-1-2", 1, id="a network"
        ),
    ],
)
def test_what_is_found(name: str, ip: str | None, part: str, weight: int) -> None:
    found = trace_of_address(name, parse_address(ip) if ip else None)
    assert found is not None
    assert (found.part, found.weight) == (part, weight)


@pytest.mark.parametrize(
    ("name", "ip"),
    [
        pytest.param("a12-34.smtp-out.example", "54.240.12.34", id="two octets"),
        pytest.param("build-2024-11-22-01.example", None, id="a date"),
        pytest.param("app-1-0-0-2.example", None, id="a version"),
        pytest.param("a-300-1-2-3.example", None, id="no octets"),
        pytest.param("20.mo-3-4.mail-out.example", None, id="two and one"),
        pytest.param("3a.net-192-0-2.example", None, id="no number alone"),
        pytest.param("7", None, id="a digit"),
        pytest.param("a-1-2-3-4-5-6.example", None, id="more than four"),
        pytest.param("mx0a-00123401.example", None, id="eight digits of something"),
        pytest.param("cb007118.example", "203.0.113.25", id="another number"),
        pytest.param("a-0-0.example", "2001:db8::25", id="zeros"),
        pytest.param("", "203.0.113.25", id="nothing"),
    ],
)
def test_what_is_no_trace(name: str, ip: str | None) -> None:
    assert trace_of_address(name, parse_address(ip) if ip else None) is None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("h113-25.adsl.example", "113-25", id="first"),
        pytest.param("25.113.broadband.example", "25.113", id="turned"),
        pytest.param("7-25-113.example", "25-113", id="in a longer row"),
        pytest.param("25.net-113.example", "", id="a word between"),
        pytest.param("203-0.example", "", id="the first two"),
        pytest.param("113-26.example", "", id="another address"),
    ],
)
def test_the_last_octets_side_by_side(name: str, part: str) -> None:
    assert last_octets(name, parse_address("203.0.113.25")) == part
    assert not last_octets(name, None)
    assert not last_octets(name, parse_address("2001:db8::113:25"))
