"""What is wrong with a record; the table of records is with the sentence that judges them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dmarc.faults import faults
from mailcheck.facts.dmarc.mending import mended
from mailcheck.facts.dmarc.record import DmarcRecord
from mailcheck.finding import MOST_OF_A_KIND


def texts_of(tags: str) -> list[str]:
    return [
        reason.text for reason in faults("example.com", DmarcRecord(f"v=DMARC1; {tags}".encode()))
    ]


def test_reasons_name_the_record_and_the_tag() -> None:
    assert texts_of("p=foo; rua=mailto:d@e.fg") == [
        (
            "the DMARC record of example.com says p=foo, and so counts as p=none; "
            "it can be none, quarantine or reject"
        )
    ]
    assert texts_of("p=rejct") == [
        (
            "the DMARC record of example.com says p=rejct, and so DMARC is not applied; "
            "reject may be meant"
        )
    ]
    assert texts_of("p=none; adkim=strict") == [
        "the DMARC record of example.com says adkim=strict; adkim can be r (relaxed) or s (strict)"
    ]
    assert texts_of("p=none; p=reject") == [
        "the DMARC record of example.com has the tag p more than once, with none and reject"
    ]
    [text] = texts_of("p=none; ruf=d@e.fg")
    assert text.endswith(
        "sends failure reports (ruf) to d@e.fg: mailto: is missing before the mailbox"
    )


def test_a_known_tag_with_a_value_that_is_not_ascii_is_told_once() -> None:
    assert len(texts_of("p=none; adkim=\u00e9")) == 1


def test_what_is_shown_is_capped_and_harmless() -> None:
    [text] = texts_of("p=none; \x1b[31m" + "x" * 500)
    assert "\x1b" not in text
    assert len(text) < 200


_PIECES = st.sampled_from(
    ["p=", "sp=x", "none", ";", "rua=", "d@e.fg", ",", "mailto:", "!1m", " ", "t=y", "x"]
)


@given(st.lists(_PIECES).map("".join))
def test_a_mended_record_has_no_fault(tags: str) -> None:
    record = DmarcRecord(f"v=DMARC1; {tags}".encode())
    assert faults("example.com", DmarcRecord(mended(record.text))) == ()


def test_a_record_with_thousands_of_faults_fills_no_report() -> None:
    record = DmarcRecord(b"v=DMARC1; p=none; rua=" + b",".join(b"x%d" % i for i in range(9000)))
    assert len(faults("example.com", record)) == MOST_OF_A_KIND
    assert len(faults("example.com", DmarcRecord(b"v=DMARC1; p=none" + b";" * 9000))) == 1
