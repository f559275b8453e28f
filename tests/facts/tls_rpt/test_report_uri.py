from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tls_rpt.report_uri import report_uri


@pytest.mark.parametrize(
    ("text", "scheme", "host"),
    [
        ("mailto:tls@example.com", "mailto", "example.com"),
        ("MAILTO:tls@Example.COM", "mailto", "example.com"),
        ("mailto:a+b=c@example.com?subject=x", "mailto", "example.com"),
        ("mailto:a%2Cb%21c%3Bd@example.com", "mailto", "example.com"),
        ("https://reports.example.com/v1/tls?id=1&x=%2c#f", "https", "reports.example.com"),
        ("https://reports.example.com:8443", "https", "reports.example.com"),
        ("https://[2001:db8::1]/x", "https", "2001:db8::1"),
        ("https://192.0.2.1", "https", "192.0.2.1"),
        ("ftp://example.com/x", "ftp", "example.com"),
    ],
)
def test_uris(text: str, scheme: str, host: str) -> None:
    uri = report_uri(text)
    assert (uri.scheme, uri.host, uri.fault) == (scheme, host, "")


@pytest.mark.parametrize(
    ("text", "why", "meant"),
    [
        ("", "nothing", ""),
        ("tls@example.com", "mailto: is missing", "mailto:tls@example.com"),
        ("mailto:tls@example.com!10m", "%21", "mailto:tls@example.com"),
        ("tls@example.com!1", "%21", "mailto:tls@example.com"),
        ("mailto:a!b@example.com", "%21", ""),
        ("mailto: a@example.com", "no space", ""),
        ("mailto:", "not a URI", ""),
        ("mailto:tls", "no mailbox", ""),
        ("mailto:@example.com", "no mailbox", ""),
        ("mailto:a@b@example.com", "no mailbox", ""),
        ("mailto:a@-example.com", "letters, digits", ""),
        ("mailto:a@exämple.com", "not a URI", ""),
        ("mailto:a%zz@example.com", "not a URI", ""),
        ("https://", "no host", ""),
        ("https:/path", "no host", ""),
        ("https://x~y/", "no host", ""),
        ("https://.com/", "no host", ""),
        ("https://example.com:x/", "not a URI", ""),
        ("https://[::1/", "not a URI", ""),
        ("https://example.com/#a#b", "not a URI", ""),
        ("https://example.com/<x>", "not a URI", ""),
        ("//example.com", "not a URI", ""),
        ("noscheme", "not a URI", ""),
    ],
)
def test_what_leads_nowhere(text: str, why: str, meant: str) -> None:
    uri = report_uri(text)
    assert why in uri.fault
    assert uri.meant == meant


@given(st.text() | st.text("mailto:https/@.ex%21!?#[]"))
def test_any_text_is_read(text: str) -> None:
    uri = report_uri(text)
    assert uri.fault or uri.scheme
    if uri.meant:
        assert not report_uri(uri.meant).fault
