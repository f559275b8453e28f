"""Macros with their values: the examples of RFC 7208 §7.4, and what is at the edges."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck.facts.spf.evaluation.expansion import Identity, expand, is_multi_label, name_of
from mailcheck.facts.spf.record.macro_string import explain_string

V4 = Identity.of(
    ipaddress.ip_address("192.0.2.3"), "strong-bad@email.example.com", "mx.example.org"
)
V6 = Identity.of(
    ipaddress.ip_address("2001:db8::cb01"), "strong-bad@email.example.com", "mx.example.org"
)
D = {"d": "email.example.com", "p": "mx.example.org"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{h} %{c} %{r}", "mx.example.org 192.0.2.3 unknown"),
        ("%{S}", "strong-bad%40email.example.com"),
        ("%%%_%-", "% %20"),
    ],
)
def test_examples_of_the_rfc(text: str, expanded: str) -> None:
    assert expand(explain_string(text), V4.values() | D) == expanded


def test_ipv6_is_written_digit_by_digit() -> None:
    values = V6.values() | D
    said = expand(explain_string("%{ir}.%{v}._spf.%{d2}"), values)
    digits = "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2"
    assert said == f"{digits}.ip6._spf.example.com"
    assert expand(explain_string("%{c}"), values) == "2001:db8::cb01"


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        pytest.param("", "postmaster@mx.example.org", id="bounces"),
        pytest.param("@example.com", "postmaster@example.com", id="no local part"),
        pytest.param("example.com", "postmaster@example.com", id="a domain"),
        pytest.param('"a@b"@example.com', '"a@b"@example.com', id="an @ of its own"),
    ],
)
def test_a_sender_that_lacks_something(sender: str, said: str) -> None:
    assert Identity.of(V4.ip, sender, "mx.example.org").values()["s"] == said


@pytest.mark.parametrize(
    ("text", "value", "expanded"),
    [
        pytest.param("%{l2r+-}", "foo-bar+zip+quux", "bar.foo", id="several delimiters"),
        pytest.param("%{lr}", "a..b.", ".b..a", id="empty parts are parts"),
        pytest.param("%{l9}", "a.b", "a.b", id="more parts than there are"),
        pytest.param("%{L}", "~jack&jill=up-a_b3.c", "~jack%26jill%3Dup-a_b3.c", id="escaped"),
        pytest.param("%{L}", "ü", "%C3%BC", id="escaped, not ASCII"),
    ],
)
def test_parts(text: str, value: str, expanded: str) -> None:
    assert expand(explain_string(text), {"l": value}) == expanded


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        pytest.param("Example.COM", "example.com", id="capitals"),
        pytest.param("example.com.", "example.com", id="a dot at the end"),
        pytest.param("a" * 63 + ".b", "a" * 63 + ".b", id="a long label"),
        pytest.param("a" * 64 + ".b", None, id="a label that is too long"),
        pytest.param("a..b", None, id="an empty label"),
        pytest.param(".b", None, id="an empty label at first"),
        pytest.param("", None, id="nothing"),
        pytest.param("a.b..", None, id="two dots at the end"),
        pytest.param("a%b  c.d", "a%b\\032\\032c.d", id="spaces"),
        pytest.param("a@b\\.c", "a\\@b\\\\.c", id="what is escaped in zone files"),
        pytest.param("ü.d", "\\195\\188.d", id="not ASCII"),
        pytest.param("foo:bar/baz.example.com", "foo:bar/baz.example.com", id="odd and visible"),
        pytest.param("host", "host", id="a single label"),
    ],
)
def test_the_name_that_is_asked_for(domain: str, name: str | None) -> None:
    assert name_of(domain) == name


@pytest.mark.parametrize(("labels", "left"), [(127, 127), (128, 127), (200, 127), (126, 126)])
def test_a_name_that_is_too_long_loses_labels_on_its_left(labels: int, left: int) -> None:
    name = name_of(".".join(["a"] * labels))
    assert name == ".".join(["a"] * left)


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        pytest.param("a" * 200 + "." + "b" * 63 + ".c", "b" * 63 + ".c", id="a label too long"),
        pytest.param("x." + ".".join(["b" * 49] * 5) + ".ccc", None, id="253 octets and a label"),
        pytest.param("x." * 30_000 + "example", ".".join(["x"] * 123) + ".example", id="hostile"),
    ],
)
def test_what_is_left_of_a_name_that_is_too_long(domain: str, name: str | None) -> None:
    assert name_of(domain) == (name or domain.partition(".")[2])


def test_a_label_longer_than_a_name_is_no_name() -> None:
    assert name_of("a" * 300) is None


@pytest.mark.parametrize(
    ("domain", "is_one"),
    [("example.com", True), ("com", False), ("com.", False), ("[192.0.2.1]", False)],
)
def test_which_names_have_several_labels(domain: str, is_one: bool) -> None:  # noqa: FBT001  a column of a table
    assert is_multi_label(domain) == is_one
