"""What matters on the port that was asked."""

from __future__ import annotations

import pytest

from mailcheck.report.at_port import at_port

BOTH = "It ended. On port 25: senders defer. On ports for users: mail programs warn."


@pytest.mark.parametrize(
    ("matters", "port", "said"),
    [
        pytest.param(BOTH, 25, "It ended. Senders defer.", id="senders"),
        pytest.param(BOTH, 993, "It ended. Mail programs warn.", id="IMAP"),
        pytest.param(BOTH, 143, "It ended. Mail programs warn.", id="IMAP with STARTTLS"),
        pytest.param(BOTH, 587, "It ended. Mail programs warn.", id="submission"),
        pytest.param(BOTH, 465, "It ended. Mail programs warn.", id="submission in TLS"),
        pytest.param(BOTH, 2525, BOTH, id="whoever connects there"),
        pytest.param("Mail bounces.", 993, "Mail bounces.", id="true everywhere"),
        pytest.param("On port 25: it waits.", 993, "On port 25: it waits.", id="one of them"),
    ],
)
def test_at_port(matters: str, port: int, said: str) -> None:
    assert at_port(matters, port) == said
