"""What one field of a list's description says."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import ListPoints, Meaning, fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.blocklists.blocklist import Kind

TWO, NINE = IPv4Address("127.0.0.2"), IPv4Address("127.0.0.9")


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        pytest.param(fields.return_code, " 127.0.0.2", TWO, id="a code"),
        pytest.param(fields.span, "127.0.0.2", (TWO, TWO), id="one code"),
        pytest.param(fields.span, "127.0.0.2-127.0.0.9", (TWO, NINE), id="several"),
        pytest.param(fields.bit, "128", 128, id="a bit"),
        pytest.param(
            fields.meaning, "spam, SBL, and more", Meaning("spam", "SBL, and more"), id="commas"
        ),
        pytest.param(fields.meaning, "no-ptr", Meaning("no-ptr", ""), id="a category alone"),
        pytest.param(fields.zone, "List.Example.", "list.example", id="a zone"),
    ],
)
def test_what_is_read(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        pytest.param(fields.return_code, "192.0.2.1", "127.0.0.0/8", id="outside 127/8"),
        pytest.param(fields.return_code, "::1", "127.0.0.0/8", id="IPv6"),
        pytest.param(fields.span, "127.0.0.9-127.0.0.2", "lower address first", id="in reverse"),
        pytest.param(fields.bit, "3", "one of 1, 2, 4", id="two bits"),
        pytest.param(fields.bit, "256", "one of 1, 2, 4", id="a bit of another octet"),
        pytest.param(fields.meaning, "evil, x", "category", id="no category"),
        pytest.param(fields.zone, "a..b", "empty label", id="no name"),
    ],
)
def test_what_is_refused(read: Callable[[str], object], text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        read(text)


@pytest.mark.parametrize(
    ("takes", "text", "points"),
    [
        pytest.param("ip4", "127.0.0.2, not 127.0.0.1", ("127.0.0.2", "127.0.0.1"), id="usual"),
        pytest.param("ip4", "127.0.0.7", ("127.0.0.7", ""), id="none that it has not"),
        pytest.param("ip6", "::FFFF:7F00:2", ("::ffff:7f00:2", ""), id="IPv6"),
        pytest.param("domain", "Test, not invalid", ("test", "invalid"), id="domains"),
        pytest.param("domain", "127.0.0.2", ("127.0.0.2", ""), id="an address that means test"),
        pytest.param("domain", "none", None, id="none"),
    ],
)
def test_points(takes: Kind, text: str, points: tuple[str, str] | None) -> None:
    found = fields.list_points(text, frozenset({takes}))
    assert found == (points and ListPoints(*points))


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        pytest.param("ip4", "test", id="a domain for addresses"),
        pytest.param("ip4", "::2", id="the other family"),
        pytest.param("domain", "192.0.2.1", id="an address for domains"),
        pytest.param("domain", "a b", id="two words"),
        pytest.param("ip4", "127.0.0.2 and 127.0.0.3", id="two entries"),
        pytest.param("ip4", "", id="nothing"),
    ],
)
def test_points_that_no_list_can_have(takes: Kind, text: str) -> None:
    with pytest.raises(ValueError, match=r"as in|none"):
        fields.list_points(text, frozenset({takes}))
