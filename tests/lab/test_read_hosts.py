"""Reading scripted SMTP hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError
from mailcheck.lab.certificates import HostCertificate
from mailcheck.lab.smtp_script import CLOSES, SILENT, Script, Step, reply

if TYPE_CHECKING:
    from mailcheck.lab.smtp_script import Behaviour
    from tests.lab.conftest import MakeLab

HEAD = "lab: 1\nblocklists: {b.example: {}}\nhosts:\n  h:\n    address: 203.0.113.25\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("accepts", Script("h"), id="accepts"),
        pytest.param("refused", "refused", id="refused"),
        pytest.param("silent", Script("h", {"greeting": SILENT}), id="silent"),
        pytest.param("closes", Script("h", {"greeting": CLOSES}), id="closes"),
        pytest.param(
            "554 no service", Script("h", {"greeting": reply(554, "no service")}), id="greeting"
        ),
        pytest.param(
            "[220 h ESMTP, no UCE]",
            Script("h", {"greeting": reply(220, "h ESMTP", "no UCE")}),
            id="greeting of two lines",
        ),
        pytest.param(
            "{ehlo: 502 unknown, helo: closes, quit: silent}",
            Script("h", {"ehlo": reply(502, "unknown"), "helo": CLOSES, "quit": SILENT}),
            id="stages",
        ),
        pytest.param(
            "{ehlo: [250-h, 250-SIZE 10, 250 HELP]}",
            Script("h", {"ehlo": reply(250, "h", "SIZE 10", "HELP")}),
            id="lines as a session shows them",
        ),
        pytest.param(
            '{greeting: {raw: "SSH-2.0\\r\\n"}}',
            Script("h", {"greeting": Step(b"SSH-2.0\r\n")}),
            id="octets as they are",
        ),
        pytest.param(
            "{greeting: 220}", Script("h", {"greeting": reply(220, "")}), id="a code alone"
        ),
    ],
)
def test_behaviours(make_lab: MakeLab, written: str, read: Behaviour) -> None:
    """A word, a greeting, or the stages of a session."""
    [host] = make_lab(f"{HEAD}    smtp: {{25: {written}}}\n").hosts
    assert host.ports == {25: read}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("h.example", HostCertificate(("h.example",)), id="a name"),
        pytest.param(
            "[a.example, b.example]", HostCertificate(("a.example", "b.example")), id="two"
        ),
        pytest.param("{days: -3}", HostCertificate(("h",), days=-3), id="for the host, and ended"),
        pytest.param(
            "{names: a.example, signed_by: itself}",
            HostCertificate(("a.example",), signed_by="itself"),
            id="signed by itself",
        ),
    ],
)
def test_certificates(make_lab: MakeLab, written: str, read: HostCertificate) -> None:
    [host] = make_lab(f"{HEAD}    smtp: {{25: accepts}}\n    certificate: {written}\n").hosts
    assert host.certificate == read


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        pytest.param("{days: soon}", '"soon" is no number of days', id="days"),
        pytest.param("{signed_by: me}", '"me"', id="signer"),
        pytest.param("{name: a.example}", '"name"', id="a key that is not there"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(
    make_lab: MakeLab, written: str, problem: str
) -> None:
    with pytest.raises(SourceError, match=problem):
        make_lab(f"{HEAD}    certificate: {written}\n")


def test_a_host_without_smtp(make_lab: MakeLab) -> None:
    """It is there, and refuses every connection."""
    [host] = make_lab(HEAD).hosts
    assert host.ports == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(
            "accepts",
            '6:11: "smtp" of host "h" is not a mapping of ports; expected {25: accepts}',
            id="no ports",
        ),
        pytest.param(
            "{0: accepts}",
            "6:12: '0' is not a port from 1 to 65535; expected such as 25",
            id="port 0",
        ),
        pytest.param(
            "{25: accept}",
            '6:16: unknown word "accept" in the behaviour of host "h"; did you mean "accepts"?',
            id="unknown behaviour",
        ),
        pytest.param(
            "{25: {greting: 250 h}}",
            '6:17: unknown key "greting" in the script of host "h"; did you mean "greeting"?',
            id="unknown stage",
        ),
        pytest.param(
            "{25: {ehlo: hello}}",
            '6:23: "hello" has no reply code; expected a reply such as 220 mail.example.com ESMTP, '
            "a list of its lines, or one of silent, closes",
            id="no code",
        ),
        pytest.param(
            "{25: {ehlo: 199 h}}",
            '6:23: "199 h" has no reply code; expected a reply such as 220 mail.example.com ESMTP, '
            "a list of its lines, or one of silent, closes",
            id="no code of SMTP",
        ),
        pytest.param(
            "{25: {ehlo: {rwa: x}}}",
            '6:24: unknown key "rwa" in stage "ehlo"; did you mean "raw"?',
            id="not raw",
        ),
    ],
)
def test_problems(make_lab: MakeLab, written: str, said: str) -> None:
    """Each at its place."""
    with pytest.raises(SourceError) as error:
        make_lab(f"{HEAD}    smtp: {written}\n")
    assert str(error.value) == f"x/lab.yml:{said}"
