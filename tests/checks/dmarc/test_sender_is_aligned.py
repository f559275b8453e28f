from __future__ import annotations

import pytest

from mailcheck.checks.dmarc.sender_is_aligned import CHECK
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
        pytest.param("news@example.com by bounce@a.example.com", REJECT, (), id="mail addresses"),
    ],
)
def test_alignment(words: str, records: dict[str, str], tags: tuple[str, ...]) -> None:
    verdict = aligned(words, records)
    assert (verdict.kind, verdict.tags) == ("unmet" if tags else "met", tags)


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
