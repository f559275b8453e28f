"""Names as plans have them."""

from __future__ import annotations

import pytest

from mailcheck.plans.names import full_name, name_in, name_in_or_with

ZONE = "example.com"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Example.COM.", "example.com", id="upper case, a final dot"),
        pytest.param("_dmarc.example.com", "_dmarc.example.com", id="an underscore"),
        pytest.param("\\042.example.com", "*.example.com", id="an escaped asterisk"),
        pytest.param("a\\.b.example.com", "a\\.b.example.com", id="an escaped dot"),
        pytest.param("bücher.example", "xn--bcher-kva.example", id="IDN"),
        pytest.param("*.bücher.example", "*.xn--bcher-kva.example", id="a wildcard of one"),
        pytest.param(".", ".", id="the root"),
    ],
)
def test_full(text: str, name: str) -> None:
    assert full_name(text) == name


@pytest.mark.parametrize("text", ["", "a..b", "a" * 64, "a." * 127 + "bc", ".a", "\\999.a"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(it is no name|the name is empty)"):
        full_name(text)


@pytest.mark.parametrize(
    ("text", "in_zone", "or_with"),
    [
        pytest.param("", "example.com", "example.com", id="the apex as nothing"),
        pytest.param("@", "example.com", "example.com", id="the apex as @"),
        pytest.param("mail", "mail.example.com", "mail.example.com", id="relative"),
        pytest.param("mail.example.com.", "mail.example.com", "mail.example.com", id="absolute"),
        pytest.param(
            "mail.example.com", "mail.example.com.example.com", "mail.example.com", id="no dot"
        ),
        pytest.param(
            "a\\.", "a\\..example.com", "a\\..example.com", id="an escaped dot at the end"
        ),
    ],
)
def test_in_a_zone(text: str, in_zone: str, or_with: str) -> None:
    assert (name_in(text, ZONE), name_in_or_with(text, ZONE)) == (in_zone, or_with)


def test_elsewhere() -> None:
    with pytest.raises(ValueError, match="does not lie in the zone"):
        name_in("mail.example.net.", ZONE)
    assert name_in_or_with("mail.example.net", ZONE) == "mail.example.net.example.com"
