"""Reading whom hosts take mail for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError
from mailcheck.lab.recipients import Recipients
from mailcheck.lab.smtp_script import Script

if TYPE_CHECKING:
    from tests.lab.conftest import MakeLab

HEAD = "lab: 1\nblocklists: {b.example: {}}\nhosts:\n  h:\n    address: 203.0.113.25\n"
SERVES = "    smtp: {25: accepts, 465: refused, 587: accepts}\n"


def recipients(*mailboxes: str, domains: tuple[str, ...] = ()) -> Recipients:
    return Recipients(frozenset(mailboxes), frozenset(domains))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("postmaster@example.com", recipients("postmaster@example.com"), id="one"),
        pytest.param(
            "[Postmaster@Example.COM, abuse@example.com]",
            recipients("postmaster@example.com", "abuse@example.com"),
            id="several, in capitals",
        ),
        pytest.param('"@example.net"', recipients(domains=("example.net",)), id="everybody"),
        pytest.param(
            '[a@example.com, "@example.net"]',
            recipients("a@example.com", domains=("example.net",)),
            id="both",
        ),
        pytest.param(
            "a@후이즈검색.한국", recipients("a@xn--c79as89aj0e29b77z.xn--3e0b707e"), id="IDN"
        ),
        pytest.param("[]", Recipients(), id="nobody"),
    ],
)
def test_recipients_hold_on_every_port(make_lab: MakeLab, written: str, read: Recipients) -> None:
    [host] = make_lab(f"{HEAD}{SERVES}    recipients: {written}\n").hosts
    script = Script("h", recipients=read)
    assert host.ports == {25: script, 465: "refused", 587: script}


def test_a_host_without_the_key_takes_anybody(make_lab: MakeLab) -> None:
    [host] = make_lab(HEAD + SERVES).hosts
    assert host.ports[25] == Script("h", recipients=None)


SUCH = 'expected such as postmaster@{0}, or "@{0}" (in quotes) for everybody there'
EXAMPLE = SUCH.format("example.com")
A_LIST = "expected [postmaster@example.com], or [] for a host that only sends"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(
            "[a@example.com, example.net]",
            f'7:33: "example.net" has no @; {SUCH.format("example.net")}',
            id="a domain without @",
        ),
        pytest.param("postmaster", f'7:17: "postmaster" has no @; {EXAMPLE}', id="no domain"),
        pytest.param(
            "a b@example.com", f'7:17: "a b@example.com" is no mailbox; {EXAMPLE}', id="a space"
        ),
        pytest.param(
            '"[@example.com]"',
            f'7:17: "[@example.com]" is no mailbox; {EXAMPLE}',
            id="a list in quotes",
        ),
        pytest.param(
            '"@exa mple.com"',
            "7:17: label 'exa mple' of 'exa mple.com' is not letters, digits and hyphens; "
            + EXAMPLE,
            id="no name",
        ),
        pytest.param(
            "{a@example.com: 250 Ok}",
            '7:17: "recipients" of host "h" is a mapping (key: value); ' + A_LIST,
            id="a mapping",
        ),
        pytest.param("", '7:16: "recipients" of host "h" is nothing; ' + A_LIST, id="nothing"),
    ],
)
def test_problems(make_lab: MakeLab, written: str, said: str) -> None:
    with pytest.raises(SourceError) as error:
        make_lab(f"{HEAD}{SERVES}    recipients: {written}\n")
    assert str(error.value) == f"x/lab.yml:{said}"


@pytest.mark.parametrize(
    "smtp",
    [
        pytest.param("", id="no SMTP"),
        pytest.param("    smtp: {25: refused}\n", id="refused"),
        pytest.param("    smtp: {25: {rcpt: 450 later}}\n", id="every port words RCPT"),
    ],
)
def test_recipients_that_decide_nothing_are_a_mistake(make_lab: MakeLab, smtp: str) -> None:
    with pytest.raises(SourceError) as error:
        make_lab(f"{HEAD}{smtp}    recipients: [a@example.com]\n")
    assert str(error.value).partition(":17: ")[2] == (
        '"recipients" of host "h" decide nothing: no port takes RCPT by them; '
        "expected smtp: {25: accepts}, or no recipients"
    )
