"""A second opinion on the SMTP session: Exim, which says some things otherwise than Postfix does."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from .certified import write_certificates
from .exim import EximReceiver, start_exim
from .internet import APEX, add_unbound, internet
from .judging import Judged, judge_suite, live
from .postfix_log import PAUSE, TRIES
from .real_lab import wait_for_dns, wait_for_smtp
from .smtp_sentences import (
    ACCEPTS,
    GREETS,
    NAMES,
    NOBODY,
    PIPELINING,
    POSTMASTER,
    SIZE,
    STARTTLS,
    TLS13,
    VALID,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

pytestmark = pytest.mark.servers("exim4", "unbound", "nsd", "ip")

RESOLVER = ipaddress.IPv4Address("198.51.100.1")

WAITING = ipaddress.IPv4Address("198.51.100.25")
"""Whoever waits for Exim comes from here, and does not count."""

ZONE = "exim.example"

SENTENCES = (
    *(ACCEPTS, GREETS, PIPELINING, SIZE, STARTTLS, TLS13, VALID, NAMES, POSTMASTER, NOBODY),
)

LOGGED = "log_selector = +smtp_connection +smtp_no_mail +smtp_protocol_error +smtp_syntax_error\n"

FIRST = "TCP/IP connection count = "
"""Stands in the first line of every session."""

ODD = ("synchronization", "protocol error", "syntax error", "lost", "dropped", "closed by EOF")
"""What Exim says of a client that does not behave."""

NO_TLS = dict.fromkeys((STARTTLS, TLS13, VALID, NAMES), "no-starttls")


@dataclass(frozen=True, slots=True)
class Case:
    """A rule of Exim, how sentences end if not met, and words of it that are evidence.

    ``last`` stands in the last line that it logs of a session.
    """

    name: str
    ends: dict[str, str]
    seen: str
    options: str = ""
    condition: str = ""
    sessions: int = 1
    last: str = "closed by QUIT"
    certificate: str = ""

    @property
    def domain(self) -> str:
        return f"{self.name}.{ZONE}"

    @property
    def host(self) -> str:
        return f"mx.{self.domain}"

    @property
    def address(self) -> Address:
        return ipaddress.IPv4Address("203.0.113.1") + CASES.index(self)

    def says(self, sentence: str) -> str:
        return sentence.format(port=25, host=self.host, domain=self.domain)


# Exim gives no enhanced status codes unless a rule's message begins with one.
CASES = (
    Case("plain", NO_TLS, "greeting → 220 mx.plain.exim.example ESMTP Exim "),
    Case("tls", {}, "TLS → TLSv1.3, ", certificate="good"),
    Case(
        "users",
        NO_TLS | {NOBODY: "recipient-refused"},
        "RCPT TO:<nobody@users.exim.example> → 550 Unknown user",
        condition="deny !local_parts = postmaster\n  message = Unknown user",
    ),
    Case(
        "strangers",
        NO_TLS | dict.fromkeys((POSTMASTER, NOBODY), "inconclusive: refused-this-client"),
        "RCPT TO:<postmaster@strangers.exim.example> → 550 Administrative prohibition",
        condition="deny",
    ),
    Case(
        "greylisting",
        NO_TLS | dict.fromkeys((POSTMASTER, NOBODY), "inconclusive: greylisted"),
        "→ 451 Temporary local problem - please try later",
        condition="defer",
    ),
    Case(
        "not-now",
        dict.fromkeys(SENTENCES, "inconclusive: temporary-failure"),
        "greeting → 421 mx.not-now.exim.example: Too many concurrent SMTP connections",
        options="smtp_accept_reserve = 1\nsmtp_accept_max = 1\n",
        sessions=2,
        last="temporarily refused connection",
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of each case, sentence by sentence, and what it logged."""

    judged: dict[str, dict[str, Judged]]
    logs: dict[str, list[str]]


@pytest.fixture(scope="module")
def outcome(folder: Path) -> Iterator[Outcome]:
    records = "".join(f"{c.domain}. MX 10 {c.host}.\n{c.host}. A {c.address}\n" for c in CASES)
    with internet(folder, {ZONE: APEX + records}) as space:
        space.add_addresses([WAITING, *(case.address for case in CASES)])
        add_unbound(space, RESOLVER)
        wait_for_dns(space, [RESOLVER])
        space.use_resolver(RESOLVER)
        files = {f"{c.host}.pem": (c.certificate, c.host) for c in CASES if c.certificate}
        trusted = write_certificates(folder, files)
        for file in files:
            (folder / file).chmod(0o644)
        receivers = [
            EximReceiver(
                c.host, LOGGED + c.options, c.condition, f"{c.host}.pem" if c.certificate else ""
            )
            for c in CASES
        ]
        start_exim(space, receivers, {c.host: [c.address] for c in CASES})
        wait_for_smtp(space, [case.address for case in CASES], WAITING)
        options = {
            **live([RESOLVER]),
            "control-host": ["none"],
            "ca-file": [str(trusted)],
        }
        sentences = [case.says(sentence) for case in CASES for sentence in SENTENCES]
        judged = iter(judge_suite(space, options, sentences, ZONE))
        yield Outcome(
            {c.name: dict(zip(SENTENCES, judged, strict=False)) for c in CASES},
            {c.name: _log(folder, c) for c in CASES},
        )


def _log(folder: Path, case: Case) -> list[str]:
    """Return what Exim logged of us, once every session has an end in it."""
    for _ in range(TRIES):
        lines = (folder / case.host / "main.log").read_text().splitlines()
        ours = [line for line in lines if f"[{case.address}]" in line]
        if sum(case.last in line for line in ours) >= sum(FIRST in line for line in ours):
            return ours
        time.sleep(PAUSE)
    raise AssertionError(f"sessions do not end: {ours}")


def _cases() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@_cases()
def test_what_is_said(outcome: Outcome, case: Case) -> None:
    said = {sentence: judged.end for sentence, judged in outcome.judged[case.name].items()}
    assert said == {sentence: case.ends.get(sentence, "met") for sentence in SENTENCES}


@_cases()
def test_the_words_of_the_server_are_evidence(outcome: Outcome, case: Case) -> None:
    evidence = "\n".join(
        line for judged in outcome.judged[case.name].values() for line in judged.evidence
    )
    assert case.seen in evidence


@_cases()
def test_all_is_asked_in_one_session(outcome: Outcome, case: Case) -> None:
    log = outcome.logs[case.name]
    assert sum(FIRST in line for line in log) == case.sessions
    assert not [line for line in log if any(words in line for words in ODD)]
