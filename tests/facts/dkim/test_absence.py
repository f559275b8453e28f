from __future__ import annotations

import pytest

from mailcheck.facts.dkim.absence import remedy_of_no_record
from mailcheck.finding import Reason

OWNER = "s1._domainkey.example.com"


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (Reason("no-record", ""), "in place of PUBLIC_KEY"),
        (Reason("no-record", "", "CNAME"), "in place of the CNAME record"),
        (Reason("wrong-place", "", "s1.example.com"), "at s1.example.com"),
        (Reason("several-records", "", OWNER), "One record in place of all"),
        (Reason("refused-by-authority", "", "example.com"), "name servers"),
    ],
)
def test_remedies(reason: Reason, says: str) -> None:
    remedy = remedy_of_no_record("s1", "example.com", reason)
    assert remedy is not None
    assert says in remedy.instruction


def test_a_key_that_is_known_is_published() -> None:
    remedy = remedy_of_no_record("s1", "example.com", Reason("no-record", ""), ("the record",))
    assert remedy is not None
    assert (remedy.publish, "PUBLIC_KEY" in remedy.instruction) == (("the record",), False)


def test_other_reasons_are_not_its_own() -> None:
    assert remedy_of_no_record("s1", "example.com", Reason("revoked", "")) is None
