from __future__ import annotations

import pytest

from mailcheck.checks.dmarc.dmarc_is_valid import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import judged, run_examples
from mailcheck.verdict import Verdict

RUA = "rua=mailto:d@example.com"


def of(record: str, *more: tuple[str, str]) -> Verdict:
    """Judge example.com with *record* at its name, and nothing else but *more*."""
    answers = {"_dmarc.example.com": record, "_dmarc.com": "NXDOMAIN", "example.com": "NODATA"}
    answers |= {"_dmarc.example.com.example.com": "NXDOMAIN", **dict(more)}
    answered = [told(f"{name} TXT", answer) for name, answer in answers.items()]
    return judged(CHECK, "DMARC of example.com is valid", *answered)


def advised(verdict: Verdict) -> list[str]:
    return [advice.tag for advice in verdict.advice]


def published(verdict: Verdict) -> str:
    """Return the text of the record that is to be published."""
    [remedy] = verdict.remedies
    [record] = remedy.publish
    return record.partition('TXT  "')[2].removesuffix('"')


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param(f"v=DMARC1; p=none; {RUA}", ["policy-none"], id="monitoring"),
        pytest.param(f"v=DMARC1; p=reject; {RUA}", [], id="nothing to say"),
        pytest.param("v=DMARC1;p=quarantine", ["no-reports"], id="no reports"),
        pytest.param(f"v=DMARC1; p=reject; {RUA};  ", [], id="a trailing semicolon"),
        pytest.param(f"v = DMARC1 ; p = Reject ; {RUA}", [], id="space around, capital values"),
        pytest.param(f"V=DMARC1; P=reject; {RUA}", ["tag-case", "tag-case"], id="capital names"),
        pytest.param(f"v=DMARC1; {RUA}", ["missing-p"], id="no p, but reports"),
        pytest.param(f"v=DMARC1; {RUA}; p=reject", ["p-not-second"], id="p not behind v"),
        pytest.param(f"v=DMARC1; p=reject; sp=none; {RUA}", ["weaker-subdomains"], id="weak sp"),
        pytest.param(f"v=DMARC1; p=reject; np=none; {RUA}", ["weaker-subdomains"], id="weak np"),
        pytest.param(f"v=DMARC1; p=reject; t=y; {RUA}", ["test-mode"], id="test mode"),
        pytest.param(
            f"v=DMARC1; p=reject; pct=50; rf=afrf; ri=1; {RUA}", ["removed-tag"] * 3, id="removed"
        ),
        pytest.param(f"v=DMARC1; p=reject; rnp=x; {RUA}", ["unknown-tag"], id="unknown tag"),
        pytest.param(
            f"v=DMARC1; p=reject; X=1; x=2; {RUA}", ["unknown-tag"] * 2, id="two unknown tags"
        ),
        pytest.param(
            "v=DMARC1; p=reject; rua=https://example.com/d", ["unsupported-scheme"], id="http"
        ),
        pytest.param(
            "v=DMARC1; p=reject; rua=mailto:a@b.com, mailto:c@d.com,mailto:e@f.com",
            ["many-destinations"],
            id="three addresses",
        ),
        pytest.param(f"v=DMARC1; p=reject; {RUA}!10M", ["size-limit"], id="a size"),
        pytest.param(f"v=DMARC1; p=reject; fo=1:d:s; {RUA}", ["fo-without-ruf"], id="fo alone"),
        pytest.param(
            f"v=DMARC1; p=reject; sp=reject; np=reject; psd=n; t=n; adkim=S; aspf=r; fo=d:1:s; "
            f"ruf=mailto:f%2Cg@example.com; {RUA}",
            [],
            id="every tag",
        ),
    ],
)
def test_valid_records_and_what_could_be_better(text: str, tags: list[str]) -> None:
    verdict = of(f'"{text}"')
    assert verdict.tags == ()
    assert advised(verdict) == tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param("v=DMARC1", "no-policy", id="a version and nothing else"),
        pytest.param("v=DMARC1; sp=reject", "no-policy", id="sp without p"),
        pytest.param("v=DMARC1; rua=x; sp=none", "no-policy", id="neither p nor a URI"),
        pytest.param(f"v=DMARC1; p=rejects; {RUA}", "invalid-policy", id="p misspelt"),
        pytest.param(f"v=DMARC1; p=; {RUA}", "invalid-policy", id="p empty"),
        pytest.param(f"v=DMARC1; p=reject; sp=no; {RUA}", "invalid-policy", id="sp misspelt"),
        pytest.param("v=DMARC1; p=reject; np=no", "invalid-policy", id="np misspelt, no rua"),
        pytest.param("v=DMARC1; p=reject; p=reject", "duplicate-tag", id="p twice"),
        pytest.param("v=DMARC1; p=reject; v=DMARC1", "duplicate-tag", id="v twice"),
        pytest.param("v=DMARC1; p=reject; x=1; x=2", "duplicate-tag", id="unknown tag twice"),
        pytest.param("v=DMARC1;; p=reject", "syntax-error", id="two semicolons"),
        pytest.param("v=DMARC1; p=reject; sp", "syntax-error", id="no equals sign"),
        pytest.param("v=DMARC1; p=reject; x-y=z", "syntax-error", id="a name with a hyphen"),
        pytest.param("v=DMARC1; p=reject; x=", "syntax-error", id="an unknown tag without value"),
        pytest.param("v=DMARC1; p=reject; pct=", "syntax-error", id="a removed tag without value"),
        pytest.param("v=DMARC1; p=reject; p2=none", "syntax-error", id="a digit in a name"),
        pytest.param("v=DMARC1; p=reject; pct=5\\195\\188", "syntax-error", id="UTF-8"),
        pytest.param("v=DMARC1; p=reject; adkim=strict", "invalid-value", id="adkim"),
        pytest.param("v=DMARC1; p=reject; t=yes", "invalid-value", id="t"),
        pytest.param("v=DMARC1; p=reject; psd=true", "invalid-value", id="psd"),
        pytest.param("v=DMARC1; p=reject; fo=0:1", "invalid-value", id="fo with 0 and 1"),
        pytest.param("v=DMARC1; p=reject; fo=d:d", "invalid-value", id="fo with d twice"),
        pytest.param("v=DMARC1; p=none; rua=d@example.com", "invalid-uri", id="no mailto"),
        pytest.param("v=DMARC1; p=none; rua=mailto: d@e.com", "invalid-uri", id="space in a URI"),
        pytest.param("v=DMARC1; p=none; rua=", "invalid-uri", id="no URI"),
        pytest.param("v=DMARC1; p=none; ruf=mailto:d@e.com,", "invalid-uri", id="a comma too many"),
    ],
)
def test_records_that_are_not_valid(text: str, tag: str) -> None:
    assert tag in of(f'"{text}"').tags


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("v=dmarc1; p=reject", id="version in lower case"),
        pytest.param(" v=DMARC1; p=reject", id="space first"),
        pytest.param("v=DMARC1 p=reject", id="no semicolon"),
        pytest.param("v=DMARC2; p=reject", id="another version"),
        pytest.param("v DMARC1; p=reject", id="no equals sign"),
        pytest.param("p=reject; v=DMARC1", id="version not first"),
        pytest.param("p=reject", id="no version"),
        pytest.param(r"v=DMARC1\\; p=reject", id="an escaped semicolon"),
        pytest.param(r"\"v=DMARC1; p=reject\"", id="quoted twice"),
        pytest.param(r"\226\128\139v=DMARC1; p=reject", id="a zero-width space first"),
    ],
)
def test_texts_that_were_meant_to_be_records(text: str) -> None:
    assert of(f'"{text}"').tags == ("not-a-record",)


def test_what_such_a_text_lacks_may_be_the_semicolon() -> None:
    verdict = of('"v=DMARC1 p=reject"')
    assert verdict.reasons[0].text.endswith(
        "says v=DMARC1 p=reject, which does not begin with v=DMARC1;"
    )


def test_nothing_anywhere() -> None:
    verdict = of("NXDOMAIN")
    assert verdict.tags == ("no-record",)
    assert "v=DMARC1; p=none; rua=mailto:dmarc@example.com" in str(verdict.remedies)


def test_a_record_is_mended_where_the_alias_leads() -> None:
    verdict = of('-> example.com.vendor.example | "v=DMARC1; p=x"')
    [record] = verdict.remedies[0].publish
    assert record.startswith("example.com.vendor.example. ")


def test_an_alias_of_nothing() -> None:
    verdict = of("-> example.com.vendor.example | NXDOMAIN")
    assert verdict.tags == ("no-record",)
    assert "alias of example.com.vendor.example" in verdict.reasons[0].text
    assert verdict.remedies[0].instruction.startswith("In place of its CNAME record")


def test_spf_where_dmarc_belongs() -> None:
    verdict = of('"v=spf1 -all"')
    assert verdict.tags == ("no-record",)
    assert "v=spf1 -all" in verdict.reasons[0].text


def test_spf_beside_the_record_is_passed_over() -> None:
    assert advised(of(f'"v=spf1 -all" | "v=DMARC1; p=reject; {RUA}"')) == ["other-text"]


@pytest.mark.parametrize(
    "at",
    ["example.com", "_dmarc.example.com.example.com", "_dmarc._dmarc.example.com"]
    + [f"{label}.example.com" for label in ("dmarc", "_dmark", "_demarc")],
)
def test_a_record_where_nobody_looks(at: str) -> None:
    verdict = of("NODATA", (at, f'"v=DMARC1 p=reject; {RUA}"'))
    assert verdict.tags == ("wrong-place",)
    assert published(verdict) == f"v=DMARC1; p=reject; {RUA}"


@pytest.mark.parametrize(
    ("texts", "record"),
    [
        pytest.param(
            f'"v=DMARC1; p=none" | "v=DMARC1; p=reject; {RUA}"',
            f"p=reject; {RUA}",
            id="two-records",
        ),
        pytest.param(f'"v=DMARC1;" | "p=reject; {RUA}"', f"p=reject; {RUA}", id="one-in-two"),
        pytest.param(f'"v=DMARC1 p=reject {RUA}"', f"p=reject; {RUA}", id="no-semicolon"),
        pytest.param(f'"v=DMARC1; p=rejct; {RUA}"', f"p=none; {RUA}", id="a-mistyped-policy"),
        pytest.param('"v=DMARC1; p=reject; adkim=strict"', "p=reject; adkim=s", id="a-word"),
        pytest.param(
            '"v=DMARC1; p=reject; rua=mailto://d@example.com"', f"p=reject; {RUA}", id="slashes"
        ),
    ],
)
def test_a_remedy_loses_nothing(texts: str, record: str) -> None:
    verdict = of(texts)
    assert published(verdict) == f"v=DMARC1; {record}"
    assert of(f'"v=DMARC1; {record}"').kind == "met"


def test_that_a_policy_is_to_take_effect_is_said() -> None:
    [remedy] = of('"v=DMARC1; p=none" | "v=DMARC1; p=reject"').remedies
    assert "strictest of their policies; its policy takes effect" in remedy.instruction
    [remedy] = of('"v=DMARC1; p=none; sp=none" | "v=DMARC1; p=none"').remedies
    assert "takes effect" not in remedy.instruction
    [remedy] = of('"v=DMARC1; p=rejct"').remedies
    assert "none stands for a policy that nobody can read" in remedy.instruction


def test_a_domain_that_takes_no_mail_is_given_no_mailbox() -> None:
    verdict = judged(
        CHECK,
        "DMARC of example.com is valid",
        told("_dmarc.example.com TXT", "NXDOMAIN"),
        told("_dmarc.com TXT", "NXDOMAIN"),
        told("example.com MX", "0 ."),
    )
    assert published(verdict) == "v=DMARC1; p=none"
    assert "example.com takes no mail" in verdict.remedies[0].instruction


def test_a_record_at_the_apex_beside_the_real_one() -> None:
    assert advised(of(f'"v=DMARC1; p=reject; {RUA}"', ("example.com", '"v=DMARC1; p=none"'))) == [
        "record-at-apex"
    ]


def test_the_apex_need_not_be_known() -> None:
    assert of(f'"v=DMARC1; p=reject; {RUA}"', ("example.com", "TIMEOUT")).kind == "met"


def test_an_inherited_record_is_judged() -> None:
    verdict = judged(
        CHECK,
        "DMARC of news.example.com is valid",
        told("_dmarc.news.example.com TXT", "NXDOMAIN"),
        told("_dmarc.example.com TXT", '"v=DMARC1; p=reject; sp=nome"'),
        told("_dmarc.com TXT", "NODATA"),
    )
    assert verdict.tags == ("invalid-policy",)
    assert "_dmarc.example.com." in str(verdict.remedies)


@pytest.mark.parametrize(
    ("tags_of_policy", "expected"),
    [
        pytest.param("p=none", ["policy-none"], id="nothing-said-of-subdomains"),
        pytest.param("p=none; sp=reject", [], id="subdomains-are-there-already"),
        pytest.param("p=none; sp=reject; np=none", ["policy-none"], id="but-invented-ones"),
        pytest.param("p=none; np=reject", ["policy-none"], id="invented-ones-alone"),
    ],
)
def test_that_only_reports_are_asked_for_is_said_of_a_subdomain_where_it_is_so(
    tags_of_policy: str, expected: list[str]
) -> None:
    verdict = judged(
        CHECK,
        "DMARC of news.example.com is valid",
        told("_dmarc.news.example.com TXT", "NXDOMAIN"),
        told("_dmarc.example.com TXT", f'"v=DMARC1; {tags_of_policy}; {RUA}"'),
        told("_dmarc.com TXT", "NODATA"),
        told("news.example.com TXT", "NODATA"),
    )
    assert verdict.kind == "met"
    assert advised(verdict) == expected


@pytest.mark.parametrize(
    ("above", "tags"),
    [
        pytest.param('"v=DMARC1; p=none"', ["ignored-subdomains"], id="an organisation above"),
        pytest.param('"v=DMARC1; p=none; psd=y"', [], id="a public suffix above"),
        pytest.param("NXDOMAIN", [], id="nothing above"),
        pytest.param("TIMEOUT", [], id="not known"),
    ],
)
def test_sp_below_the_organizational_domain(above: str, tags: list[str]) -> None:
    verdict = of(f'"v=DMARC1; p=reject; sp=reject; {RUA}"', ("_dmarc.com", above))
    assert (verdict.kind, advised(verdict)) == ("met", tags)


def test_a_zone_that_is_refused() -> None:
    assert of("REFUSED-BY-AUTHORITY").tags == ("refused-by-authority",)


def test_more_texts_than_are_read() -> None:
    assert of('"v=DMARC1; p=reject" | ...').cause == "too-many-records"
    assert of('"v=DMARC1; p=reject" | "v=DMARC1" | ...').tags == ("several-records",)


def test_the_remedy_keeps_what_is_right() -> None:
    verdict = of('"v=DMARC1; sp=Reject; p=block; pct=20; rua=d@example.com,mailto:e@x.example!1m"')
    [first, *_] = verdict.remedies
    wanted = "v=DMARC1; p=none; sp=reject; rua=mailto:d@example.com,mailto:e@x.example"
    assert wanted in str(first)


def test_a_remedy_shows_no_record_of_any_length() -> None:
    many = " ".join(f'"mailto:d{i}@example.com,"' for i in range(60))
    [first, *_] = of(f'"v=DMARC1; p=x; rua=" {many} "mailto:e@example.com"').remedies
    assert first.publish == ()
    assert "v=DMARC1, then p" in first.instruction


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"of a record, not of a domain; write example\.com"):
        judged(CHECK, "DMARC of _dmarc.example.com is valid")


@pytest.mark.parametrize(
    ("record", "acts"),
    [
        pytest.param("v=DMARC1; p=reject rua=d@example.com", 1, id="not applied until now"),
        pytest.param("v=DMARC1; p=reject; p=reject", 1, id="ignored by some"),
        pytest.param("v=DMARC1; p=rejct", 0, id="made none"),
        pytest.param("v=DMARC1; p=reject; rua=d@example.com", 0, id="applied already"),
    ],
)
def test_what_takes_effect_with_the_remedy_is_said(record: str, acts: int) -> None:
    verdict = of(f'"{record}"')
    assert verdict.remedies[0].instruction.count("so align all senders first") == acts
