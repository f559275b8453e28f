from __future__ import annotations

import pytest

from mailcheck.facts.dkim.mending import place, remedy_of_fault, republished
from mailcheck.facts.dkim.record import DkimKeyRecord
from mailcheck.finding import Reason
from tests import dkim_keys as keys

OWNER = "s1._domainkey.example.com"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param(f"k=ed25519; p={keys.ED25519}", "v=DKIM1; k=ed25519; p=", id="version added"),
        pytest.param(
            f"p={keys.ED25519}; s=email; t=s; h=sha1:sha256; k=ed25519; v=DKIM1; x=y; n=z",
            "v=DKIM1; k=ed25519; h=sha256; s=email; t=s; p=",
            id="what narrows the key is kept",
        ),
        pytest.param(
            f"v=DKIM1; h=sha1; s=x; t=; k=ed25519; p={keys.ED25519_INFO}",
            "v=DKIM1; k=ed25519; p=",
            id="what makes it useless is left out",
        ),
        pytest.param(f"v=DKIM1; p={keys.ED25519}", "v=DKIM1; k=ed25519; p=", id="type added"),
    ],
)
def test_republished(text: str, tags: str) -> None:
    [line] = republished(DkimKeyRecord(text.encode(), OWNER))
    assert line == f'{OWNER}.  3600  IN  TXT  "{tags}{keys.ED25519}"'


@pytest.mark.parametrize("text", ["p=", "p=A", "k=x; p=AAAA", f"p={keys.p(16384)}"])
def test_what_cannot_be_mended_here(text: str) -> None:
    assert republished(DkimKeyRecord(text.encode(), OWNER)) == ()


def test_a_long_key_takes_two_strings() -> None:
    [line] = republished(DkimKeyRecord(f"p={keys.bare(4096)}".encode(), OWNER))
    assert line.count('" "') == 2
    assert line.replace('" "', "").endswith(f'v=DKIM1; k=rsa; p={keys.p(4096)}"')


def test_whoever_keeps_the_target_of_an_alias_is_named() -> None:
    assert place(OWNER, OWNER) == OWNER
    assert "s1.esp.example (by whoever" in place(OWNER, "s1.esp.example")


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("weak-key", "2048 bits under another selector"),
        ("private-key", "v=DKIM1; p= at"),
        ("revoked", "another selector"),
        ("refused-by-authority", "servers"),
        ("key-cut-off", "whole public key"),
    ],
)
def test_remedies(tag: str, says: str) -> None:
    assert says in remedy_of_fault(OWNER, Reason(tag, "", OWNER)).instruction
