"""What silence means: a server, a port that is shut here, or no network at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_port
from mailcheck.facts.smtp.vantage import (
    PortAnswers,
    PortAnswersFact,
    ReachedSoFar,
    ReachedSoFarFact,
    RunControls,
    RunControlsFact,
    Vantage,
    VantageFact,
    family_of,
)
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.names import Address
    from tests.facts.conftest import Answered

HOSTS = (("a.example", 25), ("b.example", 25), ("www.example", 443))
CONTROLS = (RunControls(), RunControlsFact(HOSTS))
NAMES = (
    told("a.example A", "192.0.2.1"),
    told("b.example A", "192.0.2.2"),
    told("www.example A", "192.0.2.3"),
)
ANSWERED = {"a": ("192.0.2.1", 25), "b": ("192.0.2.2", 25), "web": ("192.0.2.3", 443)}
OTHER = parse_address("192.0.2.9")
SILENCE = Unobserved("timeout", "192.0.2.25 port 25 connect: no answer within 10 s")


def heard(*who: str) -> list[tuple[Any, Any]]:
    """Of the control hosts, these answer, and the others do not."""
    answers = []
    for name, (address, port) in ANSWERED.items():
        asked = PortAnswers(parse_address(address), port)
        fact = PortAnswersFact(asked.address, port) if name in who else Unobserved("timeout")
        answers.append((asked, fact))
    return answers


@pytest.mark.parametrize(
    ("who", "cause", "not_evaluated"),
    [
        pytest.param(("a", "b", "web"), "silent-while-controls-answer", False, id="all answer"),
        pytest.param(("a",), "silent-while-controls-answer", False, id="one answers"),
        pytest.param(("web",), "port-blocked-here", True, id="only the web answers"),
        pytest.param((), "no-network", False, id="nobody answers"),
    ],
)
def test_what_silence_means(
    answered: Answered, who: tuple[str, ...], cause: str, *, not_evaluated: bool
) -> None:
    vantage = answered(Vantage("IPv4", 25), CONTROLS, *NAMES, *heard(*who))
    meant = vantage.explains(SILENCE)
    assert (meant.cause, meant.not_evaluated) == (cause, not_evaluated)
    assert bool(meant.shared) == (cause == "no-network")


@pytest.mark.parametrize("cause", ["budget-spent", "private-address", "probe-crashed"])
def test_who_was_not_asked_in_earnest_is_not_silent(answered: Answered, cause: str) -> None:
    answers = dict(heard("web"))
    asked = PortAnswers(parse_address("192.0.2.1"), 25)
    answers[asked] = Unobserved(cause)
    vantage = answered(Vantage("IPv4", 25), CONTROLS, *NAMES, *answers.items())
    assert (vantage.asked, vantage.is_blocked) == (("b.example",), False)


def test_a_refusal_stays_one_while_others_answer(answered: Answered) -> None:
    vantage = answered(Vantage("IPv4", 25), CONTROLS, *NAMES, *heard("a", "web"))
    assert vantage.explains(Unobserved("no-route")).cause == "no-route"


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(((RunControls(), RunControlsFact()),), id="no control hosts"),
        pytest.param(((RunControls(), RunControlsFact((("a.example", 587),))),), id="other ports"),
        pytest.param((CONTROLS, *NAMES[:1], *NAMES[2:], *heard("web")), id="one has no address"),
    ],
)
def test_without_two_control_hosts_silence_stays_silence(
    answered: Answered, answers: tuple[Any, ...]
) -> None:
    assert answered(Vantage("IPv4", 25), *answers).explains(SILENCE) == SILENCE


def test_each_family_is_another_way(answered: Answered) -> None:
    names = (told("a.example AAAA", "2001:db8::1"), told("b.example AAAA", "NODATA"))
    silent = told_port("[2001:db8::1]:25", "TIMEOUT")
    vantage = answered(Vantage("IPv6", 25), CONTROLS, *names, silent)
    assert vantage.asked == ("a.example",)
    assert (family_of(parse_address("192.0.2.1")), family_of(parse_address("::1"))) == (
        "IPv4",
        "IPv6",
    )


def test_all_control_hosts_are_waited_for_at_once() -> None:
    """Those of HTTPS as well: where there is no network each of them takes its 10 seconds."""
    asking = Vantage("IPv4", 25).derive()
    asking.send(None)
    names = asking.send(CONTROLS[1])
    asked = asking.send(tuple(told(f"{lookup.name} A", "192.0.2.1")[1] for lookup in names))
    assert [(type(one), one.port) for one in asked] == [(PortAnswers, port) for _, port in HOSTS]
    asking.close()


def test_the_text_names_who_was_tried() -> None:
    seen = VantageFact("IPv4", 25, asked=("a.example", "b.example"), web=True)
    assert "a.example and b.example" in seen.explains(SILENCE).text


@pytest.mark.parametrize(
    ("who", "other", "ends", "cause"),
    [
        pytest.param(
            ("web",), OTHER, "; still, 192.0.2.9 was reached", "port-blocked-here", id="web"
        ),
        pytest.param((), OTHER, "; still, 192.0.2.9 was reached", "no-network", id="nobody"),
        pytest.param(("web",), None, "and HTTPS works", "port-blocked-here", id="nobody else"),
        pytest.param(("a",), OTHER, "a.example answers", "silent-while-controls-answer", id="open"),
    ],
)
def test_whom_other_sentences_reached_is_told_and_changes_no_verdict(
    answered: Answered, who: tuple[str, ...], other: Address | None, ends: str, cause: str
) -> None:
    reached = (ReachedSoFar("IPv4", 25), ReachedSoFarFact(other))
    vantage = answered(Vantage("IPv4", 25), CONTROLS, *NAMES, *heard(*who), reached)
    meant = vantage.explains(SILENCE)
    assert meant.cause == cause
    assert meant.text.endswith(ends)
    assert vantage == replace(vantage, other=None)


def test_an_answer_is_a_line_of_evidence() -> None:
    [line] = PortAnswersFact(parse_address("192.0.2.1"), 25, 3.2).evidence
    assert str(line) == "192.0.2.1 port 25 → answers, 3 ms"
