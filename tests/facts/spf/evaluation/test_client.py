"""The client of a sentence, as a question."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.spf.evaluation.client import MailFrom, SpfClient, SpfDomain
from mailcheck.names import HeloName, parse_address


@pytest.mark.parametrize(
    ("options", "sender", "helo"),
    [
        pytest.param({}, "postmaster@example.com", "example.com", id="nothing told"),
        pytest.param({"sender": "news"}, "news@example.com", "example.com", id="a local part"),
        pytest.param(
            {"sender": "news@example.net", "helo": "mx.example.org"},
            "news@example.net",
            "mx.example.org",
            id="all told",
        ),
        pytest.param({"sender": "<a@b.example>"}, "a@b.example", "example.com", id="in brackets"),
        pytest.param({"sender": "", "helo": "mx.example.org"}, "", "mx.example.org", id="bounces"),
        pytest.param({"sender": "<>"}, "", "example.com", id="bounces, in brackets"),
        pytest.param({"sender": "@b.example"}, "@b.example", "example.com", id="no local part"),
        pytest.param(
            {"sender": "Big Boss@Bücher.example"},
            "Big Boss@xn--bcher-kva.example",
            "example.com",
            id="what no server takes",
        ),
        pytest.param({"sender": "a@b..c"}, "a@b..c", "example.com", id="no domain at all"),
    ],
)
def test_what_is_asked(options: dict[str, str], sender: str, helo: str) -> None:
    types: dict[str, Any] = {"sender": MailFrom, "helo": HeloName}
    given = {name: types[name].parse(text) for name, text in options.items()}
    ip = parse_address("192.0.2.1")
    asked = SpfClient(domain=SpfDomain("example.com"), ip=ip, **given).question
    assert (asked.ip, asked.domain, asked.sender, asked.helo) == (ip, "example.com", sender, helo)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Example.COM.", "example.com"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("a..example.com", "a..example.com"),
        ("example.com....", "example.com...."),
        (f"{'A' * 64}.example.com", f"{'a' * 64}.example.com"),
        ("[192.0.2.1]", "[192.0.2.1]"),
        ("[IPv6:2001:db8::1]", "[ipv6:2001:db8::1]"),
    ],
)
def test_a_domain_need_not_be_a_name(text: str, domain: str) -> None:
    assert SpfDomain.parse(text) == domain


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("user@example.com", "is a mail address; its domain is example.com"),
        ("https://example.com/", "is a URL"),
        ("192.0.2.1", "is an IP address"),
        ("192.0.2.1..", "empty label"),
        ("2001:db8::1", "is an IP address"),
        ("a b.example.com", "is not letters"),
        ("", "cannot be empty"),
    ],
)
def test_what_is_no_domain_by_mistake(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        SpfDomain.parse(text)
