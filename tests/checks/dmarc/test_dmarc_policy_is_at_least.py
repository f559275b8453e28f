from __future__ import annotations

import pytest

from mailcheck.checks.dmarc.dmarc_policy_is_at_least import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict

NOTHING = dict.fromkeys(("a.b.example.com", "b.example.com", "example.com", "com"), "NXDOMAIN")


def policy_of(
    domain: str, records: dict[str, str], policy: str = "reject", exists: str = "TIMEOUT"
) -> Verdict:
    """Judge *domain* with the DMARC *records* at some names, and none at any other."""
    answers = NOTHING | {
        n: f'"v=DMARC1; {r}"' if "=" in r and '"' not in r else r for n, r in records.items()
    }
    told_all = [told(f"_dmarc.{name} TXT", answer) for name, answer in answers.items()]
    sentence = f"DMARC policy of {domain} is at least {policy}"
    return judged(CHECK, sentence, *told_all, told(f"{domain} A", exists))


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("records", "tags"),
    [
        pytest.param({"a.b.example.com": "p=reject; sp=none; np=none"}, (), id="its own p"),
        pytest.param(
            {"a.b.example.com": "p=none", "example.com": "p=reject"},
            ("weaker-policy",),
            id="its own record counts and not the organisation's",
        ),
        pytest.param(
            {"b.example.com": "p=none; sp=none", "example.com": "p=reject"},
            (),
            id="the record with the fewest labels counts and not the nearest",
        ),
        pytest.param(
            {"b.example.com": "p=reject; psd=n", "example.com": "p=none"}, (), id="psd=n ends it"
        ),
        pytest.param(
            {"b.example.com": "p=none; psd=n", "example.com": "p=reject"},
            ("weaker-policy",),
            id="psd=n ends it, though the policy above is stronger",
        ),
        pytest.param({"com": "p=none; sp=reject; psd=y"}, (), id="of a public suffix sp counts"),
        pytest.param(
            {"example.com": "p=none", "com": "p=reject; psd=y"},
            ("weaker-policy",),
            id="a public suffix does not count beside the organisation's record",
        ),
        pytest.param(
            {"b.example.com": "p=none", "com": "p=reject; psd=y"},
            (),
            id="the record of a name between public suffix and organisation does not count",
        ),
        pytest.param({"example.com": "P=Reject;SP=REJECT"}, (), id="case does not matter"),
        pytest.param({"example.com": "p=reject; sp=quarantine"}, ("weaker-policy",), id="sp"),
        pytest.param({"example.com": "p=none; sp=reject"}, (), id="sp stronger than p"),
        pytest.param({"example.com": "p=reject; t=y"}, ("test-mode",), id="test mode"),
        pytest.param({"example.com": "p=none; t=y"}, ("weaker-policy",), id="none, and test mode"),
        pytest.param({"example.com": "p=reject; t=yes"}, (), id="t that is not valid is n"),
        pytest.param({"example.com": "p=reject; sp=foo"}, ("invalid-policy",), id="sp not valid"),
        pytest.param(
            {"example.com": "p=reject; np=foo; rua=mailto:d@example.com"},
            ("invalid-policy",),
            id="np not valid, rua makes it p=none",
        ),
        pytest.param(
            {"example.com": "sp=reject; rua=mailto:d@example.com"}, ("invalid-policy",), id="no p"
        ),
        pytest.param(
            {"a.b.example.com": "sp=reject", "example.com": "p=reject"},
            ("invalid-policy",),
            id="a record without p ends the search",
        ),
        pytest.param({"example.com": "p=reject; p=none"}, ("duplicate-tag",), id="p twice"),
        pytest.param({}, ("no-record",), id="no record at all"),
        pytest.param(
            {"example.com": "REFUSED-BY-AUTHORITY"}, ("refused-by-authority",), id="refused"
        ),
        pytest.param(
            {"a.b.example.com": "p=reject", "example.com": "REFUSED-BY-AUTHORITY"},
            (),
            id="refused above, which does not matter",
        ),
    ],
)
def test_which_record_decides_and_by_which_tag(
    records: dict[str, str], tags: tuple[str, ...]
) -> None:
    verdict = policy_of("a.b.example.com", records)
    assert (verdict.kind, verdict.tags) == ("unmet" if tags else "met", tags)


@pytest.mark.parametrize(
    ("record", "exists", "ends"),
    [
        pytest.param("p=none; sp=reject; np=none", "NXDOMAIN", "unmet", id="absent: np"),
        pytest.param("p=none; sp=none; np=reject", "NXDOMAIN", "met", id="absent: np is strong"),
        pytest.param("p=none; sp=reject; np=none", "NODATA", "met", id="exists without address"),
        pytest.param("p=none; sp=reject; np=none", "192.0.2.1", "met", id="exists"),
        pytest.param("p=reject; np=none", "192.0.2.1", "met", id="exists: p in place of sp"),
        pytest.param("p=reject; np=none", "TIMEOUT", "inconclusive", id="unknown, and decides"),
        pytest.param("p=none; np=quarantine", "TIMEOUT", "unmet", id="unknown: both too weak"),
        pytest.param("p=none; sp=reject", "TIMEOUT", "met", id="without np nothing is asked"),
        pytest.param(
            "p=none; sp=none; np=reject",
            "-> x.example | NXDOMAIN",
            "unmet",
            id="dead alias, weak sp",
        ),
        pytest.param(
            "p=none; sp=reject; np=none",
            "-> x.example | NXDOMAIN",
            "unmet",
            id="dead alias, weak np",
        ),
    ],
)
def test_whether_the_domain_exists(record: str, exists: str, ends: str) -> None:
    assert policy_of("b.example.com", {"example.com": record}, exists=exists).kind == ends


@pytest.mark.parametrize(
    ("records", "cause"),
    [
        pytest.param(
            {"a.b.example.com": "TIMEOUT", "example.com": "p=reject"}, "timeout", id="own"
        ),
        pytest.param(
            {"b.example.com": "SERVFAIL", "example.com": "p=reject"}, "servfail", id="mid"
        ),
        pytest.param({"example.com": "TIMEOUT"}, "timeout", id="nothing seen"),
    ],
)
def test_a_step_that_may_decide_is_unknown(records: dict[str, str], cause: str) -> None:
    verdict = policy_of("a.b.example.com", records)
    assert (verdict.kind, verdict.cause) == ("inconclusive", cause)


def test_what_lies_behind_the_end_of_the_walk_is_not_missed() -> None:
    records = {"b.example.com": "p=reject; psd=n", "example.com": "TIMEOUT"}
    assert policy_of("a.b.example.com", records).kind == "met"


def test_the_eighth_query_is_the_last() -> None:
    names = "l.k.j.i.h.g.f.e.d.example.com"
    asked = [names, *(names.split(".", n)[n] for n in range(4, 11))]
    steps = dict.fromkeys(asked, "NXDOMAIN") | {"example.com": "p=reject"}
    assert len(asked) == 8
    assert policy_of(names, steps).kind == "met"


@pytest.mark.parametrize(
    ("domain", "record", "published"),
    [
        (
            "example.com",
            "p=none; pct=5",
            '_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject"',
        ),
        ("b.example.com", "p=none; sp=none", '"v=DMARC1; p=none; sp=reject"'),
        ("b.example.com", "p=none", '"v=DMARC1; p=none; sp=reject"'),
        ("b.example.com", "p=reject; t=y; adkim=s", '"v=DMARC1; p=reject; adkim=s"'),
        ("example.com", "p=x; sp=y", '"v=DMARC1; p=reject"'),
        ("example.com", "p=reject; p=none", '"v=DMARC1; p=reject"'),
        # A policy for others that is strong enough stays, beside the one that was mistyped.
        ("example.com", "p=rejct; sp=reject; np=none", '"v=DMARC1; p=reject; sp=reject"'),
        ("example.com", "p=reject; sp=foo; np=REJECT", '"v=DMARC1; p=reject; np=reject"'),
        ("example.com", "p=rejct; t=y", '"v=DMARC1; p=reject"'),
    ],
)
def test_the_record_to_publish(domain: str, record: str, published: str) -> None:
    verdict = policy_of(domain, {"example.com": record})
    assert verdict.remedies[0].publish[0].endswith(published)


def test_a_domain_under_a_public_suffix_publishes_a_record_of_its_own() -> None:
    verdict = policy_of("b.example.com", {"com": "p=none; psd=y"})
    assert (
        verdict.remedies[0].publish[0].startswith('_dmarc.b.example.com.  3600  IN  TXT  "v=DMARC1')
    )
    assert "p=reject" in verdict.remedies[0].publish[0]


def test_the_reason_names_record_and_tag() -> None:
    verdict = policy_of("b.example.com", {"example.com": "p=reject; sp=none"})
    assert verdict.reasons[0].text == (
        "the DMARC record of example.com says sp=none, which decides about b.example.com"
    )


@pytest.mark.parametrize(
    ("records", "tags"),
    [
        ({"example.com": "p=reject; pct=50"}, ["percentage"]),
        ({"example.com": "p=reject; pct=100"}, []),
        (
            {"b.example.com": '"v=DMARC1" | "v=DMARC1"', "example.com": "p=reject"},
            ["discarded-records"],
        ),
    ],
)
def test_receivers_that_differ(records: dict[str, str], tags: list[str]) -> None:
    verdict = policy_of("b.example.com", records)
    assert verdict.kind == "met"
    assert [advice.tag for advice in verdict.advice] == tags


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"of a record, not of a domain; write example\.com"):
        judged(CHECK, "DMARC policy of _dmarc.example.com is at least reject")


@pytest.mark.parametrize(
    ("record", "policy", "after"),
    [
        (
            '"v=DMARC1; p=none; rua=mailto:d@e.fg" | "v=DMARC1; p=none"',
            "reject",
            "p=reject; rua=mailto:d@e.fg",
        ),
        ('"v=DMARC1; p=reject" | "v=DMARC1; p=none"', "quarantine", "p=reject"),
        ("p=reject; sp=foo", "quarantine", "p=reject"),
        ("p=quarantine; p=reject", "quarantine", "p=reject"),
        ('"v=DMARC1" | "p=none; rua=mailto:d@e.fg"', "reject", "p=reject; rua=mailto:d@e.fg"),
        ('"v=DMARC1, p=none, rua=mailto:d@e.fg"', "reject", "p=reject; rua=mailto:d@e.fg"),
    ],
)
def test_a_remedy_asks_for_enough_and_loses_nothing(record: str, policy: str, after: str) -> None:
    verdict = policy_of("example.com", {"example.com": record}, policy)
    assert f'TXT  "v=DMARC1; {after}"' in str(verdict.remedies)


def test_records_that_are_discarded_above_are_mended_there() -> None:
    verdict = policy_of(
        "a.b.example.com", {"example.com": '"v=DMARC1; p=reject" | "v=DMARC1; p=none"'}
    )
    [remedy] = verdict.remedies
    assert verdict.tags == ("several-records",)
    assert remedy.publish == ('_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject"',)


def test_what_a_change_takes_away_above_comes_back() -> None:
    gone = [told(f"_dmarc.{name} TXT", said) for name, said in NOTHING.items()]
    change = (Proposed("_dmarc.example.com"), ProposedFact("example.com.zone"))
    live = told_published("_dmarc.example.com TXT", '"v=DMARC1; p=reject"')
    sentence = "DMARC policy of a.b.example.com is at least reject"
    [remedy] = judged(CHECK, sentence, *gone, change, live).remedies
    assert remedy.publish == ('_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject"',)


def _in_zone(domain: str, at: str, text: str) -> Verdict:
    """Judge *domain* of the zone example.com, which has the *text* at one name and nothing else."""
    steps = [domain.split(".", n)[n] for n in range(domain.count("."))]
    gone = [told(f"_dmarc.{step} TXT", "NXDOMAIN", denier="example.com") for step in steps]
    sentence = f"DMARC policy of {domain} is at least reject"
    record = told(f"{at} TXT", f'"{text}"')
    return judged(CHECK, sentence, *gone, told("_dmarc.com TXT", "NXDOMAIN"), record)


@pytest.mark.parametrize(
    "at",
    ["example.com", "_dmarc.example.com.example.com", "_dmarc._dmarc.example.com"]
    + [f"{label}.example.com" for label in ("dmarc", "_dmark", "_demarc")],
)
@pytest.mark.parametrize("domain", ["b.example.com", "a.b.example.com"])
def test_what_the_zone_has_at_a_wrong_place_is_moved_for_all_below(domain: str, at: str) -> None:
    verdict = _in_zone(domain, at, "v=DMARC1; p=reject; rua=mailto:d@e.fg")
    [remedy] = verdict.remedies
    assert verdict.tags == ("wrong-place",)
    assert remedy.publish == (
        '_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject; rua=mailto:d@e.fg"',
    )


def test_what_is_moved_keeps_its_policy_for_others() -> None:
    [remedy] = _in_zone("b.example.com", "example.com", "v=DMARC1; p=none").remedies
    assert ("p=none" in remedy.publish[0], "at least" in remedy.instruction) == (True, False)


def test_what_a_domain_has_at_a_wrong_place_asks_for_enough() -> None:
    for at in ("b.example.com", "_dmarc.b.example.com.example.com"):
        [remedy] = _in_zone("b.example.com", at, "v=DMARC1; p=none").remedies
        assert ("p=reject" in remedy.publish[0], "at least" in remedy.instruction) == (True, True)


def test_names_beside_a_registry_are_not_asked() -> None:
    gone = [told(f"_dmarc.{n} TXT", "NXDOMAIN", denier="com") for n in ("example.com", "com")]
    record = told("dmarc.com TXT", '"v=DMARC1; p=reject"')
    verdict = judged(CHECK, "DMARC policy of example.com is at least reject", *gone, record)
    assert verdict.tags == ("no-record",)
