"""What a run wants to ask of servers about recipients, gathered before it asks."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from mailcheck.errors import UsageError
from mailcheck.facts.smtp.envelope import RunRecipientsFact
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.smtp.envelope import RecipientProbe

LETTERS = 16
"""Letters of the local part that is nobody's (26^16 of them)."""

LIMIT = 50
"""Recipients that a run tries at the servers of one domain or host: ten sessions with each."""

ELSEWHERE = "mailcheck@elsewhere.example"
"""The mailbox that the hosts of a lab must not relay to: nobody there takes mail for it."""


class Recipients:
    """Gathers the probes of requirements; *consents* is the run's word, *elsewhere* its mailbox."""

    def __init__(self, *, consents: bool = False, elsewhere: str = "") -> None:
        self._consents = consents
        self._elsewhere = elsewhere
        self._probes: dict[RecipientProbe, None] = {}
        self._tried: dict[str, int] = {}
        self._nobody = "".join(secrets.choice(string.ascii_lowercase) for _ in range(LETTERS))

    def add(self, probes: tuple[RecipientProbe, ...]) -> None:
        """Take note of what a requirement wants to ask, before it is judged.

        Raises:
            UsageError: if the run would try too many recipients at the servers of one name.
        """
        for probe in probes:
            if probe in self._probes:
                continue
            tried = self._tried.get(probe.consents, 0) + 1
            if tried > LIMIT:
                raise UsageError(
                    f"more than {LIMIT} recipients would be tried at the servers of "
                    f"{to_u_labels(probe.consents)}, which may block this network for it: select "
                    "fewer tests, or try a few mailboxes in place of all"
                )
            self._tried[probe.consents] = tried
            self._probes[probe] = None

    def fact(self) -> RunRecipientsFact:
        """Return what is known so far."""
        return RunRecipientsFact(self._consents, tuple(self._probes), self._elsewhere, self._nobody)

    def in_a_lab(self) -> Recipients:
        """Return the same for a lab, whose hosts are nobody's: it needs no consent."""
        shared = Recipients(consents=True, elsewhere=self._elsewhere or ELSEWHERE)
        shared._probes = self._probes
        return shared
