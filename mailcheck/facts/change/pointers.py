"""Names that records point at: they are in use as long as the records are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dns.rdtypes.ANY.CNAME import CNAME
from dns.rdtypes.ANY.NS import NS
from dns.rdtypes.ANY.PTR import PTR
from dns.rdtypes.IN.SRV import SRV

from mailcheck.facts.dmarc.record import DmarcRecord, is_record
from mailcheck.facts.records import normal_name
from mailcheck.facts.spf.record.syntax import read_record, spf_records
from mailcheck.facts.spf.record.terms import Modifier
from mailcheck.facts.txt import texts
from mailcheck.names import Domain, is_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer

ADDRESS = ("A", "AAAA")
MAIL = ("MX", *ADDRESS)
ANYTHING = (*ADDRESS, "MX", "TXT")
"""Types of which whoever uses a name, it is not known for what, needs one."""

POINTING = ("MX", "CNAME", "NS", "SRV", "TXT", "PTR")
"""Types whose records may point at names; a TXT record does if it is an SPF or a DMARC policy."""

USUAL = (
    *("_dmarc", "_mta-sts", "_smtp._tls", "*", "autoconfig", "autodiscover", "mail", "mta-sts"),
    "www",
)
"""Labels of names that a domain of mail has and that nothing may mention (RFC 7489, 8461, 8460)."""

_SPF_TYPES = {
    **dict.fromkeys(("include", "redirect", "exp"), ("TXT",)),
    **dict.fromkeys(("a", "exists"), ADDRESS),
    "mx": ("MX",),
}
"""What is needed at the name that a term of an SPF record has."""

_OF_256 = re.compile(r"(?:\d{1,3}\.){3}in-addr\.arpa", re.ASCII)
_PART = re.compile(
    r"(?P<first>\d{1,3})(?P<sign>[/-])(?P<last>\d{1,3})\.(?:\d{1,3}\.){3}in-addr\.arpa", re.ASCII
)

_REVERSE = ("in-addr.arpa", "ip6.arpa")


class Need(NamedTuple):
    """A name, and the types of which it needs one for those who use it."""

    name: str
    rdtypes: tuple[str, ...]


Uses: TypeAlias = "dict[Need, dict[str, tuple[str, str] | None]]"
"""What is needed, and by whom: in words, with the name and type of records that say so, if any."""


def is_reverse(name: str) -> bool:
    """Whether *name* is that of an address, or a zone of such names."""
    return any(is_under(name, zone) for zone in _REVERSE)


def needs_of(name: str) -> tuple[Need, ...]:
    """Return what whoever uses *name* needs of it, going by what such names are for."""
    if is_reverse(name):
        return (Need(name, ("PTR",)),)
    if name.startswith("_"):
        return tuple(Need(name, (rdtype,)) for rdtype in _service_types(name))
    if "._" in name:  # s1._domainkey (RFC 6376 §3.6.2.1), or a host of a directory
        return (Need(name, ("TXT",)), Need(name, ADDRESS))
    return (Need(name, ADDRESS), Need(name, ("MX",)))


def usual_types(name: str, zone: str) -> tuple[str, ...]:
    """Return the types that are usual at *name* in *zone*; a CNAME shows whatever is asked."""
    if is_reverse(name):
        types: tuple[str, ...] = ("PTR",)
    elif name.startswith("_"):
        types = _service_types(name)
    else:
        types = ANYTHING
    return (*types, "NS", "CAA") if name == zone else types


def usual_names(domain: str) -> tuple[str, ...]:
    """Return the names below *domain* that are looked at though nothing mentions them.

    Those of a small reverse zone are all it can have.
    """
    if domain == ".":
        return ()
    labels = _numbers(domain) if is_reverse(domain) else USUAL
    return tuple(f"{label}.{domain}" for label in labels)


def _numbers(zone: str) -> tuple[str, ...]:
    """Return what names of a reverse *zone* begin with, if it is of 256 IPv4 addresses at most.

    Those of a part of one (RFC 2317 §4) begin with the last numbers of its addresses, by custom.
    """
    if part := _PART.fullmatch(zone):
        first, last = int(part["first"]), int(part["last"])
        count = 2 ** (32 - last) if 24 <= last <= 32 else 0
        if part["sign"] == "-":  # a prefix length, or the last number
            count = max(count, last - first + 1)
    elif _OF_256.fullmatch(zone):
        first, count = 0, 256
    else:
        return ()
    numbers = range(first, min(first + count, 256))
    return ("*", *map(str, numbers)) if numbers else ()


def _service_types(name: str) -> tuple[str, ...]:
    """Return what is at ``_25._tcp`` (RFC 6698 §3), ``_imaps._tcp`` (RFC 2782), ``_dmarc``."""
    labels = name.split(".")
    if labels[1:2] not in (["_tcp"], ["_udp"]):
        return ("TXT",)
    return ("TLSA",) if labels[0][1:].isdigit() else ("SRV", "TXT")


def pointed_at(answer: DnsAnswer) -> Iterator[Need]:
    """Yield what the records of *answer*, and the aliases that led to them, need elsewhere."""
    rdtype = answer.rdtype
    for alias in answer.aliases:
        yield Need(alias, ADDRESS if rdtype in ADDRESS else (rdtype,))
    match rdtype:
        case "MX":
            hosts = [name for _, name in answer.exchanges]
        case "SRV":
            hosts = [normal_name(record.target) for record in answer.of(SRV)]
        case "NS":
            hosts = [normal_name(record.target) for record in answer.of(NS)]
        case "PTR":
            hosts = [normal_name(record.target) for record in answer.of(PTR)]
        case "CNAME":
            targets = [normal_name(record.target) for record in answer.of(CNAME)]
            for need in needs_of(answer.name):
                yield from (Need(target, need.rdtypes) for target in targets)
            return
        case "TXT":
            yield from _of_policies(answer)
            return
        case _:
            return
    # The root as a target says that there is none (RFC 7505 §3, RFC 2782).
    yield from (Need(host, ADDRESS) for host in hosts if host != ".")


def _of_policies(answer: DnsAnswer) -> Iterator[Need]:
    """Yield what SPF and DMARC policies name; where a name has macros, nobody can say which it is."""
    published = texts(answer).texts
    for term in (term for text in spf_records(published) for term in read_record(text).terms):
        if isinstance(term, Modifier):
            kind, name = term.name, term.value.plain
        else:
            kind, name = term.mechanism, term.target.plain if term.target else None
        if name and kind in _SPF_TYPES:
            yield from _need(name, _SPF_TYPES[kind])
    for record in (DmarcRecord(text) for text in published if is_record(text)):
        for uri in (*record.rua, *record.ruf):
            if uri.domain:
                yield Need(uri.domain, MAIL)
                yield from _consent(answer.name, uri.domain)


def _consent(at: str, to: str) -> Iterator[Need]:
    """Yield the record by which a domain takes the reports of one that is not its own (RFC 9990 §4)."""
    of = at.removeprefix("_dmarc.")
    if of != at and not is_under(of, to) and not is_under(to, of):
        yield from _need(f"{of}._report._dmarc.{to}", ("TXT",))


def _need(text: str, rdtypes: tuple[str, ...]) -> Iterator[Need]:
    try:
        yield Need(str(Domain.parse(text)), rdtypes)
    except ValueError:
        return
