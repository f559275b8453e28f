"""Links one by one, and the whole: what is broken decides, and the first of it is the reason."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.host_chain import first_broken, is_exchange
from mailcheck.facts.mail_hosts import mail_hosts
from mailcheck.finding import Advice, Finding, Part, met, unmet
from mailcheck.question import Unobserved

UNKNOWN = Unobserved("timeout")
NOT_JUDGED = met(Advice("greeting-not-judged", "port 25 is shut"))


def end(part: Part) -> str:
    if not isinstance(part, Finding):
        return part.cause
    return part.unknown.cause if part.unknown else part.reasons[0].tag if part.reasons else "met"


@pytest.mark.parametrize(
    ("said", "name", "ends"),
    [
        pytest.param("10 mail.example.com.", "mail.example.com", "met", id="the exchange"),
        pytest.param("5 a.example. | 10 mail.example.com.", "mail.example.com", "met", id="second"),
        pytest.param("10 mx.example.net.", "mail.example.com", "not-mx", id="another"),
        pytest.param("0 .", "mail.example.com", "not-mx", id="null MX"),
        pytest.param("NODATA", "mail.example.com", "not-mx", id="no MX"),
        pytest.param("NODATA", "example.com", "met", id="its own host"),
        pytest.param("10 mx.example.net.", "example.com", "not-mx", id="MX, not the domain itself"),
        pytest.param("NXDOMAIN", "mail.example.com", "not-mx", id="no such domain"),
        pytest.param("NXDOMAIN", "example.com", "not-mx", id="no such domain, nor host"),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "mail.example.com", "refused-by-authority", id="refused"
        ),
        pytest.param("10 a.example. | ...", "mail.example.com", "too-many-records", id="many"),
    ],
)
def test_is_exchange(said: str, name: str, ends: str) -> None:
    _, answer = told("example.com MX", said)
    assert isinstance(answer, DnsAnswer)
    assert end(is_exchange(name, mail_hosts(answer))) == ends


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("10 a.example.", "b.example is no MX host of example.com: example.com has a.example"),
        ("0 .", "b.example is no MX host of example.com: example.com has the null MX"),
        ("NODATA", "b.example is no MX host of example.com: example.com has no MX record"),
        ("NXDOMAIN", "b.example is no MX host of example.com: example.com does not exist"),
    ],
)
def test_it_is_said_what_the_domain_has(said: str, text: str) -> None:
    _, answer = told("example.com MX", said)
    assert isinstance(answer, DnsAnswer)
    part = is_exchange("b.example", mail_hosts(answer))
    assert isinstance(part, Finding)
    assert part.reasons[0].text == text


@pytest.mark.parametrize(
    ("chain", "ends", "shown"),
    [
        pytest.param((met(), met(), met()), "met", "", id="all hold"),
        pytest.param((met(), met(), NOT_JUDGED), "met", "", id="nothing greets"),
        pytest.param((met(), UNKNOWN, met()), "timeout", "", id="one unknown"),
        pytest.param(
            (met(), unmet("b", "no"), met()),
            "b",
            "no (the chain: x holds, y broken, z holds)",
            id="one broken",
        ),
        pytest.param(
            (UNKNOWN, unmet("b", "no"), NOT_JUDGED),
            "b",
            "no (the chain: x unknown, y broken, z not judged)",
            id="one unknown before the broken one",
        ),
        pytest.param(
            (unmet("a", "no"), Finding(unknown=UNKNOWN), unmet("c", "nor")),
            "a",
            "no (the chain: x broken, y unknown, z broken)",
            id="two broken",
        ),
    ],
)
def test_the_whole(chain: tuple[Part, ...], ends: str, shown: str) -> None:
    whole = first_broken(dict(zip("xyz", chain, strict=True)))
    text = whole.reasons[0].text if whole.reasons else ""
    assert text == shown
    assert end(Finding(whole.reasons) if whole.reasons else whole) == ends


def test_what_is_unknown_stays_beside_the_reason() -> None:
    assert first_broken({"x": UNKNOWN, "y": unmet("b", "no")}).unknown == UNKNOWN


def test_what_is_broken_behind_is_advice() -> None:
    whole = first_broken({"x": unmet("a", "no"), "y": unmet("b", "nor"), "z": NOT_JUDGED})
    assert len(whole.reasons) == 1
    assert whole.advice == (Advice("greeting-not-judged", "port 25 is shut"), Advice("b", "nor"))
