"""certificate of H port P names NAME, as RFC 9525 compares names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.checks.smtp.certificate_names import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.suite.load import load_item
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.verdict import Verdict

SENTENCE = "certificate of mail.example.com port 25 names host"
OFFER = "250-mx\n250 STARTTLS"
HOST = (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "NODATA"))


def session(tls: Tls | NoTls | None, greeting: str = "220 mx") -> Told:
    return told_smtp("mail.example.com 192.0.2.25:25", greeting, ehlo=OFFER, tls=tls)


def found(*names: str, sentence: str = SENTENCE) -> Verdict:
    return judged(CHECK, sentence, *HOST, session(told_tls(*names)))


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("names", "end"),
    [
        pytest.param(["mail.example.com"], "met", id="its name"),
        pytest.param(["example.com", "mail.example.com"], "met", id="among others"),
        pytest.param(["*.example.com"], "met", id="a wildcard"),
        pytest.param(["*.com"], "other-certificate", id="a wildcard for one label only"),
        pytest.param(["*.mail.example.com"], "other-certificate", id="a wildcard below it"),
        pytest.param(["www.example.com"], "other-certificate", id="another"),
        pytest.param([], "other-certificate", id="none"),
    ],
)
def test_the_certificate_is_for(names: list[str], end: str) -> None:
    assert ending(found(*names)) == (end,)


@pytest.mark.parametrize("name", ["host", "www.example.com"])
def test_the_title_is_the_sentence(name: str) -> None:
    sentence = f"certificate of mail.example.com port 25 names {name}"
    [requirement] = load_item(sentence, Catalogue({"certificate-names": CHECK}))
    assert requirement.title == sentence


def test_a_reason_says_whom_it_is_for() -> None:
    [reason] = found("www.example.com").reasons
    assert reason.text == (
        "mail.example.com (192.0.2.25 port 25) has a certificate for www.example.com, "
        "not mail.example.com"
    )


@pytest.mark.parametrize(
    ("common_name", "names", "advised"),
    [
        pytest.param("Mail.example.com", (), ["common-name-only"], id="the name"),
        pytest.param("www.example.com", (), [], id="another name"),
        pytest.param("mail.example.com", ("www.example.com",), [], id="beside other names"),
    ],
)
def test_the_common_name_names_nobody(
    common_name: str, names: tuple[str, ...], advised: list[str]
) -> None:
    tls = told_tls(*names)
    certificate = replace(tls.certificate, common_name=common_name)
    verdict = judged(CHECK, SENTENCE, *HOST, session(replace(tls, chain=(certificate,))))
    assert verdict.tags == ("other-certificate",)
    assert [advice.tag for advice in verdict.advice] == advised


@pytest.mark.parametrize(
    ("names", "end"), [(["smtp.example.com"], "met"), (["mail.example.com"], "other-certificate")]
)
def test_another_name_can_be_demanded(names: list[str], end: str) -> None:
    sentence = SENTENCE.replace("names host", "names smtp.example.com")
    assert ending(found(*names, sentence=sentence)) == (end,)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param(session(NoTls("no cipher")), "handshake-failed", id="no handshake"),
        pytest.param(session(None, "TIMEOUT"), "inconclusive: timeout", id="silent"),
        pytest.param(session(None, "421 busy"), "inconclusive: temporary-failure", id="later"),
    ],
)
def test_where_there_is_no_certificate(answer: Told, end: str) -> None:
    assert ending(judged(CHECK, SENTENCE, *HOST, answer)) == (end,)


def test_the_remedy_names_the_host() -> None:
    [remedy] = found("www.example.com").remedies
    assert "issued for mail.example.com too" in remedy.instruction
    assert "postfix reload" in remedy.instruction
    [remedy] = judged(CHECK, SENTENCE, *HOST, session(None, "REFUSED")).remedies
    assert "Start the mail server" in remedy.instruction
