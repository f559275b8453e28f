"""Octets of IMAP servers, read as responses, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.imap.response import (
    GREETING,
    LINE_LIMIT,
    LINES,
    Response,
    UnfinishedError,
    read_response,
)

LISTED = (
    b"* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\nm1 OK Pre-login capabilities listed.\r\n"
)


@pytest.mark.parametrize(
    ("octets", "status", "code"),
    [
        pytest.param(b"* OK [CAPABILITY IMAP4rev1] ready\r\n", "OK", "CAPABILITY", id="ready"),
        pytest.param(b"* PREAUTH logged in\r\n", "PREAUTH", "", id="logged in already"),
        pytest.param(b"* BYE [UNAVAILABLE] too busy\r\n", "BYE", "UNAVAILABLE", id="turned away"),
        pytest.param(b"* ok\n", "OK", "", id="small letters, no text, a bare LF"),
        pytest.param(b"* OK send me {5}\r\n", "OK", "", id="words that look like a literal"),
        pytest.param(b"* OK \xff\xfe\r\n", "OK", "", id="not UTF-8"),
    ],
)
def test_greetings(octets: bytes, status: str, code: str) -> None:
    greeting, rest = read_response(octets, GREETING)
    assert (greeting.status, greeting.code, rest) == (status, code, b"")


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(b"220 mx ESMTP\r\n", id="SMTP"),
        pytest.param(b"+OK POP3\r\n", id="POP3"),
        pytest.param(b"* NO\r\n", id="no status of a greeting"),
        pytest.param(b"* CAPABILITY IMAP4rev1\r\n", id="data"),
        pytest.param(b"*OK\r\n", id="no space"),
        pytest.param(b"\x16\x03\x01\r\n", id="binary"),
        pytest.param(b"* OK" + b" " * LINE_LIMIT, id="a line without end"),
    ],
)
def test_what_is_no_greeting(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"no greeting|longer") as error:
        read_response(octets, GREETING)
    assert not isinstance(error.value, UnfinishedError)


def test_a_response_is_its_data_and_its_status() -> None:
    said, rest = read_response(LISTED + b"* OK and more\r\n", "m1")
    assert (said.status, said.code, rest) == ("OK", "", b"* OK and more\r\n")
    assert said.capabilities == frozenset({"IMAP4REV1", "STARTTLS", "LOGINDISABLED"})
    assert str(said).startswith("* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED | m1 OK Pre-login")


@pytest.mark.parametrize(
    ("lines", "capabilities"),
    [
        pytest.param(("m1 OK",), None, id="none"),
        pytest.param(("* OK [CAPABILITY IMAP4rev1] x", "m1 OK"), None, id="in words to people"),
        pytest.param(("* capability imap4rev1", "m1 OK"), {"IMAP4REV1"}, id="small letters"),
        pytest.param(("* CAPABILITY A", "* CAPABILITY B", "m1 OK"), {"A", "B"}, id="two lists"),
        pytest.param(("* CAPABILITY", "m1 OK"), set(), id="an empty list"),
    ],
)
def test_capabilities(lines: tuple[str, ...], capabilities: set[str] | None) -> None:
    expected = None if capabilities is None else frozenset(capabilities)
    assert Response(lines).capabilities == expected


def test_untagged_data_comes_whenever_the_server_likes() -> None:
    """RFC 9051 §7; a literal holds any octets, lines that look like the end among them."""
    said, rest = read_response(
        b'* LIST () "/" {10}\r\nm1 OK no\r\n x\r\n* 3 EXISTS\r\nm1 NO\r\n', "m1"
    )
    assert (len(said.lines), said.status, rest) == (3, "NO", b"")


def test_the_answer_to_another_command_is_none() -> None:
    for line in (b"m2 OK done\r\n", b"+ go on\r\n", b"*\r\n", b"\r\n", b"m1 BYE\r\n"):
        with pytest.raises(ValueError, match="belongs to no response"):
            read_response(b"* CAPABILITY IMAP4rev1\r\n" + line, "m1")


@pytest.mark.parametrize("cut", range(len(LISTED)))
def test_half_a_response_is_not_finished(cut: int) -> None:
    with pytest.raises(UnfinishedError):
        read_response(LISTED[:cut], "m1")


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(b"* X {99999999}\r\n", id="a literal without end"),
        pytest.param(b"* X\r\n" * (LINES + 1), id="lines without end"),
        pytest.param(b"* " + b"x" * LINE_LIMIT + b"\r\n", id="a long line"),
    ],
)
def test_what_would_never_end_is_refused_early(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"longer than|more than"):
        read_response(octets, "m1")


def test_who_closes_the_connection_says_bye() -> None:
    assert Response(("* BYE logging out", "m1 OK")).says_bye
    assert not Response(("* OK good bye", "m1 OK BYE")).says_bye


@given(st.binary(max_size=200))
def test_any_octets_are_a_response_or_refused(junk: bytes) -> None:
    for tag in ("m1", GREETING):
        try:
            said, _ = read_response(junk, tag)
        except ValueError:
            continue
        assert said.status
        assert str(said).isprintable()
