"""How a proposed change is given: zones, parts of zones, and servers a zone is to move to.

Nothing is read here. What a file is, if that is not said before its path, its content tells.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mailcheck.names import Domain, parse_address
from mailcheck.zone_name import ZoneName

PLANS = (
    "terraform",
    "octodns",
    "route53",
    "cloudformation",
    "dnscontrol",
    "cloudflare",
    "csv",
)
"""The tools whose plans can be proposed, as they stand before a path; see ``plans/formats.py``."""

EXPECTED = (
    "a zone file or a folder of them, zone:FILE, zone:example.com=FILE, a part of a zone that changes (patch:FILE, "
    f"patch:example.com=FILE), a plan of another tool ({', '.join(f'{one}:FILE' for one in PLANS)}), "
    "or the servers that a zone is to move to: ns:example.com=ns1.example.net,ns2.example.net"
)

_KIND = re.compile(r"(?P<kind>[a-z][a-z0-9]{1,15}):(?P<rest>.*)", re.DOTALL)
"""A kind before a path; one letter is a drive."""


@dataclass(frozen=True, slots=True)
class ProposedFiles:
    """A file, or a folder of files; ``kind`` is ``zone`` if its content is not to be asked.

    Which zone a file holds, it says itself if ``zone`` is None.
    """

    path: Path
    kind: str = ""
    zone: ZoneName | None = None

    def __str__(self) -> str:
        of = f" (the zone {self.zone})" if self.zone else ""
        return f"{self.path.as_posix()}{of}"


@dataclass(frozen=True, slots=True)
class ProposedPatch:
    """A file that says what changes in a zone; which one, it says itself if ``zone`` is None."""

    path: Path
    zone: ZoneName | None = None

    def __str__(self) -> str:
        of = f" of {self.zone}" if self.zone else ""
        return f"{self.path.as_posix()} (a patch{of})"


@dataclass(frozen=True, slots=True)
class ProposedPlan:
    """A file that another tool makes or reads, one of :data:`PLANS`.

    ``zone`` is the one that it is about, of a file that does not say so itself.
    """

    path: Path
    tool: str
    zone: ZoneName | None = None

    def __str__(self) -> str:
        of = f" for {self.zone}" if self.zone else ""
        return f"{self.path.as_posix()} ({self.tool}{of})"


@dataclass(frozen=True, slots=True)
class ProposedServers:
    """The servers, by name or address, that serve *zone* already and are to be its servers."""

    zone: ZoneName
    servers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.zone} on {', '.join(self.servers)}"


Proposal: TypeAlias = ProposedFiles | ProposedPatch | ProposedPlan | ProposedServers


def in_folder(text: str, folder: Path) -> str:
    """Return *text* with its path, if it has one, as seen from *folder*."""
    found = _KIND.fullmatch(text)
    if found is None:
        return str(folder / text) if text else ""
    if found["kind"] in ("zone", "patch", *PLANS):
        zone, path = _zone_and_path(found["rest"])
        return f"{found['kind']}:{f'{zone}=' if zone else ''}{folder / path}"
    return text


def read_proposal(text: str) -> Proposal:
    """Read what ``--mail-proposed`` takes.

    Raises:
        ValueError: if it is none of :data:`EXPECTED`.
    """
    found = _KIND.fullmatch(text)
    if not text:
        raise ValueError(text)  # a variable that is not set, and no folder with all there is
    if found is None:
        return ProposedFiles(Path(text))
    kind, rest = found["kind"], found["rest"]
    if kind == "zone" and rest:
        zone, path = _zone_and_path(rest)
        return ProposedFiles(path, kind, zone)
    if kind == "patch" and rest:
        zone, path = _zone_and_path(rest)
        return ProposedPatch(path, zone)
    if kind in PLANS and rest:
        zone, path = _zone_and_path(rest)
        return ProposedPlan(path, kind, zone)
    name, separator, servers = rest.partition("=")
    if kind != "ns" or not separator:
        raise ValueError(text)
    names = tuple(_server(server.strip()) for server in servers.split(","))
    return ProposedServers(ZoneName.parse(name.strip()), names)


def _zone_and_path(text: str) -> tuple[ZoneName | None, Path]:
    """Read ``FILE`` or ``ZONE=FILE``; what stands before the sign and is no name is of the path."""
    zone, separator, path = text.partition("=")
    if separator and path:
        with suppress(ValueError):
            return ZoneName.parse(zone.strip()), Path(path)
    return None, Path(text)


def _server(text: str) -> str:
    try:
        return str(parse_address(text))
    except ValueError:
        return Domain.parse(text)
