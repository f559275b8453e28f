"""What a description says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.lab.description import LabDescription, Resolver, Server, StaleZone
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from tests.lab.conftest import MakeZone


@pytest.mark.parametrize(
    ("names", "covered"),
    [
        pytest.param("example.com www.example.com a.b.example.com", {True}, id="in a zone"),
        pytest.param("old.example mail.old.example", {True}, id="in an old copy"),
        pytest.param("notexample.com com example .", {False}, id="beside and above"),
        pytest.param("_dmarc.com _dmarc.example", {True}, id="what registries have not"),
    ],
)
def test_names_in_zones_are_covered(make_zone: MakeZone, names: str, covered: set[bool]) -> None:
    """Zones of servers and old copies of resolvers alike; origins are told in normal form."""
    address = parse_address("192.0.2.53")
    server = Server("ns1", (address,), (make_zone("Example.COM", ""),))
    resolver = Resolver("R", (address,), (StaleZone(make_zone("old.example", "")),))
    lab = LabDescription("lab.yml", "", (server, server), (resolver,))
    assert lab.zones == ("example.com", "old.example")
    assert covered == {lab.covers(name) for name in names.split()}


def test_the_root_covers_everything(make_zone: MakeZone) -> None:
    """A lab may have a root of its own."""
    server = Server("a", (parse_address("192.0.2.1"),), (make_zone(".", ""),))
    lab = LabDescription("lab.yml", "", (server,), ())
    assert lab.zones == (".",)
    assert lab.covers("anything.example")
