from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.report_uri import meant, report_uri


@pytest.mark.parametrize(
    ("text", "scheme", "domain"),
    [
        ("mailto:tls@example.com", "mailto", "example.com"),
        ("MAILTO:tls@Example.COM", "mailto", "example.com"),
        ("mailto:a+b=c@example.com?subject=x", "mailto", "example.com"),
        ("mailto:a%2Cb%21c%3Bd@example.com", "mailto", "example.com"),
        ("mailto:a/b@example.com", "mailto", "example.com"),
        ("mailto:d@xn--bcher-kva.example", "mailto", "xn--bcher-kva.example"),
        ("mailto:d@b%C3%BCcher.example", "mailto", "xn--bcher-kva.example"),
        ("https://reports.example.com/v1/tls?id=1&x=%2c#f", "https", ""),
        ("https://reports.example.com:8443", "https", ""),
        ("https://[2001:db8::1]/x", "https", ""),
        ("https://192.0.2.1", "https", ""),
        ("ftp://example.com/x", "ftp", ""),
    ],
)
def test_uris(text: str, scheme: str, domain: str) -> None:
    uri = report_uri(text)
    assert (uri.scheme, uri.domain, uri.fault) == (scheme, domain, "")


@pytest.mark.parametrize(
    ("text", "why", "instead"),
    [
        ("", "nothing", ()),
        ("tls@example.com", "mailto: is missing", ("mailto:tls@example.com",)),
        ("<tls@example.com>", "mailto: is missing", ("mailto:tls@example.com",)),
        ("tls@Bücher.example", "mailto: is missing", ("mailto:tls@xn--bcher-kva.example",)),
        ("mailto:<tls@example.com>", "not a URI", ("mailto:tls@example.com",)),
        ("mailto:tls@example.com!10m", "%21", ("mailto:tls@example.com",)),
        ("tls@example.com!1", "%21", ("mailto:tls@example.com",)),
        ("mailto:a!b@example.com", "%21", ("mailto:a%21b@example.com",)),
        ("mailto: a@example.com", "no space", ("mailto:a@example.com",)),
        ("mailto:a@e.fg b@h.ij", "commas go between", ("mailto:a@e.fg", "mailto:b@h.ij")),
        ("mailto:a@e.fgmailto:b@h.ij", "no mailbox", ("mailto:a@e.fg", "mailto:b@h.ij")),
        ("mailto://a@example.com", "without //", ("mailto:a@example.com",)),
        ("mailto:mailto:a@example.com", "no mailbox", ("mailto:a@example.com",)),
        ("mailto=a@example.com", "mailto: is missing", ("mailto:a@example.com",)),
        ("mailto:a@exämple.com?x=y", "not a URI", ("mailto:a@xn--exmple-cua.com?x=y",)),
        ("mailto:a@@example.com", "no mailbox", ("mailto:a@example.com",)),
        ("mailto:a@example.com(b)", "letters, digits", ("mailto:a@example.com",)),
        ("mailto:", "not a URI", ()),
        ("mailto:tls", "no mailbox", ()),
        ("mailto://example.com", "no mailbox", ()),
        ("mailto:@example.com", "no mailbox", ()),
        ("mailto:a@b@example.com", "no mailbox", ()),
        ("mailto:a@-example.com", "letters, digits", ()),
        ("mailto:a@[192.0.2.1]", "IP address", ()),
        ("mailto:a%zz@example.com", "not a URI", ()),
        ("https://", "no host", ()),
        ("https:/path", "no host", ()),
        ("https://x~y/", "no host", ()),
        ("https://.com/", "no host", ()),
        ("https://example.com:x/", "not a URI", ()),
        ("https://[::1/", "not a URI", ()),
        ("https://example.com/#a#b", "not a URI", ()),
        ("https://a@example.com/<x>", "not a URI", ()),
        ("__mailto:x", "not a URI", ()),
        ("//example.com", "not a URI", ()),
        ("noscheme", "not a URI", ()),
    ],
)
def test_what_leads_nowhere(text: str, why: str, instead: tuple[str, ...]) -> None:
    assert why in report_uri(text).fault
    assert meant(text) == instead


def test_a_size_stands_apart_where_a_list_may_have_one() -> None:
    uri = report_uri("mailto:d@example.com!2G", sized=True)
    assert (uri.text, uri.size, uri.fault) == ("mailto:d@example.com", "!2G", "")
    assert "%21" in report_uri("mailto:d@example.com!10mb", sized=True).fault


@pytest.mark.parametrize(
    ("value", "uris"),
    [
        ("mailto:a@e.fg,mailto:a@e.fg,", ("mailto:a@e.fg",)),
        ("mailto:A@E.fg!9 ; <b@h.ij>, x", ("mailto:A@E.fg", "mailto:b@h.ij")),
        ("maito:a@e.fg,EMAIL:b@h.ij,sip:c@h.ij", ("mailto:a@e.fg", "mailto:b@h.ij", "sip:c@h.ij")),
        ("mailto:a@e,com,b@h.ij", ("mailto:a@e.com", "mailto:b@h.ij")),
        ("https://x.y/z b@h.ij.", ("https://x.y/z", "mailto:b@h.ij")),
    ],
)
def test_what_a_list_was_meant_to_hold(value: str, uris: tuple[str, ...]) -> None:
    assert meant(value) == uris


@given(st.text() | st.text("mailto:https/@.ex%21!?#[]"))
def test_any_text_is_read(text: str) -> None:
    uri = report_uri(text)
    assert uri.fault or uri.scheme
    assert not any(report_uri(uri).fault for uri in meant(text))
