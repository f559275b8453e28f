"""The shipped suites end with real named, unbound, Postfix and others as they do in their labs."""

from __future__ import annotations

import dataclasses
import re
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import dns.rdatatype
import pytest

from mailcheck.lab import LabDescription, read_lab
from mailcheck.lab.description import zone_name
from mailcheck.names import is_under
from mailcheck.world.recipients import ELSEWHERE, LETTERS

from .judging import Judged, arguments, judge, judge_sentences, live
from .namespace import REPOSITORY, Namespace
from .rbldnsd import is_blocklist
from .real_hosts import authority_of
from .real_lab import not_reproduced, real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "rbldnsd", "postfix", "dovecot", "nginx", "ip")

LABS = [path.relative_to(REPOSITORY) for path in sorted(REPOSITORY.glob("suites/**/lab.yml"))]

IMPOSSIBLE: dict[str, str] = {}
"""Labs that no real servers can stand for, by folder, and the reason. None so far."""

OF_A_CHANGE = "skipped nothing-proposed"
"""How a sentence about a change ends in a run without one."""

OLD_DEBTS = {
    "skipped no-such-domain",
    "skipped weaker-policy",
    "skipped spf-not-aligned",
}
"""How what is only advised ends in ``suites/change`` and ``suites/authentication``."""

OPTIONS = dict[str, list[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """A lab and, in a namespace, the real servers that stand for it."""

    folder: Path
    lab: LabDescription
    space: Namespace

    @property
    def in_lab(self) -> OPTIONS:
        """The options of a run in the lab."""
        return {"lab": [str(self.folder)]}

    @property
    def for_real(self) -> OPTIONS:
        """The options of a run against the real servers: no detour anywhere."""
        servers = (address for resolver in self.lab.resolvers for address in resolver.addresses)
        own = {
            "ca-file": [str(authority_of(self.space))],
            "probe-recipients": [],
            "relay-recipient": [ELSEWHERE],
        }
        return {**live(servers), **own}


def _stages() -> Iterator[tuple[Path, str]]:
    """Return the labs that can be had; those with blocklists twice, by either server."""
    for path in LABS:
        if path.parent.as_posix() not in IMPOSSIBLE:
            yield path, "rbldnsd"
            if any(map(is_blocklist, read_lab(path, str(path)).servers)):
                yield path, "named"


@pytest.fixture(scope="module", params=_stages(), ids=lambda p: f"{p[0].parent.name}, {p[1]}")
def stage(
    request: pytest.FixtureRequest,
    namespaces: None,  # noqa: ARG001  the stage is built in one
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    path, blocklists_by = request.param
    lab = read_lab(REPOSITORY / path, str(path))
    folder = tmp_path_factory.mktemp("stage")
    with real_servers(lab, folder, blocklists_by=blocklists_by) as space:
        yield Stage(path.parent, lab, space)


@pytest.mark.parametrize("path", LABS, ids=lambda p: p.parent.name)
def test_a_lab_has_only_what_real_servers_do_or_is_named_as_impossible(path: Path) -> None:
    left_out = list(not_reproduced(read_lab(REPOSITORY / path, str(path))))
    assert bool(left_out) == (path.parent.as_posix() in IMPOSSIBLE), left_out


def test_the_suites_end_alike(stage: Stage) -> None:
    """Verdict, tags, cause and advice of each requirement."""
    suites = [str(path) for path in sorted(stage.folder.glob("*.yml")) if path.name != "lab.yml"]
    told = _without_letters(judge(stage.space, stage.in_lab, *suites))
    assert told
    assert _without_letters(judge(stage.space, stage.for_real, *suites)) == told


def _without_letters(judged: list[Judged]) -> list[Judged]:
    """Return *judged* with one local part for nobody's, which every run makes up anew."""
    letters = re.compile(rf"\b[a-z]{{{LETTERS}}}(?=@)")
    return [dataclasses.replace(one, text=letters.sub("nobody", one.text)) for one in judged]


def test_pytest_reports_them_alike(stage: Stage, tmp_path: Path) -> None:
    """The outcome under each node id."""
    told = by_pytest(stage, stage.in_lab, tmp_path / "lab.xml")
    assert set(told.values()) - {OF_A_CHANGE} - OLD_DEBTS == {"passed"}
    assert by_pytest(stage, stage.for_real, tmp_path / "real.xml") == told


def by_pytest(stage: Stage, options: OPTIONS, report: Path) -> dict[str, str]:
    given = (*arguments(options, "--mail-"), f"--mail-junit={report}")
    run = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *given)
    stage.space.run(*run, str(stage.folder))
    return {
        f"{case.get('classname')}::{case.get('name')}": ", ".join(
            f"{outcome.tag} {outcome.get('type')}"
            for outcome in case
            if outcome.tag in ("failure", "error", "skipped")
        )
        or "passed"
        for case in ET.parse(report).iter("testcase")
    }


def test_every_other_sentence_about_the_story_ends_alike(stage: Stage) -> None:
    """Whatever could be said of each name and address that the lab knows, true or not."""
    sentences = list(dict.fromkeys(sentences_about(stage.lab)))
    told = judge_sentences(stage.space, stage.in_lab, sentences)
    real = judge_sentences(stage.space, stage.for_real, sentences)
    assert len({judged.end for judged in told}) > 3
    pairs = [(t, r) for t, r in zip(told, real, strict=True) if t.cause != "not-in-lab"]
    assert [_shown(r) for _, r in pairs] == [_shown(t) for t, _ in pairs]


def _shown(judged: Judged) -> str:
    return f"{judged.sentence} -> {', '.join((judged.end, *judged.advice))}"


ABOUT_NAMES = (
    "domain {} has MX",
    "MX hosts of {} resolve",
    "domain {} accepts no mail",
    "host {} resolves",
    "EHLO name {} resolves",
    "SMTP port 25 of {} accepts",
    "SMTP port 25 of {} greets with its own name",
    "SMTP port 25 of {} offers STARTTLS",
    "SMTP port 25 of {} offers 8BITMIME",
    "SMTP port 25 of {} offers BURL",
    "SMTP port 25 of {} offers SIZE of 10 MB",
    "SMTP port 25 of {} offers AUTH only after TLS",
    "SMTP port 25 of {} offers TLS 1.3",
    "certificate of {} port 25 is valid",
    "certificate of {} port 25 names host",
    "certificate of {} port 25 lasts 60 days",
    "domain {} accepts mail for postmaster",
    "domain {} accepts bounces",
    "domain {} refuses unknown recipients",
    "host {} is not an open relay",
    "submission of {} works",
    "SMTP port 465 of {} accepts",
    "SMTP port 587 of {} accepts",
    "SMTP port 587 of {} offers STARTTLS",
    "SMTP port 587 of {} offers AUTH only after TLS",
    "certificate of {} port 465 names host",
    'TXT of {} includes "v=spf1"',
    "SPF of {} does not pass for IP 192.0.2.99",
    "SPF of {} is valid",
    "SPF of {} passes for every MX",
    "CNAME of {} is www.example.com",
    "nameservers of {} agree on A",
    "resolvers agree on MX of {}",
)
ABOUT_DOMAINS = (
    "DKIM key s1 of {} is valid",
    "TLS-RPT of {} is valid",
    "MTA-STS of {} is valid",
    "MX hosts of {} meet MTA-STS",
)
"""What is said of no name at which one of these records stands itself: that is a slip."""
ABOUT_POLICIES = (
    "DMARC policy of {} is at least reject",
    "DMARC reports of {} can be delivered",
)
"""The same, said where the lab has the registry too: the search for a policy ends there."""
ABOUT_ADDRESSES = ("IP {} has PTR", "IP {} has PTR matching A", "IP {} is not on DUL")
ABOUT_HOSTS = (
    "EHLO name {0} points to IP {1}",
    "EHLO name {0} matches PTR of IP {1}",
    "IP {1} is host {0} throughout",
    "SPF of EHLO name {0} passes for IP {1}",
)


def sentences_about(lab: LabDescription) -> Iterator[str]:
    """Say everything of all names that stand in zones, and one that does not; of all addresses."""
    for host in lab.hosts:
        for address in host.addresses:
            yield from (about.format(host.name, address) for about in ABOUT_HOSTS)
    registries = {zone_name(zone) for server in lab.servers for zone in server.zones}
    for server in lab.servers:
        for zone in server.zones:
            origin = zone_name(zone)
            has_registry = origin.rpartition(".")[2] in registries
            about_domains = (*ABOUT_DOMAINS, *(ABOUT_POLICIES if has_registry else ()))
            if is_under(origin, "arpa") or is_blocklist(server):
                continue
            # A name with a star is refused as misspelt, so one that the wildcard stands for.
            names = [name.to_text(omit_final_dot=True).replace("*.", "any.") for name in zone.nodes]
            for name in (*names, f"nothing.{origin}"):
                is_owner = "_" in name or name.startswith("mta-sts.")
                about_names = (*ABOUT_NAMES, *(() if is_owner else about_domains))
                yield from (about.format(name) for about in about_names)
            for node in zone.nodes.values():
                for record in node.get(dns.rdatatype.A, ()):
                    yield from (about.format(record.address) for about in ABOUT_ADDRESSES)
