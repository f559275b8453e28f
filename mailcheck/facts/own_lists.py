"""A judge that sees lists which nobody else of the run sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.facts.blocklists import RunBlocklistsFact
from mailcheck.facts.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator

    from mailcheck.blocklists import Blocklist


def seeing(
    judge: Callable[..., Coroutine[Any, Any, Any]], lists: tuple[Blocklist, ...]
) -> Callable[..., Coroutine[Any, Any, Any]]:
    """Return *judge* as it judges where *lists* are known beside those of the run.

    They travel in the questions about them: what others ask of the same zone stays theirs,
    whichever of both is asked first.
    """

    async def begun(*given: Any) -> Any:
        return await _Seeing(judge(*given), lists)

    return begun


class _Seeing:
    """Drives a judge, and puts its lists into what it asks and is told."""

    def __init__(self, judging: Coroutine[Any, Any, Any], lists: tuple[Blocklist, ...]) -> None:
        self._judging = judging
        self._lists = lists
        self._own = {one.zone: one for one in lists}

    def __await__(self) -> Generator[Any, Any, Any]:
        try:
            asked = self._judging.send(None)
            while True:
                answer = yield self._asked(asked)
                asked = self._judging.send(self._told(answer))
        except StopIteration as end:
            return end.value
        finally:
            self._judging.close()

    def _asked(self, asked: Any) -> Any:
        if isinstance(asked, tuple):
            return tuple(map(self._asked, asked))
        if isinstance(asked, Listing) and asked.zone in self._own:
            return replace(asked, own=self._own[asked.zone])
        return asked

    def _told(self, answer: Any) -> Any:
        if isinstance(answer, tuple):
            return tuple(map(self._told, answer))
        if isinstance(answer, RunBlocklistsFact):
            return answer.seeing(self._lists)
        return answer
