"""Names as octoDNS has them."""

from __future__ import annotations

import pytest
from octodns.record.target import FQDN

from mailcheck.plans.octodns.hosts import complaint, decoded, encoded, is_absolute


@pytest.mark.parametrize(
    "host",
    [
        *("a.b", "a.b.", "a", "a.", "-a.b.", "a-.b.", "_a.b.", "a_b.c", "1.2.3.4", "a..b.", ""),
        *("a b.c.", "*.a.b.", f"{'a' * 63}.b.", f"{'a' * 64}.b.", f"{'a.' * 126}b", "a.b\n"),
        f"{'a.' * 127}b",
    ],
)
def test_what_the_library_of_octodns_says(host: str) -> None:
    takes = bool(host) and FQDN(host, allow_underscores=True).is_valid
    # A line feed at the end passes there, because "$" stands before it in an expression.
    assert bool(complaint(host, "CNAME")) is not takes or host.endswith("\n")


@pytest.mark.parametrize(
    ("host", "rdtype", "takes"),
    [(".", "MX", True), (".", "SRV", True), (".", "CNAME", False), ("{zone_name}", "MX", True)],
)
def test_special_names(host: str, rdtype: str, *, takes: bool) -> None:
    assert bool(complaint(host, rdtype)) is not takes


def test_internationalised_names() -> None:
    assert encoded("Bücher.*._x.example.") == "xn--bcher-kva.*._x.example."
    assert decoded("xn--bcher-kva.example") == "bücher.example"
    assert decoded("xn--a.example") == "xn--a.example"
    with pytest.raises(ValueError, match="no internationalised name"):
        encoded("ü-.example")


@pytest.mark.parametrize(("host", "is_it"), [("a.b.", True), ("a.b", False), ("a\\.", False)])
def test_the_final_dot(host: str, *, is_it: bool) -> None:
    assert is_absolute(host) is is_it
