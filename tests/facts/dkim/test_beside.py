"""The RSA key beside another, where it is not one."""

from __future__ import annotations

import pytest

from mailcheck.facts.dkim.beside import NO_RSA_BESIDE, remedy_of_no_rsa, rsa_beside
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, Reason
from mailcheck.question import Unobserved
from tests import dkim_keys as keys
from tests.facts.smtp.test_hosts import found

NAME = "r1._domainkey.example.com"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("NODATA", f"{NAME} has no TXT record"),
        ("NXDOMAIN", f"{NAME} does not exist"),
        ('"v=DKIM1; p="', f"the key record at {NAME} has an empty p"),
        (f'"v=DKIM1; k=ed25519; p={keys.ED25519}"', f"the key at {NAME} is of the type ed25519"),
    ],
)
def test_what_is_no_rsa_key(said: str, why: str) -> None:
    seen = found(rsa_beside("r1", "example.com"), told(f"{NAME} TXT", said))
    assert isinstance(seen, Finding)
    [reason] = seen.reasons
    assert reason.text.startswith(f"no valid RSA key stands beside: {why}")
    assert f"{reason.tag}:" in NO_RSA_BESIDE


def test_silence_is_unknown() -> None:
    silent = found(rsa_beside("r1", "example.com"), told(f"{NAME} TXT", "TIMEOUT"))
    assert isinstance(silent, Unobserved)


def test_the_remedy_names_the_sentence_that_says_more() -> None:
    remedy = remedy_of_no_rsa("example.com", Reason("no-rsa-beside", "", "r1"))
    assert "'DKIM key r1 of example.com is valid'" in remedy.instruction
