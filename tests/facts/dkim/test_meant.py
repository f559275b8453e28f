"""Keys that are found in what is no record."""

from __future__ import annotations

import pytest

from mailcheck.facts.dkim.meant import as_meant
from mailcheck.facts.dkim.record import DkimKeyRecord
from mailcheck.facts.txt import txt_record
from tests import dkim_keys as keys

P = keys.p()
RSA = f"v=DKIM1; k=rsa; p={P}"
ED25519 = f"v=DKIM1; k=ed25519; p={keys.ED25519}"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        pytest.param(f"v=DKIM1, k=rsa, p={P}", RSA, id="commas"),
        pytest.param(f"v=DKIM1 k=rsa p={P}", RSA, id="no semicolons"),
        pytest.param(f"v=DKIM1; k=rsa; p:{P}", RSA, id="a colon"),
        pytest.param(f"v=DKIM1; k=rsa; p=<{P}>", RSA, id="in angle brackets"),
        pytest.param(f"v=DKIM1; k=rsa; p=\u201c{P}\u201d", RSA, id="typographic quotation marks"),
        pytest.param(f"v=DKIM1&#59; k=rsa&#59; p={P}", RSA, id="escaped for a web page"),
        pytest.param(f"v=DKIM1; k=rsa; p={P[:50]}\u200b{P[50:]}", RSA, id="a character unseen"),
        pytest.param(f"v=DKIM1; k=rsa; p={P[:64]}\n{P[64:]}", RSA, id="lines"),
        pytest.param(
            f"v=DKIM1; k=rsa; p={P.replace('+', '-').replace('/', '_')}", RSA, id="base64url"
        ),
        pytest.param(f"v=DKIM1, k=ed25519, p={keys.ED25519}", ED25519, id="Ed25519"),
        pytest.param(f"v=DKIM1; t=s; p:{P}", f"v=DKIM1; k=rsa; t=s; p={P}", id="flags stay"),
    ],
)
def test_the_key_is_found(text: str, record: str) -> None:
    expected = txt_record("x.example", record.encode())
    assert as_meant(DkimKeyRecord(text.encode(), "x.example")) == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("v=spf1 -all", id="something else"),
        pytest.param(f"v=DKIM1, p={P[:-40]}", id="a key that was cut"),
        pytest.param(f"v=DKIM1, p={P}, p={keys.p(1024)}", id="two keys"),
        pytest.param(f"token {keys.ED25519}", id="32 octets of anything"),
        pytest.param(f"p={keys.in_base64(keys.private_rsa())}", id="a private key"),
        pytest.param(f"{'A' * 4000} {P}", id="too long to look through"),
    ],
)
def test_no_key_is_made_up(text: str) -> None:
    assert as_meant(DkimKeyRecord(text.encode(), "x.example")) == ()
