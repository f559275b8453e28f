"""Turning an event loop of ours where somebody else's counts as running.

A notebook runs its cells inside a loop; a fixture may leave one that it looks after by itself.
asyncio refuses to run a second loop in such a thread, though ours shares nothing with the other and
nobody of the other is served while a test waits anyway.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from typing import Any

T = TypeVar("T")


@contextmanager
def our_turn() -> Iterator[None]:
    """Let a loop of ours run inside, whatever loop is running, and give that its place back."""
    other = asyncio._get_running_loop()  # noqa: SLF001  it is for those who implement loops
    asyncio._set_running_loop(None)  # noqa: SLF001  it is for those who implement loops
    try:
        yield
    finally:
        asyncio._set_running_loop(other)  # noqa: SLF001  it is for those who implement loops


def turn(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run *loop*, which is ours, until *work* is done, and return what it returns."""
    with our_turn():
        return loop.run_until_complete(work)


def our_loop() -> asyncio.AbstractEventLoop:
    """Make a loop for a run. It says nothing of tasks that an interrupt ended: pytest does."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(_tell)
    return loop


def end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what is left on *loop* and wait for its end; tasks not begun would complain later."""
    if left := asyncio.all_tasks(loop):
        for task in left:
            task.cancel()
        turn(loop, _all_ended(left))


async def _all_ended(tasks: set[asyncio.Task[Any]]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


async def at_most(work: Coroutine[Any, Any, None], seconds: float) -> None:
    """Do *work* for some time. What breaks it will break, and be shown by, the verdicts as well."""
    with suppress(Exception):
        await asyncio.wait_for(work, seconds)


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)
