"""Which mechanisms give the password away."""

from __future__ import annotations

import pytest

from mailcheck.facts.sasl import bare


@pytest.mark.parametrize(
    ("mechanisms", "given_away"),
    [
        pytest.param(["PLAIN", "LOGIN"], ("PLAIN", "LOGIN"), id="the password"),
        pytest.param(["login"], ("LOGIN",), id="in small letters"),
        pytest.param(["XOAUTH2", "OAUTHBEARER"], ("XOAUTH2", "OAUTHBEARER"), id="a token"),
        pytest.param(["CRAM-MD5", "SCRAM-SHA-256", "GSSAPI"], (), id="nothing"),
        pytest.param(["SCRAM-SHA-1-PLUS", "PLAIN-CLIENTTOKEN"], (), id="other names"),
        pytest.param([], (), id="none"),
    ],
)
def test_what_is_sent_as_it_is(mechanisms: list[str], given_away: tuple[str, ...]) -> None:
    assert bare(mechanisms) == given_away
