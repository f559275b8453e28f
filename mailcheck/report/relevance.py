"""Which of all that was seen bears on the verdict: it is shown first, and first to be tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.evidence import OVER_TCP, PROPOSED, all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailcheck.evidence import Evidence
    from mailcheck.report.record import Record

ARROW = " → "
"""Stands between what was asked and what came back in a line of evidence."""

COMMANDS_SHOWN = 3

DECIDES = 2
"""The weight of a line that shows the very thing."""

WAY = "referral for "
"""Begins what came back where a server only named others, nearer to the answer."""

_FROM = ", from "

_TIMED = re.compile(r", \d+ ms$")
"""Ends an answer: of what failed there is no time."""

_UNHEARD = ("timeout", "unreachable")
"""Begin what came back where nothing did."""

_OF_ALL_PORTS = frozenset({"smtp", "imap", "port", "host", "mail"})
"""Words of sentences that tell no stage of a session from another."""

_ENDPOINT = re.compile(r"(?:\S+ \()?(\S+ port \d+)")


def weight(line: str, record: Record) -> int:
    """Return how much a line of evidence bears on the verdict: 0, 1 or 2.

    It bears if it is about a name or an address that a reason speaks of, and more if it shows the
    very thing: the cause, the outcome that a tag is named after, the endpoint a reason names.
    """
    subject, _, result = line.partition(ARROW)
    outcome = result.partition(" ")[0].rstrip(",").casefold()
    words = [record["cause"], *record["tags"]]
    said = said_of(record)
    endpoint = _ENDPOINT.match(subject)
    if endpoint and endpoint[1] in said:
        return DECIDES
    content = re.split(r", | \(| \| ", result)[0]
    about = subject.partition(" ")[0]
    named = set(re.split(r"[\s,;()\[\]\"'“”]+|[.:](?=\s|$)", said))
    if speaks_of(said, _who(line)) and (speaks_of(said, content) or about in named):
        return DECIDES
    if speaks_of(said, content) and any(about.endswith(f".{n}") for n in named if "." in n):
        return DECIDES  # what a list named in the reason answered about the address
    if len(outcome) > 5 and any(outcome[:5] in word for word in words):
        return DECIDES
    a_name = content.removesuffix(".") if content.endswith(".") else ""
    return int(
        about in named
        or speaks_of(said, a_name)
        or bool(record["cause"] and record["cause"] in line.casefold())
    )


def said_of(record: Record) -> str:
    """Return all that is said of why the verdict is what it is."""
    return " ".join([record["text"], *(reason["text"] for reason in record["reasons"])])


def order_shown(lines: Sequence[str], record: Record) -> list[int]:
    """Return the positions of *lines*, the most telling first.

    What a change says comes before what was heard and bears no more on the verdict: it is what
    the reader wrote.
    """

    def bears(position: int) -> tuple[int, bool]:
        of_change = is_of_change(lines[position])
        return -max(weight(lines[position], record), int(of_change)), not of_change

    return sorted(range(len(lines)), key=bears)


def is_of_change(line: str) -> bool:
    """Whether a line of evidence says of itself that it is proposed."""
    return f", {PROPOSED}" in line.partition(ARROW)[2]


def _who(line: str) -> str:
    """Return who gave the answer in a line of evidence; nothing where nobody is named."""
    who = _TIMED.sub("", line.rpartition(ARROW)[2].rpartition(_FROM)[2])
    return who.removesuffix(OVER_TCP) if _FROM in line else ""


def speaks_of(said: str, words: str) -> bool:
    """Whether *words* stand in what is *said*, whole."""
    return bool(words and re.search(rf"(?<![\w.:-]){re.escape(words)}(?![\w:-])", said))


def answers_and_way(evidence: Iterable[str]) -> tuple[list[str], list[str]]:
    """Split *evidence* into what was answered and the referrals that led there.

    To the way belong the servers that said nothing where another one then knew the way.
    The same failure of several servers becomes one line, where the first of them stood.
    """
    answers: dict[str, list[str]] = {}
    unheard: dict[str, list[str]] = {}
    way: dict[str, None] = {}
    lines = [(line, *line.partition(ARROW)[::2]) for line in evidence]
    led = {subject for _, subject, result in lines if result.startswith(WAY)}
    for line, _, result in lines:
        what, separator, who = line.rpartition(_FROM)
        if result.startswith(WAY):
            way[line] = None
        elif separator and not _TIMED.search(who):
            kept = unheard if _passed(line, led) else answers
            kept.setdefault(what + separator, []).append(who)
        else:
            answers[line] = []
    return _joined(answers), [*way, *_joined(unheard)]


def _passed(line: str, led: set[str]) -> bool:
    """Whether a server said nothing to a question that another one *led* on."""
    subject, _, result = line.partition(ARROW)
    return subject in led and result.startswith(_UNHEARD)


def _joined(lines: dict[str, list[str]]) -> list[str]:
    return [what + (all_of(who) if who else "") for what, who in lines.items()]


def telling_first(lines: Iterable[str], title: str) -> list[str]:
    """Order *lines*: of what was said on a port, what the words of *title* are about comes first.

    Where nothing was said on a port they stay as they are.
    """
    words = {word[:5].casefold() for word in title.split() if len(word) > 2 and "." not in word}
    words -= _OF_ALL_PORTS

    def order(line: str) -> tuple[bool, int]:
        subject, _, result = line.partition(ARROW)
        endpoint = _ENDPOINT.match(subject)
        if not endpoint:
            return True, 0
        stage = subject[endpoint.end() :].removesuffix(" in TLS")
        about = 2 * _begins_with(words, stage) + _begins_with(words, result)
        return False, -about

    return sorted(lines, key=order)


def _begins_with(beginnings: set[str], text: str) -> bool:
    """Whether a word of *text* has one of these *beginnings*."""
    return any(word.startswith(tuple(beginnings)) for word in re.split(r"\W+", text.casefold()))


def telling_commands(evidence: Iterable[Evidence], record: Record) -> list[str]:
    """Return the command lines that show the verdict, the most telling first, each once."""
    commands = [e for e in evidence if e.command]
    led = {e.subject for e in commands if e.result.startswith(WAY)}
    heard = [e for e in commands if not e.result.startswith(WAY)]
    answering = [e for e in heard if not _passed(str(e), led) or weight(str(e), record) == DECIDES]
    telling = sorted(answering or heard or commands, key=lambda e: -weight(str(e), record))
    return list(dict.fromkeys(e.command for e in telling))[:COMMANDS_SHOWN]
