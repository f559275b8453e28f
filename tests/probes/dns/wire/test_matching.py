"""What counts as an answer to a query, of all that may arrive at its port."""

from __future__ import annotations

import dns.rcode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.probes.dns.wire.matching import answers, is_response, is_truncated, same_question
from mailcheck.probes.dns.wire.query import Query

QUERY = Query("example.com", "MX", recursive=True)


def of(name: str, rdtype: str) -> bytes:
    """Return a question section."""
    return Query(name, rdtype, recursive=True).question


def datagram(
    flags: int = 0x8180, questions: int = 1, question: bytes = QUERY.question, rest: bytes = b""
) -> bytes:
    """Return a datagram whose id is right."""
    return (
        bytes(2)
        + flags.to_bytes(2, "big")
        + questions.to_bytes(2, "big")
        + bytes(6)
        + question
        + rest
    )


@pytest.mark.parametrize(
    ("wire", "does"),
    [
        pytest.param(datagram(), True, id="the question"),
        pytest.param(datagram(question=QUERY.question.replace(b"exam", b"ExaM")), True, id="0x20"),
        pytest.param(datagram(rest=b"\xff"), True, id="something behind it"),
        pytest.param(datagram(flags=0x0180), False, id="a query"),
        pytest.param(datagram(flags=0xA980), False, id="another opcode"),
        pytest.param(datagram(questions=2), False, id="two questions"),
        pytest.param(datagram(questions=0), False, id="no question"),
        pytest.param(datagram(question=of("example.org", "MX")), False, id="another name"),
        pytest.param(datagram(question=QUERY.question[:-1] + b"\x03"), False, id="class"),
        pytest.param(datagram(question=QUERY.question[:-1]), False, id="half a question"),
        pytest.param(b"", False, id="nothing"),
        pytest.param(b"\0\0\x81", False, id="three octets"),
    ],
)
def test_id_flags_and_question_must_match(wire: bytes, *, does: bool) -> None:
    assert answers(QUERY, wire) is does


def test_a_type_is_not_folded_as_letters_are() -> None:
    """HTTPS is type 65, the letter A."""
    https = Query("example.com", "HTTPS", recursive=True)
    other = https.question[:-3] + b"\x61" + https.question[-2:]
    assert not answers(https, datagram(question=other))


@pytest.mark.parametrize(
    "rcode", [rcode for rcode in dns.rcode.Rcode if rcode < 16], ids=lambda rcode: rcode.name
)
def test_only_a_complaint_may_leave_the_question_out(rcode: dns.rcode.Rcode) -> None:
    """Then it is no fact in any case, or a refusal."""
    complaints = {dns.rcode.FORMERR, dns.rcode.SERVFAIL, dns.rcode.NOTIMP, dns.rcode.REFUSED}
    bare = datagram(flags=0x8100 | rcode, questions=0, question=b"")
    assert answers(QUERY, bare) is (rcode in complaints)


@given(st.binary(max_size=60))
def test_noise_is_no_answer_and_brings_nothing_down(noise: bytes) -> None:
    said = answers(QUERY, noise)
    assert not said or is_response(noise)
    assert same_question(QUERY, noise) is False


@pytest.mark.parametrize(("flags", "truncated"), [(0x8180, False), (0x8380, True)])
def test_truncation_is_a_flag(flags: int, *, truncated: bool) -> None:
    assert is_truncated(datagram(flags=flags)) is truncated
