"""Which keywords a sentence may name."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.keywords import REGISTERED, Extension


@pytest.mark.parametrize("text", ["8BITMIME", "SmtpUtf8", "XCLIENT", "MT-PRIORITY", "size", "X-9"])
def test_any_keyword_is_taken_and_kept_in_capitals(text: str) -> None:
    assert Extension.parse(text) == text.upper()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("STARTTLS", "offers STARTTLS", id="STARTTLS"),
        pytest.param("starttls", "offers STARTTLS", id="in small letters"),
        pytest.param("TLS", "offers STARTTLS", id="TLS"),
        pytest.param("AUTH", "offers AUTH only after TLS", id="AUTH"),
        pytest.param("AUTH=LOGIN", "offers AUTH only after TLS", id="AUTH of old"),
        pytest.param("AUTH PLAIN", "offers AUTH only after TLS", id="AUTH with mechanisms"),
        pytest.param("SIZE 25000000", "offers SIZE of 25 MB", id="SIZE with a number"),
        pytest.param("SIZE=25000000", "offers SIZE of 25 MB", id="SIZE of old"),
        pytest.param("DELIVERBY 600", "option: parameters", id="other parameters"),
        pytest.param("8BITMIME, DSN", "not an EHLO keyword", id="two"),
        pytest.param("8BIT_MIME", "not an EHLO keyword", id="an underscore"),
        pytest.param("-DSN", "not an EHLO keyword", id="a hyphen first"),
        pytest.param("후이즈", "not an EHLO keyword", id="not ASCII"),
        pytest.param("", "not an EHLO keyword", id="nothing"),
        pytest.param(" ", "not an EHLO keyword", id="a space"),
    ],
)
def test_what_is_no_keyword_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Extension.parse(text)


@pytest.mark.parametrize(
    ("keyword", "meant"),
    [
        ("8BITMINE", "8BITMIME"),
        ("ENHANCEDSTATUSCODE", "ENHANCEDSTATUSCODES"),
        ("CHUNK", "CHUNKING"),
        ("XCLIENT", ""),
        ("FROBNICATE", ""),
        ("8BITMIME", ""),
    ],
)
def test_what_was_probably_meant(keyword: str, meant: str) -> None:
    assert Extension(keyword).probably_meant == meant


def test_no_registered_keyword_is_mistaken_for_another() -> None:
    assert [k for k in REGISTERED if Extension(k).probably_meant] == []
