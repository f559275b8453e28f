"""Header, summary and report say how the resolvers behave; a dead one is one failure of the run."""

from __future__ import annotations

import socket
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from tests.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["pytester"]

SUITE = "mailcheck: 1\nchecks:\n  - domain example.com has MX\n  - domain gone.example.com has MX\n"
HONEST = "answers, does not validate, does not rewrite, loopback (RFC 1122)"


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An honest resolver on loopback."""
    with standing(tmp_path_factory.mktemp("net")) as where:
        yield where["192.0.2.1"]


@pytest.fixture
def live(pytester: pytest.Pytester, resolver: str) -> pytest.Pytester:
    """A suite that asks the resolver."""
    (pytester.path / "mail.yml").write_text(SUITE, "utf-8")
    pytester.makeini(f"[pytest]\nmail_resolver = {resolver}\n")
    return pytester


def test_the_header_says_how_resolvers_behave(live: pytest.Pytester, resolver: str) -> None:
    host, _, port = resolver.partition(":")
    live.runpytest().stdout.fnmatch_lines(
        [
            "collected 2 items",
            f"mailcheck: resolver {host} port {port}  {HONEST}",
            "mailcheck: routes  *",
            "*mail.yml*",
            "*= mailcheck =*",
            f"resolver       {host} port {port}  {HONEST}",
            "routes         *",
            "1 met, 1 unmet*",
        ]
    )


def test_the_report_has_it_as_properties(live: pytest.Pytester, resolver: str) -> None:
    host, _, port = resolver.partition(":")
    live.runpytest("--mail-junit=report.xml")
    root = ET.parse(live.path / "report.xml").getroot()
    properties = {p.get("name"): p.get("value") for p in root.iter("property")}
    assert properties[f"resolver {host} port {port}"] == HONEST
    assert "routes" in properties


def test_at_the_end_nothing_is_said_to_come_yet(live: pytest.Pytester) -> None:
    """A resolver that nobody answers for is still waited for when a short run is over."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        ini = (live.path / "tox.ini").read_text("utf-8")
        (live.path / "tox.ini").write_text(f"{ini}\n    127.0.0.1:{port}\n", "utf-8")
        done = live.runpytest("--mail-junit=report.xml")
    name = f"resolver 127.0.0.1 port {port}"
    done.stdout.fnmatch_lines(
        [
            f"mailcheck: {name}  no answer yet",
            "*= mailcheck =*",
            f"resolver       127.0.0.1 port {port}  not found out in this run",
        ]
    )
    root = ET.parse(live.path / "report.xml").getroot()
    properties = {p.get("name"): p.get("value") for p in root.iter("property")}
    assert properties[name] == "not found out in this run"


def test_a_worker_tells_the_controller(live: pytest.Pytester, resolver: str) -> None:
    host, _, port = resolver.partition(":")
    done = live.runpytest_subprocess("-n", "2", "-p", "no:cacheprovider")
    done.stdout.fnmatch_lines([f"resolver       {host} port {port}  *"])
    assert done.ret == 1


@pytest.mark.parametrize("option", ["--collect-only", "--mail-lab=auto"])
def test_where_nobody_is_asked_nothing_is_said(live: pytest.Pytester, option: str) -> None:
    output = live.runpytest(option).stdout.str()
    assert "routes" not in output


DEAD = '''\
"""Nobody answers.

Requires
    An answer.

Why
    To know.

Met when
    There is one.

Unmet when
    no-answer: never.
        Nobody knows.

Not judged here
    All else.
"""
from dataclasses import dataclass

from mailcheck.check import check
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.names import Domain
from mailcheck.question import NotObserved, Unobserved
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class Answers:
    domain: Domain = slot("the domain")


async def judge(wanted: Answers) -> Finding:
    raise NotObserved(Unobserved("resolver-dead", "no resolver answers", not_evaluated=True))


def remedy(wanted: Answers, reason: Reason) -> Remedy:
    return Remedy(instruction="Wait.")


CHECK = check(
    __doc__,
    template="somebody answers for {domain}",
    parameters=Answers,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1034",),
    examples=(),
)
'''


def test_a_dead_resolver_is_one_failure_of_the_run(live: pytest.Pytester) -> None:
    """Its requirements are skipped: they would be green, if nobody looked."""
    checks = live.mkdir("checks")
    (checks / "somebody_answers.py").write_text(DEAD, "utf-8")
    items = "".join(f"  - somebody answers for d{number}.example\n" for number in range(3))
    (live.path / "mail.yml").write_text(
        f"mailcheck: 1\nchecks:\n  - domain example.com has MX\n{items}", "utf-8"
    )
    ini = (live.path / "tox.ini").read_text("utf-8")
    (live.path / "tox.ini").write_text(f"{ini}\nmail_checks = checks\n", "utf-8")
    done = live.runpytest()
    done.assert_outcomes(passed=1, skipped=3)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    lines = [line for line in done.outlines if line.startswith("no resolver answers: ")]
    assert lines == ["no resolver answers: 3 requirements were not evaluated"]
