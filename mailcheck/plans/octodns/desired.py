"""What octoDNS wants its zones to be (``octodns.manager.Manager.sync``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.errors import Place, SourceError
from mailcheck.evidence import visible
from mailcheck.plans.octodns import arpa
from mailcheck.plans.octodns.config import Config, ZoneConfig, without_values
from mailcheck.plans.octodns.expansion import expanded, zones_below
from mailcheck.plans.octodns.files import Files, mapping_in
from mailcheck.plans.octodns.options import Options
from mailcheck.plans.octodns.processors import adds_text, processor_of
from mailcheck.plans.octodns.published import Target
from mailcheck.plans.octodns.sources import Source, source_of
from mailcheck.plans.octodns.values import Fields
from mailcheck.plans.octodns.whole import planned
from mailcheck.plans.octodns.yaml_source import add_records
from mailcheck.plans.octodns.zone import Zone, check
from mailcheck.plans.plan import Plan
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.octodns.filters import Processor
    from mailcheck.plans.plan import Given
    from mailcheck.zone_name import ZoneName


def read_config(document: Document, given: Given) -> Plan:
    """Read a configuration and the files of its zones.

    Raises:
        SourceError: with all that is wrong.
    """
    problems = Problems()
    try:
        root = mapping_in(document.text, document.shown, problems)
        problems.raise_any()
    except SourceError as error:
        found = [without_values(problem, document.text) for problem in error.problems]
        raise SourceError(found) from None
    if root is None:
        problems.add(Place(document.shown, 1), "this is no configuration of octoDNS")
        problems.raise_any()
        return Plan(document.shown)
    config = Config(root, problems)
    desired = Desired(config, Files(given.project, document.shown, problems))
    plan = desired.plan(document.shown, f"{given.zone}." if given.zone else "")
    problems.raise_any()
    return plan


def read_zone_file(document: Document, zone: ZoneName) -> Plan:
    """Read the file of one zone, as a provider with no options has it.

    Raises:
        SourceError: with all that is wrong.
    """
    problems = Problems()
    desired = Zone(zone, Place(document.shown, 1))
    root = mapping_in(document.text, document.shown, problems)
    if root is not None:
        add_records(root, desired, problems)
    check(desired, problems)
    plan = planned(
        document.shown, [(desired, [Target("its provider", is_cloudflare=True)])], problems
    )
    problems.raise_any()
    return plan


class Desired:
    """The zones of one configuration as octoDNS wants them."""

    def __init__(self, config: Config, files: Files) -> None:
        self.config = config
        self.problems = config.problems
        self.files = files
        self.sources: dict[str, Source | None] = {}
        self.processors: dict[str, tuple[Processor, bool] | None] = {}
        self.notes: list[str] = []
        self.below: dict[str, set[str]] = {}
        self.last = config.last
        self.auto_arpa: arpa.AutoArpa | None = None
        self._add_own()

    def _add_own(self) -> None:
        """Add the processors that the manager has without their being configured."""
        manager = self.config.manager
        if said := manager.get("auto_arpa"):
            fields = said if isinstance(said, Fields) else Fields((), manager.place)
            options = Options("auto_arpa of the manager", fields, (), self.problems)
            self.auto_arpa = arpa.AutoArpa(options)
            self.sources[arpa.NAME] = self.auto_arpa
            self.processors[arpa.NAME] = (self.auto_arpa.process, False)
            self.last = [arpa.NAME, *self.last]
        if manager.get("include_meta"):
            self.processors["meta"] = (adds_text("octodns-meta", 60, manager), True)
            self.last = [*self.last, "meta"]

    def plan(self, by: str, only: str) -> Plan:
        """Return the plan of all zones; of *only* one, if it is given."""
        zones = expanded(self.config, self._source)
        self.below = zones_below(zones)
        if only and only not in zones:
            what = f"zone {visible(only, 260)} is not configured"
            self.problems.add(self.config.place, what)
            return Plan(by)
        wanted = self._needed(zones, only)
        made: dict[str, Zone] = {}
        # Reverse zones come last where they are made of all others.
        late = [one for one in wanted if self.auto_arpa and one.name.endswith("arpa.")]
        soon = [one for one in wanted if one not in late and "alias" not in one.fields]
        emitted = self._made(soon, made)
        emitted += self._aliases([one for one in wanted if "alias" in one.fields], zones, made)
        emitted += self._made([one for one in late if "alias" not in one.fields], made)
        self.notes += [note for zone, _ in emitted for note in zone.notes]
        shown = [pair for pair in emitted if not only or f"{pair[0].name}." == only]
        return planned(by, shown, self.problems, tuple(self.notes))

    def _made(
        self, wanted: list[ZoneConfig], made: dict[str, Zone]
    ) -> list[tuple[Zone, list[Target]]]:
        """Return the zones *wanted* with where they are published, if anywhere; add all to *made*."""
        emitted: list[tuple[Zone, list[Target]]] = []
        for one in wanted:
            targets = one.names("targets", self.problems)
            sources = one.names("sources", self.problems)
            if not self._goes_on(one, sources, targets):
                continue
            zone = self._zone(one)
            for name in sources or ():
                if source := self._source(name, one):
                    source.populate(zone, self.problems)
            made[one.name] = zone
            self._process(zone, one.names("processors", self.problems) or [], one)
            if published := self._published(one, targets or []):
                emitted.append((zone, published))
        return emitted

    def _needed(self, zones: dict[str, ZoneConfig], only: str) -> list[ZoneConfig]:
        if not only or (self.auto_arpa and only.endswith("arpa.")):
            return list(zones.values())
        names = {only, zones[only].original}
        return [one for one in zones.values() if one.name in names]

    def _goes_on(
        self, one: ZoneConfig, sources: list[str] | None, targets: list[str] | None
    ) -> bool:
        for key, found in (("sources", sources), ("targets", targets)):
            if found is None:
                self.problems.add(one.place, f"zone {one.shown} has no {key}", f"expected {key}:")
                return False
            if not found:
                self.notes.append(f"zone {one.shown} has no {key}, and octoDNS leaves it alone")
                return False
        return True

    def _zone(self, one: ZoneConfig) -> Zone:
        relaxed = self.config.relaxes(self.config.manager) or self.config.relaxes(one.fields)
        return Zone(
            one.name.removesuffix("."),
            one.place,
            lenient=bool(one.fields.get("lenient")) or relaxed,
            below=frozenset(self.below.get(one.name, ())),
            drops_below=bool(one.fields.get("ignore_subzone_adds")),
        )

    def _process(self, zone: Zone, own: list[str], one: ZoneConfig) -> None:
        found = [self._processor(name, one) for name in (*self.config.first, *own, *self.last)]
        late: list[Processor] = []
        for processor, is_late in filter(None, found):
            if is_late:
                late.append(processor)
            else:
                processor(zone, self.problems)
        check(zone, self.problems)
        for processor in late:
            processor(zone, self.problems)

    def _aliases(
        self, wanted: list[ZoneConfig], zones: dict[str, ZoneConfig], made: dict[str, Zone]
    ) -> list[tuple[Zone, list[Target]]]:
        """Return the zones that are copies of others.

        Their processors are those of the last zone that is none, which is how ``sync`` has it.
        """
        emitted: list[tuple[Zone, list[Target]]] = []
        last = [one for one in zones.values() if "alias" not in one.fields][-1:]
        for one in wanted:
            original = one.original
            if original not in made:
                shown = visible(original, 260)
                what = f"zone {one.shown} is an alias of {shown}, which is no zone here"
                way = "expected the name of one with sources and targets"
                self.problems.add(one.place, what, way)
                continue
            zone = self._zone(one)
            for record in made[original]:
                zone.add(record, self.problems)
            own = last[0].names("processors", self.problems) if last else []
            self._process(zone, own or [], one)
            targets = zones[original].names("targets", self.problems)
            if published := self._published(one, targets or []):
                emitted.append((zone, published))
        return emitted

    def _source(self, name: str, one: ZoneConfig) -> Source | None:
        if name not in self.sources:
            options = self.config.options(self.config.providers, name, "provider")
            self.sources[name] = source_of(options, self.files) if options else None
        if self.sources[name] is None:
            self.problems.add(one.place, f"zone {one.shown} has no source {visible(name, 100)}")
        return self.sources[name]

    def _processor(self, name: str, one: ZoneConfig) -> tuple[Processor, bool] | None:
        if name not in self.processors:
            options = self.config.options(self.config.processors, name, "processor")
            self.processors[name] = processor_of(options) if options else None
        if self.processors[name] is None:
            self.problems.add(one.place, f"zone {one.shown} has no processor {visible(name, 100)}")
        return self.processors[name]

    def _published(self, one: ZoneConfig, names: list[str]) -> list[Target]:
        """Return the targets to which changes of a zone are applied."""
        targets: list[Target] = []
        for name in names:
            options = self.config.options(self.config.providers, name, "provider")
            if options and not options.fields.get("apply_disabled"):
                takes_root_ns = bool(options.fields.get("supports_root_ns", True))
                is_cloudflare = "cloudflare" in options.kind.lower()
                targets.append(Target(name, is_cloudflare, takes_root_ns))
        if one.fields.get("always-dry-run") or not targets:
            self.notes.append(
                f"zone {one.shown} is planned only, and octoDNS changes nothing in it"
            )
            return []
        return targets
