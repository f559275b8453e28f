"""Words that BIND reads and dnspython does not; what is done with them is in ``test_rdata_text.py``."""

from __future__ import annotations

import dns.rdatatype as types
import pytest

from mailcheck.zones.reading.lexing import Quoted
from mailcheck.zones.reading.rdata_words import reworded


@pytest.mark.parametrize(
    ("rdtype", "fields", "words"),
    [
        pytest.param(types.DS, "1 nsec3dsa SHA-384 ab", "1 6 4 ab", id="names of algorithms"),
        pytest.param(types.DNSKEY, "ZONE|KSK DNSSEC 8 AQ==", "257 3 8 AQ==", id="flags"),
        pytest.param(types.DNSKEY, "FOO|KSK 3 8 AQ==", None, id="no flag"),
        pytest.param(types.RRSIG, "65 8 2 60 0 0", "TYPE65 8 2 60 0 0", id="the number of a type"),
        pytest.param(types.NID, "1 0:14:4fff:0", "1 0000:0014:4fff:0000", id="short groups"),
        pytest.param(types.TXT, "\\# text", "\\035 text", id="a number sign"),
        pytest.param(types.TXT, "\\# 1 00", None, id="octets"),
        pytest.param(types.A, "192.0.2.1", None, id="another type"),
    ],
)
def test_words(rdtype: types.RdataType, fields: str, words: str | None) -> None:
    assert reworded(rdtype, fields.split()) == (words.split() if words else None)


def test_a_number_in_quotes_is_a_text() -> None:
    assert reworded(types.TXT, ["\\#", Quoted("2")]) == ["\\035", "2"]


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        ("19700101000000", 0),
        ("20000229000000", 951782400),
        ("20300101000060", 1893456060),
        ("19691231235959", 2**32 - 1),
        ("21060207062816", 0),
        ("00100227180048", (-61846610352) % 2**32),
    ],
)
def test_a_time_of_any_year_is_seconds(time: str, seconds: int) -> None:
    assert reworded(types.RRSIG, ["A", "8", "2", "60", time]) == ["A", "8", "2", "60", str(seconds)]


@pytest.mark.parametrize(
    "time", ["20301301000000", "20300230000000", "203001010000", "2030010124000"]
)
def test_what_is_no_time(time: str) -> None:
    assert reworded(types.RRSIG, ["A", "8", "2", "60", time]) is None
