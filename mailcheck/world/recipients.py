"""What a run wants to ask of servers about recipients, gathered before it asks."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from mailcheck.facts.smtp.envelope import RunRecipientsFact

if TYPE_CHECKING:
    from mailcheck.facts.smtp.envelope import RecipientProbe

LETTERS = 16
"""Letters of the local part that is nobody's (26^16 of them)."""

ELSEWHERE = "mailcheck@elsewhere.example"
"""The mailbox that the hosts of a lab must not relay to: nobody there takes mail for it."""


class Recipients:
    """Gathers the probes of requirements; *consents* is the run's word, *elsewhere* its mailbox."""

    def __init__(self, *, consents: bool = False, elsewhere: str = "") -> None:
        self._consents = consents
        self._elsewhere = elsewhere
        self._probes: dict[RecipientProbe, None] = {}
        self._nobody = "".join(secrets.choice(string.ascii_lowercase) for _ in range(LETTERS))

    def add(self, probes: tuple[RecipientProbe, ...]) -> None:
        """Take note of what a requirement wants to ask, before it is judged."""
        self._probes.update(dict.fromkeys(probes))

    def fact(self) -> RunRecipientsFact:
        """Return what is known so far."""
        return RunRecipientsFact(self._consents, tuple(self._probes), self._elsewhere, self._nobody)

    def in_a_lab(self) -> Recipients:
        """Return the same for a lab, whose hosts are nobody's: it needs no consent."""
        shared = Recipients(consents=True, elsewhere=self._elsewhere or ELSEWHERE)
        shared._probes = self._probes
        return shared
