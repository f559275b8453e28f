"""Terms, and the record that they make."""

from __future__ import annotations

from mailcheck.facts.spf.record.syntax import read_record


def test_terms_stand_in_the_order_they_are_published() -> None:
    record = read_record(b"v=spf1 exp=a.example a foo=1 -all")
    assert [term.text for term in record.terms] == ["exp=a.example", "a", "foo=1", "-all"]
    assert [record.text[t.position :].split()[0] for t in record.terms] == [
        term.text for term in record.terms
    ]


def test_which_terms_ask() -> None:
    record = read_record(
        b"v=spf1 include:a.b a mx ptr exists:a.b ip4:192.0.2.1 ip6:::1 all"  # all that there are
    )
    assert [d.mechanism for d in record.directives if d.asks] == [
        "include",
        "a",
        "mx",
        "ptr",
        "exists",
    ]


def test_modifiers_that_have_a_meaning() -> None:
    record = read_record(b"v=spf1 redirect=a.example EXP=b.example")
    assert record.redirect
    assert record.redirect.text == "redirect=a.example"
    assert record.exp
    assert record.exp.value.text == "b.example"
    assert read_record(b"v=spf1").redirect is None


def test_a_network_is_compared_by_its_prefix() -> None:
    [four, six] = read_record(b"v=spf1 ip4:192.0.2.129/25 ip6:2001:db8::/32").directives
    assert four.prefix == (4, 0xC0000281 >> 7, 7)
    assert six.prefix == (6, 0x20010DB8, 96)
    assert str(four.network) == "192.0.2.128/25"
