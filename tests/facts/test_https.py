"""How a request over HTTPS is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.https import HttpsGetFact
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.names import parse_address

TLS = told_tls("mta-sts.example.com")
AT = "mta-sts.example.com (192.0.2.80 port 443)"
SAID = HttpsGetFact(
    parse_address("192.0.2.80"), 443, "mta-sts.example.com", "/a.txt", tls=TLS, status=200,
    content_type="text/plain", body=b"version: STSv1\r\n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "lines"),
    [
        pytest.param(
            SAID,
            [
                f"{AT} TLS → {TLS}",
                f"{AT} GET /a.txt → 200, text/plain, 16 octets: version: STSv1\\r\\n",
            ],
            id="a text",
        ),
        pytest.param(
            replace(SAID, refused=True), [f"{AT} connect → connection refused"], id="refused"
        ),
        pytest.param(
            replace(SAID, tls=NoTls("http request"), status=None),
            [f"{AT} TLS → handshake failed: http request"],
            id="no TLS",
        ),
        pytest.param(
            replace(SAID, status=301, location="https://e/\x1b", content_type="", body=b""),
            [f"{AT} TLS → {TLS}", f"{AT} GET /a.txt → 301, → https://e/\\x1b, no content type, 0 octets"],
            id="a redirect with an escape",
        ),
        pytest.param(
            replace(SAID, body=b"\xff\0" * 1000, is_cut_short=True),
            [
                f"{AT} TLS → {TLS}",
                f"{AT} GET /a.txt → 200, text/plain, more than 2000 octets: "
                + "\ufffd\\x00" * 80 + "… (640 characters)",
            ],
            id="endless, and no text",
        ),
    ],
)  # fmt: skip
def test_evidence_has_a_line_for_each_stage(fact: HttpsGetFact, lines: list[str]) -> None:
    assert [str(line) for line in fact.evidence] == lines


def test_what_broke_off_keeps_what_was_seen() -> None:
    begun = replace(SAID, status=None)
    rest = begun.broken_off("GET", "timeout", "no complete response within 60 s", "timeout")
    assert (rest.cause, rest.not_evaluated) == ("timeout", False)
    assert rest.text == f"{AT} GET /a.txt: no complete response within 60 s"
    assert [line.subject for line in rest.evidence] == [f"{AT} TLS", f"{AT} GET /a.txt"]
    kept = replace(begun, broken=rest)
    assert [line.result for line in kept.evidence] == [str(TLS), "timeout"]


def test_a_server_that_was_not_asked_is_not_evaluated() -> None:
    rest = SAID.broken_off("connect", "private-address", "not public", "not asked")
    assert rest.not_evaluated


@pytest.mark.parametrize(
    ("address", "port", "command"),
    [
        (
            "192.0.2.80", 443,
            "curl -v --resolve mta-sts.example.com:443:192.0.2.80 https://mta-sts.example.com/a.txt",
        ),
        (
            "2001:db8::80", 8443,
            "curl -v --resolve mta-sts.example.com:8443:[2001:db8::80] https://mta-sts.example.com:8443/a.txt",
        ),
    ],
)  # fmt: skip
def test_a_command_asks_the_same_address(address: str, port: int, command: str) -> None:
    fact = replace(SAID, address=parse_address(address), port=port)
    assert {line.command for line in fact.evidence} == {command}
