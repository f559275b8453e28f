from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailcheck.checks.dmarc.sender_is_aligned import CHECK
from mailcheck.cli import main
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict


def aligned(words: str, records: dict[str, str]) -> Verdict:
    """Judge the sender with DMARC *records* at some names, and none at any other."""
    names = ("a.example.com", "b.example.com", "example.com", "com", "b.a.example.com")
    answers = dict.fromkeys(names, "NXDOMAIN") | records
    answered = (
        told(f"_dmarc.{name} TXT", f'"v=DMARC1; {said}"' if "=" in said else said)
        for name, said in answers.items()
    )
    return judged(CHECK, f"sender {words} is aligned", *answered)


def test_examples() -> None:
    run_examples(CHECK)


REJECT = {"example.com": "p=reject"}


@pytest.mark.parametrize(
    ("words", "records", "tags"),
    [
        pytest.param("example.com by example.com", REJECT, (), id="the same domain"),
        pytest.param("a.example.com by b.example.com", REJECT, (), id="siblings"),
        pytest.param("example.com signed by a.example.com", REJECT, (), id="a subdomain signs"),
        pytest.param(
            "a.example.com signed by example.com", REJECT, (), id="the organisation signs"
        ),
        pytest.param(
            "a.example.com signed by example.com",
            {"a.example.com": "p=reject"},
            ("dkim-not-aligned",),
            id="nothing says that the parent is the organisation",
        ),
        pytest.param(
            "a.example.com signed by example.com",
            {"a.example.com": "p=reject; psd=n", "example.com": "p=reject"},
            ("dkim-not-aligned",),
            id="psd=n makes an organisation of its own",
        ),
        pytest.param(
            "a.example.com signed by b.example.com",
            {"example.com": "p=reject; psd=y"},
            ("dkim-not-aligned",),
            id="two organisations under one public suffix",
        ),
        pytest.param(
            "a.example.com signed by b.a.example.com",
            {"example.com": "p=reject; psd=y"},
            (),
            id="one organisation under a public suffix",
        ),
        pytest.param(
            "example.com signed by a.example.com",
            {"example.com": "p=reject; psd=y"},
            ("dkim-not-aligned",),
            id="a public suffix is not the organisation of those below it",
        ),
        pytest.param(
            "example.com signed by a.example.com",
            {"example.com": "p=reject; adkim=S"},
            ("dkim-not-aligned",),
            id="strict",
        ),
        pytest.param(
            "a.example.com by example.com",
            {"example.com": "p=reject; aspf=s"},
            ("spf-not-aligned",),
            id="strict, and inherited",
        ),
        pytest.param(
            "example.com signed by a.example.com",
            {"example.com": "p=reject; adkim=x; aspf=s"},
            (),
            id="a mode that is not valid is relaxed",
        ),
        pytest.param(
            "example.com by esp.example signed by esp.example",
            REJECT,
            ("spf-not-aligned", "dkim-not-aligned"),
            id="neither",
        ),
        pytest.param(
            "a.example.com signed by example.com", {}, ("dkim-not-aligned",), id="no record at all"
        ),
        pytest.param(
            "a.example.com by example.com",
            {"example.com": "REFUSED-BY-AUTHORITY"},
            ("refused-by-authority",),
            id="refused",
        ),
        pytest.param(
            "example.com by a.example",
            {"example.com": "REFUSED-BY-AUTHORITY"},
            ("spf-not-aligned",),
            id="refused, and foreign all the same",
        ),
        pytest.param("news@example.com by bounce@a.example.com", REJECT, (), id="mail addresses"),
    ],
)
def test_alignment(words: str, records: dict[str, str], tags: tuple[str, ...]) -> None:
    verdict = aligned(words, records)
    assert verdict.kind == ("unmet" if tags else "met")
    assert tuple(tag for tag in verdict.tags if tag != "policy-enforced") == tags


@pytest.mark.parametrize(
    ("domain", "record", "enforced"),
    [
        pytest.param("example.com", "p=reject", True, id="reject"),
        pytest.param("example.com", "p=quarantine", True, id="quarantine"),
        pytest.param("example.com", "p=quarantine; t=y", False, id="in test mode"),
        pytest.param("example.com", "p=none; sp=reject", False, id="none"),
        pytest.param("a.example.com", "p=none; sp=reject", True, id="of subdomains"),
        pytest.param("example.com", "p=reject; sp=x", False, id="a record that counts for none"),
    ],
)
def test_what_receivers_do_with_it(domain: str, record: str, *, enforced: bool) -> None:
    verdict = aligned(f"{domain} signed by esp.example", {"example.com": record})
    assert verdict.tags == ("dkim-not-aligned", "policy-enforced")[: 1 + enforced]


def test_what_receivers_do_may_be_unknown() -> None:
    verdict = aligned("a.example.com by esp.example", {"example.com": "p=reject; np=none"})
    assert (verdict.kind, verdict.tags) == ("unmet", ("spf-not-aligned",))


@pytest.mark.parametrize(
    ("words", "records", "kind"),
    [
        pytest.param("example.com by example.com", {"example.com": "TIMEOUT"}, "met", id="same"),
        pytest.param("example.com by a.example", {"example.com": "TIMEOUT"}, "unmet", id="foreign"),
        pytest.param(
            "a.example.com by b.example.com", {"example.com": "TIMEOUT"}, "inconclusive", id="org"
        ),
        pytest.param(
            "example.com by a.example.com",
            {"example.com": "p=reject", "a.example.com": "TIMEOUT"},
            "inconclusive",
            id="psd=n may stand at the identifier",
        ),
        pytest.param(
            "example.com by a.example.com signed by example.com",
            {"example.com": "p=reject", "a.example.com": "TIMEOUT"},
            "met",
            id="one identifier is enough",
        ),
        pytest.param(
            "a.example.com by b.example.com",
            {"a.example.com": "p=reject; aspf=s", "example.com": "TIMEOUT"},
            "unmet",
            id="strict needs no walk",
        ),
    ],
)
def test_a_step_that_is_unknown(words: str, records: dict[str, str], kind: str) -> None:
    assert aligned(words, records).kind == kind


@pytest.mark.parametrize(
    ("words", "records", "tags"),
    [
        ("example.com by a.example.com signed by esp.example", REJECT, ["only-spf"]),
        ("example.com by esp.example signed by example.com", REJECT, ["only-dkim"]),
        ("example.com by example.com signed by example.com", REJECT, []),
        ("example.com by example.com", {}, ["no-policy"]),
    ],
)
def test_advice(words: str, records: dict[str, str], tags: list[str]) -> None:
    verdict = aligned(words, records)
    assert verdict.kind == "met"
    assert [advice.tag for advice in verdict.advice] == tags


def test_the_reason_names_the_organisations() -> None:
    verdict = aligned("a.example.com signed by b.example.com", {"example.com": "p=none; psd=y"})
    assert verdict.reasons[0].text == (
        "b.example.com is not aligned with a.example.com: their Organizational Domains are "
        "b.example.com and a.example.com"
    )


def test_strict_alignment_can_be_relaxed() -> None:
    verdict = aligned("example.com by a.example.com", {"example.com": "p=reject; aspf=s; adkim=s"})
    assert verdict.remedies[0].publish == (
        '_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject; adkim=s"',
    )


def test_a_sender_that_nothing_authenticates() -> None:
    with pytest.raises(SourceError, match="by MAILFROM, signed by D"):
        aligned("example.com", {})


LAB = """\
lab: 1
title: example.com, whose newsletter authenticates only the service that sends it
servers:
  a.registry.net:
    address: 192.0.2.52
    zones:
      com: |
        @           3600 IN SOA a.registry.net. nic.registry.net. 1 7200 3600 1209600 300
        @           IN NS a.registry.net.
        example     IN NS ns1.example
        ns1.example IN A  192.0.2.53
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        @      3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 300
        @      IN NS  ns1
        ns1    IN A   192.0.2.53
        _dmarc IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
"""

SUITE = """\
mailcheck: 1
title: Senders of example.com
checks:
  - sender example.com by bounces.example.com is aligned
  - sender example.com by bounce@esp.example signed by esp.example is aligned
  - DMARC policy of example.com is at least reject
"""

CHANGED = """\
$ORIGIN example.com.
@      3600 IN SOA ns1 hostmaster 2 7200 3600 1209600 300
@      3600 IN NS  ns1
ns1    3600 IN A   192.0.2.53
_dmarc 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
"""


def test_a_change_raises_the_policy_while_a_sender_is_not_aligned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was not aligned before was not refused before: the change makes it worse."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "lab.yml": LAB,
        "suite.yml": SUITE,
        "example.com.zone": CHANGED,
        "pytest.ini": "[pytest]\nmail_lab = lab.yml\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    options = ["check", "suite.yml", "--json", "--proposed", "zone:example.com.zone"]
    ended = CliRunner().invoke(main, [*options, "--compare"], prog_name="mailcheck")
    records = [json.loads(line) for line in ended.output.splitlines() if line.startswith("{")]
    assert [record["verdict"] for record in records] == ["met", "unmet", "met"]
    assert not records[1].get("excused")


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"of a record, not of a domain; write example\.com"):
        judged(CHECK, "sender example.com signed by s1._domainkey.example.com is aligned")
