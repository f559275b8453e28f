"""What the tests of zones share: zones from text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import dns.name
import pytest

from mailcheck.zones.loading.load import load
from mailcheck.zones.reading.including import IncludeError
from mailcheck.zones.reading.master_file import read_master_file

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
        name = dns.name.from_text(origin)
        file = read_master_file(apex + text, f"{origin}.zone", name, _no_file)
        loaded = load(name, file.records)
        assert not file.problems
        assert loaded.zone is not None, loaded.faults
        return loaded.zone

    return make


def _no_file(name: str, _by: str) -> tuple[str, str]:
    raise IncludeError(f"there is no file {name}")
