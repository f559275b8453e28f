"""The command and pytest give the same verdict for the same sentence."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Mailcheck

SENTENCES = """\
  - domain example.com has MX
  - domain tour.example.com has MX
  - domain missing.example.com has MX
  - domain example.net has MX
  - domain tour.example.com has MX: {at_least: 2, severity: advised}
  - domain tour.example.com has MX: {at_least: 3, expect: no-mx}
  - SMTP port 25 of mail.example.com accepts
  - SMTP port 465 of mail.example.com accepts
"""


def by_pytest(here: Path) -> list[str]:
    """Return the verdict on each requirement as the JUnit report has it."""
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--mail-junit=r.xml"],
        cwd=here,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    found = []
    for case in ET.parse(here / "r.xml").iter("testcase"):
        outcome = next((e for e in case if e.tag in ("failure", "error", "skipped")), None)
        kind = "met" if outcome is None else outcome.tag
        if outcome is not None and kind != "skipped":
            kind += f" {outcome.get('type')}"
        found.append(kind)
    return found


def by_command(mailcheck: Mailcheck, *items: str, stdin: str | None = None) -> list[str]:
    """Return the verdict on each item, in the words of JUnit."""
    said = [
        json.loads(line)
        for line in mailcheck("check", "--json", *items, stdin=stdin).stdout.splitlines()
    ]
    return [
        "skipped"
        if line["excused"]
        else f"failure {line['tags'][0]}"
        if line["verdict"] == "unmet"
        else f"error {line['cause']}"
        if line["verdict"] == "inconclusive"
        else line["verdict"]
        for line in said
    ]


def test_a_sentence_is_judged_alike_in_a_suite_and_alone(here: Path, mailcheck: Mailcheck) -> None:
    (here / "all.yml").write_text(f"mailcheck: 1\nchecks:\n{SENTENCES}", "utf-8")
    verdicts = by_command(mailcheck, "all.yml")
    assert sorted(set(verdicts)) == [
        "error not-in-lab",
        "failure connection-refused",
        "failure no-mx",
        "failure no-such-domain",
        "met",
        "skipped",
    ]
    lines = "".join(line.removeprefix("  - ") for line in SENTENCES.splitlines(keepends=True))
    assert by_command(mailcheck, "-", stdin=lines) == verdicts
    assert by_command(mailcheck, *lines.splitlines()) == verdicts
    assert by_pytest(here) == verdicts
