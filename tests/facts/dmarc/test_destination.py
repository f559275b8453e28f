"""Where reports can be delivered; the table is with the sentence that judges it."""

from __future__ import annotations

from typing import Any

from mailcheck.facts.dmarc.destination import ReportDestination
from mailcheck.facts.dns import told
from mailcheck.finding import Finding


def test_a_name_that_cannot_be_asked_for_is_no_authorisation(answered: Any) -> None:
    long = ".".join(["a" * 60] * 3) + ".net"
    finding = answered(
        ReportDestination("a" * 60 + ".example", long, "rua"), told(f"{long} MX", "10 mx.example.")
    )
    assert isinstance(finding, Finding)
    assert finding.reasons[0].tag == "not-authorised"


def test_a_refusal_of_mx(answered: Any) -> None:
    finding = answered(
        ReportDestination("a.example", "b.test", "ruf"),
        told("a.example._report._dmarc.b.test TXT", '"v=DMARC1"'),
        told("b.test MX", "REFUSED-BY-AUTHORITY", denier="b.test"),
    )
    assert [reason.tag for reason in finding.reasons] == ["refused-by-authority"]
