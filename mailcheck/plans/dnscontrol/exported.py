"""What ``dnscontrol get-zones`` writes: ``--format=tsv`` and ``--format=zone``.

Both are whole zones as a provider has them, to be edited. In the master file, SOA and NS of the
zone are missing with most providers, and types of DNSControl's own stand in comments:
``;@ IN ALIAS target.``; behind records, ``CF_PROXY_ON`` (``pkg/prettyzone/prettyzone.go``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.plans.dnscontrol.record import is_official, read_record
from mailcheck.plans.fields import Fields
from mailcheck.plans.gathering import Gathered
from mailcheck.plans.names import full_name
from mailcheck.plans.plan import Plan
from mailcheck.plans.strings import quoted
from mailcheck.plans.zone_text import WrittenRecord, read_zone_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

_ROW = re.compile(
    r"(?P<fqdn>[^\t\n]+)\t(?P<name>[^\t\n]+)\t(?P<ttl>\d{1,10})\tIN\t(?P<type>[A-Z0-9_]+)\t"
    r"(?P<data>[^\n]*)"
)
_PROXIED = "\tcloudflare_proxy=true"
_OWN = re.compile(
    r";(?P<name>\S+)\s+(?:(?P<ttl>\d{1,10})\s+)?IN\s+(?P<type>[A-Z0-9_]+)\s+(?P<data>.+)"
)
_ALIAS = re.compile(r"(?P<target>\S+)(?: atype=(?P<type>\w+))?.*")
_ORIGIN = re.compile(r"\$ORIGIN[ \t]+(\S+\.)", re.IGNORECASE)


def is_table(text: str) -> bool:
    """Whether *text* begins with a row of ``--format=tsv``."""
    found = _ROW.match(text.lstrip("\ufeff\r\n")[:70_000])
    return found is not None and (
        found["name"] == "@" or found["fqdn"].startswith(f"{found['name']}.")
    )


def read_table(document: Document, given: Given) -> Plan:
    """Read ``--format=tsv``, in which each name is there with its zone and without.

    Raises:
        SourceError: if anything is wrong with it.
    """
    read = _Read(document)
    for number, line in enumerate(document.text.removeprefix("\ufeff").split("\n"), 1):
        line = line.removesuffix("\r")  # noqa: PLW2901  the same line, however it ends
        if not line:
            continue
        found = _ROW.fullmatch(line)
        if found is None:
            what = f'"{visible(line, 60)}" is no row of a table of records'
            read.problem(
                number, what, "expected NAME, LABEL, TTL, IN, TYPE and DATA, with tabs between"
            )
            continue
        data, proxied = found["data"].removesuffix(_PROXIED), found["data"].endswith(_PROXIED)
        try:
            zone = _zone(found["fqdn"], found["name"])
            if given.zone is not None and zone != str(given.zone):
                continue
            said = _said(found["name"], int(found["ttl"]), found["type"], data)
            read.record(zone, number, said, proxied=proxied)
        except ValueError as error:
            read.problem(number, str(error))
    return read.plan(given)


def read_master_file(document: Document, given: Given) -> Plan:
    """Read ``--format=zone``, in which each zone begins with its ``$ORIGIN``.

    Raises:
        SourceError: if anything is wrong with it.
    """
    read = _Read(document)
    zones = _Zones(document, str(given.zone or ""))
    records = read_zone_text(document, zones.names[0] or ".") if any(zones.names) else []
    first = records[0].line if records else 1
    if not zones.at(first):
        what = "nothing says which zone this is"
        read.problem(first, what, "expected a first line $ORIGIN example.com.")
    said = [(record.line, _of_a_comment(record)) for record in records]
    for number, one in (*said, *_in_comments(document.text)):
        zone = zones.at(number)
        if zone and str(given.zone or zone) == zone:
            read.record(zone, number, one, proxied=False)
    return read.plan(given)


class _Zones:
    """Which zone each line of a file is of: that of the ``$ORIGIN`` above it, or as it is given."""

    def __init__(self, document: Document, given: str) -> None:
        self.names = [given]
        self._lines = [0]
        for number, line in enumerate(document.text.removeprefix("\ufeff").split("\n"), 1):
            if found := _ORIGIN.fullmatch(line.rstrip()):
                with suppress(ValueError):  # the reader of the file says so
                    self.names.append(full_name(found[1]))
                    self._lines.append(number)

    def at(self, line: int) -> str:
        return self.names[bisect_right(self._lines, line) - 1]


def _in_comments(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield records of DNSControl's own types, with their lines."""
    for number, line in enumerate(text.split("\n"), 1):
        found = _OWN.fullmatch(line.rstrip())
        if found is not None and not is_official(found["type"]):
            ttl = int(found["ttl"] or 0)
            yield number, _said(found["name"], ttl, found["type"], found["data"])


def _of_a_comment(record: WrittenRecord) -> dict[str, Any]:
    """Return a record in the form of ``print-ir``, with what the comment behind it says."""
    words = record.comment.split()
    meta = {
        "cloudflare_proxy": "on" if "CF_PROXY_ON" in words else "",
        "cloudflare_cname_flatten": "on" if "CF_CNAME_FLATTEN_ON" in words else "",
    }
    said = {"name": f"{record.name}.", "ttl": record.ttl, "type": record.rdtype}
    return {**said, "rdata": record.data, "meta": meta}


class _Read:
    """What was read of a file."""

    def __init__(self, document: Document) -> None:
        self._shown = document.shown
        self._gathered = Gathered()
        self._zones: dict[str, None] = {}
        self._problems: list[Problem] = []

    def record(self, zone: str, line: int, said: dict[str, Any], *, proxied: bool) -> None:
        """Take in a record in the form that ``print-ir`` has."""
        self._zones[zone] = None
        try:
            for rrset in read_record(Fields(said), zone, Place(self._shown, line), proxied=proxied):
                self._gathered.add(rrset)
        except ValueError as error:
            self.problem(line, str(error))

    def problem(self, line: int, what: str, expected: str = "") -> None:
        self._problems.append(Problem(Place(self._shown, line), what, expected))

    def plan(self, given: Given) -> Plan:
        """Return what was read; the zone that is *given* has to be there."""
        if not self._problems and not self._zones:
            of = f" of {given.zone}" if given.zone else ""
            self.problem(1, f"there are no records{of}", "expected all of a zone")
        if self._problems:
            raise SourceError(self._problems)
        return Plan(self._shown, self._gathered.rrsets(), whole=tuple(self._zones))


def _zone(fqdn: str, label: str) -> str:
    """Return what *fqdn* has behind *label*."""
    name = full_name(fqdn)
    if label == "@":
        return name
    first = full_name(label)
    if not name.startswith(f"{first}."):
        raise ValueError(f"{visible(fqdn, 100)} does not begin with {visible(label, 100)}")
    return name[len(first) + 1 :]


def _said(name: str, ttl: int, rdtype: str, data: str) -> dict[str, Any]:
    """Return a record in the form of ``print-ir``."""
    said: dict[str, Any] = {"name": name, "ttl": ttl, "type": rdtype}
    if rdtype in ("R53_ALIAS", "AZURE_ALIAS"):
        found = _ALIAS.fullmatch(data)
        kind = (found["type"] if found else "") or ""
        target = found["target"] if found else ""
        return {**said, "target": target, rdtype.lower(): {"type": kind}}
    is_text = rdtype in ("TXT", "SPF")
    if is_text and not (len(data) > 1 and data.startswith('"') and data.endswith('"')):
        data = quoted(data.encode("utf-8", "surrogateescape"))  # since version 4
    return {**said, "rdata": data}
