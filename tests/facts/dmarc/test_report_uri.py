"""URIs of rua and ruf."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dmarc.report_uri import report_uris


@pytest.mark.parametrize(
    ("value", "mailboxes"),
    [
        pytest.param("mailto:d@example.com", ["d@example.com"], id="one"),
        pytest.param(
            "mailto:a@b.example , mailto:c@d.example", ["a@b.example", "c@d.example"], id="two"
        ),
        pytest.param(
            "MAILTO:D@Example.COM", ["D@example.com"], id="scheme and domain have no case"
        ),
        pytest.param("mailto:d@example.com!10m", ["d@example.com"], id="a size"),
        pytest.param(
            "mailto:d+dmarc@example.com?subject=x", ["d+dmarc@example.com"], id="a header"
        ),
        pytest.param("mailto:a%2Cb%21@example.com", ["a,b!@example.com"], id="encoded comma"),
        pytest.param("mailto:d@xn--bcher-kva.example", ["d@xn--bcher-kva.example"], id="A-labels"),
        pytest.param(
            "mailto:d@b%C3%BCcher.example", ["d@xn--bcher-kva.example"], id="encoded UTF-8"
        ),
    ],
)
def test_mailboxes(value: str, mailboxes: list[str]) -> None:
    uris = report_uris(value)
    assert [uri.mailbox for uri in uris] == mailboxes
    assert not any(uri.fault for uri in uris)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        pytest.param("", "nothing stands", id="nothing"),
        pytest.param("d@example.com", "mailto: is missing", id="no scheme"),
        pytest.param("mailto:", "not a URI", id="scheme alone"),
        pytest.param("mailto:example.com", "no mailbox", id="no at sign"),
        pytest.param("mailto:@example.com", "no mailbox", id="no local part"),
        pytest.param("mailto://example.com", "no mailbox", id="an authority"),
        pytest.param("mailto: d@example.com", "no space", id="space"),
        pytest.param("mailto:d@[192.0.2.1]", "IP address", id="an address literal"),
        pytest.param("mailto:d@exa_mple..com", "empty label", id="a domain that is none"),
        pytest.param("mailto:d!e@example.com", "%21", id="an exclamation mark"),
        pytest.param("mailto:d@example.com!10mb", "%21", id="a size of two letters"),
        pytest.param("mailto:d%zz@example.com", "not a URI", id="a bad escape"),
        pytest.param("https://[", "not a URI", id="an open bracket"),
        pytest.param("https://example.com/#a#b", "not a URI", id="two fragments"),
        pytest.param("__mailto:d@example.com", "not a URI", id="a scheme that begins with _"),
    ],
)
def test_faults(value: str, fault: str) -> None:
    [uri] = report_uris(value)
    assert fault in uri.fault


def test_other_schemes_are_valid() -> None:
    [web, ftp] = report_uris("https://Example.com/D?x=1,ftp://abuse.example")
    assert (web.scheme, ftp.scheme) == ("https", "ftp")
    assert not web.fault
    assert not web.mailbox


def test_the_size_stands_apart() -> None:
    [uri] = report_uris("mailto:d@example.com!2G")
    assert (uri.text, uri.size) == ("mailto:d@example.com", "!2G")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read(value: str) -> None:
    uris = report_uris(value)
    assert len(uris) == value.count(",") + 1
    assert all(uri.fault or uri.scheme for uri in uris)
    assert all("@" in uri.mailbox for uri in uris if uri.domain)
