"""The whole configuration, as ``dnscontrol print-ir`` prints it: what a push would publish."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.plans.dnscontrol.ignored import ignored_in, label_of
from mailcheck.plans.dnscontrol.record import NO_DNS, is_official, read_record
from mailcheck.plans.fields import Fields
from mailcheck.plans.gathering import Gathered
from mailcheck.plans.json_lines import EACH, lines_of
from mailcheck.plans.names import full_name, name_in
from mailcheck.plans.plan import Left, Plan, PlannedRemoval

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

_EXTERNAL = (
    "{zone}: DNSControl leaves alone what external-dns manages, so all that is not in the "
    "configuration was taken to stay"
)

_BESIDE = "it, and records beside it that DNSControl ignores by their targets"


_WRITTEN = re.compile(
    r"(?P<file>[\w./-]{1,200}\.(?:js|ts)):(?P<line>[1-9]\d{0,6}):(?P<column>[1-9]\d{0,6})", re.ASCII
)
"""Where a record stands (``filepos``, since version 5); older ones say the line alone."""


class Config:
    """The domains of one configuration."""

    def __init__(self, document: Document, given: Given) -> None:
        self._document = document
        self._given = given
        self._lines = lines_of(document.text, "domains", EACH, "records", EACH)
        self._heads = lines_of(document.text, "domains", EACH)
        self._gathered = Gathered()
        self._scripts: dict[str, str] = {}
        self._removals: list[PlannedRemoval] = []
        self._whole: list[str] = []
        self._left: list[Left] = []
        self._notes: list[str] = []
        self._problems: list[Problem] = []

    def plan(self, domains: list[Any]) -> Plan:
        """Return what is published of *domains*.

        Raises:
            SourceError: if anything is wrong with them.
        """
        for index, domain, zone in self._chosen(domains):
            self._domain(index, domain, zone)
        rrsets = self._gathered.rrsets()
        if not (self._problems or rrsets or self._removals):
            self._problem(1, "", "no domain has a record", "expected what is to be published")
        if self._problems:
            raise SourceError(self._problems)
        return Plan(
            self._document.shown,
            rrsets,
            tuple(self._removals),
            tuple(self._whole),
            tuple(self._left),
            tuple(self._notes),
        )

    def _chosen(self, domains: list[Any]) -> list[tuple[int, Fields, str]]:
        """Return the domains with their zones: of several views of one, that which is named."""
        named: list[tuple[int, Fields, str, str]] = []
        for index, domain in enumerate(domains):
            try:
                fields = Fields.of(domain)
                name, _, tag = fields.text("name").partition("!")
                tag = fields.text("tag", "") or tag or _tag(fields)
                zone = full_name(name)
                unique = f"{zone}!{tag}" if tag else zone
                named.append((index, fields, zone, unique))
            except ValueError as error:
                self._problem(self._heads.get((index,), 1), "a domain", str(error))
        if self._given.zone is not None:
            named = [one for one in named if one[2] == str(self._given.zone)]
            if not named:
                self._problem(1, "", f"there is no domain {self._given.zone}")
        views: dict[str, list[str]] = {}
        for _, _, zone, unique in named:
            views.setdefault(zone, []).append(unique)
        told = {of: str(zone) for of, zone in self._given.zones_of.items()}
        picked = {
            zone: [one for one in those if told.get(one) == zone] for zone, those in views.items()
        }
        chosen: list[tuple[int, Fields, str]] = []
        for index, fields, zone, unique in named:
            those = views[zone]
            if len(those) == 1 or picked[zone] == [unique]:
                chosen.append((index, fields, zone))
            elif len(picked[zone]) != 1 and unique == those[0]:
                shown = visible(", ".join(those))
                what = f"{zone} has {len(those)} views, {shown}, and nobody says which is meant"
                expected = f"expected --mail-zone-of '{visible(those[-1])}={zone}'"
                self._problem(self._heads.get((index,), 1), "", what, expected)
        return chosen

    def _domain(self, index: int, domain: Fields, zone: str) -> None:
        head = Place(self._document.shown, self._heads.get((index,), 1), of=zone)
        try:
            records = domain.items("records")
            if not self._is_published(domain, records, head):
                return
            proxied = _proxied(domain)
            for number, record in enumerate(records):
                line = self._lines.get((index, number), head.line)
                self._record(record, zone, line, proxied=proxied)
            self._left_alone(domain, zone)
        except ValueError as error:
            self._problem(head.line, zone, str(error))
            return
        if rules := sum(_kind(record) in NO_DNS for record in records):
            self._notes.append(f"{zone}: {rules} rules of Cloudflare's web proxy, which are no DNS")
        if domain.flag("keepunknown"):
            self._absent(domain, zone, head)

    def _is_published(self, domain: Fields, records: list[Any], head: Place) -> bool:
        """Whether some provider is told of a domain; without one that has records it is a mistake."""
        if domain.items("rawrecords"):
            what = "it has records that DNSControl has not read itself"
            self._problem(head.line, head.of, what, "expected print-ir without --raw")
        is_published = domain.values.get("dnsProviders") != {}
        if records and not is_published:
            what = "it has records and no DNS provider, so nothing of it is published"
            self._problem(head.line, head.of, what, "expected DnsProvider(…) in its D()")
        return is_published

    def _left_alone(self, domain: Fields, zone: str) -> None:
        """Take in what DNSControl leaves as it is, once the records are known."""
        ignored = ignored_in(domain)
        if domain.flag("keepunknown") or domain.flag("ignore_external_dns"):
            if not domain.flag("keepunknown"):
                self._notes.append(_EXTERNAL.format(zone=zone))
        else:
            self._whole.append(zone)
        if not ignored:
            return

        def stays(name: str, rdtype: str) -> bool:
            return any(one.matches(label_of(name, zone), rdtype) for one in ignored)

        self._left.append(Left(zone, stays))
        partial = [one for one in ignored if one.is_partial]
        for rrset in self._gathered.rrsets() if partial else ():
            label = label_of(rrset.name, zone)
            beside = any(one.matches(label, rrset.rdtype) for one in partial)
            if rrset.zone == zone and beside and not rrset.target:
                self._gathered.add(replace(rrset, unknown=rrset.unknown or _BESIDE))

    def _absent(self, domain: Fields, zone: str, head: Place) -> None:
        """Take in what is to be absent although nothing else is deleted."""
        try:
            for record in domain.items("recordsabsent"):
                fields = Fields.of(record)
                name, rdtype = name_in(fields.text("name"), zone), fields.text("type").upper()
                if is_official(rdtype) and not self._gathered.holds(zone, name, rdtype):
                    self._removals.append(PlannedRemoval(zone, name, rdtype, head))
        except ValueError as error:
            self._problem(head.line, f"{zone} ENSURE_ABSENT", str(error))

    def _record(self, record: Any, zone: str, line: int, *, proxied: bool) -> None:
        said = [record.get(key) for key in ("type", "name")] if isinstance(record, dict) else []
        of = visible(" ".join([zone, *(one for one in said if isinstance(one, str))]), 300)
        place = self._written(record, of) or Place(self._document.shown, line, of=of)
        try:
            for rrset in read_record(Fields.of(record), zone, place, proxied=proxied):
                self._gathered.add(rrset)
        except ValueError as error:
            self._problems.append(Problem(place, str(error)))

    def _written(self, record: Any, of: str) -> Place | None:
        """Return where a record stands in the configuration, if that is said with the file."""
        said = record.get("filepos") if isinstance(record, dict) else None
        found = _WRITTEN.fullmatch(said) if isinstance(said, str) else None
        if found is None:
            return None
        if found["file"] not in self._scripts:
            text = self._given.project.text(found["file"], self._document.shown)
            self._scripts[found["file"]] = text.shown if text else ""
        shown = self._scripts[found["file"]]
        return Place(shown, int(found["line"]), int(found["column"]), of) if shown else None

    def _problem(self, line: int, of: str, what: str, expected: str = "") -> None:
        place = Place(self._document.shown, line, of=of)
        self._problems.append(Problem(place, what, expected))


def _kind(record: Any) -> str:
    return str(record.get("type")) if isinstance(record, dict) else ""


def _tag(domain: Fields) -> str:
    return (domain.inner("meta") or Fields({})).text("dnscontrol_tag", "")


def _proxied(domain: Fields) -> bool:
    meta = domain.inner("meta") or Fields({})
    return meta.text("cloudflare_proxy_default", "").lower() in ("on", "full")
