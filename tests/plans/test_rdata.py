"""Data of records as plans have them."""

from __future__ import annotations

import pytest

from mailcheck.plans.rdata import data_in


@pytest.mark.parametrize(
    ("rdtype", "text", "zone", "data"),
    [
        pytest.param("MX", "10 mail", "example.com", "10 mail.example.com.", id="relative"),
        pytest.param("MX", "10 @", "example.com", "10 example.com.", id="the apex"),
        pytest.param("MX", "10 mail.example.com", ".", "10 mail.example.com.", id="no final dot"),
        pytest.param("MX", "0 .", ".", "0 .", id="no mail"),
        pytest.param("AAAA", "2001:DB8::0:1", ".", "2001:db8::1", id="IPv6"),
        pytest.param(
            "CAA", '0 issue "ca.example; a=b"', ".", '0 issue "ca.example; a=b"', id="CAA"
        ),
        pytest.param("TXT", '"a;" "(b"', ".", '"a;" "(b"', id="signs in a text"),
        pytest.param("TXT", r'"a \"b\""', ".", r'"a \"b\""', id="quotation marks in a text"),
    ],
)
def test_data(rdtype: str, text: str, zone: str, data: str) -> None:
    assert data_in(rdtype, text, zone) == data


@pytest.mark.parametrize(
    ("rdtype", "text", "said"),
    [
        pytest.param(
            "MX",
            "mail",
            "no data of an MX record, such as 10 mail.example.com: expecting an integer",
            id="no preference",
        ),
        pytest.param("SRV", "5 993 a", "such as 0 5 993 imap.example.com", id="no priority"),
        pytest.param("MX", "70000 mail", "no data of an MX record", id="a large preference"),
        pytest.param("A", "mail", "no data of an A record", id="a name for an address"),
        pytest.param("MX", "10 @", "@ in the place of a name", id="the apex of nothing"),
        pytest.param("MX", "10 mail ; first", "out of place", id="a comment"),
        pytest.param("MX", "10 mail\n20 other", "line breaks", id="two lines"),
        pytest.param("TXT", '"a', "out of place", id="an open quotation mark"),
        pytest.param("TXT", '"' + '\\"' * 50_000, "out of place", id="one before many"),
        pytest.param("A", "", "no data of an A record", id="nothing"),
    ],
)
def test_what_is_none(rdtype: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        data_in(rdtype, text)
