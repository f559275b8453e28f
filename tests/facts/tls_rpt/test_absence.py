from __future__ import annotations

import pytest

from mailcheck.facts.change.given_back import REMOVED
from mailcheck.facts.tls_rpt.absence import in_place, remedy_of_no_record
from mailcheck.finding import Reason

RECORD = ('_smtp._tls.example.com. 3600 IN TXT "v=TLSRPTv1; rua=mailto:tlsrpt@example.com"',)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (Reason("no-record", "", "", RECORD), "A record, with a mailbox that reads"),
        (Reason("no-record", "", REMOVED, RECORD), "The change takes this away:"),
        (Reason("no-record", "", "CNAME", RECORD), "In place of its CNAME record"),
        (Reason("no-record", ""), "with a mailbox elsewhere, as example.com takes no mail"),
        (Reason("wrong-place", "", "example.com", RECORD), "text at example.com"),
        (Reason("not-a-record", "", "", RECORD), "In place of that text"),
        (Reason("several-records", "", "", RECORD), "One record in place of all"),
        (Reason("refused-by-authority", "", "example.com"), "name servers"),
    ],
)
def test_remedies(reason: Reason, says: str) -> None:
    remedy = remedy_of_no_record("example.com", reason)
    assert remedy is not None
    assert says in remedy.instruction


def test_other_reasons_are_not_its_own() -> None:
    assert remedy_of_no_record("example.com", Reason("invalid-uri", "")) is None


def test_a_record_that_cannot_be_mended() -> None:
    assert "rua=mailto:USER@DOMAIN" in in_place(Reason("invalid-uri", "")).instruction
