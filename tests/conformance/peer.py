"""pyspf, asked what it makes of the same zones: a second opinion on every result."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.facts.dns import DnsAnswer, DnsQuery
from mailcheck.facts.records import record
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

with warnings.catch_warnings(action="ignore"):  # it has escapes that Python warns of, once compiled
    import spf

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.spf.evaluation.check import SpfCheck
    from mailcheck.question import Fact, Question

Zones: TypeAlias = "dict[tuple[str, str], list[str]]"
"""Data in presentation form by name and type; an empty list is a lookup that fails."""


class ZonesWorld(ToldWorld):
    """Answers from *zones*: what they do not hold does not exist."""

    def __init__(self, zones: Zones) -> None:
        super().__init__(())
        self._zones = zones
        self._names = {name for name, _ in zones}

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Answer queries at once."""
        if isinstance(question, DnsQuery):
            deliver(self._answer(question.name, question.rdtype))
        else:
            super().answer(question, deliver)

    def _answer(self, name: str, rdtype: str) -> DnsAnswer | Unobserved:
        data = self._zones.get((name, rdtype))
        if data is None:
            status: Any = "nodata" if name in self._names else "nxdomain"
            return DnsAnswer(name, rdtype, status, denier="example")
        if not data:
            return Unobserved("timeout")
        records = tuple(record(rdtype, text) for text in data)
        return DnsAnswer(name, rdtype, "data", tuple(sorted(records)), denier="example")


class Peer:
    """pyspf, which is given the answers of *zones* as its own resolver would give them.

    ``why`` is what it said last of its result.
    """

    why = ""

    def __init__(self, zones: Zones) -> None:
        self._answers = {
            asked: [(asked, _as_pyspf_has_it(asked[1], text)) for text in data] if data else None
            for asked, data in zones.items()
        }

    def opinion(self, question: SpfCheck) -> str:
        """Return the result that it comes to."""
        saved, spf.DNSLookup = spf.DNSLookup, self._look_up
        try:
            asked = spf.query(i=str(question.ip), s=question.sender, h=question.helo)
            result, _, self.why = asked.check()
            return str(result)
        finally:
            spf.DNSLookup = saved

    def _look_up(self, name: object, rdtype: str, *_: object) -> list[Any]:
        said = self._answers.get((str(name).rstrip(".").lower(), rdtype), [])
        if said is None:
            raise spf.TempError("DNS timeout")
        return said


def _as_pyspf_has_it(rdtype: str, text: str) -> Any:
    made: Any = record(rdtype, text)
    match rdtype:
        case "TXT":
            return made.strings
        case "MX":
            return made.preference, made.exchange.to_text(omit_final_dot=True)
        case "PTR":
            return made.target.to_text(omit_final_dot=True)
    return made.address
