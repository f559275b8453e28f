"""The client of a sentence, as a question."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.spf.client import MailFrom, SpfClient
from mailcheck.names import Domain, HeloName, parse_address


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
    asked = SpfClient(domain=Domain("example.com"), ip=ip, **given).question
    assert (asked.ip, asked.domain, asked.sender, asked.helo) == (ip, "example.com", sender, helo)
