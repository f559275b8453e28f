"""What is said of all that users connect to."""

from __future__ import annotations

import re

import pytest

from mailcheck.facts.user_service import NOT_USABLE, UserService, insist_on_ports
from mailcheck.finding import Reason
from mailcheck.names import Domain, Port


class Pop(UserService):
    """A service of its own."""

    starts = "Courier: POP3DSTART"
    speaks_tls = "Courier: TLS_CERTFILE"


SERVICE = Pop(host=Domain("mail.example.com"))

DONE = [
    pytest.param(
        "connection-refused", "192.0.2.25", "at 192.0.2.25 (Courier: POP3DSTART)", id="refused"
    ),
    pytest.param(
        "no-tls", "192.0.2.25", "begin with TLS on the port (Courier: TLS_CERTFILE)", id="no TLS"
    ),
    pytest.param("no-starttls", "192.0.2.25", "its key (Courier: TLS_CERTFILE)", id="no STARTTLS"),
    pytest.param("starttls-refused", "192.0.2.25", "certificate", id="STARTTLS refused"),
    pytest.param("handshake-failed", "192.0.2.25", "log", id="no handshake"),
    pytest.param("no-address", "mail.example.com", "A or AAAA", id="no address"),
    pytest.param("no-such-domain", "com", "paid and delegated", id="no domain"),
    pytest.param("refused-by-authority", "example.com", "Load the zone", id="refused by DNS"),
]


@pytest.mark.parametrize(("tag", "about", "done"), DONE)
def test_what_is_to_be_done(tag: str, about: str, done: str) -> None:
    remedy = SERVICE.to_be_usable(Reason(tag, "", about))
    assert remedy is not None
    assert done in remedy.instruction


def test_every_shared_tag_has_its_remedy_here() -> None:
    tried = {case.values[0] for case in DONE}
    assert tried == set(re.findall(r"^([a-z-]+):", NOT_USABLE, re.MULTILINE))
    assert SERVICE.to_be_usable(Reason("another", "")) is None


def test_a_sentence_about_no_port_would_always_hold() -> None:
    insist_on_ports((Port(993),))
    with pytest.raises(ValueError, match="no ports"):
        insist_on_ports(())
