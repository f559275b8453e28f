"""Reading a ``lab.yml``: the whole file, with all its problems at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.lab.description import LabDescription
from mailcheck.lab.lab_file import LabFile
from mailcheck.lab.read_dns import (
    IMPLICIT_RESOLVER,
    read_blocklists,
    read_resolvers,
    read_servers,
)
from mailcheck.lab.read_hosts import read_hosts
from mailcheck.source.documents import read_documents
from mailcheck.source.nodes import Mapping, Node, Scalar
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "lab.yml"

VERSION = "1"

KEYS = ("lab", "title", "servers", "resolvers", "hosts", "blocklists")


def find_lab(folder: Path, stop: Path) -> Path | None:
    """Return the ``lab.yml`` in *folder* or the nearest folder above it, *stop* being the last.

    A folder that does not lie below *stop* is the only one that is looked into. Whatever has that
    name is found, so that a link that leads nowhere is told of where it is read.
    """
    above = [place for place in folder.parents if place.is_relative_to(stop)]
    for place in (folder, *above):
        if os.path.lexists(place / FILE_NAME):
            return place / FILE_NAME
    return None


def read_lab(path: Path, shown_as: str) -> LabDescription:
    """Read the lab at *path*; messages call the file *shown_as*.

    Raises:
        SourceError: with every problem of the file and of its zone files.
    """
    problems = Problems()
    shown_as = visible(shown_as, len(shown_as))
    file = LabFile(path.parent, shown_as, problems)
    keys = _top(file, read_documents(path, shown_as))
    servers = [
        *read_servers(file, keys.get("servers")),
        *read_blocklists(file, keys.get("blocklists")),
    ]
    resolvers = tuple(read_resolvers(file, keys.get("resolvers")))
    hosts = tuple(read_hosts(file, keys.get("hosts")))
    title = problems.scalar(keys["title"], '"title"') if "title" in keys else None
    if keys and not servers and not problems:
        what = "the lab has no servers"
        problems.add(Place(shown_as, 1), what, "expected servers: or blocklists: with a zone")
    problems.raise_any()
    return LabDescription(
        shown_as=shown_as,
        title=title.text if title else "",
        servers=tuple(servers),
        resolvers=resolvers or (IMPLICIT_RESOLVER,),
        hosts=hosts,
    )


def _top(file: LabFile, documents: tuple[Node, ...]) -> dict[str, Node]:
    """Return the values of the file's one document by key."""
    start = Place(file.shown_as, 1)
    if len(documents) != 1 or not isinstance(documents[0], Mapping):
        place = documents[1].place if len(documents) > 1 else start
        file.problems.add(place, "a lab is one mapping", 'expected "lab: 1" and its servers')
        return {}
    entries = documents[0].entries
    if not entries or entries[0][0].text != "lab":
        place = entries[0][0].place if entries else start
        file.problems.add(place, 'the first key is not "lab"', f'expected "lab: {VERSION}" first')
    version = documents[0].get("lab")
    if version is not None and not (isinstance(version, Scalar) and version.text == VERSION):
        file.problems.add(version.place, "unknown version of lab", f'expected "lab: {VERSION}"')
    return file.problems.keys(documents[0], KEYS, "the lab")
