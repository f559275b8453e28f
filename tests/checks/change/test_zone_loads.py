"""``zone D loads``: what a server refuses is a reason, what it grumbles about is advice."""

from __future__ import annotations

import pytest

from mailcheck.checks.change.zone_loads import CHECK, MENDS
from mailcheck.errors import Place
from mailcheck.facts.change.changes import Changes, ChangesFact, ZoneChange
from mailcheck.facts.change.proposed import ProposedCopy, ProposedCopyFact
from mailcheck.testing import ending, judged, run_examples
from mailcheck.verdict import Verdict
from mailcheck.zones.fault import Fault

SENTENCE = "zone example.com loads"
FILE = "zones/example.com.zone"


def verdict(*faults: Fault) -> Verdict:
    """Judge a file with *faults*."""
    return judged(CHECK, SENTENCE, (ProposedCopy("example.com"), ProposedCopyFact(FILE, faults)))


def fault(tag: str, *, refuses: bool) -> Fault:
    return Fault(tag, f"it has {tag}", Place(FILE, 14), refuses)


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


def test_every_fault_that_refuses_is_a_reason_with_its_place() -> None:
    said = verdict(fault("syntax", refuses=True), fault("no-ns", refuses=True))
    assert [(reason.tag, reason.text) for reason in said.reasons] == [
        ("syntax", f"{FILE}:14: it has syntax"),
        ("no-ns", f"{FILE}:14: it has no-ns"),
    ]


def test_other_faults_are_advice_and_the_zone_loads() -> None:
    said = verdict(fault("mx-is-alias", refuses=False))
    assert said.kind == "met"
    assert [(a.tag, a.text) for a in said.advice] == [
        ("mx-is-alias", f"{FILE}:14: it has mx-is-alias")
    ]


def test_a_tag_of_both_kinds_is_what_the_fault_is() -> None:
    said = verdict(fault("ns-is-alias", refuses=False), fault("ns-is-alias", refuses=True))
    assert said.tags == ("ns-is-alias",)
    assert len(said.reasons) == len(said.advice) == 1
    assert "Nothing of the zone is served" in said.matters[0]


def test_a_zone_that_is_proposed_by_servers_is_not_judged_by_a_file() -> None:
    change = ZoneChange("example.com", "ns1.example.net", whole=True)
    said = judged(
        CHECK,
        SENTENCE,
        (ProposedCopy("example.com"), ProposedCopyFact()),
        (Changes(), ChangesFact({"example.com": change})),
    )
    assert ending(said) == ("not evaluated: no-zone-file",)
    assert "ns1.example.net" in said.text


def test_what_to_mend_is_told_for_tags_there_are() -> None:
    assert {*MENDS} <= {*CHECK.unmet_tags}


@pytest.mark.parametrize(
    ("tag", "publish", "instruction"),
    [
        pytest.param("no-soa", "example.com.  3600  IN  SOA  ns1.example.com. ", "", id="SOA"),
        pytest.param("no-ns", "example.com.  3600  IN  NS  ns1.example.com.", "", id="NS"),
        pytest.param("cname-and-other-data", "", "Take out the CNAME", id="alias"),
        pytest.param("obsolete-type", "", "Mend the line", id="any other"),
    ],
)
def test_remedies_end_with_looking_again(tag: str, publish: str, instruction: str) -> None:
    [remedy] = verdict(fault(tag, refuses=True)).remedies
    assert "".join(remedy.publish[:1]).startswith(publish)
    assert bool(remedy.publish) == bool(publish)
    assert remedy.instruction.startswith(instruction)
    assert remedy.instruction.endswith(f"then run: named-checkzone example.com {FILE}")


@pytest.mark.parametrize("zone", ["0/25.2.0.192.in-addr.arpa", ".", "2.0.192.in-addr.arpa"])
def test_a_zone_need_not_have_the_name_of_a_host(zone: str) -> None:
    said = judged(CHECK, f"zone {zone} loads", (ProposedCopy(zone), ProposedCopyFact(FILE)))
    assert said.kind == "met"


def test_the_root_has_servers_too() -> None:
    copy = ProposedCopyFact(FILE, (fault("no-ns", refuses=True),))
    [remedy] = judged(CHECK, "zone . loads", (ProposedCopy("."), copy)).remedies
    assert remedy.publish[0] == ".  3600  IN  NS  ns1."
