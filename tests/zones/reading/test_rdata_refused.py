"""Data that dnspython takes and BIND refuses: what is said of them.

What BIND refuses is shown in ``test_rdata_text.py``.
"""

from __future__ import annotations

import dns.rdata
import pytest

from mailcheck.zones.reading.rdata_refused import refused

HASH = "0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM"


@pytest.mark.parametrize(
    ("rdtype", "data", "why"),
    [
        ("X25", "123", "four digits"),
        ("X25", "1234", ""),
        ("LOC", "90 0 0.001 N 0 E 0m", "beyond 90 degrees"),
        ("LOC", "52 N 0 E 10.123m", "two decimals"),
        ("LOC", "52 N 0 E -100000m", ""),
        ("LOC", "52 N 0 E -100001m", "out of range"),
        ("RRSIG", "A 8 1 1h 20300101000000 20200101000000 1 . AQ==", "no number"),
        ("RRSIG", "A 8 1 60 20300101000000 20200101000000 1 a.b. AQ==", "more labels"),
        ("NSEC", "a.", "no type"),
        ("NSEC3", f"1 0 0 - {HASH} A", ""),
        ("NSEC3", "1 0 0 - CPNMU A", "no hash"),
        ("APL", "3:ab/1", "no such family"),
        ("SVCB", "1 . ohttp", "only as a number"),
        ("SVCB", "1 . dohpath=/q", "variable dns"),
        ("NAPTR", '1 2 "u" "s" "!(a)!\\\\1!" .', ""),
        ("NAPTR", '1 2 "u" "s" "!(a!b!" .', "regular expression"),
        ("TYPE65280", "\\# 1 00", ""),
    ],
)
def test_why_bind_refuses_it(rdtype: str, data: str, why: str) -> None:
    said = refused(dns.rdata.from_text("IN", rdtype, data), data.split())
    assert why in said
    assert bool(said) == bool(why)
