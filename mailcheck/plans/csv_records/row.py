"""What one row says.

Names may be relative to the zone, end with it, or have a final dot. Hosts in values are absolute
with and without that dot, unless they are one label: ``mail`` lies in the zone. A text is taken as
it is, with its backslashes, unless all of it stands in quotation marks as in a master file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.exception
import dns.rdatatype

from mailcheck.evidence import visible
from mailcheck.names import is_under
from mailcheck.plans.gathering import ADDRESSES
from mailcheck.plans.names import full_name, name_in_or_with
from mailcheck.plans.plan import PlannedRRset
from mailcheck.plans.rdata import article, data_in
from mailcheck.plans.strings import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.csv_records.table import Row
    from mailcheck.zone_name import ZoneName

MAX_TTL = 2**31 - 1

_ALIASES = ("ALIAS", "ANAME")
"""No types of DNS: many providers answer them with the addresses of the target."""

_HOSTS = {
    "CNAME": (0,),
    "DNAME": (0,),
    "NS": (0,),
    "PTR": (0,),
    "MX": (1,),
    "SRV": (3,),
    "HTTPS": (1,),
    "SVCB": (1,),
    "NAPTR": (5,),
    "SOA": (0, 1),
}
"""Which words of a value are names."""

_PRIORITY = {"MX": 2, "SRV": 4, "HTTPS": 0, "SVCB": 0}
"""Types whose value begins with a priority, and how many words they have then; 0: any number."""


def read_row(row: Row, given: ZoneName | None) -> Iterator[PlannedRRset]:
    """Yield the record of *row*; an alias is two, one of each type of addresses.

    Raises:
        ValueError: if it is none; the text is a clause.
    """
    cells = row.cells
    zone = _zone(cells.get("zone", ""), given)
    name = name_in_or_with(cells["name"], zone)
    if not is_under(name, zone):
        raise ValueError(f"{name} does not lie in the zone {zone}")
    ttl = _ttl(cells["ttl"])
    rdtype = cells["type"].upper()
    if not cells["value"]:
        raise ValueError("its value is missing")
    if rdtype in _ALIASES:
        target = full_name(_absolute(cells["value"], zone))
        for one in ADDRESSES:
            yield PlannedRRset(zone, name, one, ttl, row.place, target=target)
        return
    _check(rdtype)
    value = _value(rdtype, cells["value"], cells.get("priority", ""), zone)
    yield PlannedRRset(zone, name, rdtype, ttl, row.place, (value,))


def _zone(cell: str, given: ZoneName | None) -> str:
    if not cell and given is None:
        raise ValueError(
            "nothing says which zone it is of: give the file as csv:example.com=FILE, or write a "
            "column zone"
        )
    zone = full_name(cell) if cell else str(given)
    if given is not None and zone != str(given):
        raise ValueError(f"it is of the zone {zone}, and the file is given for {given}")
    return zone


def _ttl(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 10 and int(cell) <= MAX_TTL):
        raise ValueError(f"its TTL is no number of seconds up to {MAX_TTL}: {visible(cell, 20)!r}")
    return int(cell)


def _check(rdtype: str) -> None:
    try:
        is_type = not dns.rdatatype.is_metatype(dns.rdatatype.from_text(rdtype))
    except (dns.exception.DNSException, ValueError):
        is_type = False
    if not is_type:
        raise ValueError(f"there are no records of the type {visible(rdtype, 20)!r}")


def _value(rdtype: str, value: str, priority: str, zone: str) -> str:
    if rdtype in ("TXT", "SPF"):
        if len(value) > 1 and value.startswith('"') and value.endswith('"'):
            return data_in(rdtype, value)
        return quoted(value.encode("utf-8", "surrogateescape"))
    words = value.split(" ")
    words = [word for word in words if word]
    if priority:
        words = _with(priority, rdtype, words)
    for at in _HOSTS.get(rdtype, ()):
        if at < len(words):
            words[at] = _absolute(words[at], zone)
    return data_in(rdtype, " ".join(words))


def _with(priority: str, rdtype: str, words: list[str]) -> list[str]:
    """Return *words* behind the priority that stands beside them."""
    if rdtype not in _PRIORITY:
        if priority == "0":  # tables of one form have it in each row
            return words
        raise ValueError(f"it has a priority, and {article(rdtype)} record has none")
    if len(words) != _PRIORITY[rdtype]:
        return [priority, *words]
    if words[0] != priority:
        raise ValueError("its value begins with another priority than stands beside it")
    return words


def _absolute(word: str, zone: str) -> str:
    if word == "@":
        return f"{zone}."
    if word.endswith("."):
        return word
    return f"{word}." if "." in word else f"{word}.{zone}."
