"""The worlds of a run: which one serves a folder, opened once, live or as it will be."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype
import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.conclusion import record_for
from mailcheck.errors import Place, SourceError, UsageError
from mailcheck.proposals import ProposedFiles, ProposedPatch
from mailcheck.run import Run
from mailcheck.settings import Settings
from mailcheck.suite.load import load_item
from mailcheck.world.proposed import networks_of
from mailcheck.world.proposed.patch.patch import FlattenedRRset
from mailcheck.world.recipients import Recipients
from mailcheck.worlds import Worlds
from tests.world.proposed.patched import patch_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailcheck.verdict import Verdict
    from mailcheck.world.proposed.authority import Authority

A_DAY = datetime.date(2026, 1, 31)

LAB = """\
lab: 1
servers:
  ns1:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        @ MX 10 mail
        mail A 203.0.113.25
        www CNAME mail
      example.net: |
        $TTL 3600
        @ SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
        @ NS ns1.example.com.
        @ MX 10 mail.example.com.
        shop CNAME new.example.com.
resolvers:
  house: {address: 192.0.2.1}
"""

PROPOSED = """\
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 2 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.53
new A 203.0.113.99
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a lab, and a change to one of its zones."""
    (tmp_path / "lab.yml").write_text(LAB, "utf-8")
    (tmp_path / "example.com.zone").write_text(PROPOSED, "utf-8")
    return tmp_path


def worlds(root: Path) -> Worlds:
    """The worlds of a run in a lab."""
    return Worlds(Settings(lab="auto"), root, A_DAY, Recipients())


def verdict(root: Path, sentence: str, *proposed: str, compare: bool = False) -> Verdict:
    """The verdict on a sentence in the lab, after a change."""
    changes = tuple(ProposedFiles(root / name) for name in proposed)
    settings = Settings(lab="auto", proposed=changes, compare=compare)
    run = Run(settings, root=root, today=A_DAY)
    [wanted] = load_item(sentence, load_catalogue())
    try:
        return run.verdict(run.plan(wanted, root))
    finally:
        run.close()


def test_a_world_is_opened_once_however_many_ask_at_once(root: Path) -> None:
    async def opened() -> bool:
        several = worlds(root)
        first, second = await asyncio.gather(*(several.open(root / "lab.yml") for _ in range(2)))
        await several.closed()
        return first is second

    assert asyncio.run(opened())


@pytest.mark.parametrize("compare", [False, True])
def test_the_network_before_a_change_is_judged_only_to_be_compared(
    root: Path, *, compare: bool
) -> None:
    change = (ProposedFiles(root / "example.com.zone"),)
    settings = Settings(lab="auto", proposed=change, compare=compare)
    opened = Worlds(settings, root, A_DAY, Recipients())
    key = opened.around(root)

    async def both() -> tuple[bool, int]:
        await opened.open(key)
        found = opened.before(key) is not None, len(opened.engines)
        await opened.closed()
        return found

    assert asyncio.run(both()) == (compare, 3 if compare else 2)


def test_a_lab_that_cannot_be_read_is_told_without_opening_it(root: Path) -> None:
    (root / "lab.yml").write_text("lab: 1\nserver: x\n", "utf-8")
    with pytest.raises(SourceError, match="server"):
        worlds(root).check(root)


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [
        pytest.param("domain example.com has MX", "met", "unmet", id="a record that goes"),
        pytest.param("host new.example.com resolves", "unmet", "met", id="a name that comes"),
        pytest.param("host www.example.com resolves", "met", "unmet", id="an alias that goes"),
        pytest.param("host shop.example.net resolves", "unmet", "met", id="a live alias to it"),
        pytest.param("domain example.net has MX", "met", "met", id="what is not proposed"),
        pytest.param("MX hosts of example.net resolve", "met", "unmet", id="a live MX to it"),
    ],
)
def test_the_same_sentence_before_and_after_a_change(
    root: Path, sentence: str, before: str, after: str
) -> None:
    assert [
        verdict(root, sentence).kind,
        verdict(root, sentence, "example.com.zone").kind,
    ] == [before, after]


def test_the_evidence_says_where_it_is_written(root: Path) -> None:
    [line, *_] = verdict(root, "host new.example.com resolves", "example.com.zone").evidence
    assert str(line) == "new.example.com A → 203.0.113.99, proposed, example.com.zone:6"


def test_of_several_records_the_one_at_fault_is_named(root: Path) -> None:
    """An exchange that does not exist stands on the second line of its RRset."""
    zone = PROPOSED + "@ MX 10 new\n@ MX 20 none.example.net.\n"
    (root / "example.com.zone").write_text(zone, "utf-8")
    [wanted] = load_item("MX hosts of example.com resolve", load_catalogue())
    found = verdict(root, "MX hosts of example.com resolve", "example.com.zone")
    assert found.tags == ("no-such-exchange",)
    assert record_for(wanted, found)["at_fault"] == {"file": "example.com.zone", "line": 8}


def test_what_is_not_proposed_says_that_it_is_live(root: Path) -> None:
    """Only beside a change: there is nothing else to tell it from."""
    sentence = "host shop.example.net resolves"
    sources = [line.source for line in verdict(root, sentence, "example.com.zone").evidence]
    assert [source.partition(",")[0] for source in sources] == ["live", "proposed"] * 2
    assert not any("live" in line.source for line in verdict(root, sentence).evidence)


def test_it_says_so_too_where_the_verdict_is_not_waited_for(root: Path) -> None:
    change = ProposedFiles(root / "example.com.zone")
    run = Run(Settings(lab="auto", proposed=(change,)), root=root, today=A_DAY)
    [wanted] = load_item("domain example.net has MX", load_catalogue())
    planned = run.plan(wanted, root)
    assert run.seen(planned) == ()
    verdict = run.verdict(planned)
    assert run.seen(planned) == verdict.evidence != ()
    assert all(line.source.startswith("live, ") for line in verdict.evidence)
    run.close()


def test_a_change_that_is_not_there_is_an_error_of_the_run(root: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        verdict(root, "domain example.com has MX", "zones")


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        pytest.param("domain example.com has MX", "unmet: no-mx", id="the change breaks it"),
        pytest.param(
            "domain mail.example.net has MX",
            "unmet: no-such-domain, broken before this change",
            id="nothing of the change",
        ),
        pytest.param(
            "domain ns1.example.com has MX",
            "unmet: no-mx, broken before this change",
            id="a zone's name that stays as it is",
        ),
        pytest.param("host new.example.com resolves", "met: repaired", id="the change repairs it"),
        pytest.param("host ns1.example.com resolves", "met", id="all is well, and stays so"),
    ],
)
def test_only_what_a_change_makes_worse_counts(root: Path, sentence: str, ends: str) -> None:
    found = verdict(root, sentence, "example.com.zone", compare=True)
    told = ", ".join((*found.tags, *(advice.tag for advice in found.advice)))
    shown = f"{found.kind}: {told}" if told else found.kind
    assert (f"{shown}, {found.excused}" if found.excused else shown) == ends


CHANGED = """\
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 2 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.53
@ MX 10 new
new A 203.0.113.99
"""


def judged_together(root: Path, *sentences: str, proposed: bool = True) -> list[Verdict]:
    """The verdicts on sentences of one run in the lab, after the change to example.com."""
    (root / "example.com.zone").write_text(CHANGED, "utf-8")
    changes = (ProposedFiles(root / "example.com.zone"),) if proposed else ()
    run = Run(Settings(lab="auto", proposed=changes), root=root, today=A_DAY)
    try:
        wanted = [one for text in sentences for one in load_item(text, load_catalogue())]
        return [run.verdict(planned) for planned in [run.plan(one, root) for one in wanted]]
    finally:
        run.close()


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        pytest.param("change to example.com removes no MX", [], id="another MX"),
        pytest.param(
            "change to example.com removes no A",
            [
                (
                    "mail.example.com has A 203.0.113.25, and will have none; it is used by the MX of "
                    "example.com as it is, the CNAME of www.example.com as it is"
                ),
                "www.example.com has A 203.0.113.25, and will have none; it is used by <sentence>:1",
            ],
            id="the old exchange, and a host of the suite",
        ),
        pytest.param(
            "change to example.com touches at most 0 %",
            [
                (
                    "of 5 RRsets known of example.com, 2 go and 1 changes; that is 60 %, and 0 % may: "
                    "CNAME of www.example.com, A of mail.example.com, MX of example.com"
                )
            ],
            id="all that is known",
        ),
        pytest.param("change to example.com touches at most 30 %", [], id="few are known"),
        pytest.param(
            "nothing in use is removed",
            [
                (
                    "www.example.com has the address 203.0.113.25, and will have none; it is used by "
                    "<sentence>:1"
                ),
                (
                    "mail.example.com has the address 203.0.113.25, and will have none; it is used by "
                    "the MX of example.com as it is, the CNAME of www.example.com as it is"
                ),
            ],
            id="all that is used",
        ),
    ],
)
def test_a_change_is_judged_by_what_the_zones_servers_say(
    root: Path, sentence: str, texts: list[str]
) -> None:
    [found, _] = judged_together(root, sentence, "host www.example.com resolves")
    assert found.kind == ("unmet" if texts else "met")
    assert sorted(reason.text for reason in found.reasons) == sorted(texts)


@pytest.mark.parametrize(
    "sentence",
    [
        "change to example.com removes no MX",
        "change to example.com touches at most 30 %",
        "nothing in use is removed",
    ],
)
def test_without_a_change_there_is_none_to_judge(root: Path, sentence: str) -> None:
    [found] = judged_together(root, sentence, proposed=False)
    assert (found.kind, found.cause) == ("not evaluated", "nothing-proposed")


def test_what_a_change_takes_away_stays_in_caches_for_a_while(root: Path) -> None:
    [found] = judged_together(root, "change to example.com touches at most 100 %")
    assert [advice.text for advice in found.advice] == [
        (
            "caches serve the old MX of example.com for up to 1 h after the change, and 2 other old "
            "answers no longer than that"
        )
    ]


def test_before_a_change_there_is_none_to_compare_with(root: Path) -> None:
    found = verdict(root, "change to example.com removes no MX", "example.com.zone", compare=True)
    assert (found.tags, found.excused) == (("record-removed",), "")
    assert [advice.tag for advice in found.advice] == ["cached-until"]


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        pytest.param(
            "change to example.com removes no A",
            [
                (
                    "mail.example.com has A 203.0.113.25, and will have none; it is used by the MX "
                    "of example.com, the CNAME of www.example.com as it is"
                ),
                "www.example.com has A 203.0.113.25, and will have none",
            ],
            id="a host and its alias",
        ),
        pytest.param("change to example.com removes no MX", [], id="what is left alone"),
        pytest.param(
            "change to example.com touches at most 0 %",
            [
                (
                    "of 5 RRsets known of example.com, 1 goes and 1 changes; that is 40 %, and 0 % "
                    "may: A of mail.example.com, CNAME of www.example.com"
                )
            ],
            id="a host and its alias, of what is known",
        ),
        pytest.param(
            "nothing in use is removed",
            [
                (
                    "mail.example.com has the address 203.0.113.25, and will have none; it is used "
                    "by the MX of example.com, the CNAME of www.example.com as it is"
                )
            ],
            id="the exchange",
        ),
    ],
)
def test_a_patch_that_takes_something_away(root: Path, sentence: str, texts: list[str]) -> None:
    (root / "a.patch").write_text("$ORIGIN example.com.\n-mail A\nwww 3600 CNAME gone\n", "utf-8")
    settings = Settings(lab="auto", proposed=(ProposedPatch(root / "a.patch"),))
    run = Run(settings, root=root, today=A_DAY)
    [wanted] = load_item(sentence, load_catalogue())
    try:
        found = run.verdict(run.plan(wanted, root))
    finally:
        run.close()
    assert sorted(reason.text for reason in found.reasons) == sorted(texts)


HOSTS = """\
hosts:
  mail.example.com: {{address: 203.0.113.25, smtp: {{25: accepts}}{}}}
  new.example.com: {{address: 203.0.113.99, smtp: {{25: accepts}}{}}}
"""
SECURED = ", certificate: mail.example.com"


@pytest.mark.parametrize(
    ("old", "new", "ends"),
    [
        pytest.param(SECURED, SECURED, "met", id="both servers offer it"),
        pytest.param(SECURED, "", "unmet: no-starttls", id="the new one does not"),
        pytest.param("", SECURED, "met: repaired", id="the old one does not"),
        pytest.param("", "", "unmet: no-starttls", id="neither does, and the new one is another"),
    ],
)
def test_a_host_that_gets_another_address_is_contacted_there(
    root: Path, old: str, new: str, ends: str
) -> None:
    """Before the change where it is today, and after it where it will be: two sessions, two hosts."""
    (root / "lab.yml").write_text(LAB + HOSTS.format(old, new), "utf-8")
    (root / "example.com.zone").write_text(PROPOSED + "mail A 203.0.113.99\n", "utf-8")
    sentence = "SMTP port 25 of mail.example.com offers STARTTLS"
    before = verdict(root, sentence)
    weighed = verdict(root, sentence, "example.com.zone", compare=True)
    assert [before.kind, weighed.kind] == ["met" if one else "unmet" for one in (old, new)]
    for found, here, other in (
        (before, "203.0.113.25", "203.0.113.99"),
        (weighed, "203.0.113.99", "203.0.113.25"),
    ):
        shown = "\n".join(map(str, found.evidence))
        assert f"{here} port 25" in shown
        assert other not in shown
    told = ", ".join((*weighed.tags, *(advice.tag for advice in weighed.advice)))
    assert (f"{weighed.kind}: {told}" if told else weighed.kind) == ends
    assert not weighed.excused


def test_all_engines_of_a_comparison_come_to_rest(root: Path) -> None:
    """Before, after, and the live one that both ask."""
    changes = (ProposedFiles(root / "example.com.zone"),)
    run = Run(Settings(lab="auto", proposed=changes, compare=True), root=root, today=A_DAY)
    [wanted] = load_item("MX hosts of example.net resolve", load_catalogue())
    planned = run.plan(wanted, root)
    engines = run._worlds.engines
    assert {one.engine for one in planned.all} == {*engines[:2]}
    for engine in engines:
        engine.go_on()
    assert all(engine._asking.open for engine in engines)
    run.rest()
    assert (len(engines), [engine._asking.open for engine in engines]) == (3, [0, 0, 0])
    run.close()


def propose(run: Run, zones: Mapping[str, Authority]) -> None:
    """Let *zones* be what is proposed in a run: no file says yet what only plans can say."""
    run._worlds._proposed = networks_of(zones, run._worlds.names)
    run._worlds.is_varied = len(run._worlds._proposed) > 1


def varied(root: Path, *patches: str, compare: bool = False) -> Run:
    """A run in the lab after a change that gives each of several clients one of *patches*."""
    change = ProposedFiles(root / "example.com.zone")
    run = Run(Settings(lab="auto", proposed=(change,), compare=compare), root=root, today=A_DAY)
    first, *others = (patch_of(text) for text in patches)
    zones = {"example.com": replace(first, variants=tuple(others))}
    propose(run, zones)
    return run


def judged_in(run: Run, root: Path, *sentences: str) -> list[Verdict]:
    """The verdicts of a run, which ends with them."""
    try:
        wanted = [one for text in sentences for one in load_item(text, load_catalogue())]
        return [run.verdict(planned) for planned in [run.plan(one, root) for one in wanted]]
    finally:
        run.close()


HERE, THERE = "new A 203.0.113.98\n", "new A 203.0.113.99\n"


@pytest.mark.parametrize(
    ("patches", "sentence", "ends"),
    [
        pytest.param([HERE, THERE], "host new.example.com resolves", "met", id="each has it"),
        pytest.param(
            [HERE, "new TXT x\n"], "host new.example.com resolves", "unmet", id="one has it not"
        ),
        pytest.param(
            ["new TXT x\n", HERE], "host new.example.com resolves", "unmet", id="the first has not"
        ),
        pytest.param(
            [HERE, HERE, HERE, "-mail\n"], "MX hosts of example.net resolve", "unmet", id="the last"
        ),
        pytest.param(
            [HERE, "new CNAME x.example.org.\n"],
            "host new.example.com resolves",
            "inconclusive",
            id="of one it is not known",
        ),
        pytest.param([HERE, THERE], "domain example.net has MX", "met", id="nothing of it"),
    ],
)
def test_what_must_hold_must_hold_for_each_client(
    root: Path, patches: list[str], sentence: str, ends: str
) -> None:
    [found] = judged_in(varied(root, *patches), root, sentence)
    assert found.kind == ends


def test_the_evidence_shows_what_each_client_is_given(root: Path) -> None:
    [found] = judged_in(varied(root, HERE, THERE), root, "host new.example.com resolves")
    shown = [str(line) for line in found.evidence if " A " in str(line)]
    assert shown == [
        "new.example.com A → 203.0.113.98, proposed, change:3",
        "new.example.com A → 203.0.113.99, proposed, change:3",
    ]


def test_it_is_plainly_met_if_it_is_for_all(root: Path) -> None:
    for last, is_met in ((THERE, True), ("new TXT x\n", False)):
        run = varied(root, HERE, last)
        [wanted] = load_item("host new.example.com resolves", load_catalogue())
        planned = run.plan(wanted, root)
        assert not run.is_judged(planned)
        assert run.is_plainly_met(planned) is is_met
        assert run.is_judged(planned)
        assert len({line.result for line in run.seen(planned)}) > 1
        run.close()


@pytest.mark.parametrize(
    ("patches", "sentence", "ends"),
    [
        pytest.param(
            [HERE, "-mail\n"], "host mail.example.com resolves", ("unmet", ""), id="one is worse"
        ),
        pytest.param(
            [HERE, THERE],
            "host none.example.com resolves",
            ("unmet", "broken before this change"),
            id="none is worse",
        ),
        pytest.param([HERE, THERE], "host new.example.com resolves", ("met", ""), id="repaired"),
    ],
)
def test_each_is_compared_with_what_is_live(
    root: Path, patches: list[str], sentence: str, ends: tuple[str, str]
) -> None:
    [found] = judged_in(varied(root, *patches, compare=True), root, sentence)
    assert (found.kind, found.excused) == ends
    if found.kind == "met":
        assert [advice.tag for advice in found.advice] == ["repaired"]


@pytest.mark.parametrize(
    "sentence",
    [
        "MX hosts of example.net resolve",
        "SMTP port 25 of mail.example.com offers STARTTLS",
        "host mail.example.com resolves",
    ],
)
def test_what_is_the_same_for_all_is_asked_once(root: Path, sentence: str) -> None:
    (root / "lab.yml").write_text(LAB + HOSTS.format("", ""), "utf-8")
    begun = []
    for patches in ([HERE], [HERE] * 3):
        run = varied(root, *patches)
        judged_in(run, root, sentence)
        [live] = run._worlds._below
        begun.append(live.questions_begun)
    assert begun[0] == begun[1] > 0


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("domain example.com has MX", "unmet"),
        ("host new.example.com resolves", "met"),
        ("host www.example.com resolves", "unmet"),
        ("host gone.example.com resolves", "unmet"),
        ("change to example.com removes no MX", "not evaluated"),
        ("nothing in use is removed", "not evaluated"),
        ("zone example.com loads", "not evaluated"),
        ("zone example.com has a newer serial than live", "not evaluated"),
        ("TTL of A of new.example.com is at most 300", "met"),
    ],
)
def test_a_whole_zone_of_a_plan_is_judged_without_a_network(
    root: Path, sentence: str, kind: str
) -> None:
    change = ProposedFiles(root / "example.com.zone")
    run = Run(Settings(offline=True, proposed=(change,)), root=root, today=A_DAY)
    zones = {"example.com": replace(patch_of("new A 203.0.113.99\n"), whole=True)}
    propose(run, zones)
    [found] = judged_in(run, root, sentence)
    assert (sentence, found.kind) == (sentence, kind)


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        pytest.param(
            "change to example.com removes no MX",
            ["example.com has MX 10 mail.example.com., and will have none"],
            id="what it does not write",
        ),
        pytest.param(
            "change to example.com removes no A",
            [
                (
                    "mail.example.com has A 203.0.113.25, and will have none; it is used by the MX of "
                    "example.com as it is, the CNAME of www.example.com as it is, the A of "
                    "shop.example.com (r.shop in plan.json:7)"
                ),
                (
                    "ns1.example.com has A 192.0.2.53, and will have none; it is used by the NS of "
                    "example.com"
                ),
                "www.example.com has A 203.0.113.25, and will have none; it is used by <sentence>:1",
            ],
            id="what it copies from elsewhere",
        ),
        pytest.param(
            "nothing in use is removed",
            [
                (
                    "mail.example.com has A 203.0.113.25, and will have none; it is used by the A of "
                    "shop.example.com (r.shop in plan.json:7)"
                ),
                (
                    "mail.example.com has the address 203.0.113.25, and will have none; it is used by "
                    "the MX of example.com as it is, the CNAME of www.example.com as it is"
                ),
                (
                    "ns1.example.com has the address 192.0.2.53, and will have none; it is used by "
                    "the NS of example.com"
                ),
                (
                    "www.example.com has the address 203.0.113.25, and will have none; it is used by "
                    "<sentence>:1"
                ),
            ],
            id="what is used",
        ),
        pytest.param(
            "change to example.com touches at most 0 %",
            [
                (
                    "of 5 RRsets known of example.com, 4 go and 0 change; that is 80 %, and 0 % may: "
                    "MX of example.com, CNAME of www.example.com, A of ns1.example.com, A of "
                    "mail.example.com"
                )
            ],
            id="a share",
        ),
    ],
)
def test_a_whole_zone_of_a_plan_is_compared_with_what_is_live(
    root: Path, sentence: str, texts: list[str]
) -> None:
    run = varied(root, HERE)
    at = (dns.name.from_text("shop.example.com"), dns.rdatatype.A)
    place = Place("plan.json", 7, of="r.shop")
    copied = {at: FlattenedRRset(dns.name.from_text("mail.example.com"), 60, place)}
    zones = {"example.com": replace(patch_of(HERE), whole=True, flattened=copied)}
    propose(run, zones)
    [found, _] = judged_in(run, root, sentence, "host www.example.com resolves")
    assert found.kind == "unmet"
    assert sorted(reason.text for reason in found.reasons) == texts


def test_what_is_given_to_some_today_is_no_change_for_all(root: Path) -> None:
    """The lab shows one address of two, as a provider does that answers by weight."""
    run = varied(root, "mail A 203.0.113.25\n", "mail A 203.0.113.26\n")
    [found] = judged_in(run, root, "change to example.com touches at most 0 %")
    assert (found.kind, found.cause) == ("inconclusive", "differs-by-client")
    assert "A of mail.example.com is not the same for all clients" in found.text
