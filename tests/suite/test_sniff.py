"""Which YAML files are suites, which nearly are, and which are somebody else's."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.suite.sniff import HEAD, NearMiss, sniff


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"mailcheck: 1\nchecks:\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfmailcheck: 1\n", id="byte-order-mark"),
        pytest.param(b"# a story\n\n#\nmailcheck: 1\n", id="comments"),
        pytest.param(b"%YAML 1.2\n---\nmailcheck: 1\n", id="directive"),
        pytest.param(b"--- # first\nmailcheck: 1\n", id="document-start"),
        pytest.param(b"mailcheck: 1\r\nchecks:\r\n", id="windows"),
        pytest.param(b"'mailcheck': '1'\n", id="quoted"),
        pytest.param(b"mailcheck : 1\n", id="space-before-colon"),
        pytest.param(b"mailcheck: 2\n", id="another-version-is-still-ours"),
        pytest.param(b"mailcheck:\nchecks:\n  - a\n", id="without-version-but-with-checks"),
        pytest.param(b"mailcheck: 1 # " + b"x" * HEAD, id="long-line"),
    ],
)
def test_a_suite_is_recognised(head: bytes) -> None:
    assert sniff(head) == "suite"


@pytest.mark.parametrize(
    ("head", "why"),
    [
        pytest.param(
            b"Mailcheck: 1\nchecks:\n",
            "its key is 'Mailcheck'; write: mailcheck: 1",
            id="upper-case",
        ),
        pytest.param(
            b"title: a\nmailcheck: 1\n",
            "mailcheck: 1 is not its first key; move it to the top",
            id="not-first",
        ),
        pytest.param(
            b"for:\n  domain: a\nchecks:\n  - a\n",
            "it has for: and checks:, but does not begin with mailcheck: 1",
            id="no-version",
        ),
        pytest.param(
            b"mailcheck:1\nchecks:\n",
            "a space is missing after the colon; write: mailcheck: 1",
            id="no-space",
        ),
        pytest.param(
            "mailcheck: 1\n".encode("utf-16"), "it is UTF-16; save it as UTF-8", id="utf-16"
        ),
    ],
)
def test_a_near_miss_says_what_is_missing(head: bytes, why: str) -> None:
    assert sniff(head) == NearMiss(why)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"# mailcheck: 1\n", id="only-a-comment"),
        pytest.param(b"on: push\njobs:\n  mailcheck: 1\n", id="a-workflow"),
        pytest.param(b"mailcheck:\n  image: x\n", id="a-service-of-that-name"),
        pytest.param(b"services:\n  web:\n    checks: a\n    for: b\n", id="nested-keys"),
        pytest.param(b"mailchecks: 1\n", id="another-word"),
        pytest.param(b"- mailcheck: 1\n", id="a-list"),
        pytest.param("title: a\n".encode("utf-16"), id="utf-16"),
        pytest.param(b"# " + b"x" * HEAD + b"\nmailcheck: 1\n", id="beyond-the-head"),
    ],
)
def test_other_files_are_not_ours(head: bytes) -> None:
    assert sniff(head) is None


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(head: bytes) -> None:
    assert sniff(head) in ("suite", None) or isinstance(sniff(head), NearMiss)


def test_sniffing_does_not_load_yaml() -> None:
    code = "import sys, mailcheck.suite.sniff; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
