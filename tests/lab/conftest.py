"""What the tests of the lab share: zones from text, servers around them, whole labs from YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import dns.name
import pytest

from mailcheck.errors import Place
from mailcheck.lab import read_lab
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.lab import LabDescription
    from mailcheck.zones.zone import Zone

APEX = """\
$TTL 3600
@    SOA  ns1 hostmaster 1 7200 3600 1209600 300
@    NS   ns1
ns1  A    192.0.2.53
"""


class MakeZone(Protocol):
    """Read a zone; apex and name server are there already."""

    def __call__(self, origin: str, text: str, apex: str = APEX) -> Zone:
        """Return the zone *origin*."""


class MakeLab(Protocol):
    """Write a ``lab.yml`` and zone files beside it, and read them."""

    def __call__(self, text: str, **zones: str) -> LabDescription:
        """Read *text*; each of *zones* is written to ``NAME.zone`` behind the usual apex."""


@pytest.fixture
def make_zone() -> MakeZone:
    """Return a reader of zones that are right."""

    def make(origin: str, text: str, apex: str = APEX) -> Zone:
        problems = Problems()
        name = dns.name.from_text(origin)
        zone = read_zone(apex + text, name, Place(f"{origin}.zone", 1), problems)
        problems.raise_any()
        assert zone is not None
        return zone

    return make


@pytest.fixture
def make_lab(tmp_path: Path) -> MakeLab:
    """Return a reader of labs."""

    def make(text: str, **zones: str) -> LabDescription:
        (tmp_path / "lab.yml").write_text(text)
        for name, records in zones.items():
            (tmp_path / f"{name}.zone").write_text(APEX + records)
        return read_lab(tmp_path / "lab.yml", "x/lab.yml")

    return make
