"""Nobody's mailboxes are tried without consent, and a suite cannot consent for everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.errors import SourceError
from mailcheck.suite.load import load_item, load_suite

CATALOGUE = load_catalogue(None)
SENTENCE = "domain mail.example.com accepts mail for postmaster"


def problems(folder: Path, probe: str, sentence: str = SENTENCE) -> str:
    """What is wrong with a suite that consents so; nothing if nothing is."""
    path = folder / "suite.yml"
    path.write_text(f"mailcheck: 1\n{probe}checks:\n  - {sentence}\n", "utf-8")
    try:
        load_suite(path, "suite.yml", CATALOGUE)
    except SourceError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "probe",
    [
        pytest.param("probe: {recipients: mail.example.com}\n", id="the domain"),
        pytest.param("probe: {recipients: [example.net, Example.COM.]}\n", id="one above it"),
    ],
)
def test_whoever_is_named_agreed(tmp_path: Path, probe: str) -> None:
    assert problems(tmp_path, probe) == ""


@pytest.mark.parametrize(
    "probe",
    [
        pytest.param("", id="nobody"),
        pytest.param("probe: {recipients: [example.net]}\n", id="somebody else"),
        pytest.param("probe: {recipients: [le.com]}\n", id="the end of a label"),
        pytest.param("probe: {recipients: [com]}\n", id="all domains of the world that end so"),
    ],
)
def test_who_is_not_named_did_not(tmp_path: Path, probe: str) -> None:
    said = problems(tmp_path, probe)
    assert "nobody agreed to" in said
    assert re.search(r"probe: \{recipients: \[(\S+, )*mail\.example\.com\]\}", said)


def test_whoever_agreed_already_is_not_forgotten(tmp_path: Path) -> None:
    said = problems(tmp_path, "probe: {recipients: [example.net]}\n")
    assert "probe: {recipients: [example.net, mail.example.com]}" in said


def test_other_sentences_need_no_consent(tmp_path: Path) -> None:
    assert problems(tmp_path, "", "domain mail.example.com has MX") == ""


@pytest.mark.parametrize(
    ("probe", "problem"),
    [
        pytest.param("probe: {}\n", "names no recipients", id="nothing"),
        pytest.param("probe: {recipient: example.com}\n", '"recipient"', id="a wrong key"),
        pytest.param("probe: {recipients: [two words]}\n", "two words", id="no domain"),
        pytest.param("probe: example.com\n", "probe", id="no mapping"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, probe: str, problem: str) -> None:
    assert problem in problems(tmp_path, probe)


@pytest.mark.parametrize(
    ("probe", "said"),
    [
        pytest.param(
            "probe: example.org",
            "2:8: probe is a text; write probe: {recipients: [example.org]}",
            id="a domain",
        ),
        pytest.param(
            "probe: [example.org, example.net]",
            "2:8: probe is a list; write probe: {recipients: [example.org, example.net]}",
            id="a list",
        ),
        pytest.param(
            "probe: yes", "2:8: probe is a text; write probe: {recipients: [example.com]}", id="yes"
        ),
        pytest.param(
            "probe:",
            "2:7: probe is nothing; write probe: {recipients: [example.com]}",
            id="nothing",
        ),
        pytest.param(
            "probe: {}",
            "2:8: probe names no recipients; write probe: {recipients: [example.com]}",
            id="an empty mapping",
        ),
        pytest.param(
            "probe: {example.org: yes}",
            "2:8: probe names no recipients; write probe: {recipients: [example.org]}",
            id="a domain as a key",
        ),
        pytest.param(
            "probe: {recipient: example.org}",
            '2:9: unknown key "recipient" in probe; did you mean "recipients"?',
            id="a misspelt key",
        ),
        pytest.param(
            "probe: {recipients: }",
            "2:21: recipients is nothing; write probe: {recipients: [example.com]}",
            id="recipients that are nothing",
        ),
        pytest.param(
            "probe: {recipients: []}",
            "2:21: recipients is an empty list; write probe: {recipients: [example.com]}",
            id="an empty list of recipients",
        ),
        pytest.param(
            "probe: {recipients: {example.org: yes}}",
            "2:21: recipients is a mapping (key: value); write probe: {recipients: [example.org]}",
            id="a mapping of recipients",
        ),
    ],
)
def test_one_mistake_is_one_error(tmp_path: Path, probe: str, said: str) -> None:
    assert problems(tmp_path, f"{probe}\n") == f"suite.yml:{said}"


def test_whoever_says_a_sentence_himself_agrees() -> None:
    assert len(load_item(SENTENCE, CATALOGUE)) == 1
