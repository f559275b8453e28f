"""The client of a sentence, as a question."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.spf.client import SpfClient
from mailcheck.mailboxes import Mailbox
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
    ],
)
def test_what_is_asked(options: dict[str, str], sender: str, helo: str) -> None:
    types: dict[str, Any] = {"sender": Mailbox, "helo": HeloName}
    given = {name: types[name].parse(text) for name, text in options.items()}
    ip = parse_address("192.0.2.1")
    asked = SpfClient(domain=Domain("example.com"), ip=ip, **given).question
    assert (asked.ip, asked.domain, asked.sender, asked.helo) == (ip, "example.com", sender, helo)
