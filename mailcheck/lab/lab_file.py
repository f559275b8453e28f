"""Reading values of a ``lab.yml`` that servers, resolvers, hosts and lists have in common."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

import dns.exception
import dns.name

from mailcheck.errors import Place, SourceError
from mailcheck.evidence import visible
from mailcheck.lab.zone_file import read_zone
from mailcheck.names import Address, parse_address, reverse_name, to_a_labels
from mailcheck.source.beside import OutsideError, beside
from mailcheck.source.documents import read_text
from mailcheck.source.nodes import Mapping, Node, Scalar
from mailcheck.zones.reading.including import IncludeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.source.problems import Problems
    from mailcheck.zones.zone import Zone


Entry: TypeAlias = tuple[Scalar, dict[str, Node]]
"""A named thing and its keys."""


@dataclass(slots=True)
class LabFile:
    """The file that is read: where it is, what it is called, what is wrong with it."""

    folder: Path
    shown_as: str
    problems: Problems
    _taken: dict[tuple[Address, str], str] = field(default_factory=dict)
    _zones: dict[tuple[str, dns.name.Name], Zone | None] = field(default_factory=dict)

    def entries(self, node: Node | None, kind: str, known: tuple[str, ...]) -> Iterator[Entry]:
        """Return the entries of a section such as ``servers``, each a mapping under its name."""
        if node is None:
            return
        section = self.problems.mapping(node, f'"{kind}s"')
        for name, value in section.entries if section else ():
            if not name.text:
                self.problems.add(name.place, f"a {kind} without a name", "expected NAME:")
                continue
            yield name, self.problems.keys(value, known, f'{kind} "{name.text}"')

    def addresses(self, entry: Entry, kind: str, service: str) -> tuple[Address, ...]:
        """Return the addresses of an entry; no two entries may offer a *service* at one address."""
        name, keys = entry
        subject = f'{kind} "{name.text}"'
        if "address" not in keys:
            expected = "expected address: 192.0.2.53, or a list of addresses"
            self.problems.add(name.place, f"{subject} has no address", expected)
            return ()
        found = self.address_list(keys["address"], f"the address of {subject}")
        for address, place in found:
            other = self._taken.setdefault((address, service), subject)
            if other != subject:
                expected = "every server and host needs an address of its own"
                self.problems.add(place, f"{address} belongs to {other} already", expected)
        return tuple(address for address, _ in found)

    def address_list(self, node: Node, subject: str) -> list[tuple[Address, Place]]:
        """Return one address or a list of them, each with its place."""
        found = []
        for scalar in self.problems.scalars(node, subject):
            address = self.address(scalar)
            if address is not None:
                found.append((address, scalar.place))
        return found

    def address(self, scalar: Scalar) -> Address | None:
        """Return an IPv4 or IPv6 address."""
        try:
            return parse_address(scalar.text)
        except ValueError as error:
            self.problems.add(scalar.place, str(error), "expected one such as 203.0.113.25")
            return None

    def name(self, scalar: Scalar) -> dns.name.Name | None:
        """Return a domain name; a network such as 203.0.113.0/24 stands for its reverse zone.

        A name below arpa keeps its slash: 0/26.113.0.203.in-addr.arpa is how RFC 2317 names zones.
        """
        try:
            if "/" in scalar.text and not scalar.text.rstrip(".").endswith(".arpa"):
                return dns.name.from_text(_reverse_zone(scalar.text))
            if scalar.text == ".":
                return dns.name.root
            return dns.name.from_text(to_a_labels(scalar.text))
        except (ValueError, dns.exception.DNSException) as error:
            expected = "expected a name such as example.com, or a network such as 203.0.113.0/24"
            self.problems.add(scalar.place, str(error), expected)
            return None

    def choice(self, node: Node, subject: str, choices: tuple[str, ...]) -> str | None:
        """Return one of *choices*."""
        scalar = self.problems.scalar(node, subject)
        if scalar is None or scalar.text in choices:
            return scalar.text if scalar else None
        self.problems.unknown(scalar, "word", choices, subject)
        return None

    def zone(self, name: Scalar, node: Node) -> Zone | None:
        """Return the zone *name* from the file that *node* names, or from its own lines."""
        origin = self.name(name)
        source = self.problems.scalar(node, f'the zone "{name.text}"')
        if origin is None or source is None:
            return None
        if source.style == "|" or "\n" in source.text:
            first = Place(self.shown_as, source.place.line + (source.style == "|"))
            return read_zone(source.text, origin, first, self.problems, self._include)
        key = source.text, origin
        if key not in self._zones:
            self._zones[key] = self._zone_from_file(source, origin)
        return self._zones[key]

    def _zone_from_file(self, source: Scalar, origin: dns.name.Name) -> Zone | None:
        shown = self.shown_as.rpartition("/")
        start = Place(visible(f"{shown[0]}{shown[1]}{source.text}"), 1)
        text = self._text_of(source, start.file)
        if text is None:
            return None
        return read_zone(text, origin, start, self.problems, self._include)

    def _include(self, name: str, by: str) -> tuple[str, str]:
        """Return the file *name* that the zone file *by* includes: beside that, or below the lab.

        Raises:
            IncludeError: if there is none, or it lies elsewhere.
        """
        above = self.shown_as.rpartition("/")
        within = PurePosixPath(by.removeprefix(f"{above[0]}{above[1]}")).parent
        for path in (str(within / name), name):
            try:
                found = beside(self.folder, path)
                shown = visible(f"{above[0]}{above[1]}{path}")
                return shown, read_text(found, shown)
            except OutsideError:
                raise IncludeError(f"{visible(name)} lies outside of the lab's folder") from None
            except SourceError as error:
                raise IncludeError(error.problems[0].what) from None
            except OSError:
                continue
        raise IncludeError(f"there is no file {visible(name)}")

    def _text_of(self, source: Scalar, shown: str) -> str | None:
        file = f'"{source.text}"'
        a_zone = "expected the name of a zone file, or the zone itself after |"
        try:
            return read_text(beside(self.folder, source.text), shown)
        except OutsideError:
            what = f"{file} lies outside of the folder of this file"
            self.problems.add(source.place, what, "expected a zone file beside it")
        except FileNotFoundError:
            self.problems.add(source.place, f"there is no file {file}", a_zone)
        except OSError as error:
            self.problems.add(source.place, f"{file} cannot be read: {error.strerror}", a_zone)
        except SourceError as error:
            self.problems.found.extend(error.problems)
        return None


def _reverse_zone(text: str) -> str:
    """Return the reverse zone of a network.

    Raises:
        ValueError: if it is none, or is not cut where reverse zones are: at octets or nibbles.
    """
    network = ipaddress.ip_network(text)
    step = 8 if network.version == 4 else 4
    if network.prefixlen % step:
        raise ValueError(f"{text} is not a multiple of {step} bits, so it has no zone of its own")
    labels = (network.max_prefixlen - network.prefixlen) // step
    return ".".join(reverse_name(network.network_address).split(".")[labels:])


def entries_of(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    """Return the entries of a mapping, nothing for anything else."""
    return node.entries if isinstance(node, Mapping) else ()
