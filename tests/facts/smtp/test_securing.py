"""Every tag of a server without TLS has something to be done about it."""

from __future__ import annotations

import re

import pytest

from mailcheck.facts.smtp.secured import NOT_SECURED
from mailcheck.facts.smtp.securing import to_be_secured
from mailcheck.finding import Reason

DONE = {
    "no-starttls": "smtpd_tls_security_level = may",
    "starttls-refused": "log of the server at 192.0.2.25",
    "handshake-failed": "openssl s_client -starttls smtp -connect 192.0.2.25:587",
}


@pytest.mark.parametrize("tag", re.findall(r"(?m)^([a-z-]+):", NOT_SECURED))
def test_what_is_to_be_done(tag: str) -> None:
    remedy = to_be_secured(Reason(tag, "", "192.0.2.25"), 587)
    assert remedy is not None
    assert DONE[tag] in remedy.instruction


def test_a_command_has_brackets_around_an_ipv6_address() -> None:
    remedy = to_be_secured(Reason("handshake-failed", "", "2001:db8::25"), 25)
    assert remedy is not None
    assert "-connect [2001:db8::25]:25" in remedy.instruction


@pytest.mark.parametrize(
    ("tag", "does"), [("no-starttls", "Dovecot: ssl_cert"), ("handshake-failed", "-starttls imap")]
)
def test_a_port_of_imap_is_not_that_of_postfix(tag: str, does: str) -> None:
    remedy = to_be_secured(Reason(tag, "", "192.0.2.25"), 143)
    assert remedy is not None
    assert does in remedy.instruction
    assert "Postfix" not in remedy.instruction


def test_other_reasons_are_for_others() -> None:
    assert to_be_secured(Reason("no-ehlo", "", "192.0.2.25"), 25) is None
