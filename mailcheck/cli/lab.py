"""``mailcheck lab``: the servers of a lab, at work until Ctrl-C, for one's own tools to ask."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from mailcheck.cli.table import Table
from mailcheck.errors import UsageError
from mailcheck.lab import Lab, read_lab

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.lab import Mapped

HEADING = ("role", "name", "declared", "really", "")


def serve(folder: Path) -> None:
    """Start the lab in *folder* (or the file that *folder* is), show its map, and serve it.

    Raises:
        SourceError: if its ``lab.yml`` cannot be used.
        UsageError: if there is none, or the machine gives no sockets.
    """
    path = folder / "lab.yml" if folder.is_dir() else folder
    if not os.path.lexists(path):
        raise UsageError(f"no lab at {path}")
    asyncio.run(_serve(Lab(read_lab(path, path.as_posix()))))


async def _serve(lab: Lab) -> None:
    try:
        await lab.start()
    except OSError as error:
        raise UsageError(f"the lab cannot start: {error}") from None
    try:
        _show(lab)
        await asyncio.Event().wait()
    finally:
        await lab.close()


def _show(lab: Lab) -> None:
    rows = [_row(mapped) for mapped in lab.map]
    table = Table.fitting([HEADING, *rows])
    if lab.description.title:
        table.text(lab.description.title)
        table.text()
    for row in (HEADING, *rows):
        table.row(*row)
    table.text()
    table.text("Serving until Ctrl-C.")


def _row(mapped: Mapped) -> tuple[str, str, str, str, str]:
    """Say where one endpoint is, what it serves, and how to ask it."""
    host, port = mapped.real
    about = mapped.about
    if mapped.role != "host":
        zone = about.partition(",")[0]
        dig = f"dig @{host} -p {port}" + (f" {zone} SOA" if zone else " NAME TYPE")
        about = f"{dig}   zones {about}" if zone else dig
    return mapped.role, mapped.name, _endpoint(mapped.declared), _endpoint(mapped.real), about


def _endpoint(endpoint: tuple[str, int]) -> str:
    host, port = endpoint
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
