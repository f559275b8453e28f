"""What scripted hosts say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.lab.smtp_script import CLOSES, SILENT, Script, Session, Step, reply

HOST = "mail.example.com"


def talk(script: Script, *commands: str) -> list[str]:
    """Return what the host says to each command after its greeting, marked where it hangs up."""
    session = Session(script)
    steps = [session.opens(), *(session.hears(f"{c}\r\n".encode()) for c in commands)]
    return [shown(step) for step in steps]


def shown(step: Step) -> str:
    marks = " (hangs up)" * step.hangs_up + " (silent)" * step.goes_silent
    return step.octets.decode().replace("\r\n", "|") + marks


def test_an_ordinary_session() -> None:
    """Greeting, EHLO with its lines, envelope, goodbye."""
    assert talk(
        Script(HOST),
        "EHLO c.example",
        "helo c.example",
        "MAIL FROM:<>",
        "RCPT TO:<a@b>",
        "DATA",
        "QUIT",
    ) == [
        "220 mail.example.com ESMTP|",
        "250-mail.example.com|250-PIPELINING|250-SIZE 52428800|250 8BITMIME|",
        "250 mail.example.com|",
        "250 2.1.0 Ok|",
        "250 2.1.5 Ok|",
        "554 5.3.2 This host is a script and takes no mail|",
        "221 2.0.0 Bye| (hangs up)",
    ]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param("EHLO", "501 Syntax: EHLO hostname|", id="EHLO without a name"),
        pytest.param("BOGUS", "502 5.5.2 Error: command not recognized|", id="unknown"),
        pytest.param("GREETING x", "502 5.5.2 Error: command not recognized|", id="no command"),
        pytest.param("", "502 5.5.2 Error: command not recognized|", id="an empty line"),
        pytest.param("\xff\xfe", "502 5.5.2 Error: command not recognized|", id="not ASCII"),
    ],
)
def test_odd_commands(command: str, said: str) -> None:
    """Answered as Postfix answers."""
    assert said == talk(Script(HOST), command)[1]


@pytest.mark.parametrize(
    ("greeting", "said"),
    [
        pytest.param(
            reply(220, "mail.example.com", "no UCE"),
            "220-mail.example.com|220 no UCE|",
            id="two lines",
        ),
        pytest.param(reply(421, "busy"), "421 busy| (hangs up)", id="421 hangs up"),
        pytest.param(reply(521, "no mail"), "521 no mail| (hangs up)", id="521 hangs up"),
        pytest.param(reply(554, "no"), "554 no|", id="554 waits for QUIT"),
        pytest.param(SILENT, " (silent)", id="silent"),
        pytest.param(CLOSES, " (hangs up)", id="closes"),
    ],
)
def test_greetings(greeting: Step, said: str) -> None:
    """RFC 5321 §3.1 and §3.8, RFC 7504."""
    assert [said] == talk(Script(HOST, {"greeting": greeting}))


def test_after_a_refusing_greeting_only_quit_is_served() -> None:
    """RFC 5321 §3.1: 503 to everything else."""
    script = Script(HOST, {"greeting": reply(554, "no")})
    refused = "503 5.5.1 Error: no SMTP service here|"
    bye = "221 2.0.0 Bye| (hangs up)"
    assert ["554 no|", refused, refused, bye] == talk(script, "EHLO c", "HELO c", "QUIT")


def test_ehlo_unknown_and_helo_served() -> None:
    """An old server (RFC 5321 §2.2.1)."""
    script = Script(HOST, {"ehlo": reply(502, "unknown")})
    assert talk(script, "EHLO c", "HELO c")[1:] == ["502 unknown|", "250 mail.example.com|"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        pytest.param(reply(250, "gone"), "250 gone| (hangs up)", id="any reply to QUIT hangs up"),
        pytest.param(CLOSES, " (hangs up)", id="closes without a word"),
        pytest.param(SILENT, " (silent)", id="does not let go"),
    ],
)
def test_quit(step: Step, said: str) -> None:
    """How sessions end."""
    assert said == talk(Script(HOST, {"quit": step}), "QUIT")[1]


@given(st.binary(max_size=60))
def test_any_line_has_an_answer(line: bytes) -> None:
    """A session never raises."""
    assert isinstance(Session(Script(HOST)).hears(line), Step)


def hears(script: Script, *lines: bytes, offers_tls: bool = True) -> Step:
    """What a host does about the last of *lines*."""
    session = Session(script, offers_tls=offers_tls)
    return [session.hears(line) for line in lines][-1]


def test_a_host_with_a_certificate_offers_starttls_once() -> None:
    host = Script("h")
    assert b"STARTTLS" in hears(host, b"EHLO c").octets
    assert hears(host, b"EHLO c", b"STARTTLS").begins_tls
    assert b"STARTTLS" not in hears(host, b"STARTTLS", b"EHLO c").octets
    assert not hears(host, b"STARTTLS", b"STARTTLS").begins_tls


def test_a_host_without_one_does_not_know_it() -> None:
    assert b"STARTTLS" not in hears(Script("h"), b"EHLO c", offers_tls=False).octets
    assert hears(Script("h"), b"STARTTLS", offers_tls=False).octets[:3] == b"502"


@pytest.mark.parametrize(
    ("is_in_tls", "for_users", "offered"),
    [
        pytest.param(True, True, True, id="users, in TLS"),
        pytest.param(False, True, False, id="users, in clear"),
        pytest.param(True, False, False, id="other servers"),
    ],
)
def test_a_login_is_for_users_in_tls(*, is_in_tls: bool, for_users: bool, offered: bool) -> None:
    session = Session(Script("h"), is_in_tls=is_in_tls, for_users=for_users)
    assert (b"250-AUTH PLAIN LOGIN" in session.hears(b"EHLO c").octets) == offered


def test_a_login_is_offered_once_tls_has_begun() -> None:
    session = Session(Script("h"), offers_tls=True, for_users=True)
    said = [session.hears(line).octets for line in (b"EHLO c", b"STARTTLS", b"EHLO c")]
    assert [b"AUTH" in octets for octets in said] == [False, False, True]


@pytest.mark.parametrize(
    ("worded", "begins"),
    [
        pytest.param(reply(220, "go on"), True, id="another reply"),
        pytest.param(reply(454, "4.7.0 not now"), False, id="refused"),
        pytest.param(SILENT, False, id="silent"),
        pytest.param(CLOSES, False, id="closes"),
    ],
)
def test_starttls_may_be_worded(worded: Step, *, begins: bool) -> None:
    assert hears(Script("h", {"starttls": worded}), b"STARTTLS").begins_tls is begins
