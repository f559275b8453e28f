"""Probes of protocols that few runs speak: imported when one is asked for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.names import Network
    from mailcheck.probes.https import Timeouts
    from mailcheck.probes.reach import Reach
    from mailcheck.probes.routes import Routes


class LateProbe:
    """What *make* returns, made when the first question comes."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._probe: Any = None

    async def answer(self, question: Any) -> Any:
        """Have the probe answer."""
        if self._probe is None:
            self._probe = self._make()
        return await self._probe.answer(question)

    async def closed(self) -> None:
        """Close what the probe holds, if there is one."""
        if self._probe is not None:
            await self._probe.closed()


def imap_probe(routes: Routes, public: tuple[Network, ...], reach: Reach) -> LateProbe:
    """Return who asks in IMAP."""

    def make() -> Any:
        from mailcheck.probes.imap import ImapProbe

        return ImapProbe(routes, public, reach=reach)

    return LateProbe(make)


def https_probe(
    routes: Routes, public: tuple[Network, ...], reach: Reach, timeouts: Timeouts | None = None
) -> LateProbe:
    """Return who asks over HTTPS, and waits as long as *timeouts* say."""

    def make() -> Any:
        from mailcheck.probes.https import HttpsProbe, Timeouts

        return HttpsProbe(routes, public, timeouts or Timeouts(), reach=reach)

    return LateProbe(make)
