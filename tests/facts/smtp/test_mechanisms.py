"""Which mechanisms send a password for all to read."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.mechanisms import mechanisms_of, sends_secret


@pytest.mark.parametrize(
    ("parameters", "mechanisms"),
    [
        ("", ()),
        ("PLAIN LOGIN", ("PLAIN", "LOGIN")),
        ("plain PLAIN login", ("PLAIN", "LOGIN")),
    ],
)
def test_mechanisms(parameters: str, mechanisms: tuple[str, ...]) -> None:
    assert mechanisms_of(parameters) == mechanisms


@pytest.mark.parametrize(
    ("mechanism", "secret"),
    [
        ("PLAIN", True),
        ("LOGIN", True),
        ("XOAUTH2", True),
        ("OAUTHBEARER", True),
        ("X-OF-OUR-OWN", True),
        ("CRAM-MD5", False),
        ("GSSAPI", False),
        ("NTLM", False),
        ("SCRAM-SHA-256", False),
        ("SCRAM-SHA-1-PLUS", False),
        ("GS2-KRB5", False),
    ],
)
def test_what_is_sent(mechanism: str, *, secret: bool) -> None:
    assert sends_secret(mechanism) == secret
