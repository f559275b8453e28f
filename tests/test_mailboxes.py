"""Mailboxes as people write them."""

from __future__ import annotations

import pytest

from mailcheck.errors import UsageError
from mailcheck.mailboxes import LOCAL_PART_LIMIT, Mailbox, read_mailbox


@pytest.mark.parametrize(
    ("text", "read", "local_part", "domain"),
    [
        pytest.param("postmaster", "postmaster", "postmaster", "", id="a local part"),
        pytest.param("Abuse@Example.COM", "Abuse@example.com", "Abuse", "example.com", id="case"),
        pytest.param("a.b+c@example.com.", "a.b+c@example.com", "a.b+c", "example.com", id="signs"),
        pytest.param(
            "a@후이즈.한국",
            "a@xn--hu5b21bm4u.xn--3e0b707e",
            "a",
            "xn--hu5b21bm4u.xn--3e0b707e",
            id="IDN",
        ),
    ],
)
def test_a_mailbox_is_read(text: str, read: str, local_part: str, domain: str) -> None:
    mailbox = Mailbox.parse(text)
    assert (str(mailbox), mailbox.local_part, mailbox.domain) == (read, local_part, domain)


@pytest.mark.parametrize(
    "text",
    [
        *("", "@example.com", "a@", "a b@example.com", ".a@example.com", "a..b@example.com"),
        *("<a@example.com>", "a@b@example.com", "메일@example.com", "a\r\nRSET@example.com"),
        *("{elsewhere}@example.com", "a" * (LOCAL_PART_LIMIT + 1)),
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"mailbox|name|domain"):
        Mailbox.parse(text)


def test_the_mailbox_elsewhere_needs_its_domain() -> None:
    assert read_mailbox("me@example.net") == "me@example.net"
    assert read_mailbox("") == ""
    for text in ("me", "me@", "two words@example.net"):
        with pytest.raises(UsageError, match="--mail-relay-recipient"):
            read_mailbox(text)
