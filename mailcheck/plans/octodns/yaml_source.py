"""Records from YAML files: ``octodns.provider.yaml.YamlProvider`` and ``SplitYamlProvider``."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.plans.names import full_name
from mailcheck.plans.octodns import hosts
from mailcheck.plans.octodns.files import AmbiguousError
from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.record import read_record
from mailcheck.plans.octodns.values import Fields, UnreadableError, plain_value, value_of
from mailcheck.source.nodes import Mapping, Scalar, Sequence, describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.errors import Place
    from mailcheck.plans.octodns.files import Files
    from mailcheck.plans.octodns.options import Options
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.plans.plan import Text
    from mailcheck.source.nodes import Node
    from mailcheck.source.problems import Problems

_DECIDING = (
    "directory",
    "default_ttl",
    "populate_should_replace",
    "split_extension",
    "shared_filename",
    "disable_zonefile",
    "escaped_semicolons",
    "ignore_missing_zones",
    "extension",
)
_OF_TARGETS = (
    "enforce_order",
    "order_mode",
    "supports_root_ns",
    "split_catchall",
    "apply_disabled",
    "update_pcent_threshold",
    "delete_pcent_threshold",
    "strict_supports",
    "root_ns_warnings",
)
"""What decides nothing about records that are read."""

DEFAULT_TTL = 3600


class YamlSource:
    """One such provider."""

    def __init__(self, options: Options, files: Files) -> None:
        options.only(*_DECIDING, *_OF_TARGETS)
        is_split = options.kind.endswith("SplitYamlProvider")
        self.options = options
        self.files = files
        self.directory = options.text("directory")
        self.default_ttl = options.get("default_ttl", DEFAULT_TTL)
        self.replaces = options.flag("populate_should_replace", default=False)
        self.extension = (
            options.text("extension", ".") if is_split else self._text("split_extension")
        )
        self.shared = self._text("shared_filename")
        self.has_files = not is_split and not options.flag("disable_zonefile", default=False)
        escaped = options.get("escaped_semicolons")
        self.escaped = escaped is None or bool(escaped)
        self.listed: list[str] | None = None
        self.may_miss = options.flag("ignore_missing_zones", default=False)
        if not self.directory:
            options.fail("it has no directory")

    def _text(self, key: str) -> str:
        return self.options.text(key) if self.options.get(key) else ""

    def zones(self) -> list[str]:
        """Return the zones for ``*``, each with its final dot."""
        if self.listed is None:
            self.listed = self._listed()
        return self.listed

    def _listed(self) -> list[str]:
        try:
            found = self.files.zones(self.directory, self.extension, has_files=self.has_files)
        except AmbiguousError as error:
            self.options.fail(str(error), THE_PLAN)
            return []
        if not found:
            # Whoever looks in the wrong folder must not find that there is nothing to judge.
            self.options.fail(f"there is no zone in its directory {visible(self.directory, 200)}")
        return found

    def populate(self, zone: Zone, problems: Problems) -> None:
        """Add the records of *zone*."""
        if self.options.failed:
            return
        try:
            found = self._found(zone.name)
        except AmbiguousError as error:
            problems.add(zone.place, f"zone {visible(zone.name, 260)}: {error}", THE_PLAN)
            return
        if not found and self.may_miss:
            self.zones()  # it may miss this one, and not all
        elif not found:
            where = posixpath.join(self.directory, f"{hosts.decoded(zone.name)}.yaml")
            what = f"zone {visible(zone.name, 260)} has no file in {self.options.subject}"
            way = f"expected {visible(where, 300)}"
            if posixpath.isabs(self.directory):  # there octoDNS is run, not here
                way = f"write its directory as seen from the project; or {THE_PLAN}"
            problems.add(zone.place, what, way)
        for text in found:
            self._read(text, zone, problems)

    def _found(self, zone: str) -> list[Text]:
        names = [hosts.decoded(zone), zone]
        found: list[tuple[str, Text]] = []
        if self.extension:
            folders = [f"{name}{self.extension}" for name in names]
            found += [(text.shown, text) for text in self.files.within(self.directory, folders)]
        wanted = [f"{name}.yaml" for name in names] if self.has_files else []
        for one in (wanted, [self.shared] if self.shared else []):
            if one and (text := self.files.one(self.directory, one)):
                found.append((text.shown, text))
        # In the order of their paths, as octoDNS has it: what replaces another comes later.
        return [text for _, text in sorted(found, key=lambda pair: pair[0])]

    def _read(self, text: Text, zone: Zone, problems: Problems) -> None:
        root = self.files.mapping(text)
        if root is not None:
            add_records(
                root,
                zone,
                problems,
                default_ttl=self.default_ttl,
                escaped=self.escaped,
                replaces=self.replaces,
            )


def add_records(
    root: Mapping,
    zone: Zone,
    problems: Problems,
    *,
    default_ttl: Any = DEFAULT_TTL,
    escaped: bool = True,
    replaces: bool = False,
) -> None:
    r"""Add the records in *root* to *zone*; ``escaped`` if semicolons are written ``\;`` there."""
    seen: dict[Any, Scalar] = {}
    for key, node in root.entries:
        typed = plain_value(key.text) if key.plain else key.text
        first = seen.setdefault(typed, key)
        if first is not key:
            what = f"{visible(key.text, 100)} is the same to YAML as the key in line"
            problems.add(key.place, f"{what} {first.place.line}", "write quotes around both")
        try:
            name = _name(str(typed), zone.name)
        except ValueError as error:
            problems.add(
                key.place, f"{visible(key.text, 100)}: {error}", "expected a name in the zone"
            )
            continue
        for fields, place in _fields(key, node, problems):
            fields.setdefault("ttl", default_ttl)
            if not escaped and fields.get("type") in ("SPF", "TXT"):
                _escape(fields)
            record = read_record(name, fields, place, problems, lenient=zone.lenient)
            if record is not None:
                zone.add(record, problems, replace=replaces)


def _name(text: str, zone: str) -> str:
    """Return the name *text*, which is relative to *zone*, in A-labels.

    Raises:
        ValueError: if it is none.
    """
    if text == "@":
        raise UnreadableError("the apex is written '' in octoDNS")
    if " " in text or "\t" in text:
        raise UnreadableError("a name has no spaces")
    name = hosts.encoded(text)
    if name:
        full_name(f"{name}.{zone}")
    return name


def _fields(key: Scalar, node: Node, problems: Problems) -> Iterator[tuple[Fields, Place]]:
    several = isinstance(node, Sequence)
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Mapping):
            yield value_of(item), item.place if several else key.place
        else:
            what = f"{visible(key.text, 100) or 'the apex'} has {describe(item)} for a record"
            problems.add(item.place, what, "expected type:, ttl: and value: or values:")


def _escape(fields: Fields) -> None:
    for key in ("value", "values"):
        raw = fields.get(key)
        if isinstance(raw, str):
            fields[key] = raw.replace(";", "\\;")
        elif isinstance(raw, list):
            fields[key] = [one.replace(";", "\\;") if isinstance(one, str) else one for one in raw]
