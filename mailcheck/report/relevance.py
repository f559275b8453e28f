"""Which of all that was seen bears on the verdict: it is shown first, and first to be tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.evidence import Evidence
    from mailcheck.report.record import Record

ARROW = " → "
"""Stands between what was asked and what came back in a line of evidence."""

COMMANDS_SHOWN = 3

WAY = "referral for "
"""Begins what came back where a server only named others, nearer to the answer."""

_FROM = ", from "

_TIMED = re.compile(r", \d+ ms$")
"""Ends an answer: of what failed there is no time."""

_ENDPOINT = re.compile(r"\S+ port \d+")


def weight(line: str, record: Record) -> int:
    """Return how much a line of evidence bears on the verdict: 0, 1 or 2.

    It bears if it is about a name or an address that a reason speaks of, and more if it shows the
    very thing: the cause, the outcome that a tag is named after, the endpoint a reason names.
    """
    subject, _, result = line.partition(ARROW)
    outcome = result.partition(" ")[0].rstrip(",").casefold()
    words = [record["cause"], *record["tags"]]
    said = " ".join([record["text"], *(reason["text"] for reason in record["reasons"])])
    endpoint = _ENDPOINT.match(subject)
    if endpoint and endpoint[0] in said:
        return 2
    if len(outcome) > 5 and any(outcome[:5] in word for word in words):
        return 2
    about = subject.partition(" ")[0]
    named = re.split(r"[\s,;()\[\]\"'“”]+|[.:](?=\s|$)", said)
    return int(about in named or bool(record["cause"] and record["cause"] in line.casefold()))


def answers_and_way(evidence: Iterable[str]) -> tuple[list[str], list[str]]:
    """Split *evidence* into what was answered and the referrals that led there.

    The same failure of several servers becomes one line, where the first of them stood.
    """
    answers: dict[str, dict[str, None]] = {}
    way: dict[str, None] = {}
    for line in evidence:
        what, separator, who = line.rpartition(_FROM)
        if line.partition(ARROW)[2].startswith(WAY):
            way[line] = None
        elif separator and not _TIMED.search(who):
            answers.setdefault(what + separator, {})[who] = None
        else:
            answers[line] = {}
    return [what + ", ".join(who) for what, who in answers.items()], list(way)


def telling_commands(evidence: Iterable[Evidence], record: Record) -> list[str]:
    """Return the command lines that show the verdict, the most telling first, each once."""
    commands = [e for e in evidence if e.command]
    answering = [e for e in commands if not e.result.startswith(WAY)]
    telling = sorted(answering or commands, key=lambda e: -weight(str(e), record))
    return list(dict.fromkeys(e.command for e in telling))[:COMMANDS_SHOWN]
