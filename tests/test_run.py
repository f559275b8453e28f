"""A run: one engine for each lab, verdicts in any order, and an end."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailcheck import __version__
from mailcheck.catalogue import load_catalogue
from mailcheck.description import run_properties
from mailcheck.errors import SourceError, UsageError
from mailcheck.facts.mail_hosts import MailHosts
from mailcheck.proposals import ProposedFiles, ProposedPatch, read_proposal
from mailcheck.question import Unobserved
from mailcheck.run import Run
from mailcheck.settings import Resolver, Settings
from mailcheck.suite.load import load_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.suite.requirement import Requirement

A_DAY = datetime.date(2026, 1, 31)
CATALOGUE = load_catalogue()

LAB = """\
lab: 1
servers:
  ns1:
    address: 192.0.2.53
    zones:
      DOMAIN: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        @ MX 10 mail
        mail A 203.0.113.25
resolvers:
  house: {address: 192.0.2.1}
"""


def requirement(sentence: str) -> Requirement:
    """Read one item of ``checks``."""
    [found] = load_item(sentence, CATALOGUE)
    return found


HAS_MX = requirement("domain example.com has MX")
OTHER_HAS_MX = requirement("domain example.org has MX")
MAIL_HAS_MX = requirement("domain mail.example.com has MX")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project: ``one`` and ``one/below`` have a lab, ``two`` has another, ``none`` has none."""
    for folder, domain in (("one", "example.com"), ("two", "example.org"), ("none", "")):
        (tmp_path / folder / "below").mkdir(parents=True)
        if domain:
            (tmp_path / folder / "lab.yml").write_text(LAB.replace("DOMAIN", domain), "utf-8")
    return tmp_path


@pytest.fixture
def run(root: Path) -> Iterator[Run]:
    """A run in the labs of the project."""
    run = Run(Settings(lab="auto"), root=root, today=A_DAY)
    yield run
    run.close()


@pytest.fixture
def hasty(root: Path) -> Iterator[Run]:
    """A run whose budget is spent before its resolver answers, which never does."""
    with socket.socket(type=socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        here = Resolver(ipaddress.ip_address("127.0.0.1"), silent.getsockname()[1])
        run = Run(Settings(resolvers=(here,), budget=0.05), root=root, today=A_DAY)
        yield run
        run.close()


def verdict(run: Run, wanted: Requirement, folder: Path) -> str:
    """Return the verdict in a line."""
    found = run.verdict(run.plan(wanted, folder))
    return " ".join(filter(None, [found.kind, found.cause, *found.tags]))


def test_another_loop_that_counts_as_running_is_left_alone(root: Path) -> None:
    """As in the cell of a notebook: ours runs to its verdict, and theirs goes on."""

    async def cell() -> list[str]:
        run = Run(Settings(lab="auto"), root=root, today=A_DAY)
        said = [verdict(run, HAS_MX, root / "one"), verdict(run, MAIL_HAS_MX, root / "one")]
        run.close()
        await asyncio.sleep(0)
        return said

    assert asyncio.run(cell()) == ["met", "unmet no-mx"]


# ── worlds ───────────────────────────────────────────────────────────────────────────────────


def test_suites_of_one_lab_share_an_engine(run: Run, root: Path) -> None:
    planned = [run.plan(HAS_MX, root / "one"), run.plan(HAS_MX, root / "one" / "below")]
    assert planned[0].engine is planned[1].engine
    assert len(run.worlds) == 1
    assert all(run.verdict(one) for one in planned)


def test_one_run_serves_two_labs_each_with_its_own_names(run: Run, root: Path) -> None:
    assert verdict(run, HAS_MX, root / "one") == "met"
    assert verdict(run, HAS_MX, root / "two") == "inconclusive not-in-lab"
    assert verdict(run, OTHER_HAS_MX, root / "two") == "met"
    assert [opened.name for opened in run.worlds] == ["the lab one/lab.yml", "the lab two/lab.yml"]


def test_verdicts_of_two_labs_can_be_had_in_any_order(run: Run, root: Path) -> None:
    first = run.plan(HAS_MX, root / "one")
    second = run.plan(OTHER_HAS_MX, root / "two")
    third = run.plan(MAIL_HAS_MX, root / "one")
    assert run.verdict(third).tags == ("no-mx",)
    assert run.verdict(second)
    assert run.verdict(first)


def test_what_is_met_can_be_known_without_its_verdict(run: Run, root: Path) -> None:
    is_met, is_not = run.plan(HAS_MX, root / "one"), run.plan(MAIL_HAS_MX, root / "one")
    assert not run.is_judged(is_met)
    assert run.is_plainly_met(is_met)
    assert run.is_judged(is_met)
    assert not run.is_plainly_met(is_not)
    assert run.verdict(is_not).kind == "unmet"


def test_a_suite_without_a_lab_is_inconclusive_beside_others(run: Run, root: Path) -> None:
    assert verdict(run, HAS_MX, root / "none") == "inconclusive not-in-lab"
    assert verdict(run, HAS_MX, root / "one") == "met"


def test_a_named_lab_serves_every_suite(root: Path) -> None:
    for lab in (root / "one", root / "one" / "lab.yml"):
        run = Run(Settings(lab=lab), root=root, today=A_DAY)
        assert verdict(run, HAS_MX, root / "two") == "met"
        assert verdict(run, HAS_MX, root / "none") == "met"
        assert len(run.worlds) == 1
        run.close()


@pytest.mark.parametrize("missing", ["nowhere", "nowhere/lab.yml", "none"])
def test_a_named_lab_that_is_not_there_is_a_mistake_of_the_call(root: Path, missing: str) -> None:
    run = Run(Settings(lab=root / missing), root=root)
    for attempt in (lambda: run.plan(HAS_MX, root / "one"), lambda: run.check_world(root / "one")):
        with pytest.raises(UsageError, match="no lab at"):
            attempt()
    run.close()


def test_a_lab_that_cannot_be_read_spoils_its_own_suites_only(run: Run, root: Path) -> None:
    (root / "two" / "lab.yml").write_text("lab: 1\nservers: 5\n")
    for attempt in (lambda: run.check_world(root / "two"), lambda: run.plan(HAS_MX, root / "two")):
        with pytest.raises(SourceError, match=r"^two/lab\.yml:2:"):
            attempt()
    run.check_world(root / "one")
    assert verdict(run, HAS_MX, root / "one") == "met"


def test_a_world_is_checked_without_being_opened(run: Run, root: Path) -> None:
    run.check_world(root / "one")
    run.check_world(root / "none")
    assert run.worlds == ()


def test_a_live_run_has_one_world_whatever_labs_lie_about(root: Path) -> None:
    here = Resolver(ipaddress.ip_address("192.0.2.1"))
    run = Run(Settings(resolvers=(here,)), root=root)
    run.check_world(root / "one")
    engines = {id(run.plan(HAS_MX, root / name).engine) for name in ("one", "two", "none")}
    assert len(engines) == 1
    assert [opened.name for opened in run.worlds] == ["the live network"]
    run.close()


# ── inside a running loop ────────────────────────────────────────────────────────────────────


def test_it_asks_inside_a_running_loop(root: Path) -> None:
    async def ask() -> list[str]:
        run = Run(Settings(lab="auto"), root=root, today=A_DAY, loop=asyncio.get_running_loop())
        try:
            both = await asyncio.gather(
                run.ask(HAS_MX, root / "one"), run.ask(MAIL_HAS_MX, root / "none")
            )
            return [one.kind for one in (*both, await run.ask(MAIL_HAS_MX, root / "one"))]
        finally:
            await run.closed()

    assert asyncio.run(ask()) == ["met", "inconclusive", "unmet"]


def test_many_ask_at_once_in_one_lab(root: Path) -> None:
    """The first one opens the lab; it is opened once."""

    async def ask() -> tuple[list[str], int]:
        run = Run(Settings(lab="auto"), root=root, loop=asyncio.get_running_loop())
        try:
            found = await asyncio.gather(*(run.ask(HAS_MX, root / "one") for _ in range(5)))
            return [one.kind for one in found], len(run.worlds)
        finally:
            await run.closed()

    assert asyncio.run(ask()) == (["met"] * 5, 1)


# ── the end ──────────────────────────────────────────────────────────────────────────────────


def test_closing_twice_is_closing(root: Path) -> None:
    run = Run(Settings(lab="auto"), root=root)
    assert verdict(run, HAS_MX, root / "one") == "met"
    run.close()
    run.close()


def test_a_run_that_asked_nothing_closes_too(root: Path) -> None:
    Run(Settings(lab="auto"), root=root).close()


def test_closing_stops_what_is_being_asked(root: Path) -> None:
    """Sockets or tasks left behind would be warnings, and those are errors here."""
    run = Run(Settings(lab="auto"), root=root)
    planned = run.plan(HAS_MX, root / "one")
    run.plan(MAIL_HAS_MX, root / "one")
    planned.engine.plan(lambda: HAS_MX.check.judge(HAS_MX.params))
    run.close()


def test_rest_leaves_nothing_open_and_the_run_goes_on(run: Run, root: Path) -> None:
    planned = run.plan(HAS_MX, root / "one")
    run.rest()
    assert run.verdict(planned)
    run.rest()
    assert verdict(run, MAIL_HAS_MX, root / "one") == "unmet no-mx"


def test_a_spent_budget_is_one_error_and_again_the_same(hasty: Run, root: Path) -> None:
    """All else that it leaves open is not evaluated, in whatever order verdicts are had."""
    sentences = ["domain example.com has MX", "domain example.org has MX", "TXT of x includes y"]
    planned = [hasty.plan(requirement(sentence), root) for sentence in sentences]
    said = [hasty.verdict(planned[index]) for index in (1, 0, 2, 1)]
    assert {verdict.cause for verdict in said} == {"budget-spent"}
    kinds = [verdict.kind for verdict in said]
    assert kinds == ["inconclusive", "not evaluated", "not evaluated", "inconclusive"]


def test_advice_that_a_spent_budget_leaves_open_is_no_error(hasty: Run, root: Path) -> None:
    """So it is not the one error of the run either."""
    advised = requirement("{domain example.com has MX: {severity: advised}}")
    planned = [hasty.plan(one, root) for one in (advised, OTHER_HAS_MX)]
    said = [hasty.verdict(one) for one in planned]
    assert [verdict.kind for verdict in said] == ["inconclusive", "inconclusive"]
    assert [bool(verdict.excused) for verdict in said] == [True, False]


def test_what_was_inconclusive_can_be_asked_again(run: Run, root: Path) -> None:
    planned = run.plan(HAS_MX, root / "none")
    assert run.verdict(planned).kind == "inconclusive"
    run.ask_again(planned)
    assert run.verdict(planned).kind == "inconclusive"


# ── properties ───────────────────────────────────────────────────────────────────────────────

ROOT = Path("/project")
RESOLVERS = (
    Resolver(ipaddress.ip_address("192.0.2.1")),
    Resolver(ipaddress.ip_address("2001:db8::1"), 5353),
)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param(
            Settings(resolvers=RESOLVERS, vantage="desk\x1b[2J"),
            {
                "world": "live",
                "resolvers": "192.0.2.1, [2001:db8::1]:5353",
                "vantage": "desk\\x1b[2J",
            },
            id="live",
        ),
        pytest.param(
            Settings(authoritative=True), {"resolvers": "authoritative"}, id="authoritative"
        ),
        pytest.param(
            Settings(authoritative=True, resolvers=RESOLVERS[:1]),
            {"resolvers": "authoritative, the way shown by 192.0.2.1"},
            id="authoritative, with a resolver",
        ),
        pytest.param(
            Settings(resolvers=RESOLVERS[:1], blocklist_resolvers=RESOLVERS),
            {"resolvers": "192.0.2.1", "blocklists": "192.0.2.1, [2001:db8::1]:5353"},
            id="others for blocklists",
        ),
        pytest.param(
            Settings(resolvers=RESOLVERS[:1], blocklist_authoritative=True),
            {"blocklists": "authoritative"},
            id="each blocklist itself",
        ),
        pytest.param(
            Settings(lab="auto"),
            {
                "world": "lab (the lab.yml nearest to each suite)",
                "resolvers": "of the lab",
                "blocklists": None,
            },
            id="lab",
        ),
        pytest.param(
            Settings(
                resolvers=RESOLVERS[:1],
                proposed=(
                    ProposedFiles(ROOT / "zones"),
                    ProposedFiles(Path("/elsewhere/example.net.zone")),
                    read_proposal("ns:example.com=ns1.agency.example,192.0.2.53"),
                ),
            ),
            {
                "world": "live but for what is proposed",
                "proposed": "zones, /elsewhere/example.net.zone, "
                "example.com on ns1.agency.example, 192.0.2.53",
                "resolvers": "192.0.2.1",
            },
            id="after a change",
        ),
        pytest.param(
            Settings(offline=True, resolvers=RESOLVERS, blocklist_resolvers=RESOLVERS),
            {"world": "offline", "resolvers": None, "blocklists": None},
            id="offline",
        ),
        pytest.param(
            Settings(offline=True, proposed=(ProposedFiles(ROOT / "example.com.zone"),)),
            {"world": "offline but for what is proposed", "proposed": "example.com.zone"},
            id="a change, offline",
        ),
        pytest.param(
            Settings(
                proposed=(ProposedPatch(ROOT / "a.patch"), ProposedFiles(Path("/else/a.zone")))
            ),
            {"proposed": "a.patch (a patch), /else/a.zone"},
            id="a patch",
        ),
    ],
)
def test_a_run_describes_itself(settings: Settings, expected: dict[str, str | None]) -> None:
    properties = run_properties(settings, ROOT)
    assert {key: properties.get(key) for key in expected} == expected
    assert properties["mailcheck"] == __version__
    assert "" not in properties.values()


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        pytest.param(["a.zone", ".a.zone.swp"], "zones", id="none"),
        pytest.param(["a.zone", "a.zone~"], "zones (1 backup file is left out: a.zone~)", id="one"),
        pytest.param(
            ["a.bak", "#a#", "a~", "sub/b.orig", "b.rej"],
            "zones (5 backup files are left out: #a#, a.bak, a~, 2 more)",
            id="many",
        ),
    ],
)
def test_files_of_a_folder_that_are_left_out_are_told(
    tmp_path: Path, names: list[str], shown: str
) -> None:
    for name in names:
        path = tmp_path / "zones" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    settings = Settings(offline=True, proposed=(ProposedFiles(tmp_path / "zones"),))
    assert run_properties(settings, tmp_path)["proposed"] == shown


def test_what_others_judge_is_known_as_well(run: Run) -> None:
    """A worker of xdist judges a few requirements, and reads their replies beside those of others."""
    for mailbox in ("postmaster", "abuse"):
        run.note(requirement(f"domain example.com accepts mail for {mailbox}"))
    run.note(requirement("domain example.com has MX"))
    probes = run._recipients.fact().probes
    assert {probe.recipient for probe in probes} >= {
        "postmaster@example.com",
        "abuse@example.com",
    }


def test_facts_are_learnt_in_the_world_of_the_folder(run: Run, root: Path) -> None:
    questions = [MailHosts("example.com"), MailHosts("example.org")]
    here, there = (run.learn(questions, root / name) for name in ("one", "two/below"))
    assert [isinstance(found, Unobserved) for found in (*here, *there)] == [
        False,
        True,
        True,
        False,
    ]
