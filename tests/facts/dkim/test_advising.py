from __future__ import annotations

import pytest

from mailcheck.facts.dkim.advising import advice
from mailcheck.facts.dkim.record import DkimKeyRecord
from tests import dkim_keys as keys


def tags(text: str) -> list[str]:
    return [given.tag for given in advice(DkimKeyRecord(text.encode()))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"v=DKIM1; p={keys.p()}", []),
        (f"v=DKIM1; k=rsa; p={keys.p(4096)};", []),
        (f"v=DKIM1; p={keys.p(1024)}", ["short-key"]),
        (f"v=DKIM1; p={keys.p(2047)}", ["short-key"]),
        (f"v=DKIM1; p={keys.p(4097)}", ["long-key"]),
        (f"v=DKIM1; p={keys.p(2048, 3)}", ["unusual-exponent"]),
        (f"v=DKIM1; p={keys.p(2048, 2**65 + 1)}", ["unusual-exponent"]),
        (f"v=DKIM1; p={keys.bare()}", ["bare-key"]),
        (f"v=DKIM1; k=ed25519; p={keys.ED25519.rstrip('=')}", ["padding"]),
        (f"v=DKIM1; t=y:s; p={keys.p()}", ["test-mode"]),
        (f"v=DKIM1; t=s:Y; p={keys.p()}", ["test-mode", "value-case"]),
        (f"v=DKIM1; h=sha1:sha256; p={keys.p()}", ["sha1-listed"]),
        (f"k=rsa; p={keys.p()}", ["missing-version"]),
        (f"v=DKIM1; g=*; p={keys.p()}", ["removed-tag"]),
        (f"v=DKIM1; a=b; x=; p={keys.p()}", ["unknown-tag", "unknown-tag"]),
        (f"v=DKIM1; K=rsa; p={keys.p()}", ["unknown-tag"]),
        (f"v=DKIM1; k=RSA; s=Email; p={keys.p()}", ["value-case", "value-case"]),
        (f"v=DKIM1; p={keys.p()}; ", ["space-at-end"]),
        (f"v=DKIM1; p={keys.p()} ", []),
    ],
)
def test_advice(text: str, wanted: list[str]) -> None:
    assert tags(text) == wanted


def test_what_stands_there_often_is_said_once() -> None:
    assert tags("v=DKIM1; p=; " + "g=*; " * 1000).count("removed-tag") == 1
