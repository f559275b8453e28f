"""Whom scripted hosts take mail for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.lab.recipients import Recipients
from mailcheck.lab.smtp_script import Script, Session, Step, reply

KNOWN = Recipients(frozenset({"postmaster@example.com"}), frozenset({"example.net"}))

TAKEN = "250 2.1.5 Ok"
UNKNOWN = "550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table"
DENIED = "554 5.7.1 <{}>: Relay access denied"


def said(recipients: Recipients, command: str) -> str:
    return recipients.step(f"{command}\r\n".encode()).octets.decode().rstrip()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        pytest.param("postmaster@example.com", TAKEN, id="a mailbox"),
        pytest.param("Postmaster@Example.COM", TAKEN, id="in capitals"),
        pytest.param('"postmaster"@example.com', TAKEN, id="in quotes"),
        pytest.param("nobody@example.com", UNKNOWN, id="no mailbox of a known domain"),
        pytest.param("postmaster@mail.example.com", DENIED, id="a name below a known domain"),
        pytest.param("anybody@example.net", TAKEN, id="a domain with everybody in it"),
        pytest.param("user@elsewhere.example", DENIED, id="another domain"),
        pytest.param("postmaster", TAKEN, id="postmaster without a domain"),
        pytest.param("PostMaster", TAKEN, id="postmaster without a domain, in capitals"),
        pytest.param("somebody", DENIED, id="somebody else without one"),
    ],
)
def test_recipients(path: str, answer: str) -> None:
    assert said(KNOWN, f"RCPT TO:<{path}>") == answer.format(path)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        pytest.param("@example.net:u@elsewhere.example", "u@elsewhere.example", id="source route"),
        pytest.param("@a.example,@b.example:u@c.example", "u@c.example", id="two stations"),
        pytest.param("u%elsewhere.example@example.net", "", id="percent"),
        pytest.param(
            '"u@elsewhere.example"@example.net', "u@elsewhere.example@example.net", id="quoted"
        ),
        pytest.param("elsewhere.example!u@example.net", "", id="bang"),
    ],
)
def test_routes_elsewhere_are_refused_even_where_everybody_is_taken(path: str, answer: str) -> None:
    assert said(KNOWN, f"RCPT TO:<{path}>") == DENIED.format(answer or path)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        pytest.param("rcpt to: <postmaster@example.com>", TAKEN, id="in small letters, a space"),
        pytest.param("RCPT TO:<postmaster@example.com> NOTIFY=NEVER", TAKEN, id="a parameter"),
        pytest.param("RCPT TO:postmaster@example.com", TAKEN, id="without brackets"),
        pytest.param('RCPT TO:<"a>b"@example.net>', TAKEN, id="a bracket in quotes"),
        pytest.param(
            "RCPT TO:<@example.net:postmaster@example.com>", TAKEN, id="a route that ends here"
        ),
        pytest.param("RCPT TO:<>", "501 5.1.3 Bad recipient address syntax", id="nobody"),
        pytest.param("RCPT TO:<@>", "501 5.1.3 Bad recipient address syntax", id="an @ alone"),
        pytest.param("RCPT", "501 5.5.4 Syntax: RCPT TO:<address>", id="no path"),
        pytest.param("RCPT postmaster", "501 5.5.4 Syntax: RCPT TO:<address>", id="no TO"),
    ],
)
def test_commands(command: str, answer: str) -> None:
    assert said(KNOWN, command) == answer


def test_a_host_that_only_sends_takes_postmaster_alone() -> None:
    nobody = Recipients()
    assert said(nobody, "RCPT TO:<postmaster>") == TAKEN
    assert said(nobody, "RCPT TO:<a@example.com>") == DENIED.format("a@example.com")


@given(st.binary(max_size=60))
def test_any_line_has_an_answer(line: bytes) -> None:
    assert isinstance(KNOWN.step(line), Step)


@pytest.mark.parametrize(
    ("script", "answer"),
    [
        pytest.param(Script("h"), TAKEN, id="a host that takes anybody"),
        pytest.param(
            Script("h", recipients=KNOWN), DENIED.format("u@elsewhere.example"), id="one that knows"
        ),
        pytest.param(
            Script("h", {"rcpt": reply(450, "4.2.0 later")}, KNOWN), "450 4.2.0 later", id="worded"
        ),
    ],
)
def test_in_a_session(script: Script, answer: str) -> None:
    """The null sender is taken as ever; what the stage is worded to say comes first."""
    session = Session(script)
    assert session.hears(b"MAIL FROM:<>\r\n").octets == b"250 2.1.0 Ok\r\n"
    heard = session.hears(b"RCPT TO:<u@elsewhere.example>\r\n").octets
    assert heard.decode().rstrip() == answer
