"""Who sets courses, as a course sees him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.course import Course
    from mailcheck.probes.dns.pace import Patience
    from mailcheck.probes.dns.stream import Streams
    from mailcheck.question import Unobserved


class Asker(Protocol):
    """Who sets courses, and takes what they come to."""

    clock: Clock
    streams: Streams
    patience: Patience

    def ended(self, course: Course, said: DnsAnswer | Unobserved) -> None:
        """Take the end of *course*."""
