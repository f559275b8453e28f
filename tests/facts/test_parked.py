from __future__ import annotations

import pytest

from mailcheck.checks.tls_rpt.tls_rpt_is_valid import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged


@pytest.mark.parametrize(
    ("mx", "said", "parked"),
    [
        pytest.param("0 .", "NODATA", True, id="null-mx"),
        pytest.param("NXDOMAIN", "NXDOMAIN", True, id="no-such-domain"),
        pytest.param("NODATA", '"v=spf1 -all"', True, id="nobody-sends-for-it"),
        pytest.param("10 mx.example.net", '"v=spf1 -all"', False, id="it-takes-mail"),
        pytest.param("NODATA", '"v=spf1 mx -all"', False, id="its-address-may-take-mail"),
        pytest.param("TIMEOUT", '"v=spf1 -all"', False, id="not-known"),
        pytest.param("NODATA", "TIMEOUT", False, id="not-known-either"),
        pytest.param("REFUSED-BY-AUTHORITY", "NODATA", False, id="refused"),
    ],
)
def test_is_parked(mx: str, said: str, *, parked: bool) -> None:
    """By the mailbox that a remedy gives the domain, or does not."""
    verdict = judged(
        CHECK,
        "TLS-RPT of example.com is valid",
        told("_smtp._tls.example.com TXT", "NXDOMAIN"),
        told("example.com MX", mx),
        told("example.com TXT", said),
    )
    [remedy] = verdict.remedies
    assert bool(remedy.publish) is not parked
