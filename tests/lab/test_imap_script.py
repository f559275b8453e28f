"""What scripted IMAP hosts say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.lab.imap_script import ImapScript, ImapSession, Words
from mailcheck.lab.smtp_script import CLOSES, SILENT, Step

HOST = ImapScript("mail.example.com")


def talk(script: ImapScript, *commands: str, offers_tls: bool = False) -> list[str]:
    """Return what the host says first and to each command, marked where it does more."""
    session = ImapSession(script, offers_tls=offers_tls)
    steps = [session.opens(), *(session.hears(f"{c}\r\n".encode()) for c in commands)]
    return [shown(step) for step in steps]


def shown(step: Step) -> str:
    marks = " (hangs up)" * step.hangs_up + " (silent)" * step.goes_silent
    return step.octets.decode().replace("\r\n", "|") + marks + " (TLS)" * step.begins_tls


def test_an_ordinary_session() -> None:
    """Nobody logs in, and LOGOUT ends it."""
    assert talk(HOST, "a CAPABILITY", "b login x y", "c NOOP", "d LOGOUT") == [
        "* OK mail.example.com ready.|",
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN|a OK Capabilities listed.|",
        "b NO [AUTHENTICATIONFAILED] This host is a script.|",
        "c OK Nothing done.|",
        "* BYE Logging out|d OK Logout completed.| (hangs up)",
    ]


def test_a_host_with_a_certificate_offers_tls_once_and_no_login_before() -> None:
    said = talk(HOST, "a capability", "b STARTTLS", "c CAPABILITY", "d STARTTLS", offers_tls=True)
    assert said[1:] == [
        "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED|a OK Capabilities listed.|",
        "b OK Begin TLS negotiation now.| (TLS)",
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN|c OK Capabilities listed.|",
        "d BAD Error: unknown command.|",
    ]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param("a STARTTLS", "a BAD Error: unknown command.|", id="no certificate"),
        pytest.param("a BOGUS", "a BAD Error: unknown command.|", id="unknown"),
        pytest.param("a GREETING", "a BAD Error: unknown command.|", id="no command"),
        pytest.param("CAPABILITY", "* BAD Error: expected a tag and a command|", id="no tag"),
        pytest.param("", "* BAD Error: expected a tag and a command|", id="an empty line"),
    ],
)
def test_odd_commands(command: str, said: str) -> None:
    assert talk(HOST, command)[1] == said


@pytest.mark.parametrize(
    ("greeting", "said"),
    [
        pytest.param(Words(("PREAUTH you",)), "* PREAUTH you|", id="PREAUTH"),
        pytest.param(Words(("BYE busy",)), "* BYE busy| (hangs up)", id="BYE hangs up"),
        pytest.param(SILENT, " (silent)", id="silent"),
        pytest.param(CLOSES, " (hangs up)", id="closes"),
        pytest.param(Step(b"220 mx\r\n"), "220 mx|", id="octets as they are"),
    ],
)
def test_greetings(greeting: Words | Step, said: str) -> None:
    assert talk(ImapScript("h", {"greeting": greeting})) == [said]


@pytest.mark.parametrize(
    ("worded", "said"),
    [
        pytest.param(Words(("OK go",)), "a OK go| (TLS)", id="another response"),
        pytest.param(Words(("NO later",)), "a NO later|", id="refused"),
        pytest.param(SILENT, " (silent)", id="silent"),
        pytest.param(CLOSES, " (hangs up)", id="closes"),
    ],
)
def test_starttls_may_be_worded(worded: Words | Step, said: str) -> None:
    script = ImapScript("h", {"starttls": worded})
    assert talk(script, "a STARTTLS", offers_tls=True)[1] == said


def test_only_the_line_with_the_status_gets_the_tag() -> None:
    script = ImapScript("h", {"capability": Words(("* CAPABILITY IMAP4rev1", "BAD no"))})
    assert talk(script, "x7 CAPABILITY")[1] == "* CAPABILITY IMAP4rev1|x7 BAD no|"


def test_a_host_may_not_let_go() -> None:
    assert talk(ImapScript("h", {"logout": SILENT}), "a LOGOUT")[1] == " (silent)"


@given(st.binary(max_size=60))
def test_any_line_has_an_answer(line: bytes) -> None:
    assert isinstance(ImapSession(HOST).hears(line), Step)
