"""A run without resolvers, among real name servers: named as the root, as registries, as a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.root import ROOT_SERVERS
from mailcheck.facts.scope import DOCUMENTATION
from mailcheck.lab import read_lab
from tests.standing import INTERNET

from .judging import judge_sentences
from .real_lab import real_servers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "ip")

LAB = INTERNET.partition("resolvers:")[0] + "resolvers:\n  honest: {address: 192.0.2.1}\n"

ENDS = {
    "domain example.com has MX": "met",
    "MX hosts of example.com resolve": "met",
    "nameservers of example.com agree on MX": "met",
    "host mail.example.com resolves": "met",
    "domain gone.example.com has MX": "no-such-domain",
    "domain mail.example.com has MX": "no-mx",
    "domain nosuch.com has MX": "no-such-domain",
    "EHLO name www.nosuch.org resolves": "no-such-domain",
}


def options(root: str) -> dict[str, list[str]]:
    """Ask no resolver, and find the public root at *root*."""
    detours = []
    for server in ROOT_SERVERS:
        address = str(server.address)
        bracketed = f"[{address}]" if ":" in address else address
        detours.append(f"{bracketed}:53:{root}:53")
    return {
        "live": [],
        "resolver": ["authoritative", "192.0.2.1"],
        "private-networks": [str(network) for network in DOCUMENTATION],
        "connect-to": detours,
    }


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize(
    "root",
    [
        pytest.param("192.0.2.10", id="from the root"),
        pytest.param("192.0.2.99", id="by way of a resolver, where the root is not there"),
    ],
)
def test_the_sentences_end_as_they_should(tmp_path: Path, root: str) -> None:
    (tmp_path / "lab.yml").write_text(LAB)
    lab = read_lab(tmp_path / "lab.yml", "lab.yml")
    with real_servers(lab, tmp_path) as space:
        judged = judge_sentences(space, options(root), ENDS)
    assert {one.sentence: one.end for one in judged} == ENDS
