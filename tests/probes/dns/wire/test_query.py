"""A query on the wire is what dnspython would send."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.probes.dns.wire.query import PAYLOAD, NotAName, Query, wire_name

EACH_WAY = pytest.mark.parametrize(
    ("recursive", "edns", "checking"),
    [(r, e, c) for r in (True, False) for e in (True, False) for c in (True, False)],
)


def sent(query: Query) -> dns.message.Message:
    """Return *query* as a server reads it."""
    return dns.message.from_wire(b"\x12\x34" + query.wire)


@EACH_WAY
def test_a_query_asks_for_what_is_wanted(*, recursive: bool, edns: bool, checking: bool) -> None:
    query = Query("example.com", "MX", recursive, edns=edns, checking=checking)
    message = sent(query)
    assert bool(message.flags & dns.flags.RD) is recursive
    assert bool(message.flags & dns.flags.CD) is not checking
    assert message.flags & dns.flags.AD
    assert (message.edns, message.payload) == ((0, PAYLOAD) if edns else (-1, 0))
    assert [str(line) for line in message.question] == ["example.com. IN MX"]
    assert (query.edns, query.checking, query.recursive) == (edns, checking, recursive)


@EACH_WAY
def test_the_octets_are_those_of_dnspython(*, recursive: bool, edns: bool, checking: bool) -> None:
    flags = dns.flags.AD | (dns.flags.RD * recursive) | (dns.flags.CD * (not checking))
    theirs = dns.message.make_query(
        "_dmarc.example.com", "TXT", use_edns=0 if edns else False, payload=PAYLOAD, flags=flags
    )
    ours = Query("_dmarc.example.com", "TXT", recursive, edns=edns, checking=checking)
    assert ours.wire == theirs.to_wire()[2:]


def test_a_variation_keeps_the_question() -> None:
    query = Query("example.com", "MX", recursive=True)
    other = query.varied(edns=False, checking=False)
    assert other.question == query.question
    assert (other.recursive, other.edns, other.checking) == (True, False, False)


LABELS = st.text(st.sampled_from("abcxyz019-_*@ \"'!"), min_size=1, max_size=63)


@given(st.lists(LABELS, min_size=1, max_size=8))
def test_ordinary_names_are_encoded_as_dnspython_does(labels: list[str]) -> None:
    name = ".".join(labels)
    try:
        theirs = dns.name.from_text(name).to_wire()
    except dns.name.NameTooLong:
        with pytest.raises(NotAName):
            wire_name(name)
    else:
        assert wire_name(name) == theirs


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=5))
def test_any_name_a_server_may_give_can_be_asked_for(labels: list[bytes]) -> None:
    name = dns.name.Name((*labels, b""))
    assert wire_name(name.to_text(omit_final_dot=True)) == name.to_wire()


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        pytest.param(".", b"\0", id="the root"),
        pytest.param("example.", b"\x07example\0", id="a trailing dot"),
        pytest.param("x" * 63, b"\x3f" + b"x" * 63 + b"\0", id="a label of 63"),
    ],
)
def test_other_names(name: str, octets: bytes) -> None:
    assert wire_name(name) == octets


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a..example", id="empty label"),
        pytest.param(".example", id="empty first label"),
        pytest.param("x" * 64, id="a label of 64"),
        pytest.param("x." * 127 + "xx", id="too long"),
        pytest.param("☃" * 64, id="too long when encoded"),
        pytest.param("a\\", id="half an escape"),
    ],
)
def test_what_fits_no_packet_is_not_a_name(name: str) -> None:
    with pytest.raises(NotAName):
        Query(name, "A", recursive=True)
