"""What return codes mean, and which say nothing."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address

import pytest

from mailcheck.blocklists import Blocklist, Meaning
from mailcheck.blocklists.blocklist import Codes, Refusal

SPAM, DIAL_UP = Meaning("spam", "spam source"), Meaning("dynamic", "dial-up")

RANGES = Blocklist(
    "list.example",
    codes=(
        Codes(IPv4Address("127.0.0.2"), IPv4Address("127.0.0.3"), SPAM),
        Codes(IPv4Address("127.0.0.10"), IPv4Address("127.0.0.10"), DIAL_UP),
    ),
    refusals=(Refusal(IPv4Address("127.0.0.9"), IPv4Address("127.0.0.9"), "ask less"),),
)
BITS = Blocklist("bits.example", bits=((1, SPAM), (2, DIAL_UP)), base=IPv4Address("127.1.0.0"))


@pytest.mark.parametrize(
    ("one", "code", "expected"),
    [
        pytest.param(RANGES, "127.0.0.2", (SPAM,), id="first of a range"),
        pytest.param(RANGES, "127.0.0.3", (SPAM,), id="last of a range"),
        pytest.param(RANGES, "127.0.0.4", (), id="behind a range"),
        pytest.param(RANGES, "127.0.0.10", (DIAL_UP,), id="one code"),
        pytest.param(RANGES, "127.0.1.2", (), id="elsewhere"),
        pytest.param(BITS, "127.1.0.1", (SPAM,), id="one bit"),
        pytest.param(BITS, "127.1.0.3", (SPAM, DIAL_UP), id="both bits"),
        pytest.param(BITS, "127.1.0.4", (), id="a bit that is not declared"),
        pytest.param(BITS, "127.1.0.5", (), id="one that is and one that is not"),
        pytest.param(BITS, "127.1.0.0", (), id="no bit"),
        pytest.param(BITS, "127.0.0.2", (), id="below the base"),
        pytest.param(BITS, "127.1.1.1", (), id="above the last octet"),
    ],
)
def test_meanings(one: Blocklist, code: str, expected: tuple[Meaning, ...]) -> None:
    assert one.meanings(IPv4Address(code)) == expected


DOMAINS = replace(RANGES, takes=frozenset({"domain"}))


@pytest.mark.parametrize(
    ("one", "code", "why"),
    [
        pytest.param(RANGES, "127.0.0.9", "ask less", id="the list's own"),
        pytest.param(RANGES, "127.255.255.254", "public resolver", id="everybody's"),
        pytest.param(RANGES, "127.255.255.7", "error", id="an error without a name"),
        pytest.param(RANGES, "127.0.0.1", "no return code", id="the address of no entry"),
        pytest.param(DOMAINS, "127.0.1.255", "an address was asked", id="of a list of domains"),
        pytest.param(RANGES, "127.0.1.255", None, id="of a list of addresses"),
        pytest.param(RANGES, "127.0.0.2", None, id="a listing"),
        pytest.param(RANGES, "127.0.0.77", None, id="a code that is not declared"),
    ],
)
def test_refusals(one: Blocklist, code: str, why: str | None) -> None:
    found = one.refusal(IPv4Address(code))
    assert (found is None) == (why is None)
    assert (why or "") in (found or "")


def test_a_list_may_declare_what_is_an_error_elsewhere() -> None:
    allow = Codes(IPv4Address("127.0.0.1"), IPv4Address("127.0.0.1"), Meaning("allow", "trusted"))
    one = Blocklist("allow.example", codes=(allow,))
    assert one.refusal(IPv4Address("127.0.0.1")) is None
