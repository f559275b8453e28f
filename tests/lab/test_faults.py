"""Faults: which one a question meets, and what it does to the answer."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from mailcheck.lab.faults import Fault, Faults, Rule, Transport, disturb

QUERY = dns.message.make_query("example.com", "MX", use_edns=0, id=0x1234)


def honest() -> dns.message.Message:
    answer = dns.message.make_response(QUERY, our_payload=1232)
    answer.flags |= dns.flags.AA
    answer.answer = [dns.rrset.from_text("example.com.", 300, "IN", "MX", "10 mail.example.com.")]
    return answer


@pytest.mark.parametrize(
    ("fault", "rcode"),
    [
        (Fault.REFUSE, "REFUSED"),
        (Fault.SERVFAIL, "SERVFAIL"),
        (Fault.FORMERR, "FORMERR"),
        (Fault.NOTIMP, "NOTIMP"),
    ],
)
@pytest.mark.parametrize("over", ["udp", "tcp"])
def test_a_failing_server_says_its_rcode_and_nothing_else(
    fault: Fault, rcode: str, over: Transport
) -> None:
    """Empty sections, no AA, the question and EDNS answered as ever."""
    answer = disturb(fault, QUERY, honest(), over)
    assert answer is not None
    assert rcode == dns.rcode.to_text(answer.rcode())
    assert (QUERY.id, QUERY.question, 0) == (answer.id, answer.question, answer.edns)
    assert (answer.answer, answer.authority, dns.flags.to_text(answer.flags)) == ([], [], "QR RD")


def test_a_silent_server_says_nothing() -> None:
    """Over either transport."""
    assert disturb(Fault.SILENT, QUERY, honest(), "udp") is None
    assert disturb(Fault.SILENT, QUERY, honest(), "tcp") is None


def test_truncation_is_of_udp_only() -> None:
    """TC with an empty answer over UDP, the whole answer over TCP."""
    cut = disturb(Fault.TRUNCATE, QUERY, honest(), "udp")
    whole = disturb(Fault.TRUNCATE, QUERY, honest(), "tcp")
    assert cut is not None
    assert whole is not None
    assert (cut.answer, dns.flags.to_text(cut.flags)) == ([], "QR AA TC RD")
    assert (honest().answer, "QR AA RD") == (whole.answer, dns.flags.to_text(whole.flags))


def test_a_lame_server_refers_to_the_root() -> None:
    """As servers that were never told of the zone do: NOERROR, no AA, NS of the root."""
    answer = disturb(Fault.LAME, QUERY, honest(), "udp")
    assert answer is not None
    assert (answer.rcode(), answer.answer) == (dns.rcode.NOERROR, [])
    assert not answer.flags & dns.flags.AA
    assert [(dns.name.root, dns.rdatatype.NS)] == [(r.name, r.rdtype) for r in answer.authority]


def test_a_server_that_is_not_authoritative_answers_without_aa() -> None:
    """The data is all there."""
    answer = disturb(Fault.NOT_AUTHORITATIVE, QUERY, honest(), "udp")
    assert answer is not None
    assert (honest().answer, "QR RD") == (answer.answer, dns.flags.to_text(answer.flags))


def test_answers_to_somebody_else() -> None:
    """Another id, another question: a client must not take either."""
    wrong_id = disturb(Fault.WRONG_ID, QUERY, honest(), "udp")
    wrong_question = disturb(Fault.WRONG_QUESTION, QUERY, honest(), "udp")
    assert wrong_id is not None
    assert wrong_question is not None
    assert not QUERY.is_response(wrong_id)
    assert not QUERY.is_response(wrong_question)
    assert honest().answer == wrong_id.answer == wrong_question.answer


def rule(fault: Fault, name: str, rdtype: str = "") -> Rule:
    return Rule(
        fault, dns.name.from_text(name), dns.rdatatype.from_text(rdtype) if rdtype else None
    )


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        pytest.param("example.net A", Fault.SILENT, id="the whole server"),
        pytest.param("example.com A", Fault.REFUSE, id="a name"),
        pytest.param("www.example.com A", Fault.REFUSE, id="and all below it"),
        pytest.param("a.sub.example.com A", Fault.LAME, id="the longer name wins"),
        pytest.param("example.com MX", Fault.SERVFAIL, id="name and type win"),
        pytest.param("www.example.com MX", Fault.REFUSE, id="name and type is that name only"),
    ],
)
def test_the_most_specific_fault_is_met(asked: str, fault: Fault) -> None:
    """However the rules are ordered."""
    rules = (
        rule(Fault.SERVFAIL, "example.com", "MX"),
        rule(Fault.LAME, "sub.example.com"),
        rule(Fault.REFUSE, "example.com"),
        Rule(Fault.SILENT),
    )
    name, rdtype = asked.split()
    query = dns.message.make_query(name, rdtype)
    assert fault is Faults(rules).on(query)
    assert fault is Faults(rules[::-1]).on(query)


def test_a_question_beside_all_rules_meets_none() -> None:
    """A server with a fault for one name is sound for others."""
    faults = Faults((rule(Fault.REFUSE, "example.com"),))
    assert faults.on(dns.message.make_query("example.net", "A")) is None
    assert faults.on(dns.message.QueryMessage()) is None


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("over", ["udp", "tcp"])
def test_a_query_without_a_question_harms_no_server(fault: Fault, over: Transport) -> None:
    """Packets come from anywhere; each fault answers or stays silent, and the answer can be sent."""
    query = dns.message.QueryMessage(id=7)
    answer = disturb(fault, query, dns.message.make_response(query), over)
    assert answer is None or len(answer.to_wire()) >= 12
