"""What a resolver says about its own failure."""

from __future__ import annotations

import dns.edns
import dns.message
import dns.rcode
import pytest

from mailcheck.probes.dns.suspicion import blames_dnssec


@pytest.mark.parametrize(
    ("code", "blames"),
    [
        (None, False),
        (0, False),
        (4, False),
        (5, True),
        (6, True),
        (12, True),
        (13, False),
        (22, False),
    ],
)
def test_extended_errors_5_to_12_are_about_dnssec(code: int | None, *, blames: bool) -> None:
    response = dns.message.make_response(dns.message.make_query("a.example", "MX"))
    response.set_rcode(dns.rcode.SERVFAIL)
    if code is not None:
        response.use_edns(0, options=[dns.edns.EDEOption(dns.edns.EDECode(code))])
    assert blames_dnssec(response.to_wire()) is blames


def test_what_cannot_be_read_blames_nobody() -> None:
    assert not blames_dnssec(b"\0\0\x81\x82\0\1")
