"""Whom a sender connects to, and how the sessions with one host make parts of a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.host_addresses import MAX_ADDRESSES
from mailcheck.facts.mail_hosts import MAX_EXCHANGES
from mailcheck.facts.smtp.hosts import HostSessions, HostSessionsFact, all_serve, receivers
from mailcheck.facts.smtp.service import service
from mailcheck.facts.smtp.told import told_port, told_smtp
from mailcheck.facts.smtp.vantage import RunControls, RunControlsFact
from mailcheck.finding import Finding, Reason, met
from mailcheck.question import NotObserved, Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from mailcheck.check import Told
    from mailcheck.facts.smtp.hosts import Families
    from mailcheck.facts.smtp.session import SmtpSessionFact


def found(asking: Coroutine[Any, Any, Any], *answers: Told) -> Any:
    """What *asking* returns when these answers are told, or why it has nothing to return."""
    result: list[Any] = []

    async def judge() -> Finding:
        try:
            result.append(await asking)
        except NotObserved as error:
            result.append(error.unobserved)
        return met()

    engine = Engine(ToldWorld(answers))
    engine.finish(engine.plan(judge))
    return result[0]


def parts(*answers: Told, families: Families = "any", named_by_mx: bool = False) -> list[str]:
    """The parts that mail.example.com makes on port 25: tags, causes, ``met`` or advice."""

    async def ask() -> HostSessionsFact[SmtpSessionFact]:
        return await HostSessions("mail.example.com", 25)

    host = found(ask(), *answers)
    assert isinstance(host, HostSessionsFact)
    shown: list[str] = []
    for part in host.judged(service, families, named_by_mx=named_by_mx):
        if isinstance(part, Unobserved):
            shown.append(part.cause)
        else:
            shown += [r.tag for r in part.reasons] + [a.tag for a in part.advice]
            shown += ["met"] if part == met() else []
    return shown


@pytest.mark.parametrize(
    ("answer", "hosts"),
    [
        pytest.param(
            "20 b.example.com. | 10 a.example.com.",
            ("a.example.com", "b.example.com"),
            id="by preference",
        ),
        pytest.param("10 a.example.com. | 20 a.example.com.", ("a.example.com",), id="named twice"),
        pytest.param("NODATA", ("example.com",), id="implicit MX"),
    ],
)
def test_mail_goes_to_the_exchanges_or_the_domain_itself(
    answer: str, hosts: tuple[str, ...]
) -> None:
    assert found(receivers("example.com"), told("example.com MX", answer)) == hosts


@pytest.mark.parametrize(
    ("answer", "tag"),
    [
        pytest.param("0 .", "null-mx", id="null MX"),
        pytest.param("NXDOMAIN", "no-such-domain", id="no domain"),
    ],
)
def test_a_domain_may_have_nobody_to_connect_to(answer: str, tag: str) -> None:
    reason = found(receivers("example.com"), told("example.com MX", answer))
    assert isinstance(reason, Reason)
    assert reason.tag == tag


def test_a_domain_with_hundreds_of_exchanges_is_left_alone() -> None:
    many = " | ".join(f"10 mx{n}.example.com." for n in range(MAX_EXCHANGES + 1))
    unknown = found(receivers("example.com"), told("example.com MX", many))
    assert isinstance(unknown, Unobserved)
    assert unknown.cause == "too-many-to-ask"


def test_a_host_with_hundreds_of_addresses_is_left_alone() -> None:
    async def ask() -> HostSessionsFact[SmtpSessionFact]:
        return await HostSessions("mail.example.com", 25)

    many = " | ".join(f"192.0.2.{n}" for n in range(MAX_ADDRESSES + 1))
    answers = (told("mail.example.com A", many), told("mail.example.com AAAA", "NODATA"))
    unknown = found(ask(), *answers)
    assert isinstance(unknown, Unobserved)
    assert unknown.cause == "too-many-to-ask"


A = told("mail.example.com A", "192.0.2.25")
NO_A = told("mail.example.com A", "NODATA")
AAAA = told("mail.example.com AAAA", "2001:db8::25")
GONE = told("mail.example.com A", "NXDOMAIN")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
SERVES = told_smtp("mail.example.com 192.0.2.25:25", "220 mx")
SERVES_6 = told_smtp("mail.example.com [2001:db8::25]:25", "220 mx")
NO_ROUTE = told_smtp("mail.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")


@pytest.mark.parametrize(
    ("answers", "families", "expected"),
    [
        pytest.param((A, AAAA, SERVES, SERVES_6), "any", ["met", "met"], id="both families"),
        pytest.param(
            (A, AAAA, SERVES, NO_ROUTE),
            "any",
            ["ipv6-not-asked", "met"],
            id="IPv4 decides without an IPv6 route",
        ),
        pytest.param(
            (A, AAAA, SERVES, NO_ROUTE), "all", ["met", "no-ipv6-route"], id="all families demanded"
        ),
        pytest.param((NO_A, AAAA, NO_ROUTE), "any", ["no-ipv6-route"], id="IPv6 only"),
        pytest.param((NO_A, NO_AAAA), "any", ["no-address"], id="no address"),
        pytest.param(
            (GONE, told("mail.example.com AAAA", "TIMEOUT")),
            "any",
            ["no-such-domain"],
            id="no such host, in one family's words",
        ),
        pytest.param(
            tuple(told(f"mail.example.com {t}", "REFUSED-BY-AUTHORITY") for t in ("A", "AAAA")),
            "any",
            ["refused-by-authority"],
            id="a zone nobody answers for",
        ),
        pytest.param(
            (A, told("mail.example.com AAAA", "TIMEOUT"), SERVES),
            "any",
            ["timeout", "met"],
            id="a family unknown",
        ),
        pytest.param(
            (NO_A, told("mail.example.com AAAA", "TIMEOUT")),
            "any",
            ["timeout"],
            id="no address known",
        ),
        pytest.param(
            (A, NO_AAAA, told_smtp("mail.example.com 192.0.2.25:25", "TIMEOUT")),
            "any",
            ["timeout"],
            id="a silent address",
        ),
        pytest.param(
            (A, AAAA, SERVES, told_smtp("mail.example.com [2001:db8::25]:25", "NO-NETWORK")),
            "any",
            ["ipv6-not-asked", "met"],
            id="IPv6 leads nowhere",
        ),
        pytest.param(
            (A, AAAA, SERVES, told_smtp("mail.example.com [2001:db8::25]:25", "TIMEOUT")),
            "any",
            ["met", "timeout"],
            id="silent over IPv6 alone",
        ),
        pytest.param(
            (A, AAAA, told_smtp("mail.example.com 192.0.2.25:25", "NO-NETWORK"), SERVES_6),
            "any",
            ["no-network", "met"],
            id="IPv4 is never left out",
        ),
    ],
)
def test_each_address_is_a_part(
    answers: tuple[Told, ...], families: Families, expected: list[str]
) -> None:
    assert parts(*answers, families=families) == expected


def test_a_host_that_mx_names_and_that_is_gone_has_no_address() -> None:
    """Its domain is there: it has the MX record."""
    assert parts(GONE, NO_AAAA, named_by_mx=True) == ["no-address"]


def no_controls(version: int, *, web: bool = True) -> tuple[Told, ...]:
    """The control hosts of port 25 are silent over *version* of IP."""
    rdtype, net = ("A", "192.0.2.{}") if version == 4 else ("AAAA", "2001:db8::{}")
    at = {
        name: net.format(n) for n, name in enumerate(("a.example", "b.example", "web.example"), 1)
    }
    shown = {name: f"[{one}]" if version == 6 else one for name, one in at.items()}
    return (
        (RunControls(), RunControlsFact((*((n, 25) for n in list(at)[:2]), ("web.example", 443)))),
        *(told(f"{name} {rdtype}", one) for name, one in at.items()),
        *(told_port(f"{shown[name]}:25", "TIMEOUT") for name in ("a.example", "b.example")),
        told_port(f"{shown['web.example']}:443", "answers" if web else "TIMEOUT"),
    )


SILENT = told_smtp("mail.example.com 192.0.2.25:25", "TIMEOUT")
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
TWO_6 = told("mail.example.com AAAA", "2001:db8::25 | 2001:db8::26")


def second(greeting: str) -> Told:
    return told_smtp("mail.example.com 192.0.2.26:25", greeting)


def second_6(greeting: str) -> Told:
    return told_smtp("mail.example.com [2001:db8::26]:25", greeting)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(
            (TWO, NO_AAAA, SERVES, second("TIMEOUT"), *no_controls(4)),
            ["met", "timeout"],
            id="another address answers",
        ),
        pytest.param(
            (TWO, NO_AAAA, SERVES, second("TIMEOUT"), *no_controls(4, web=False)),
            ["met", "timeout"],
            id="and nobody on the web",
        ),
        pytest.param(
            (TWO, NO_AAAA, SERVES, second("NO-ROUTE"), *no_controls(4)),
            ["met", "no-route"],
            id="no way to one alone",
        ),
        pytest.param(
            (TWO, NO_AAAA, SERVES, second("REFUSED"), *no_controls(4)),
            ["met", "port-blocked-here"],
            id="a firewall may refuse and spare others",
        ),
        pytest.param(
            (A, AAAA, SERVES_6, SILENT, *no_controls(4)),
            ["port-blocked-here", "met"],
            id="another family is another way",
        ),
        pytest.param(
            (NO_A, TWO_6, SERVES_6, second_6("TIMEOUT"), *no_controls(6)),
            ["met", "timeout"],
            id="IPv6 is not left out where it leads to another address",
        ),
    ],
)
def test_a_port_on_which_another_address_answers_is_not_shut_here(
    answers: tuple[Told, ...], expected: list[str]
) -> None:
    assert parts(*answers) == expected


def test_a_port_on_which_another_host_answers_is_not_shut_here() -> None:
    """Of those that one sentence asks: others of the run may be there or not."""
    silent = told_smtp("b.example.com 192.0.2.26:25", "TIMEOUT")
    answers = (
        *(told(f"{name}.example.com AAAA", "NODATA") for name in "ab"),
        told("a.example.com A", "192.0.2.25"),
        told("b.example.com A", "192.0.2.26"),
        told_smtp("a.example.com 192.0.2.25:25", "220 mx"),
        silent,
        *no_controls(4),
    )
    for hosts in (("a.example.com", "b.example.com"), ("b.example.com", "a.example.com")):
        finding = found(all_serve(hosts, 25, service, "any", named_by_mx=True), *answers)
        assert finding.unknown.cause == "timeout"
        assert finding.unknown.text.endswith("; a.example.com (192.0.2.25 port 25) answers")
        assert not finding.unknown.not_evaluated
    alone = found(all_serve(("b.example.com",), 25, service, "any", named_by_mx=True), *answers)
    assert alone.unknown.cause == "port-blocked-here"
