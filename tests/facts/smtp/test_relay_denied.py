"""Whether a refusal is one to relay."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.relay_denied import is_deferred, is_relay_denied, names_relaying
from mailcheck.facts.smtp.reply import Reply


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        pytest.param("554 5.7.1 <me@example.net>: Relay access denied", True, id="Postfix"),
        pytest.param("454 4.7.1 <me@example.net>: Relay access denied", True, id="its default"),
        pytest.param("550 no such user", True, id="in other words"),
        pytest.param("550 5.7.1 <bounce@null.example>: denied", True, id="words of a mailbox"),
        pytest.param("550 null.example takes no such mail", True, id="words of a host"),
        pytest.param("454 4.7.0 later", False, id="a delay"),
        pytest.param("250 Ok", False, id="taken"),
        pytest.param("530 5.7.0 STARTTLS first", False, id="another command first"),
        pytest.param("554 Client host [192.0.2.1] blocked", False, id="a client"),
        pytest.param("550 5.7.25 no reverse name", False, id="a client by its name"),
        pytest.param("550 5.1.8 bad", False, id="a sender by its code"),
        pytest.param("550 5.7.23 not permitted", False, id="SPF by its code"),
        pytest.param("550 SPF fail", False, id="SPF"),
        pytest.param("554 5.7.1 <>: Sender address rejected", False, id="a bounce"),
        pytest.param("454 4.7.1 <>: Sender address rejected", False, id="a bounce, deferred"),
        pytest.param("550 null sender refused!", False, id="the null sender"),
        pytest.param(
            "550 Legitimate bounces are never sent to more than one recipient",
            False,
            id="a bounce to several",
        ),
    ],
)
def test_is_relay_denied(text: str, *, denied: bool) -> None:
    assert is_relay_denied(Reply((text,))) == denied


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("554 5.7.1 <me@example.net>: Relay access denied", True, id="Postfix"),
        pytest.param("550 relay not permitted", True, id="Exim"),
        pytest.param("550 5.7.1 me@example.net... Relaying denied", True, id="Sendmail"),
        pytest.param(
            "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", True, id="Exchange"
        ),
        pytest.param(
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            True,
            id="qmail",
        ),
        pytest.param("550 5.7.1 Access denied", False, id="no word of it"),
        pytest.param("550 5.7.1 <relay@example.net>: denied", False, id="a mailbox"),
        pytest.param("550 5.7.1 relay.example.net says no", False, id="a host"),
    ],
)
def test_names_relaying(text: str, *, named: bool) -> None:
    assert names_relaying(Reply((text,))) == named


def test_is_deferred() -> None:
    assert is_deferred(Reply(("454 4.7.1 Relay access denied",)))
    assert not is_deferred(Reply(("454 4.7.0 TLS not available",)))
