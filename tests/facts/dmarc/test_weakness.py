"""Why a policy is weaker; the table of records is with the sentence that judges them."""

from __future__ import annotations

import pytest

from mailcheck.facts.dmarc.discovery import DmarcDiscoveryFact
from mailcheck.facts.dmarc.published import PublishedDmarcFact
from mailcheck.facts.dmarc.record import DmarcRecord
from mailcheck.facts.dmarc.weakness import reservations
from mailcheck.facts.dns import DnsAnswer


@pytest.mark.parametrize(
    ("pct", "said"),
    [("50", True), ("0", True), ("100", False), ("x", False), ("-1", False), ("9999", False)],
)
def test_a_percentage_below_a_hundred(pct: str, *, said: bool) -> None:
    record = DmarcRecord(f"v=DMARC1; p=reject; pct={pct}".encode())
    own = PublishedDmarcFact(
        "a.example", (record,), (), DnsAnswer("_dmarc.a.example", "TXT", "data")
    )
    found = DmarcDiscoveryFact("a.example", own, "a.example", record)
    assert bool(list(reservations(found, record))) is said
