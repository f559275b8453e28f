"""How a proposed change is given: files and folders of zones, and servers a zone is to move to.

Nothing is read here. What a file is, if that is not said before its path, its content tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mailcheck.names import Domain, parse_address

EXPECTED = (
    "a zone file or a folder of them, zone:FILE, or the servers that a zone is to move to: "
    "ns:example.com=ns1.example.net,ns2.example.net"
)

_KIND = re.compile(r"(?P<kind>[a-z]{2,12}):(?P<rest>.*)", re.DOTALL)
"""A kind before a path; one letter is a drive."""


@dataclass(frozen=True, slots=True)
class ProposedFiles:
    """A file, or a folder of files; ``kind`` is ``zone`` if its content is not to be asked."""

    path: Path
    kind: str = ""

    def __str__(self) -> str:
        return self.path.as_posix()


@dataclass(frozen=True, slots=True)
class ProposedServers:
    """The servers, by name or address, that serve *zone* already and are to be its servers."""

    zone: Domain
    servers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.zone} on {', '.join(self.servers)}"


Proposal: TypeAlias = ProposedFiles | ProposedServers


def in_folder(text: str, folder: Path) -> str:
    """Return *text* with its path, if it has one, as seen from *folder*."""
    found = _KIND.fullmatch(text)
    if found is None:
        return str(folder / text)
    return f"zone:{folder / found['rest']}" if found["kind"] == "zone" else text


def read_proposal(text: str) -> Proposal:
    """Read what ``--mail-proposed`` takes.

    Raises:
        ValueError: if it is none of :data:`EXPECTED`.
    """
    found = _KIND.fullmatch(text)
    if found is None:
        return ProposedFiles(Path(text))
    kind, rest = found["kind"], found["rest"]
    if kind == "zone" and rest:
        return ProposedFiles(Path(rest), kind)
    zone, separator, servers = rest.partition("=")
    if kind != "ns" or not separator:
        raise ValueError(text)
    names = tuple(_server(server.strip()) for server in servers.split(","))
    return ProposedServers(Domain.parse(zone.strip()), names)


def _server(text: str) -> str:
    try:
        return str(parse_address(text))
    except ValueError:
        return Domain.parse(text)
