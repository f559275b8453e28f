"""Reading scripted IMAP hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError
from mailcheck.lab.imap_script import ImapScript, Words
from mailcheck.lab.smtp_script import CLOSES, SILENT, Step

if TYPE_CHECKING:
    from mailcheck.lab.imap_script import ImapBehaviour
    from tests.lab.conftest import MakeLab

HEAD = "lab: 1\nblocklists: {b.example: {}}\nhosts:\n  h:\n    address: 203.0.113.25\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("accepts", ImapScript("h"), id="accepts"),
        pytest.param("refused", "refused", id="refused"),
        pytest.param("silent", ImapScript("h", {"greeting": SILENT}), id="silent"),
        pytest.param("closes", ImapScript("h", {"greeting": CLOSES}), id="closes"),
        pytest.param(
            "BYE too busy", ImapScript("h", {"greeting": Words(("BYE too busy",))}), id="greeting"
        ),
        pytest.param(
            '{capability: ["* CAPABILITY IMAP4rev1", OK done], starttls: NO not now, logout: silent}',
            ImapScript(
                "h",
                {
                    "capability": Words(("* CAPABILITY IMAP4rev1", "OK done")),
                    "starttls": Words(("NO not now",)),
                    "logout": SILENT,
                },
            ),
            id="stages",
        ),
        pytest.param(
            '{greeting: {raw: "220 mx\\r\\n"}}',
            ImapScript("h", {"greeting": Step(b"220 mx\r\n")}),
            id="octets as they are",
        ),
    ],
)
def test_behaviours(make_lab: MakeLab, written: str, read: ImapBehaviour) -> None:
    """A word, a greeting, or the stages of a session."""
    [host] = make_lab(f"{HEAD}    imap: {{143: {written}}}\n").hosts
    assert host.imap == {143: read}


def test_a_host_may_speak_both(make_lab: MakeLab) -> None:
    [host] = make_lab(f"{HEAD}    smtp: {{25: accepts}}\n    imap: {{993: accepts}}\n").hosts
    assert ([*host.ports], [*host.imap]) == ([25], [993])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(
            "accepts",
            '6:11: "imap" of host "h" is not a mapping of ports; expected {993: accepts}',
            id="no ports",
        ),
        pytest.param(
            "{0: accepts}",
            "6:12: '0' is not a port from 1 to 65535; expected such as 993",
            id="port 0",
        ),
        pytest.param(
            "{143: accept}",
            '6:17: unknown word "accept" in the behaviour of host "h"; did you mean "accepts"?',
            id="unknown behaviour",
        ),
        pytest.param(
            "{143: {capabilty: OK}}",
            '6:18: unknown key "capabilty" in the script of host "h"; did you mean "capability"?',
            id="unknown stage",
        ),
        pytest.param(
            "{143: {noop: 250 OK}}",
            '6:24: "250 OK" is no line of a response; expected a response such as OK done, a list '
            'of its lines ("* CAPABILITY IMAP4rev1", OK), or one of silent, closes',
            id="words of SMTP",
        ),
    ],
)
def test_problems(make_lab: MakeLab, written: str, said: str) -> None:
    """Each at its place."""
    with pytest.raises(SourceError) as error:
        make_lab(f"{HEAD}    imap: {written}\n")
    assert str(error.value) == f"x/lab.yml:{said}"


def test_a_port_has_one_protocol(make_lab: MakeLab) -> None:
    with pytest.raises(SourceError, match='port 143 of host "h" speaks SMTP already'):
        make_lab(f"{HEAD}    smtp: {{143: accepts}}\n    imap: {{143: accepts}}\n")
