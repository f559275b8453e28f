"""The scenarios of an SPF test suite: cases, and zone data as a lab that answers with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import dns.name
import dns.rdataclass
import dns.rdatatype
import yaml
from dns.rdtypes.ANY.TXT import TXT

from mailcheck.names import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

Data: TypeAlias = "dict[str, list[Any]]"
"""Names and what there is at each: mappings from a type to its data, or ``TIMEOUT``."""

_FAILURES = {"TIMEOUT", "SERVFAIL"}

TYPES = ("A", "AAAA", "MX", "TXT", "PTR")

UNEXPLAINED = "DEFAULT"
"""What the suite expects where the domain explains nothing."""

_APEX = """\
$TTL 3600
@ SOA ns.lab. hostmaster.lab. 1 7200 3600 1209600 300
@ NS ns.lab.
ns.lab. A 198.51.100.53
"""


@dataclass(frozen=True)
class Case:
    """A client, what it says, and the results that are right, the best one first."""

    id: str
    ip: Address
    helo: str
    sender: str
    results: tuple[str, ...]
    explanation: str | None

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2] or self.helo


@dataclass(frozen=True)
class Scenario:
    """Cases that share the data of their zones."""

    description: str
    cases: tuple[Case, ...]
    data: Data


def read_scenarios(path: Path) -> list[Scenario]:
    documents = yaml.safe_load_all(path.read_bytes())
    return [
        Scenario(
            document["description"],
            tuple(_case(name, said) for name, said in document["tests"].items()),
            document["zonedata"],
        )
        for document in documents
    ]


def _case(name: str, said: dict[str, Any]) -> Case:
    results = said["result"]
    return Case(
        id=name,
        ip=parse_address(str(said["host"])),
        helo=said["helo"],
        sender=said["mailfrom"],
        results=tuple(results) if isinstance(results, list) else (results,),
        explanation=said.get("explanation"),
    )


def write_lab(data: Data, folder: Path) -> Path:
    """Write a lab with one zone, the root, and the names that nobody can look up.

    To receivers a silent server and one that fails are the same (RFC 7208 §2.6.6), and nobody has
    to wait for the second.
    """
    lines = [_APEX]
    failing: list[str] = []
    for name, entries in data.items():
        owner = escaped(name)
        records = list(_records(entries))
        lines += [f"{owner} {rdtype} {text}\n" for rdtype, text in records]
        if any(_fails(entry) for entry in entries):
            there = {rdtype for rdtype, _ in records}
            failing += [f"{name} {rdtype}" for rdtype in TYPES if rdtype not in there]
    (folder / "root.zone").write_text("".join(lines))
    faults = "".join(f'      "{asked}": servfail\n' for asked in failing)
    (folder / "lab.yml").write_text(
        "lab: 1\nservers:\n  ns.lab:\n    address: 198.51.100.53\n"
        "    zones: {.: root.zone}\n" + (f"    faults:\n{faults}" if faults else "")
    )
    return folder / "lab.yml"


def _fails(entry: Any) -> bool:
    return entry == "TIMEOUT" or (isinstance(entry, dict) and bool(_FAILURES & {*entry}))


def _records(entries: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield types and data. What a suite calls SPF is published as TXT, unless TXT is there too."""
    told = [item for entry in entries if isinstance(entry, dict) for item in entry.items()]
    has_txt = any(rdtype == "TXT" for rdtype, _ in told)
    for rdtype, value in told:
        if rdtype == "TXT" or (rdtype == "SPF" and not has_txt):
            if value != "NONE":
                yield "TXT", _txt(value)
        elif rdtype == "MX":
            yield "MX", f"{value[0]} {escaped(value[1])}"
        elif rdtype in ("PTR", "CNAME"):
            yield rdtype, escaped(value)
        elif rdtype in ("A", "AAAA"):
            yield rdtype, str(value)


def _txt(value: str | list[str]) -> str:
    strings = [value] if isinstance(value, str) else value
    octets = [string.encode() for string in strings] or [b""]
    cut = [o[i : i + 255] for o in octets for i in range(0, max(len(o), 1), 255)]
    return TXT(dns.rdataclass.IN, dns.rdatatype.TXT, cut).to_text()


def escaped(name: str) -> str:
    """Write a name as a zone file has it; whatever is in its labels."""
    labels = [label.encode() for label in name.rstrip(".").split(".") if label]
    return dns.name.Name([*labels, b""]).to_text()
