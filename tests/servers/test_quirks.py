"""Servers with the faults that are out there, by the switches named has for testing resolvers."""

from __future__ import annotations

import contextlib
import ipaddress
from typing import Any, TypeAlias

import pytest

from mailcheck.facts.dns import NameServer, ServerQuery

from .ask_world import conclusions, shown
from .authorities import serving
from .zones import ZONES

pytestmark = pytest.mark.servers("named")

ASKED = (
    "example.com MX",
    "nothing.example.com A",
    "size1000.example.com TXT",
    "size2000.example.com TXT",
)
"""What fits, a denial, what fits with EDNS only, and what fits no datagram."""

WELL = ("data", "nxdomain", "data", "data")

QUIRKS = {
    # A server from before EDNS, and two that say so (RFC 6891 §7): asked again without it.
    "noedns": WELL,
    "ednsformerr": WELL,
    "ednsnotimp": WELL,
    # Who refuses EDNS, or is silent to it, is not humoured (DNS Flag Day 2019); no resolver does.
    "ednsrefused": ("refused",) * 4,
    "dropedns": ("timeout",) * 4,
    # A secondary whose zone has expired, or somebody else's cache: its denials are not believed.
    "noaa": ("data", "lame", "data", "data"),
    "nosoa": WELL,
    "notcp": ("data", "nxdomain", "data", "truncated"),
    # A path that takes no datagram over 512 octets.
    "maxudp512": WELL,
    "delay=100": WELL,
}
"""What is concluded on each of the questions."""


Conclusions: TypeAlias = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def concluded(
    tmp_path_factory: pytest.TempPathFactory,
) -> Conclusions:
    """Ask all of them at once, so that those who are silent cost their time together."""
    with contextlib.ExitStack() as running:
        ports = [
            running.enter_context(
                serving("named", ZONES, tmp_path_factory.mktemp("named"), "-T", quirk)
            )
            for quirk in QUIRKS
        ]
        here = ipaddress.IPv4Address("127.0.0.1")
        questions = [
            ServerQuery(name, rdtype, NameServer(here, port=port))
            for port in ports
            for name, rdtype in map(str.split, ASKED)
        ]
        answers = [shown(answer) for answer in conclusions(questions, [])]
    each = len(ASKED)
    return {quirk: answers[n * each : (n + 1) * each] for n, quirk in enumerate(QUIRKS)}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_what_is_concluded(concluded: Conclusions, quirk: str) -> None:
    said = [one.get("cause") or one["status"] for one in concluded[quirk]]
    assert tuple(said) == QUIRKS[quirk]


def test_the_fields_of_a_fact_say_what_was_odd(
    concluded: Conclusions,
) -> None:
    data, denied, *_ = concluded["nosoa"]
    assert (data["authoritative"], denied["authoritative"], denied["denier"]) == (True, True, "")
    assert not concluded["noaa"][0]["authoritative"]
    assert [one["transport"] for one in concluded["noedns"]] == ["UDP", "UDP", "TCP", "TCP"]
    assert [one["transport"] for one in concluded["delay=100"]] == ["UDP", "UDP", "UDP", "TCP"]
