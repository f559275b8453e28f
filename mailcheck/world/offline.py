"""A world in which nobody is asked: what ``--mail-offline`` is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.facts.blocklists import RunBlocklists
from mailcheck.facts.run import RunResolvers
from mailcheck.facts.smtp.envelope import RunRecipients
from mailcheck.facts.smtp.vantage import RunControls
from mailcheck.question import Fact, Question, Unobserved
from mailcheck.world.empty import EmptyWorld
from mailcheck.world.known import known
from mailcheck.world.lists import lists_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from mailcheck.settings import Settings
    from mailcheck.world.recipients import Recipients

OFFLINE = Unobserved(
    "offline",
    "somebody would have to be asked, and --mail-offline asks nobody",
    not_evaluated=True,
)

WHOM = frozenset({RunResolvers, RunControls})
"""Questions of whom a run would ask. Nobody is no answer to them: it would be taken for a network
without resolvers."""


class OfflineWorld(EmptyWorld):
    """Gives the *answers* that it has, by the kind of question, and asks nobody for others."""

    def __init__(self, answers: Mapping[type, Callable[[Any], Fact | Unobserved]]) -> None:
        self._answers = answers

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Answer at once, or say that nobody is asked."""
        answer = self._answers.get(type(question))
        deliver(answer(question) if answer else OFFLINE)


def offline_world(settings: Settings, today: datetime.date, recipients: Recipients) -> OfflineWorld:
    """Return the world of a run that asks nobody: it knows what the run was told, and addresses.

    Raises:
        SourceError: if the file of further lists cannot be used.
        UsageError: if a key belongs to a list that takes none.
    """
    lists = lists_of(settings, ())
    anywhere = known(today, (), settings.private_networks)
    return OfflineWorld(
        {
            **{kind: answer for kind, answer in anywhere.items() if kind not in WHOM},
            RunBlocklists: lambda _: lists(),
            RunRecipients: lambda _: recipients.fact(),
        }
    )
