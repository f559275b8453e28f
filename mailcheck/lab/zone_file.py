"""Reading a zone in master file format (RFC 1035 §5), with the line of everything that is wrong.

What named refuses to load is refused here too, so that no lab shows what no server could serve.
$INCLUDE and $GENERATE are not read: a lab's zones are small, and come from strangers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.tokenizer
import dns.zonefile

from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.zones.zone import Node, Zone

if TYPE_CHECKING:
    from dns.rdatatype import RdataType

    from mailcheck.source.problems import Problems

MAX_RECORDS = 20_000

_SINGLE = (dns.rdatatype.SOA, dns.rdatatype.CNAME)

_NOT_SERVED = (dns.rdatatype.DNAME,)
"""Types whose meaning the lab's servers do not implement."""


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    name: dns.name.Name
    ttl: int
    rdata: dns.rdata.Rdata


def read_zone(text: str, origin: dns.name.Name, start: Place, problems: Problems) -> Zone | None:
    """Read the zone *origin* from *text*, whose first line stands at *start*.

    Returns None, having added why to *problems*, if no server would load it.
    """
    try:
        records = _records(text, origin)
    except _UnreadableError as error:
        problems.add(_at(start, error.line), str(error), error.expected)
        return None
    before = len(problems.found)
    nodes: dict[dns.name.Name, dict[RdataType, dns.rrset.RRset]] = {}
    for record in records:
        node = nodes.setdefault(record.name, {})
        fault = _fault(record, origin, node)
        if fault is not None:
            problems.add(_at(start, record.line), *fault)
            continue
        rdata = record.rdata
        if rdata.rdtype not in node:
            node[rdata.rdtype] = dns.rrset.RRset(record.name, rdata.rdclass, rdata.rdtype)
        node[rdata.rdtype].add(rdata, record.ttl)
    if len(problems.found) > before:
        return None
    rrsets = (rrset for node in nodes.values() for rrset in node.values())
    return _complete(Zone.of(origin, rrsets), start, problems)


class _UnreadableError(Exception):
    def __init__(self, line: int, what: str, expected: str) -> None:
        super().__init__(what)
        self.line = line
        self.expected = expected


class _Tokenizer(dns.tokenizer.Tokenizer):
    """Remembers the line on which the reader began the entry it is at."""

    entry = 1

    def get(
        self,
        want_leading: bool = False,  # noqa: FBT001, FBT002  as it is called by dnspython's reader
        want_comment: bool = False,  # noqa: FBT001, FBT002  as it is called by dnspython's reader
    ) -> dns.tokenizer.Token:
        """Return the next token; only the first one of an entry is asked for with both flags."""
        if want_leading and want_comment:
            self.entry = self.where()[1]
        return super().get(want_leading, want_comment)


class _Lines(dns.zonefile.RRsetsReaderTransaction):
    """Collects records with their lines instead of building RRsets."""

    def __init__(self, manager: dns.zonefile.RRSetsReaderManager, tokenizer: _Tokenizer) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # not typed in dnspython
            manager, replacement=True, read_only=False
        )
        self.tokenizer = tokenizer
        self.read: list[_Record] = []

    def add(self, *args: object) -> None:
        """Take one record; dnspython's reader calls this with name, TTL and rdata."""
        name, ttl, rdata = cast("tuple[dns.name.Name, int, dns.rdata.Rdata]", args)
        if len(self.read) >= MAX_RECORDS:
            raise ValueError(f"more than {MAX_RECORDS} records")
        self.read.append(_Record(self.tokenizer.entry, name, ttl, rdata))


def _records(text: str, origin: dns.name.Name) -> list[_Record]:
    """Return the records of *text*, wherever their names lie.

    Raises:
        _UnreadableError: at the first line that is no record.
    """
    tokenizer = _Tokenizer(text, "zone")
    manager = dns.zonefile.RRSetsReaderManager(dns.name.root)
    lines = _Lines(manager, tokenizer)
    reader = dns.zonefile.Reader(
        tokenizer, dns.rdataclass.IN, lines, allow_directives=("$ORIGIN", "$TTL")
    )
    # The reader drops names outside of its zone origin, the root here, without a word.
    reader.current_origin = reader.last_name = origin
    try:
        reader.read()
    except (dns.exception.DNSException, ValueError) as error:
        raise _unreadable(text, tokenizer, error) from None
    return lines.read


def _unreadable(text: str, tokenizer: _Tokenizer, error: Exception) -> _UnreadableError:
    """Return what dnspython says about the entry it is at, with the text of its first line."""
    # dnspython writes its own idea of the line before the message.
    detail = str(error).removeprefix(f"zone:{tokenizer.where()[1]}: ").rstrip(".")
    lines = text.split("\n")
    shown = visible(lines[min(tokenizer.entry, len(lines)) - 1].strip(), 60)
    no_ttl = detail.startswith("Missing default TTL")
    expected = "a line $TTL 3600 before it" if no_ttl else "NAME [TTL] [IN] TYPE DATA"
    what = f'"{shown}" cannot be read: {detail}'
    return _UnreadableError(tokenizer.entry, what, f"expected {expected}")


def _fault(
    record: _Record,
    origin: dns.name.Name,
    before: Node,
) -> tuple[str, str] | None:
    """Say what is wrong with *record* after those of its name *before* it, and what to do."""
    name, rdtype = record.name, record.rdata.rdtype
    shown = f"{name} {dns.rdatatype.to_text(rdtype)}"
    if not name.is_subdomain(origin):
        return f"{shown} lies outside of the zone {origin}", "is a trailing dot wrong?"
    if rdtype in _NOT_SERVED:
        return f"{shown} is not served by the lab", "write the names below it one by one"
    if rdtype == dns.rdatatype.SOA and name != origin:
        return f"{shown} stands below the origin", f"expected the SOA at {origin}"
    if rdtype in _SINGLE and rdtype in before:
        return f"a second {shown}", "a name has one at most"
    others = before.keys() - {rdtype}
    if dns.rdatatype.CNAME in others or (rdtype == dns.rdatatype.CNAME and others):
        return f"{name} has a CNAME and other records", "an alias stands alone (RFC 1034 §3.6.2)"
    return None


def _complete(zone: Zone, start: Place, problems: Problems) -> Zone | None:
    """Return *zone* if its apex is whole."""
    before = len(problems.found)
    for rdtype in (dns.rdatatype.SOA, dns.rdatatype.NS):
        if zone.rrset(zone.origin, rdtype) is None:
            kind = dns.rdatatype.to_text(rdtype)
            example = "@ SOA ns1 hostmaster 1 7200 3600 1209600 3600"
            expected = f"expected a line such as {example if kind == 'SOA' else '@ NS ns1'}"
            problems.add(start, f"the zone {zone.origin} has no {kind} record", expected)
    if len(problems.found) > before:
        return None
    for record in zone.apex_ns():
        host = record.target
        if zone.holds(host) and not _has_address(zone, host):
            problems.add(
                start,
                f"the name server {host} has no address in the zone {zone.origin}",
                f"expected {host} A ADDRESS, or a name outside of the zone",
            )
    return zone if len(problems.found) == before else None


def _has_address(zone: Zone, host: dns.name.Name) -> bool:
    """Whether *host* has an address, or a delegation below the apex that may know it."""
    outcomes = [zone.lookup(host, rdtype) for rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)]
    return any(outcome.kind in ("data", "delegation") for outcome in outcomes)


def _at(start: Place, line: int) -> Place:
    return Place(start.file, start.line + max(line, 1) - 1)
