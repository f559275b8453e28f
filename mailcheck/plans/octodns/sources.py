"""Where octoDNS takes the records of a zone from, as far as that is in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mailcheck.evidence import visible
from mailcheck.plans.octodns.hosts import encoded
from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.record import Record
from mailcheck.plans.octodns.spf_source import SpfSource
from mailcheck.plans.octodns.yaml_source import YamlSource

if TYPE_CHECKING:
    from mailcheck.plans.octodns.files import Files
    from mailcheck.plans.octodns.options import Options
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

_MASTER_FILES = ("octodns_bind.ZoneFileSource", "octodns_bind.ZoneFileProvider")


class Source(Protocol):
    """A source of records."""

    def zones(self) -> list[str]:
        """Return the zones it has, for ``*``, each with its final dot."""

    def populate(self, zone: Zone, problems: Problems) -> None:
        """Add the records of *zone*."""


def source_of(options: Options, files: Files) -> Source:
    """Return the source that *options* describe."""
    match options.kind:
        case "octodns.provider.yaml.YamlProvider" | "octodns.provider.yaml.SplitYamlProvider":
            return YamlSource(options, files)
        case "octodns.source.envvar.EnvVarSource":
            return EnvironmentSource(options)
        case "octodns_spf.SpfSource" | "octodns_spf.source.SpfSource":
            return SpfSource(options)
    return Elsewhere(options)


class EnvironmentSource:
    """A TXT record whose text is in a variable of the environment, which is not read."""

    def __init__(self, options: Options) -> None:
        options.only("variable", "name", "ttl")
        self.variable = options.text("variable")
        self.ttl = options.number("ttl", 60)
        self.place = options.fields.place
        try:
            self.name = encoded(options.text("name"))
        except ValueError as error:
            options.fail(str(error))
            self.name = ""

    def zones(self) -> list[str]:
        """Return the zones for ``*``: none."""
        return []

    def populate(self, zone: Zone, problems: Problems) -> None:
        """Add the record to *zone*."""
        why = f"its text is in the variable {visible(self.variable, 100)}"
        zone.add(Record(self.name, "TXT", self.ttl, self.place, unknown=why), problems)


class Elsewhere:
    """A source whose records are in no file, or in files of another kind."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def zones(self) -> list[str]:
        """Return no zones: a problem."""
        self.options.fail("its zones are not in files of octoDNS'", THE_PLAN)
        return []

    def populate(self, zone: Zone, problems: Problems) -> None:
        """Add the problem that what is in *zone* is not known."""
        what = (
            f"zone {visible(zone.name, 260)}: what {self.options.subject}"
            f" ({visible(self.options.kind, 100) or 'no class'}) has of it is not in files of octoDNS'"
        )
        way = THE_PLAN
        if self.options.kind.startswith(_MASTER_FILES):
            way = f"propose the master files themselves; or {THE_PLAN}"
        problems.add(zone.place, what, way)
