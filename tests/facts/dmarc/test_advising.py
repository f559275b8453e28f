"""What could be better; the table of records is with the sentence that judges them."""

from __future__ import annotations

from mailcheck.facts.dmarc.advising import advice
from mailcheck.facts.dmarc.record import DmarcRecord
from mailcheck.finding import MOST_OF_A_KIND


def test_the_text_says_which_tag() -> None:
    record = DmarcRecord(b"v=DMARC1; p=reject; np=none; rua=mailto:d@e.fg; pct=20; \xc3\xa9")
    assert [a.text for a in advice(record)] == [
        "np=none is weaker than p=reject",
        "pct=20 is not part of RFC 9989",
    ]


def test_policies_that_do_not_count_are_not_compared() -> None:
    record = DmarcRecord(b"v=DMARC1; p=reject; sp=none; np=x; rua=mailto:d@e.fg")
    assert "weaker-subdomains" not in [a.tag for a in advice(record)]


def test_a_record_with_thousands_of_oddities_fills_no_report() -> None:
    names = (f"x{chr(97 + i % 26)}{chr(97 + i // 26)}=y" for i in range(600))
    found = advice(DmarcRecord(f"v=DMARC1; p=none; {'; '.join(names)}".encode()))
    assert sum(one.tag == "unknown-tag" for one in found) == MOST_OF_A_KIND
