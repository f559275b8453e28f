"""Records by the grammar of RFC 7208 §12, and which text is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.spf.record.syntax import read_record, spf_records


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param(b"v=spf1", True, id="nothing behind"),
        pytest.param(b"v=spf1 ", True, id="a space behind"),
        pytest.param(b"V=sPf1 -all", True, id="capitals"),
        pytest.param(b"v=spf10", False, id="another version"),
        pytest.param(b"v=spf1\t-all", False, id="a tabulator"),
        pytest.param(b"v=spf1;-all", False, id="a semicolon"),
        pytest.param(b" v=spf1 -all", False, id="a space before"),
        pytest.param(b'"v=spf1 -all"', False, id="quotes of its own"),
        pytest.param(b"v=spf2.0/pra", False, id="sender id"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_which_text_is_a_record(text: bytes, is_one: bool) -> None:  # noqa: FBT001  a column of a table
    assert bool(spf_records([text])) == is_one


@pytest.mark.parametrize(
    ("term", "qualifier", "mechanism", "target", "lengths"),
    [
        ("all", "+", "all", None, (32, 128)),
        ("-ALL", "-", "all", None, (32, 128)),
        ("~a", "~", "a", None, (32, 128)),
        ("?A:a.b", "?", "a", "a.b", (32, 128)),
        ("a/0", "+", "a", None, (0, 128)),
        ("a//0", "+", "a", None, (32, 0)),
        ("a/24//64", "+", "a", None, (24, 64)),
        ("mx:a.b/24//64", "+", "mx", "a.b", (24, 64)),
        ("mx:a.b//64", "+", "mx", "a.b", (32, 64)),
        ("a:foo:bar/baz.example.com", "+", "a", "foo:bar/baz.example.com", (32, 128)),
        ("a:%{d}/24", "+", "a", "%{d}", (24, 128)),
        ("ptr", "+", "ptr", None, (32, 128)),
        ("ptr:a.b", "+", "ptr", "a.b", (32, 128)),
        ("exists:%{ir}.a.b", "+", "exists", "%{ir}.a.b", (32, 128)),
        ("include:a.b.", "+", "include", "a.b.", (32, 128)),
    ],
)
def test_a_directive(
    term: str, qualifier: str, mechanism: str, target: str | None, lengths: tuple[int, int]
) -> None:
    record = read_record(f"v=spf1 {term}".encode())
    assert record.faults == ()
    [read] = record.directives
    assert (read.text, read.position, read.qualifier, read.mechanism) == (
        term,
        7,
        qualifier,
        mechanism,
    )
    assert (read.target.text if read.target else None, read.lengths) == (target, lengths)


@pytest.mark.parametrize(
    ("term", "network"),
    [
        ("ip4:192.0.2.1", "192.0.2.1/32"),
        ("ip4:192.0.2.1/24", "192.0.2.0/24"),
        ("IP4:192.0.2.1/0", "0.0.0.0/0"),
        ("ip6:2001:DB8::1", "2001:db8::1/128"),
        ("ip6:2001:db8::1/33", "2001:db8::/33"),
        ("ip6:::1.1.1.1/0", "::/0"),
        ("ip6:::ffff:192.0.2.1", "::ffff:192.0.2.1/128"),
    ],
)
def test_a_network(term: str, network: str) -> None:
    record = read_record(f"v=spf1 {term}".encode())
    assert record.faults == ()
    assert str(record.directives[0].network) in (network, network.replace("192.0.2.1", "c000:201"))


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ("all.", "all is"),
        ("all:a.b", "nothing may follow all"),
        ("all/8", "nothing may follow all"),
        ("++all", "no mechanism"),
        ("!all", "no mechanism"),
        ("moo", "no mechanism"),
        ("moo:a.b", "no mechanism"),
        ("=all", "no mechanism"),
        ("1up=foo", "no mechanism"),
        ("a/far_out=x", "neither a domain nor a prefix length"),
        ("-", "no mechanism"),
        (":", "no mechanism"),
        ("ip:192.0.2.1", "ip4 is"),
        ("192.0.2.1", "written ip4:192.0.2.1"),
        ("redirect:a.b", "written with ="),
        ("+redirect=a.b", "no mechanism"),
        ("incl:a.b", "include is"),
        ("include", "names no domain"),
        ("include:", "names no domain"),
        ("include/24", "follows include"),
        ("include:a.b/24", "label"),
        ("exists", "names no domain"),
        ("exists:a.b/24", "label"),
        ("ptr:", "names no domain"),
        ("ptr/0", "follows ptr"),
        ("a:", "names no domain"),
        ("a:/24", "names no domain"),
        ("a/33", "more than 32"),
        ("a//129", "more than 128"),
        ("a/024", "begins with 0"),
        ("a/24/64", "neither"),
        ("a/", "neither"),
        ("a:192.0.2.1", "number"),
        ("a:a.b,", "label"),
        ("ip4", "names no address"),
        ("ip4:", "no address"),
        ("ip4/24", "no address"),
        ("ip4:192.0.2", "no IPv4 address"),
        ("ip4:192.0.2.01", "no IPv4 address"),
        ("ip4:192.0.2.1:25", "no IPv4 address"),
        ("ip4:192.0.2.1/33", "more than 32"),
        ("ip4:192.0.2.1/032", "begins with 0"),
        ("ip4:192.0.2.1//32", "no address"),
        ("ip4:192.0.2.1/", "no address"),
        ("ip4:192.0.2.1/99999999999", "more than 32"),
        ("ip6:192.0.2.1", "no IPv6 address"),
        ("ip6::CAFE::BABE", "no IPv6 address"),
        ("ip6:fe80::1%eth0", "no IPv6 address"),
        ("ip6:2001:db8::/129", "more than 128"),
        ("ip6:2001:db8:://33", "no address"),
        ("redirect=", "names no domain"),
        ("redirect=-all", "single label"),
        ("exp=", "names no domain"),
        ("exp=%{r}.a.b", "explanations"),
        ("foo=%abc", "no macro"),
        ("a:a.b\tmx", "visible"),
        ("\xe9", "not ASCII"),
        ("foo=\xe9", "not ASCII"),
    ],
)
def test_a_term_that_is_none(term: str, says: str) -> None:
    record = read_record(f"v=spf1 mx {term} -all".encode("latin-1"))
    [fault] = record.faults
    assert (fault.text, fault.position) == (term, 10)
    assert says in fault.what
    assert [d.text for d in record.directives] == ["mx", "-all"]


@pytest.mark.parametrize(
    "term",
    [
        "foo=",
        "foo=bar",
        "moo.cow-far_out=man:dog/cat",
        "include=a.b",
        "default=+",
        "f=%{c}",
        "f=a=b",
    ],
)
def test_a_modifier_that_is_ignored(term: str) -> None:
    record = read_record(f"v=spf1 {term} {term}".encode())
    assert (record.faults, len(record.modifiers)) == ((), 2)


@pytest.mark.parametrize("name", ["redirect", "exp", "EXP"])
def test_a_modifier_that_stands_twice(name: str) -> None:
    record = read_record(f"v=spf1 {name.lower()}=a.b {name}=c.d".encode())
    [fault] = record.faults
    assert fault.text == f"{name}=c.d"
    assert "twice" in fault.what


@pytest.mark.parametrize("text", ["v=spf1", "v=spf1   ", "v=spf1   a   mx  "])
def test_spaces_separate_and_end(text: str) -> None:
    record = read_record(text.encode())
    assert [d.text for d in record.directives] == text.split()[1:]


def test_every_fault_is_told() -> None:
    assert len(read_record(b"v=spf1 moo a/33 include: redirect= -all").faults) == 4


@given(st.binary(max_size=300))
def test_no_octets_break_the_reading(octets: bytes) -> None:
    record = read_record(b"v=spf1 " + octets)
    words = [word for word in octets.decode("latin-1").split(" ") if word]
    assert len(record.terms) + len(record.faults) == len(words)
