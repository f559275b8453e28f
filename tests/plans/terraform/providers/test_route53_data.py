"""Names and data as Route 53 writes them."""

from __future__ import annotations

import pytest

from mailcheck.plans.terraform.providers.route53_data import name_in, value

ZONE = "example.com"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("", "example.com", id="the apex as nothing"),
        pytest.param("example.com", "example.com", id="the apex"),
        pytest.param("Example.COM.", "example.com", id="the apex, a final dot"),
        pytest.param("mail", "mail.example.com", id="relative"),
        pytest.param("mail.example.com", "mail.example.com", id="absolute"),
        pytest.param("mail.", "mail.example.com", id="relative, with a final dot"),
        pytest.param("a.example.net.", "a.example.net.example.com", id="of another zone"),
        pytest.param("*", "*.example.com", id="a wildcard"),
        pytest.param("\\052.example.com", "*.example.com", id="an octal wildcard"),
        pytest.param("@", "\\@.example.com", id="no apex for Route 53"),
        pytest.param("_dmarc", "_dmarc.example.com", id="an underscore"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert name_in(text, ZONE) == name


@pytest.mark.parametrize("text", ["myexample.com", "a..b", "bücher", "." * 5, "a" * 64, "\\999"])
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"name"):
        name_in(text, ZONE)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param('"v=spf1 -all"', '"v=spf1 -all"', id="one"),
        pytest.param('"a""b"', '"a" "b"', id="two without a space"),
        pytest.param('"a" "b"', '"a" "b"', id="two"),
        pytest.param('""', '""', id="an empty one"),
        pytest.param('"v=DMARC1\\; p=none"', '"v=DMARC1; p=none"', id="a needless backslash"),
        pytest.param('"\\073\\134\\377"', '";\\\\\\255"', id="octal escapes"),
        pytest.param('"a\\"b\\\\"', '"a\\"b\\\\"', id="a quotation mark, a backslash"),
        pytest.param('"' + "a" * 255 + '"', '"' + "a" * 255 + '"', id="the longest"),
    ],
)
def test_texts(text: str, data: str) -> None:
    assert value("TXT", text) == data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "not in quotation marks", id="nothing"),
        pytest.param("a", "not in quotation marks", id="no quotation marks"),
        pytest.param('""v=spf1 -all""', "not in quotation marks", id="twice quoted"),
        pytest.param('"ü"', "octal escapes only", id="beyond ASCII"),
        pytest.param('"\\400"', "three octal digits", id="no octal digits"),
        pytest.param('"a\\"', "not in quotation marks", id="no end"),
        pytest.param('"' + "a" * 256 + '"', "256 octets", id="too long"),
    ],
)
def test_texts_that_route53_refuses(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        value("TXT", text)


def test_names_in_data_have_octal_escapes() -> None:
    assert value("CNAME", "\\052.example.net") == "*.example.net."
