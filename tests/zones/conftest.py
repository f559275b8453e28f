"""What the tests of zones share: zones from text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import dns.name
import pytest

from mailcheck.errors import Place
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
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
