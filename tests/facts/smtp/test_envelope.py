"""Which envelopes go into which session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import (
    Envelope,
    EnvelopesAt,
    EnvelopesAtFact,
    RecipientProbe,
    RunRecipients,
    RunRecipientsFact,
    consented,
)
from mailcheck.finding import Finding, met
from mailcheck.names import parse_address
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

COM = RecipientProbe("postmaster@example.com", domain="example.com")
NET = RecipientProbe("postmaster@example.net", domain="example.net")
RELAY = RecipientProbe("{user}%{domain}@mx.example.com", host="mx.example.com")
NOBODY = RecipientProbe("{nobody}@example.com", domain="example.com")
MX = told("example.com MX", "10 mx.example.com.")
ADDRESS = (told("mx.example.com A", "192.0.2.25"), told("mx.example.com AAAA", "NODATA"))
HERE = EnvelopesAt("mx.example.com", parse_address("192.0.2.25"))


def run(*probes: RecipientProbe, consents: bool = True) -> tuple[Any, Any]:
    fact = RunRecipientsFact(consents, probes, elsewhere="me@example.org", nobody="qwerty")
    return RunRecipients(), fact


@pytest.mark.parametrize(
    ("answers", "recipients"),
    [
        pytest.param((run(COM), MX), ["postmaster@example.com"], id="the exchange of a domain"),
        pytest.param(
            (run(COM, NET), MX, told("example.net MX", "10 mx.example.com.")),
            ["postmaster@example.com", "postmaster@example.net"],
            id="the exchange of two",
        ),
        pytest.param((run(COM), told("example.com MX", "10 a.example.")), [], id="another host"),
        pytest.param((run(COM), told("example.com MX", "NXDOMAIN")), [], id="no domain"),
        pytest.param((run(COM), told("example.com MX", "SERVFAIL")), [], id="nobody knows"),
        pytest.param((run(RELAY),), ["me%example.org@mx.example.com"], id="the host itself"),
        pytest.param((run(NOBODY), MX), ["qwerty@example.com"], id="nobody's mailbox"),
        pytest.param((run(COM, COM), MX), ["postmaster@example.com"], id="wanted twice"),
        pytest.param((run(COM, consents=False), MX), [], id="no consent"),
    ],
)
def test_what_is_offered_at_a_host(
    answered: Answered, answers: tuple[Any, ...], recipients: list[str]
) -> None:
    fact = answered(HERE, *ADDRESS, *answers)
    assert [envelope.recipient for session in fact.sessions for envelope in session] == recipients


def mailboxes(domain: str, *local_parts: str) -> tuple[RecipientProbe, ...]:
    return tuple(RecipientProbe(f"{local}@{domain}", domain=domain) for local in local_parts)


@pytest.mark.parametrize(
    ("probes", "sessions"),
    [
        pytest.param(
            mailboxes("example.com", "postmaster", "abuse", "user", "{nobody}"),
            ["qwerty user abuse postmaster"],
            id="those who may be exempt last",
        ),
        pytest.param(
            (*mailboxes("example.com", "postmaster", "a"), *mailboxes("example.net", "b", "c")),
            ["a postmaster b c"],
            id="two domains in one session",
        ),
        pytest.param(
            (*mailboxes("example.com", *"abc"), *mailboxes("example.net", *"def")),
            ["a b c", "d e f"],
            id="more than fit: each domain in one",
        ),
        pytest.param(
            (*mailboxes("example.com", *"ab"), *mailboxes("example.net", *"cdefghi")),
            ["a b", "c d e f g", "h i"],
            id="a domain that fits nowhere",
        ),
    ],
)
def test_what_is_offered_together(
    answered: Answered, probes: tuple[RecipientProbe, ...], sessions: list[str]
) -> None:
    both = (MX, told("example.net MX", "10 mx.example.com."))
    fact = answered(HERE, *ADDRESS, run(*probes), *both)
    assert [" ".join(e.local_part for e in session) for session in fact.sessions] == sessions


def test_without_a_mailbox_elsewhere_nothing_is_made_of_one(answered: Answered) -> None:
    knows_none = RunRecipients(), RunRecipientsFact(consents=True, probes=(RELAY,))
    assert answered(HERE, knows_none).sessions == ()


def test_a_domain_without_mx_is_its_own_host(answered: Answered) -> None:
    at = EnvelopesAt("example.com", HERE.address)
    its = (told("example.com A", "192.0.2.25"), told("example.com AAAA", "NODATA"))
    fact = answered(at, run(COM), told("example.com MX", "NODATA"), *its)
    assert fact.sessions == ((Envelope("", "postmaster@example.com"),),)


def named(host: str, address: str) -> tuple[Any, Any]:
    name = f"{host}.example.com"
    return told(f"{name} A", address), told(f"{name} AAAA", "NODATA")


@pytest.mark.parametrize(
    ("mx", "host", "offered"),
    [
        pytest.param("10 a | 20 b | 30 c", "a", True, id="the first of all"),
        pytest.param("10 a | 20 b | 30 c", "b", False, id="another name of the first"),
        pytest.param("10 b | 20 a", "b", True, id="first by preference"),
        pytest.param("10 b | 10 a", "b", False, id="the same preference: by name"),
        pytest.param("10 c | 20 b", "b", True, id="the first is elsewhere"),
        pytest.param("10 gone | 20 b", "b", True, id="the first has no address"),
        pytest.param("10 unknown | 20 b", "b", True, id="nobody knows where the first is"),
        pytest.param("10 c", "c", False, id="not at this address at all"),
    ],
)
def test_at_an_address_recipients_are_offered_under_one_name(
    answered: Answered, mx: str, host: str, *, offered: bool
) -> None:
    """Else a server with eighteen names would be asked for the same mailbox eighteen times."""
    hosts = {"a": "192.0.2.25", "b": "192.0.2.25", "c": "192.0.2.26", "gone": "NXDOMAIN"}
    addresses = [line for name, address in hosts.items() for line in named(name, address)]
    records = " | ".join(f"{record}.example.com." for record in mx.split(" | "))
    at = EnvelopesAt(f"{host}.example.com", parse_address("192.0.2.25"))
    fact = answered(at, run(COM), told("example.com MX", records), *addresses)
    assert bool(fact.sessions) is offered


NEW = (Envelope("", "x@y.example"),)
MANY = tuple(Envelope("", f"user{n}@example.com") for n in range(7))


@pytest.mark.parametrize(
    ("wanted", "session"),
    [
        pytest.param((), MANY[:5], id="none: the first session"),
        pytest.param(MANY[:1], MANY[:5], id="one of the first five"),
        pytest.param((MANY[6], MANY[5]), MANY[5:], id="two of the rest"),
        pytest.param(NEW, NEW, id="a new one"),
        pytest.param((MANY[0], *NEW), (MANY[0], *NEW), id="a new one and another"),
        pytest.param((MANY[0], MANY[6]), (MANY[0], MANY[6]), id="two of different sessions"),
    ],
)
def test_in_which_session_an_envelope_is_offered(
    wanted: tuple[Envelope, ...], session: tuple[Envelope, ...]
) -> None:
    assert EnvelopesAtFact((MANY[:5], MANY[5:])).session_for(wanted) == session


def test_a_run_that_does_not_consent_evaluates_nothing() -> None:
    async def judge() -> Finding:
        await consented()
        return met()

    engine = Engine(ToldWorld([run(COM, consents=False)]))
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Unobserved)
    assert (outcome.cause, outcome.not_evaluated) == ("recipients-not-probed", True)
    assert "--mail-probe-recipients" in outcome.text
