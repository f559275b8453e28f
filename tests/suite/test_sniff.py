"""Which YAML files are suites, which nearly are, and which are somebody else's."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.suite.sniff import FURTHEST, HEAD, NearMiss, sniff, sniff_file


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
            b"mailchek: 1\n",
            "its first key is 'mailchek'; write: mailcheck: 1",
            id="a-letter-is-missing",
        ),
        pytest.param(
            b"mail-checks: '1' # ours\nchecks:\n",
            "its first key is 'mail-checks'; write: mailcheck: 1",
            id="letters-too-many",
        ),
        pytest.param(
            b"mailcheck 1\nchecks:\n  - a\n",
            "a colon is missing after mailcheck; write: mailcheck: 1",
            id="no-colon",
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
        pytest.param(b"mailcatcher: 1\n", id="another-word"),
        pytest.param(b"mailchek: true\n", id="nearly-the-word-without-a-version"),
        pytest.param(b"mailchek: 8025\n", id="nearly-the-word-and-a-port"),
        pytest.param(b"a: b\nmailchek: 1\n", id="nearly-the-word-but-not-first"),
        pytest.param(b"mailcheck 1\n", id="two-words"),
        pytest.param(b"- mailcheck: 1\n", id="a-list"),
        pytest.param("title: a\n".encode("utf-16"), id="utf-16"),
    ],
)
def test_other_files_are_not_ours(head: bytes) -> None:
    assert sniff(head) is None


@pytest.mark.parametrize("end", [pytest.param(b"\n", id="unix"), pytest.param(b"\r\n", id="dos")])
@pytest.mark.parametrize("length", [0, HEAD - 12, HEAD, HEAD + 1, 3 * HEAD, FURTHEST - 40])
def test_a_story_before_the_first_key_is_read_to_its_end(length: int, end: bytes) -> None:
    """Wherever the head ends: within the story, at its end, within the key, between two keys."""
    line = b"# a line of a story" + end
    for story in (line * (length // len(line)), b"#" + b"x" * length + end, b"%TAG" + end + line):
        for keys in (b"mailcheck: 1" + end, b"---" + end + b"mailcheck:" + end + b"checks: a"):
            assert sniff_file(io.BytesIO(story + keys)) == "suite"


def test_a_story_that_does_not_end_is_named() -> None:
    """Silence would be a suite that does not run."""
    found = sniff_file(io.BytesIO(b"#\n" * FURTHEST + b"mailcheck: 1\n"))
    assert found == NearMiss("its first 64 KB are comments; put mailcheck: 1 above")


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


@pytest.mark.parametrize(
    ("content", "most"),
    [
        pytest.param(b"a: b\n" * FURTHEST, HEAD, id="keys"),
        pytest.param(b"# c\na: b\n" + b"c: d\n" * FURTHEST, HEAD + 4, id="a comment"),
        pytest.param(b"#\n" * FURTHEST, FURTHEST + HEAD, id="comments"),
    ],
)
def test_no_more_is_read_than_decides(content: bytes, most: int) -> None:
    file = Counted(content)
    sniff_file(file)
    assert file.taken <= most


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(head: bytes) -> None:
    assert sniff(head) in ("suite", None) or isinstance(sniff(head), NearMiss)


def test_sniffing_does_not_load_yaml() -> None:
    code = "import sys, mailcheck.suite.sniff; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
