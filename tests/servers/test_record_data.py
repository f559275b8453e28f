"""Data of records are read as BIND reads them, where dnspython does not: taken or not, and the same octets."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import dns.name
import pytest

from mailcheck.zones.reading.master_file import IncludeError, read_master_file
from tests.zones.reading.record_data import REFUSED, TAKEN, cases

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers("named-compilezone")

ORIGIN = dns.name.from_text("example.com")
APEX = "$TTL 300\n@ SOA ns.example. h.example. 1 2 3 4 5\n@ NS ns.example.\n"


def bind(folder: Path, records: str) -> str:
    """Return what BIND writes of a zone with *records*; empty if it refuses them."""
    (folder / "zone").write_text(APEX + records, "utf-8")
    (folder / "out").unlink(missing_ok=True)
    command = ["named-compilezone", "-q", "-i", "none", "-o", "out", "example.com", "zone"]
    if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode:
        return ""
    text = (folder / "out").read_text("ascii")
    return re.sub(r"; resign=\d+", "", text)  # which depends on the time of day


def include(name: str, by: str) -> tuple[str, str]:
    raise IncludeError(f"{name} in {by}")


@pytest.mark.parametrize("record", cases(TAKEN))
def test_what_is_taken_has_the_same_octets(tmp_path: Path, record: str) -> None:
    theirs = bind(tmp_path, f"{record}\n")
    file = read_master_file(f"{APEX}{record}\n", "zone", ORIGIN, include)
    assert not file.problems
    last = file.records[-1]
    octets = last.rdata.to_wire() or b""
    ours = f"{last.name} TYPE{int(last.rdata.rdtype)} \\# {len(octets)} {octets.hex()}\n"
    assert theirs
    assert bind(tmp_path, ours) == theirs


@pytest.mark.parametrize("record", cases(REFUSED))
def test_what_is_refused(tmp_path: Path, record: str) -> None:
    assert not bind(tmp_path, f"{record}\n")
