"""What stands in record sets of Route 53."""

from __future__ import annotations

import pytest

from mailcheck.plans.route53_values import data_of, name_of, type_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Mail.Example.com.", "mail.example.com", id="a final dot"),
        pytest.param("mail.example.com", "mail.example.com", id="none"),
        pytest.param("\\052.example.com.", "*.example.com", id="an escaped asterisk"),
        pytest.param("*.example.com", "*.example.com", id="an asterisk"),
        pytest.param("0\\0572.example.com", "0/2.example.com", id="a slash before a digit"),
        pytest.param("a\\100b.example.com", "a\\@b.example.com", id="a sign of mail addresses"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert name_of(text, "example.com") == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("mail.example.net", "does not lie in the zone", id="elsewhere"),
        pytest.param("mail", "does not lie in the zone", id="relative"),
        pytest.param("a\\900.example.com", "three octal digits", id="no octal"),
        pytest.param("a.example.com\\", "three octal digits", id="nothing behind"),
        pytest.param("a..example.com", "no name", id="an empty label"),
        pytest.param("", "empty", id="nothing"),
    ],
)
def test_what_is_no_name(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        name_of(text, "example.com")


@pytest.mark.parametrize(
    ("rdtype", "values", "data"),
    [
        pytest.param("MX", ["10 mail.example.com"], ("10 mail.example.com.",), id="MX"),
        pytest.param("MX", ["0 ."], ("0 .",), id="no mail"),
        pytest.param("CNAME", ["\\052.example.com"], ("*.example.com.",), id="a wildcard"),
        pytest.param("A", ["192.0.2.1", "192.0.2.1"], ("192.0.2.1",), id="twice the same"),
        pytest.param("TXT", ['"v=spf1 -all"'], ('"v=spf1 -all"',), id="a text"),
        pytest.param("TXT", ['"a" "b"'], ('"a" "b"',), id="two strings"),
        pytest.param("TXT", ['"a""b"'], ('"a" "b"',), id="no space between"),
        pytest.param("TXT", [r'"ex\303\244mple"'], (r'"ex\195\164mple"',), id="octal"),
        pytest.param("TXT", [r'"a\"b\\052"'], (r'"a\"b\\052"',), id="a backslash, and digits"),
        pytest.param("TXT", [r'"v=DMARC1\; p=none"'], ('"v=DMARC1; p=none"',), id="a semicolon"),
        pytest.param("CAA", ['0 issue "ca.example\\073"'], ('0 issue "ca.example;"',), id="CAA"),
        pytest.param("SPF", ['"v=spf1 -all"'], ('"v=spf1 -all"',), id="type 99"),
    ],
)
def test_data(rdtype: str, values: list[str], data: tuple[str, ...]) -> None:
    assert data_of(rdtype, values) == data


@pytest.mark.parametrize(
    ("rdtype", "values", "said"),
    [
        pytest.param("TXT", ["v=spf1 -all"], "not in quotation marks", id="no marks"),
        pytest.param("TXT", ['""v=spf1 -all""'], "not in quotation marks", id="marks twice"),
        pytest.param("TXT", ['"a" b'], "not in quotation marks", id="a word behind"),
        pytest.param("TXT", [f'"{"a" * 256}"'], "256 octets", id="a long string"),
        pytest.param("TXT", ['"ä"'], "octal escapes only", id="a letter"),
        pytest.param("TXT", [r'"\400"'], "three octal digits", id="no octet"),
        pytest.param("MX", ["mail.example.com"], "no data of an MX record", id="no preference"),
        pytest.param("CNAME", ["a.example", "b.example"], "2 values", id="two aliases"),
        pytest.param("A", [], "neither values nor an alias", id="nothing"),
    ],
)
def test_what_is_refused(rdtype: str, values: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        data_of(rdtype, values)


def test_types() -> None:
    assert type_of("mx") == "MX"
    with pytest.raises(ValueError, match="does not know, 'LOC'"):
        type_of("LOC")
