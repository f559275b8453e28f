"""Where reports can be delivered; the table is with the sentence that judges it."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.dmarc.destination import MOST_EXCHANGES, ReportDestination
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


MANY = " | ".join(f"10 mx{n:02}.b.test." for n in range(MOST_EXCHANGES + 1))


@pytest.mark.parametrize(
    ("mx", "living", "cause"),
    [
        pytest.param(MANY, 0, "", id="the first one, and nothing is asked of the others"),
        pytest.param(MANY, 4, "", id="a later one"),
        pytest.param(MANY, MOST_EXCHANGES - 1, "", id="the last one that is asked"),
        pytest.param(MANY, MOST_EXCHANGES, "too-many-exchanges", id="one behind it"),
        pytest.param(
            "10 mx00.b.test. | ...", MOST_EXCHANGES, "too-many-records", id="more than were read"
        ),
    ],
)
def test_one_exchange_with_an_address_is_enough(
    mx: str, living: int, cause: str, answered: Any
) -> None:
    known = range(1) if living == 0 else range(MOST_EXCHANGES + 1)
    finding = answered(
        ReportDestination("a.example", "b.test", "rua"),
        told("a.example._report._dmarc.b.test TXT", '"v=DMARC1"'),
        told("b.test MX", mx),
        *(
            told(
                f"mx{n:02}.b.test {rdtype}",
                "192.0.2.1" if (n, rdtype) == (living, "A") else "NODATA",
            )
            for n in known
            for rdtype in ("A", "AAAA")
        ),
    )
    assert finding.reasons == ()
    assert (finding.unknown.cause if finding.unknown else "") == cause


def test_all_exchanges_are_without_address(answered: Any) -> None:
    finding = answered(
        ReportDestination("a.example", "b.test", "rua"),
        told("a.example._report._dmarc.b.test TXT", '"v=DMARC1"'),
        told("b.test MX", " | ".join(MANY.split(" | ")[:MOST_EXCHANGES])),
        *(
            told(f"mx{n:02}.b.test {rdtype}", "NODATA")
            for n in range(MOST_EXCHANGES)
            for rdtype in ("A", "AAAA")
        ),
    )
    assert [reason.tag for reason in finding.reasons] == ["takes-no-mail"]
