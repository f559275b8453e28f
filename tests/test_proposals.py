"""How a proposed change is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcheck.proposals import (
    Proposal,
    ProposedFiles,
    ProposedPatch,
    ProposedServers,
    in_folder,
    read_proposal,
)
from mailcheck.zone_name import ZoneName

PART = "0/28.113.0.203.in-addr.arpa"
"""A part of a reverse zone, as RFC 2317 writes it."""


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        pytest.param("zones", ProposedFiles(Path("zones")), id="a path"),
        pytest.param("zone:a.db", ProposedFiles(Path("a.db"), "zone"), id="what a file is"),
        pytest.param(
            "zone:Example.com=a/b.db",
            ProposedFiles(Path("a/b.db"), "zone", ZoneName("example.com")),
            id="a file and its zone",
        ),
        pytest.param(
            "zone:0/26.2.0.192.in-addr.arpa=b",
            ProposedFiles(Path("b"), "zone", ZoneName("0/26.2.0.192.in-addr.arpa")),
            id="a file and its part of a reverse zone",
        ),
        pytest.param("zone:a b=c", ProposedFiles(Path("a b=c"), "zone"), id="no name"),
        pytest.param("C:/zones", ProposedFiles(Path("C:/zones")), id="a drive is no kind"),
        pytest.param("a:b/zone", ProposedFiles(Path("a:b/zone")), id="a colon in a path"),
        pytest.param("patch:a.patch", ProposedPatch(Path("a.patch")), id="a patch"),
        pytest.param(
            "patch:Example.com=a/b",
            ProposedPatch(Path("a/b"), ZoneName("example.com")),
            id="a patch and its zone",
        ),
        pytest.param(
            f"patch:{PART}=a/b", ProposedPatch(Path("a/b"), ZoneName(PART)), id="a part of a zone"
        ),
        pytest.param(
            f"ns:{PART}=ns1.example.net",
            ProposedServers(ZoneName(PART), ("ns1.example.net",)),
            id="servers of a part of a zone",
        ),
        pytest.param("patch:a/b=c", ProposedPatch(Path("a/b=c")), id="an equals sign in a path"),
        pytest.param("patch:a.b=", ProposedPatch(Path("a.b=")), id="an equals sign at its end"),
        pytest.param(
            "ns:Example.com=ns1.example.net, 192.0.2.53,2001:db8::53",
            ProposedServers(
                ZoneName("example.com"), ("ns1.example.net", "192.0.2.53", "2001:db8::53")
            ),
            id="servers by name and address",
        ),
    ],
)
def test_what_is_given(text: str, proposal: Proposal) -> None:
    assert read_proposal(text) == proposal


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ns:example.com", id="no servers"),
        pytest.param("ns:example.com=", id="an empty list of servers"),
        pytest.param("ns:example.com=ns1.example.net,,ns2.example.net", id="an empty server"),
        pytest.param("ns:=ns1.example.net", id="no zone"),
        pytest.param("ns:exa mple=ns1.example.net", id="no name"),
        pytest.param("", id="nothing"),
        pytest.param("zone:", id="no file"),
        pytest.param("patch:", id="no patch"),
        pytest.param("pulumi:plan.json", id="a kind there is not"),
    ],
)
def test_what_is_not_taken(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the caller says what is expected
        read_proposal(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", ""),
        ("zones", "/project/zones"),
        ("/etc/bind", "/etc/bind"),
        ("zone:a.db", "zone:/project/a.db"),
        ("zone:example.com=a.db", "zone:example.com=/project/a.db"),
        ("patch:a", "patch:/project/a"),
        ("patch:example.com=a", "patch:example.com=/project/a"),
        (f"patch:{PART}=a", f"patch:{PART}=/project/a"),
        ("ns:example.com=ns1.example.net", "ns:example.com=ns1.example.net"),
    ],
)
def test_paths_are_relative_to_whoever_gave_them(text: str, seen: str) -> None:
    assert in_folder(text, Path("/project")) == seen


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zone:zones/a.db", "zones/a.db"),
        ("zone:example.com=a.db", "a.db (the zone example.com)"),
        ("patch:a.patch", "a.patch (a patch)"),
        ("patch:example.com=a.patch", "a.patch (a patch of example.com)"),
        ("ns:example.com=ns1.example.net,192.0.2.53", "example.com on ns1.example.net, 192.0.2.53"),
    ],
)
def test_how_it_is_shown(text: str, shown: str) -> None:
    assert str(read_proposal(text)) == shown
