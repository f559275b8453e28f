"""mailcheck, run inside a namespace: by the command, with the verdicts as values."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.facts.scope import DOCUMENTATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailcheck.names import Address

    from .namespace import Namespace

OUT_OF_REACH = "not-asked"
"""What a run of its own says of lists that are not in the namespace; a lab has only its own."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the command says about one sentence; two are alike whoever was asked for evidence."""

    sentence: str
    verdict: str
    tags: tuple[str, ...]
    cause: str
    text: str
    excused: str
    advice: tuple[str, ...]
    evidence: tuple[str, ...] = field(compare=False)

    @property
    def end(self) -> str:
        """How it ended, in the words of a check's examples."""
        if self.verdict == "unmet":
            return ", ".join(self.tags)
        return f"{self.verdict}: {self.cause}" if self.cause else self.verdict


def live(resolvers: Iterable[Address | str]) -> dict[str, list[str]]:
    """Return the options of a run that asks *resolvers*, or the system's, and whatever they lead to.

    Documentation ranges stand for public addresses, as they do in a lab.
    """
    named = [str(address) for address in resolvers]
    return {
        "live": [],
        **({"resolver": named} if named else {}),
        "private-networks": [str(network) for network in DOCUMENTATION],
    }


def arguments(options: dict[str, list[str]], prefix: str = "--") -> list[str]:
    """Write *options* on a command line; those of pytest have the prefix ``--mail-``."""
    return [
        text
        for name, values in options.items()
        for text in ([f"{prefix}{name}={value}" for value in values] or [prefix + name])
    ]


def judge(
    space: Namespace,
    options: dict[str, list[str]],
    *items: str,
    stdin: str = "",
    **environment: str,
) -> list[Judged]:
    """Run ``mailcheck check`` on *items*, sentences or files, with more *environment*."""
    command = (sys.executable, "-m", "mailcheck.cli", "check", "--json", *arguments(options))
    surroundings = ("env", *(f"{name}={value}" for name, value in environment.items()))
    said = space.run(*surroundings, *command, *items, stdin=stdin, check=False)
    return [
        Judged(
            line["sentence"],
            line["verdict"],
            tuple(line["tags"]),
            line["cause"],
            line["text"],
            line["excused"],
            tuple(advice["tag"] for advice in line["advice"] if advice["tag"] != OUT_OF_REACH),
            tuple(line["evidence"]),
        )
        for line in map(json.loads, said.splitlines())
    ]


def judge_sentences(
    space: Namespace, options: dict[str, list[str]], sentences: Iterable[str], **environment: str
) -> list[Judged]:
    """Run ``mailcheck check`` on *sentences*, as many as there are."""
    lines = "".join(f"{sentence}\n" for sentence in sentences)
    return judge(space, options, "-", stdin=lines, **environment)


def judge_suite(
    space: Namespace, options: dict[str, list[str]], sentences: Sequence[str], agreed: str
) -> list[Judged]:
    """Run ``mailcheck check`` on a suite of *sentences*, in which the domain *agreed* consents.

    The run knows all of them from its beginning, as it does not where they come one by one.
    """
    suite = space.folder / "suite.yml"
    head = f"mailcheck: 1\ntitle: A suite\nprobe: {{recipients: [{agreed}]}}\nchecks:\n"
    suite.write_text(head + "".join(f"  - {sentence}\n" for sentence in sentences))
    judged = judge(space, options | {"probe-recipients": []}, str(suite))
    assert len(judged) == len(sentences)
    return judged
