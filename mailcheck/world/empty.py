"""A world in which nothing is known: what ``--mail-lab=auto`` is for a suite without a lab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from mailcheck.question import Fact, Question, Unobserved
from mailcheck.world.lab import NOT_IN_LAB

if TYPE_CHECKING:
    from collections.abc import Callable


class EmptyWorld:
    """Answers nothing and asks nobody."""

    limits: ClassVar[dict[type, int]] = {}

    def answer(
        self,
        question: Question[Any],  # noqa: ARG002  whatever is asked, the answer is the same
        deliver: Callable[[Fact | Unobserved], None],
    ) -> None:
        """Say that there is no lab to ask."""
        text = (
            "no lab.yml lies at or above the suite, or the folder that a sentence is asked in; "
            "--mail-lab PATH names one, --mail-live asks the network"
        )
        deliver(Unobserved(NOT_IN_LAB, text))

    def step(self) -> None:
        """Nothing is ever open."""

    def poll(self) -> None:
        """Nothing is ever open."""

    async def stepped(self) -> None:
        """Nothing is ever open."""

    def close(self) -> None:
        """Nothing is ever open."""
