"""The network of a ``lab.yml``: the same probes, every packet sent to loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.question import Fact, Unobserved
from mailcheck.world.live import LiveWorld

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.dns import DnsQuery, ServerQuery

NOT_IN_LAB = "not-in-lab"


class LabWorld(LiveWorld):
    """Answers from the servers of a lab; *covers* says which names it can know.

    A name outside the lab's zones is not absent, it is unknown: a suite that is shown in the lab
    must not pass or fail for what the lab does not tell.
    """

    def __init__(self, *args: Any, covers: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._covers = covers

    def _hand_over(
        self, question: DnsQuery | ServerQuery, deliver: Callable[[Fact | Unobserved], None]
    ) -> None:
        if self._covers(question.name):
            super()._hand_over(question, deliver)
        else:
            text = f"no zone of the lab holds {question.name}; --mail-live asks the network"
            deliver(Unobserved(NOT_IN_LAB, text))
