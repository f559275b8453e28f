"""Whom a sentence about SMTP is about, and what is to be done where nobody serves."""

from __future__ import annotations

import re

import pytest

from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.finding import Reason
from mailcheck.names import Domain, Port

HOST = SmtpTarget(port=Port(587), host=Domain("mail.example.com"))
DOMAIN = SmtpTarget(port=Port(25), domain=Domain("example.com"))


def test_a_target_is_a_host_or_a_domain() -> None:
    with pytest.raises(ValueError, match="no host and no domain"):
        SmtpTarget(port=Port(25))


def test_mx_hosts_are_asked_on_port_25_alone() -> None:
    with pytest.raises(ValueError, match=r"SMTP port 587 of mail\.example\.com accepts"):
        SmtpTarget(port=Port(587), domain=Domain("example.com"))


@pytest.mark.parametrize(
    ("target", "tag", "about", "done"),
    [
        pytest.param(
            HOST, "connection-refused", "192.0.2.25", "ss -ltn 'sport = :587'", id="refused"
        ),
        pytest.param(HOST, "no-smtp-service", "192.0.2.25", "take mail", id="521"),
        pytest.param(HOST, "no-tls", "192.0.2.25", "smtpd_tls_wrappermode", id="no TLS"),
        pytest.param(HOST, "no-ehlo", "192.0.2.25", "SMTP inspection", id="no EHLO"),
        pytest.param(HOST, "no-address", "mail.example.com", "A or AAAA", id="no address"),
        pytest.param(
            DOMAIN, "no-address", "mx.example.com", "MX records of example.com", id="an exchange"
        ),
        pytest.param(DOMAIN, "null-mx", "example.com", "In place of the null MX", id="null MX"),
        pytest.param(DOMAIN, "no-such-domain", "com", "paid and delegated", id="no domain"),
        pytest.param(
            HOST, "refused-by-authority", "example.com", "Load the zone", id="refused by DNS"
        ),
    ],
)
def test_what_is_to_be_done(target: SmtpTarget, tag: str, about: str, done: str) -> None:
    remedy = target.to_be_served(Reason(tag, "", about))
    assert done in remedy.instruction


def test_every_shared_tag_has_its_remedy_here() -> None:
    """What the table above tries is all there is."""
    [marks] = [m for m in test_what_is_to_be_done.pytestmark if m.name == "parametrize"]  # type: ignore[attr-defined]  # pytest puts it there
    tried = {case.values[1] for case in marks.args[1]}
    assert tried == set(re.findall(r"^([a-z-]+):", NOT_SERVED, re.MULTILINE))
