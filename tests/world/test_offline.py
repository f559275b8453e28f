"""The world in which nobody is asked: what is known without, and that all else is not evaluated."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.facts.blocklists import RunBlocklists, RunBlocklistsFact
from mailcheck.facts.change.proposed import Proposed, ProposedCopy, ProposedCopyFact, ProposedFact
from mailcheck.facts.dns import DnsQuery, NameServer, ServerQuery
from mailcheck.facts.https import HttpsGet
from mailcheck.facts.root import RunRoot
from mailcheck.facts.run import RunDate, RunDateFact, RunResolvers, RunRoutes
from mailcheck.facts.scope import AddressScope
from mailcheck.facts.smtp.envelope import RunRecipients
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.facts.smtp.vantage import RunControls
from mailcheck.names import parse_address
from mailcheck.proposals import ProposedFiles
from mailcheck.run import Run
from mailcheck.settings import Settings
from mailcheck.suite.files import GivenFiles
from mailcheck.suite.load import load_item
from mailcheck.world.offline import OFFLINE, offline_world
from mailcheck.world.recipients import Recipients

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.question import Question
    from mailcheck.verdict import Verdict

A_DAY = datetime.date(2026, 1, 31)
CATALOGUE = load_catalogue()
AN_ADDRESS = parse_address("192.0.2.25")
ZONE = """\
$ORIGIN example.com.
$TTL 3600
@    SOA ns1 hostmaster 2 7200 3600 1209600 300
@    NS ns1
ns1  A 192.0.2.53
@    MX 10 mail
mail A 192.0.2.25
www  CNAME www.example.net.
sub  NS ns1.sub
ns1.sub A 192.0.2.54
far  NS ns1.example.net.
"""


def said(asked: Question[Any], **settings: Any) -> Any:
    """What the world of a run with *settings* says at once."""
    given: list[Any] = []
    recipients = Recipients(consents=True, elsewhere="a@example.net")
    world = offline_world(Settings(offline=True, **settings), A_DAY, recipients)
    world.answer(asked, given.append)
    [answer] = given
    return answer


def verdict(
    sentence: str, root: Path, *proposed: str, files: Mapping[str, str] | None = None
) -> Verdict:
    """The verdict on *sentence*, which names *files*, of a run that asks nobody."""
    changes = tuple(ProposedFiles(root / name) for name in proposed)
    settings = Settings(offline=True, proposed=changes, probe_recipients=True)
    run = Run(settings, root=root, today=A_DAY)
    [wanted] = load_item(sentence, CATALOGUE, files=GivenFiles(files or {}))
    try:
        return run.verdict(run.plan(wanted, root))
    finally:
        run.close()


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(DnsQuery("example.com", "MX"), id="a resolver"),
        pytest.param(ServerQuery("example.com", "MX", NameServer(AN_ADDRESS)), id="a server"),
        pytest.param(SmtpSession(AN_ADDRESS, 25), id="a mail server"),
        pytest.param(HttpsGet(AN_ADDRESS, 443, "a.example", "/", 9), id="HTTPS"),
        pytest.param(RunResolvers(), id="whom a run asks"),
        pytest.param(RunRoot(), id="where a run begins"),
        pytest.param(RunRoutes(), id="where packets can go"),
        pytest.param(RunControls(), id="whom a run would try on a port"),
    ],
)
def test_what_is_about_the_network_is_not_evaluated(asked: Question[Any]) -> None:
    assert said(asked) is OFFLINE
    assert (OFFLINE.cause, OFFLINE.not_evaluated) == ("offline", True)


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        pytest.param(RunDate(), RunDateFact(A_DAY), id="the date"),
        pytest.param(Proposed("example.com"), ProposedFact(), id="what is proposed of a name"),
        pytest.param(ProposedCopy("example.com"), ProposedCopyFact(), id="the copy of a zone"),
    ],
)
def test_what_a_run_was_told_is_known(asked: Question[Any], fact: Any) -> None:
    assert said(asked) == fact


def test_so_is_what_it_knows_of_lists_and_recipients() -> None:
    assert isinstance(said(RunBlocklists()), RunBlocklistsFact)
    recipients = said(RunRecipients())
    assert (recipients.consents, recipients.elsewhere) == (True, "a@example.net")


def test_addresses_are_told_apart() -> None:
    private = AddressScope(parse_address("10.0.0.1"))
    assert not said(private).public
    assert said(private, private_networks=(ipaddress.ip_network("10.0.0.0/8"),)).public
    assert said(AddressScope(parse_address("9.9.9.9"))).public


@pytest.mark.parametrize("name", list(CATALOGUE.checks))
def test_every_check_is_decided_by_its_words_or_not_evaluated(name: str, tmp_path: Path) -> None:
    """None is inconclusive, and none takes what was not asked for what is not there."""
    for example in CATALOGUE.checks[name].examples:
        found = verdict(example.sentence, tmp_path, files=dict(example.files))
        known = found.kind in ("met", "unmet") and example.ends in (found.kind, *found.tags)
        assert known or found.kind == "not evaluated", f"{example.sentence}: {found}"


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        pytest.param("domain example.com has MX", "met", id="what the zone holds"),
        pytest.param("domain gone.example.com has MX", "unmet", id="what it does not hold"),
        pytest.param("host mail.example.com has address 192.0.2.25", "met", id="an address"),
        pytest.param("host www.example.com resolves", "offline", id="an alias out of it"),
        pytest.param("CNAME of www.example.com is www.example.net", "met", id="the alias itself"),
        pytest.param("host a.sub.example.com resolves", "offline", id="below it, with glue"),
        pytest.param("host a.far.example.com resolves", "offline", id="below it, without glue"),
        pytest.param("nameservers of example.com agree on MX", "offline", id="who serves it"),
        pytest.param("domain example.net has MX", "offline", id="another zone"),
    ],
)
def test_a_proposed_zone_is_judged_as_far_as_it_goes(
    tmp_path: Path, sentence: str, ends: str
) -> None:
    (tmp_path / "example.com.zone").write_text(ZONE, "utf-8")
    found = verdict(sentence, tmp_path, "example.com.zone")
    assert (found.cause or found.kind) == ends
    if ends == "offline":
        assert (found.kind, found.text) == ("not evaluated", OFFLINE.text)


def test_there_is_nothing_to_wait_for_and_nothing_to_close() -> None:
    world = offline_world(Settings(offline=True), A_DAY, Recipients())
    world.step()
    asyncio.run(world.stepped())
    world.close()


def test_a_run_looks_no_resolver_up_and_asks_none_how_it_behaves(tmp_path: Path) -> None:
    from mailcheck.settings import settings_of

    given = {"mail_offline": True, "mail_resolver": ["tls://nowhere.invalid"]}
    run = Run(settings_of(given), root=tmp_path, today=A_DAY)
    run.find_resolvers()
    [wanted] = load_item("domain example.com has MX", CATALOGUE)
    assert run.verdict(run.plan(wanted, tmp_path)).cause == "offline"
    assert run.preflight(at_end=True) == {}
    assert [opened.resolvers for opened in run.worlds] == [()]
    run.close()
