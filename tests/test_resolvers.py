"""How a resolver may be written, and how it is written again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.names import parse_address
from mailcheck.resolvers import Resolver, read_resolver, resolver_address

V4, V6 = parse_address("192.0.2.1"), parse_address("2001:db8::1")

WRITTEN = [
    ("192.0.2.1", Resolver(V4)),
    ("192.0.2.1:5353", Resolver(V4, 5353)),
    ("2001:db8::1", Resolver(V6)),
    ("[2001:db8::1]:5353", Resolver(V6, 5353)),
    ("fe80::1%eth0", Resolver(resolver_address("fe80::1%eth0"))),
    ("[fe80::1%eth0]:5353", Resolver(resolver_address("fe80::1%eth0"), 5353)),
    ("tls://192.0.2.1", Resolver(V4, 853, "tls")),
    ("tls://192.0.2.1:8853", Resolver(V4, 8853, "tls")),
    ("tls://192.0.2.1#dns.example", Resolver(V4, 853, "tls", "dns.example")),
    ("tls://[2001:db8::1]:8853#dns.example", Resolver(V6, 8853, "tls", "dns.example")),
    ("tls://dns.example", Resolver(None, 853, "tls", "dns.example")),
    ("https://dns.example/dns-query", Resolver(None, 443, "https", "dns.example", "/dns-query")),
    ("https://dns.example:8443/a/b", Resolver(None, 8443, "https", "dns.example", "/a/b")),
    ("https://192.0.2.1/dns-query", Resolver(V4, 443, "https", "", "/dns-query")),
    ("https://[2001:db8::1]/q", Resolver(V6, 443, "https", "", "/q")),
]

each = pytest.mark.parametrize(
    ("text", "resolver"), [pytest.param(*pair, id=pair[0]) for pair in WRITTEN]
)


@each
def test_a_resolver_is_read(text: str, resolver: Resolver) -> None:
    assert read_resolver(text) == resolver


@each
def test_a_resolver_is_shown_as_it_is_written(text: str, resolver: Resolver) -> None:
    assert str(resolver) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("[192.0.2.1]", "192.0.2.1", id="an address in brackets"),
        pytest.param("TLS://192.0.2.1:853", "tls://192.0.2.1", id="the usual port written out"),
        pytest.param("tls://2001:db8::1", "tls://[2001:db8::1]", id="IPv6 without brackets"),
        pytest.param("https://dns.example", "https://dns.example/dns-query", id="no path"),
        pytest.param("https://dns.example/", "https://dns.example/dns-query", id="an empty path"),
        pytest.param(
            "https://dns.example/q{?dns}", "https://dns.example/q", id="an RFC 8484 template"
        ),
        pytest.param(
            "https://DNS.Example./q", "https://dns.example/q", id="a name in another spelling"
        ),
        pytest.param("tls://bücher.example", "tls://xn--bcher-kva.example", id="a U-label"),
    ],
)
def test_what_means_the_same_is_the_same(text: str, meant: str) -> None:
    assert read_resolver(text) == read_resolver(meant)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dns.example",
        "192.0.2.1:0",
        "192.0.2.1:65536",
        "192.0.2.1#dns.example",
        "2001:db8::1:5353:1:2:3:4:5",
        "tls://",
        "tls://192.0.2.1/",
        "tls://192.0.2.1#",
        "tls://192.0.2.1#two words",
        "tls://dns.example#other.example",
        "tls://192.0.2.1:port",
        "https://",
        "https:///dns-query",
        "https://dns.example/q?dns=1",
        "https://dns.example/q#f",
        "https://dns.example/a b",
        "https://dns.example/a\r\nHost: b",
        "https://user@dns.example/q",
        "https://fe80::1%eth0 /q",
        "http://dns.example/q",
        "quic://192.0.2.1",
        "192.0.2.1%eth0",
        "2001:db8::1%",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_resolver(text)


@given(st.text(max_size=40) | st.from_regex(r"(tls|https)://[\[\]:%#/a-z0-9.@]*", fullmatch=True))
def test_whatever_is_taken_is_written_again(text: str) -> None:
    try:
        resolver = read_resolver(text)
    except ValueError:
        return
    assert read_resolver(str(resolver)) == resolver
