"""A public key may stand in a file below the suite; nothing else is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.checks.dkim.dkim_key_is import CHECK
from mailcheck.errors import SourceError
from mailcheck.suite.load import load_item, load_suite
from tests import dkim_keys as keys

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.suite.requirement import Requirement

CATALOGUE = Catalogue({"dkim-key-is": CHECK})
SENTENCE = "DKIM key s1 of example.com is keys/s1.pem"


def loaded(folder: Path, sentence: str = SENTENCE) -> Requirement:
    suite = folder / "mail.yml"
    suite.write_text(f"mailcheck: 1\nchecks:\n  - {sentence}\n", "utf-8")
    [requirement] = load_suite(suite, "mail.yml", CATALOGUE).requirements
    return requirement


def put(folder: Path, text: str) -> None:
    (folder / "keys").mkdir()
    (folder / "keys" / "s1.pem").write_text(text, "utf-8")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(keys.pem(), id="PEM"),
        pytest.param(f'"v=DKIM1; k=rsa; " "p={keys.p()}"\n', id="a record"),
    ],
)
def test_a_key_in_a_file(tmp_path: Path, text: str) -> None:
    put(tmp_path, text)
    requirement = loaded(tmp_path)
    assert requirement.params.key.key.published == keys.p()
    assert requirement.title == SENTENCE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "neither a SHA-256 fingerprint nor a public key", id="nothing"),
        pytest.param("s2.pem", "names another file", id="another file"),
        pytest.param(
            "-----BEGIN PRIVATE KEY-----\nMIIEvg\n", "this is a private key", id="a private key"
        ),
    ],
)
def test_a_file_without_a_public_key(tmp_path: Path, text: str, problem: str) -> None:
    put(tmp_path, text)
    with pytest.raises(SourceError, match=problem) as refused:
        loaded(tmp_path)
    assert str(refused.value).startswith("mail.yml:3:5: key: ")
    assert "MIIEvg" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param("keys/s1.pem", 'file "keys/s1.pem" does not exist', id="none"),
        pytest.param("../s1.pem", "lies outside the folder of the suite", id="above"),
        pytest.param("/etc/ssl/s1.pem", "lies outside the folder of the suite", id="elsewhere"),
    ],
)
def test_a_file_that_is_not_there(tmp_path: Path, name: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        loaded(tmp_path, f"DKIM key s1 of example.com is {name}")


def test_a_sentence_in_no_suite_names_no_file() -> None:
    with pytest.raises(SourceError, match="only suites name files"):
        load_item(SENTENCE, CATALOGUE)
