"""What a response says of records that are too many to keep, and of a server that fails."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from mailcheck.facts.dns import DnsAnswer, Source
from mailcheck.probes.dns.message import MAX_RECORDS, read_response
from mailcheck.probes.dns.query import Query
from mailcheck.question import Unobserved

QUERY = Query("a.example", "A", recursive=True)


def response(count: int = 0, rcode: dns.rcode.Rcode = dns.rcode.NOERROR) -> dns.message.Message:
    """Return a resolver's response with *count* addresses, as the wire brings it."""
    message = dns.message.make_response(
        dns.message.from_wire(bytes(2) + QUERY.wire), recursion_available=True
    )
    message.set_rcode(rcode)
    if count:
        addresses = [f"10.0.{i // 256}.{i % 256}" for i in range(count)]
        message.answer.append(dns.rrset.from_text_list("a.example.", 300, "IN", "A", addresses))
    return dns.message.from_wire(message.to_wire(max_size=65535))


@pytest.mark.parametrize(("count", "cut"), [(MAX_RECORDS, False), (MAX_RECORDS + 1, True)])
def test_an_answer_of_which_records_are_dropped_says_so(count: int, *, cut: bool) -> None:
    answer = read_response(QUERY, response(count), Source())
    assert isinstance(answer, DnsAnswer)
    assert answer.cut_short is cut
    assert [u.cause for u in answer.unread] == ["too-many-records"] * cut
    assert ("more than" in answer.evidence[0].result) is cut


def test_a_denial_is_whole() -> None:
    answer = read_response(QUERY, response(), Source())
    assert isinstance(answer, DnsAnswer)
    assert (answer.status, answer.unread) == ("nodata", ())


@pytest.mark.parametrize(
    ("recursive", "text"),
    [
        pytest.param(True, "the resolver tried and failed", id="a resolver"),
        pytest.param(False, "no working copy of the zone", id="a zone's own server"),
    ],
)
def test_a_failure_is_explained_by_who_fails(text: str, *, recursive: bool) -> None:
    asked = Query("a.example", "A", recursive)
    said = read_response(asked, response(rcode=dns.rcode.SERVFAIL), Source())
    assert isinstance(said, Unobserved)
    assert text in said.text
