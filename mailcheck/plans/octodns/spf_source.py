"""SPF records from the configuration: ``octodns_spf.SpfSource`` (octodns-spf 1.0)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.plans.octodns.record import Record
from mailcheck.plans.octodns.values import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.plans.octodns.options import Options
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

_MECHANISMS = {
    "a_records": "a",
    "mx_records": "mx",
    "ip4_addresses": "ip4",
    "ip6_addresses": "ip6",
    "includes": "include",
    "exists": "exists",
}


class SpfSource:
    """One such source. It adds a record at the apex, or a text to what is there."""

    def __init__(self, options: Options) -> None:
        options.only(*_MECHANISMS, "soft_fail", "merging_enabled", "ttl", "verify_dns_lookups")
        self.terms = {
            kind: options.texts(key) if key in options.fields else ()
            for key, kind in _MECHANISMS.items()
        }
        softly = options.get("soft_fail", False)
        self.softly = None if softly is None else bool(softly)
        self.merges = options.flag("merging_enabled", default=False)
        self.ttl = options.number("ttl", 3600)
        self.options = options

    def zones(self) -> list[str]:
        """Return the zones for ``*``: none."""
        return []

    def populate(self, zone: Zone, problems: Problems) -> None:
        """Add the record to *zone*."""
        own = _written(self.terms, softly=self.softly)
        there = zone.records.get(("", "TXT"))
        place = self.options.fields.place
        if there is None:
            zone.add(Record("", "TXT", self.ttl, place, (own,)), problems)
            return
        values = [str(value) for value in there.values]
        old = next((i for i, value in enumerate(values) if value.startswith("v=spf1")), None)
        if old is None:
            zone.put(replace(there, values=(*values, own)))
        elif not self.merges:
            what = f"{zone.shown(there)} has an SPF record, and {self.options.subject} adds one"
            problems.add(there.place, what, "expected one of them, or merging_enabled: true")
        else:
            try:
                values[old] = self._merged(values[old])
            except ValueError as error:
                problems.add(there.place, f"{zone.shown(there)}: {error}")
            zone.put(replace(there, values=tuple(values)))

    def _merged(self, value: str) -> str:
        """Return the record *value* with what this source adds.

        Raises:
            UnreadableError: if octoDNS cannot read it.
        """
        terms: dict[str, list[str]] = {kind: [] for kind in self.terms}
        softly: bool | None = None
        version, *rest = value.split()
        if version != "v=spf1":
            raise UnreadableError("octodns-spf cannot read its SPF record")
        for term in rest:
            if "all" in term:
                softly = term.startswith("~")
                continue
            kind, colon, of = term.partition(":")
            if not colon or kind not in terms:
                raise UnreadableError("octodns-spf cannot read a term of its SPF record")
            terms[kind].append(of)
        both = {kind: (*terms[kind], *self.terms[kind]) for kind in terms}
        softly = self.softly if softly is None else softly or bool(self.softly)
        return _written({k: tuple(dict.fromkeys(v)) for k, v in both.items()}, softly=softly)


def _written(terms: dict[str, tuple[str, ...]], *, softly: bool | None) -> str:
    written: Iterable[str] = (f"{kind}:{of}" for kind, all_of in terms.items() for of in all_of)
    end = () if softly is None else ("~all" if softly else "-all",)
    return " ".join(["v=spf1", *written, *end])
