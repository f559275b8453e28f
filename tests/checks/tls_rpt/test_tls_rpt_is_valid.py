from __future__ import annotations

import pytest

from mailcheck.checks.tls_rpt.tls_rpt_is_valid import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict

NAME = "_smtp._tls.example.com"
ELSEWHERE = (
    "example.com",
    "_tls.example.com",
    "_smtp.example.com",
    "_smtp-tls.example.com",
    "_smtp-tlsrpt.example.com",
    "_tls._smtp.example.com",
    f"{NAME}.example.com",
)
RUA = "rua=mailto:tls@example.com"


def of(record: str, *more: tuple[str, str]) -> Verdict:
    """Judge example.com with *record* at its name, and nothing else but *more*."""
    answers = {NAME: record, **dict.fromkeys(ELSEWHERE, "NXDOMAIN"), **dict(more)}
    asked = (told(f"{name} TXT", said) for name, said in answers.items())
    return judged(CHECK, "TLS-RPT of example.com is valid", *asked)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("records", "tags"),
    [
        pytest.param(f'"v=TLSRPTv1;{RUA}"', [], id="without space"),
        pytest.param(f'"v=TLSRPTv1; {RUA},https://example.com/x;"', [], id="two destinations"),
        pytest.param(f'"v=TLSRPT" "v1; {RUA}"', [], id="two strings"),
        pytest.param(f'"v=TLSRPTv1; {RUA}; {RUA}"', ["several-rua"], id="rua twice"),
        pytest.param(f'"v=TLSRPTv1; {RUA}; x=y"', ["unknown-field"], id="an extension"),
        pytest.param(f'"v=TLSRPTv1 ; {RUA}"', ["space-before-semicolon"], id="space before"),
        pytest.param(f'"v=TLSRPTv1; {RUA} "', ["space-at-end"], id="space behind"),
        pytest.param(f'"v=TLSRPTv1; {RUA}" | "v=spf1 -all"', ["other-text"], id="SPF beside it"),
        pytest.param(f'-> t.example.net | "v=TLSRPTv1; {RUA}"', [], id="an alias"),
    ],
)
def test_valid_records_and_what_could_be_better(records: str, tags: list[str]) -> None:
    verdict = of(records)
    assert verdict.tags == ()
    assert [advice.tag for advice in verdict.advice] == tags


@pytest.mark.parametrize(
    ("records", "tag"),
    [
        pytest.param('"v=TLSRPTv1"', "no-destination", id="a version and nothing else"),
        pytest.param('"v=TLSRPTv1; rua=tls@example.com"', "invalid-uri", id="no mailto"),
        pytest.param('"v=TLSRPTv1; rua=http://e.com"', "unsupported-scheme", id="no https"),
        pytest.param(f'"v=TLSRPTv1;; {RUA}"', "syntax-error", id="two semicolons"),
        pytest.param(f'"v=TLSRPTv1, {RUA}"', "not-a-record", id="a comma"),
        pytest.param(f'"v=tlsrptv1; {RUA}"', "not-a-record", id="in lower case"),
        pytest.param(f'" v=TLSRPTv1; {RUA}"', "not-a-record", id="space first"),
        pytest.param(rf'"\"v=TLSRPTv1; {RUA}\""', "not-a-record", id="quoted twice"),
        pytest.param(f'"v=TLSRPTv2; {RUA}"', "not-a-record", id="another version"),
        pytest.param(f'"v=TLSRPTv1 ; {RUA}" | "x"', "not-a-record", id="not alone"),
        pytest.param(f'"v=TLSRPTv1; {RUA}" | "v=TLSRPTv1;"', "several-records", id="two"),
        pytest.param('"v=spf1 -all"', "no-record", id="a wildcard's SPF"),
        pytest.param("NXDOMAIN", "no-record", id="nothing"),
        pytest.param("-> gone.example | NXDOMAIN", "no-record", id="an alias of nothing"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
    ],
)
def test_records_that_are_not_valid(records: str, tag: str) -> None:
    assert of(records).tags == (tag,)


@pytest.mark.parametrize("at", ELSEWHERE)
def test_a_record_where_nobody_looks(at: str) -> None:
    verdict = of("NODATA", (at, f'"v=TLSRPTv1 {RUA}"'))
    assert verdict.tags == ("wrong-place",)
    assert f'TXT  "v=TLSRPTv1; {RUA}"' in str(verdict.remedies)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(f'"v=TLSRPTv1 {RUA}"', id="no-semicolon"),
        pytest.param(f'"v=TLSRPT1; {RUA}"', id="no-v"),
        pytest.param('"v=TLSRPTv1; rua=mailto://tls@example.com"', id="slashes"),
        pytest.param(f'"v=TLSRPTv1;" | "{RUA}"', id="one-in-two"),
        pytest.param('"mailto:tls@example.com"', id="nothing-but-a-uri"),
        pytest.param(f'"v=TLSRPTv1;" | "v=TLSRPTv1; {RUA}"', id="two-records"),
    ],
)
def test_a_remedy_loses_nothing(texts: str) -> None:
    assert f'TXT  "v=TLSRPTv1; {RUA}"' in str(of(texts).remedies)


def test_a_field_in_capitals_is_named() -> None:
    [reason] = of('"v=TLSRPTv1; RUA=mailto:tls@example.com"').reasons
    assert reason.text.endswith("; RUA is another field")


def test_a_record_of_any_length_is_not_replaced_by_a_short_one() -> None:
    strings = " ".join(['"' + ";" * 250 + '"'] * 20)
    [first, *_] = of(f'"v=TLSRPTv1; {RUA}" {strings}').remedies
    assert first.publish == ()


def test_a_record_without_destination_is_given_one() -> None:
    assert "v=TLSRPTv1; rua=mailto:tlsrpt@example.com" in str(of('"v=TLSRPTv1;"').remedies)
    assert "rua=https://example.net/x" in str(of('"v=TLSRPTv1; rua=http://example.net/x"').remedies)


def test_more_texts_than_are_read() -> None:
    assert of(f'"v=TLSRPTv1; {RUA}" | ...').cause == "too-many-records"


def test_the_remedy_keeps_what_is_right() -> None:
    verdict = of('"v=TLSRPTv1; rua=tls@example.com, https://example.com/x, ftp://x"')
    assert f'"v=TLSRPTv1; {RUA},https://example.com/x"' in str(verdict.remedies)


def test_nothing_is_inherited() -> None:
    verdict = judged(
        CHECK,
        "TLS-RPT of news.example.com is valid",
        told("_smtp._tls.news.example.com TXT", "NXDOMAIN"),
        told(f"{NAME} TXT", f'"v=TLSRPTv1; {RUA}"'),
    )
    assert verdict.tags == ("no-record",)


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"of a record, not of a domain; write example\.com"):
        judged(CHECK, "TLS-RPT of _smtp._tls.example.com is valid")


def test_what_a_change_takes_away_comes_back() -> None:
    gone = (told(f"{name} TXT", "NXDOMAIN") for name in (NAME, *ELSEWHERE))
    change = (Proposed(NAME), ProposedFact("example.com.zone"))
    live = told_published(f"{NAME} TXT", f'"v=TLSRPTv1; {RUA}"')
    [remedy] = judged(CHECK, "TLS-RPT of example.com is valid", *gone, change, live).remedies
    assert remedy.publish == (f'{NAME}.  3600  IN  TXT  "v=TLSRPTv1; {RUA}"',)
