from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.tls_rpt.published import PublishedTlsRpt
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

ASKED = PublishedTlsRpt("example.com")
NAME = "_smtp._tls.example.com TXT"


@pytest.mark.parametrize(
    ("said", "records", "others"),
    [
        ('"v=TLSRPTv1; rua=x"', 1, 0),
        ('"v=TLSRPTv1 ; rua=x"', 1, 0),
        ('"v=TLSRPTv1; rua=x" | "v=spf1 -all"', 1, 1),
        ('"v=TLSRPTv1 ; rua=x" | "v=spf1 -all"', 0, 2),
        ('"v=TLSRPTv1; rua=x" | "v=TLSRPTv1; rua=x "', 2, 0),
        ('"v=TLSRPTv1; rua=x" | "v=TLSRPTv2; rua=x"', 1, 1),
        ('"v=TLS" "RPTv1; rua=x"', 1, 0),
        ("NODATA", 0, 0),
    ],
)
def test_which_texts_count(answered: Answered, said: str, records: int, others: int) -> None:
    found = answered(ASKED, told(NAME, said))
    assert (len(found.records), len(found.others)) == (records, others)


def test_there_may_be_more_than_were_read(answered: Answered) -> None:
    found = answered(ASKED, told(NAME, '"v=TLSRPTv1; rua=x" | ...'))
    assert isinstance(found, Unobserved)


def test_the_end_of_the_aliases_has_the_record(answered: Answered) -> None:
    found = answered(ASKED, told(NAME, '-> t.example.net | "v=TLSRPTv1; rua=x"'))
    assert found.records[0].owner == "t.example.net"


def test_a_name_too_long_to_be_asked_for(answered: Answered) -> None:
    found = answered(PublishedTlsRpt(".".join(["x" * 60] * 4)))
    assert found.answer.status == "nxdomain"
