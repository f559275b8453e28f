"""What a response says beyond its records: how many, who denies, what the server adds, why it fails."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from dns.edns import EDECode, EDEOption

from mailcheck.facts.dns import DnsAnswer, Reply, Source, name_server
from mailcheck.probes.dns.wire.message import MAX_RECORDS, read_response, read_wire
from mailcheck.probes.dns.wire.ordinary import read_ordinary
from mailcheck.probes.dns.wire.query import Query
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


def test_a_response_full_of_records_does_not_keep_others_waiting() -> None:
    """dnspython's sets are walked through by ``in``: 3500 records would take more than a minute."""
    message = response()
    texts = [f"{number} mx.example." for number in range(3500)]
    message.answer.append(dns.rrset.from_text_list("a.example.", 300, "IN", "MX", texts))
    asked = Query("a.example", "MX", recursive=True)
    answer = read_response(asked, message, Source())
    assert isinstance(answer, DnsAnswer)
    assert answer.cut_short


@pytest.mark.parametrize(
    ("alias", "owner", "denier"),
    [
        pytest.param("", "a.example.", "a.example", id="the zone itself"),
        pytest.param("", "example.", "example", id="the zone above"),
        pytest.param("", "b.example.", "", id="a zone beside it"),
        pytest.param("", "below.a.example.", "", id="a zone below"),
        pytest.param("to.a.test.", "test.", "test", id="the zone of the target"),
        pytest.param("to.a.test.", "example.", "", id="the zone of the alias"),
    ],
)
def test_a_denial_is_that_of_a_zone_which_holds_the_name(
    alias: str, owner: str, denier: str
) -> None:
    message = response()
    if alias:
        message.answer.append(dns.rrset.from_text("a.example.", 300, "IN", "CNAME", alias))
    soa = "ns.example. host.example. 1 2 3 4 5"
    message.authority.append(dns.rrset.from_text(owner, 300, "IN", "SOA", soa))
    message.use_edns(None)
    wire = message.to_wire()
    reply = Reply(name_server("192.0.2.1"), recursive=True, transport="UDP", milliseconds=1.0)
    for said in (read_ordinary(QUERY, wire, reply), read_wire(QUERY, wire, Source())):
        assert isinstance(said, DnsAnswer)
        assert (said.status, said.denier) == ("nodata", denier)


@pytest.mark.parametrize("alias", ["", "to.a.test."])
def test_a_server_that_resolves_nothing_denies_no_target_of_an_alias(alias: str) -> None:
    """AA is about the name asked (RFC 1035 §4.1.1)."""
    message = response(rcode=dns.rcode.NXDOMAIN)
    message.flags &= ~dns.flags.RA
    message.flags |= dns.flags.AA
    if alias:
        message.answer.append(dns.rrset.from_text("a.example.", 300, "IN", "CNAME", alias))
    wire = message.to_wire()
    reply = Reply(name_server("192.0.2.1"), recursive=True, transport="UDP", milliseconds=1.0)
    said = read_ordinary(QUERY, wire, reply) or read_wire(QUERY, wire, Source())
    assert getattr(said, "cause", "") == ("no-recursion" if alias else "")


@pytest.mark.parametrize(
    ("code", "recursive", "cause"),
    [
        pytest.param(EDECode.BLOCKED, True, "resolver-rewrites", id="blocked"),
        pytest.param(EDECode.FILTERED, True, "resolver-rewrites", id="filtered"),
        pytest.param(EDECode.FORGED_ANSWER, True, "resolver-rewrites", id="forged"),
        pytest.param(EDECode.STALE_ANSWER, True, "", id="stale"),
        pytest.param(EDECode.BLOCKED, False, "", id="by a zone's own server"),
    ],
)
def test_what_the_server_says_of_its_answer_is_heard(
    code: EDECode, cause: str, *, recursive: bool
) -> None:
    message = response(1)
    message.flags |= dns.flags.AA
    message.use_edns(0, options=[EDEOption(code, "its word")])
    said = read_response(Query("a.example", "A", recursive), message, Source())
    assert getattr(said, "cause", "") == cause
    assert "its word" in str(said.evidence[0])
