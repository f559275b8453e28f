"""How much a run may ask of a blocklist that serves it for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mailcheck.errors import UsageError
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.blocklists import Blocklist
    from mailcheck.names import Address
    from mailcheck.settings import Settings
    from mailcheck.suite.requirement import Requirement


def refuse_too_many(requirements: Iterable[Requirement], settings: Settings) -> None:
    """See that no list is asked for more subjects than *settings* allow without a key.

    A lab asks nobody. The subjects of a list are counted once, however many sentences name them.

    Raises:
        SourceError: if the file of further lists cannot be used.
        UsageError: if a list would be asked for too many; it names what serves so many.
    """
    asking = [one for one in requirements if one.check.lists is not None]
    if not asking or settings.lab is not None:
        return
    from mailcheck.facts.list_answer import kind_of  # most runs ask no list
    from mailcheck.world.lists import lists_of

    run = lists_of(settings, ())()
    asked: dict[str, set[str]] = {}
    for requirement in asking:
        assert requirement.check.lists is not None
        sees = run.seeing(requirement.lists) if requirement.lists else run
        subject, lists = requirement.check.lists(requirement.params, sees)
        for one in lists:
            taken = kind_of(cast("Address | str", subject)) in one.takes
            if taken and one.zone not in run.keys and run.is_usable(one):
                asked.setdefault(one.zone, set()).add(str(subject))
    over = {
        z: len(subjects)
        for z, subjects in asked.items()
        if len(subjects) > settings.blocklist_limit
    }
    if over:
        zone, *others = over
        raise UsageError(_refusal(run.registry.find(zone), over[zone], others, settings))


def _refusal(one: Blocklist, count: int, others: list[str], settings: Settings) -> str:
    instead = "ask its operator for a feed of your own"
    if keyed := one.keyed or (one.zone if one.key != "none" else ""):
        instead = f"take a key for {to_u_labels(keyed)}, and name it with mail_blocklist_keys"
    beside = f" (and of {', '.join(map(to_u_labels, others))})" if others else ""
    return (
        f"{count} subjects would be asked of {to_u_labels(one.zone)}{beside}, more than the "
        f"{settings.blocklist_limit} that a run may ask of a list without a key: {instead}, select "
        "fewer tests, or raise mail_blocklist_limit if its operator agrees"
    )
