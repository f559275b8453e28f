"""What every world knows without asking anybody, until a run says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.facts.change.changes import Changes, NamesInUse, NamesInUseFact
from mailcheck.facts.change.proposed import (
    NOTHING_PROPOSED,
    Proposed,
    ProposedCopy,
    ProposedCopyFact,
    ProposedFact,
    Published,
    PublishedByEach,
)
from mailcheck.facts.run import RunDate, RunDateFact, RunResolvers, RunResolversFact
from mailcheck.facts.scope import AddressScope, scope_of
from mailcheck.facts.smtp.envelope import RunRecipients, RunRecipientsFact
from mailcheck.facts.smtp.vantage import RunControls, RunControlsFact

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from mailcheck.facts.dns import NameServer
    from mailcheck.names import Network
    from mailcheck.question import Fact, Unobserved


def known(
    today: datetime.date, resolvers: tuple[NameServer, ...], public: tuple[Network, ...]
) -> dict[type, Callable[[Any], Fact | Unobserved]]:
    """Return the answers to questions about the run, by their kind.

    *public* networks count as public whatever IANA set them aside for. Nothing is proposed, nobody
    consents to trying recipients, and the usual control hosts are asked.
    """
    return {
        AddressScope: lambda asked: scope_of(asked.address, public),
        RunDate: lambda _: RunDateFact(today),
        RunResolvers: lambda _: RunResolversFact(resolvers),
        RunRecipients: lambda _: RunRecipientsFact(),
        RunControls: lambda _: RunControlsFact(),
        Proposed: lambda _: ProposedFact(),
        ProposedCopy: lambda _: ProposedCopyFact(),
        Published: lambda _: NOTHING_PROPOSED,
        PublishedByEach: lambda _: NOTHING_PROPOSED,
        Changes: lambda _: NOTHING_PROPOSED,
        NamesInUse: lambda _: NamesInUseFact(),
    }
