"""Removals of what is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.errors import Place
from mailcheck.facts.change.changes import ChangedRRset, ChangesFact, ZoneChange
from mailcheck.facts.change.vain import removing_nothing
from mailcheck.facts.dns import DnsAnswer, Status
from mailcheck.question import Unobserved

REFERRAL = DnsAnswer("x.example.com", "TXT", "referral", cut="x.example.com")


def said(status: Status, *aliases: str) -> DnsAnswer:
    """What is said of the TXT of a name; no record is needed to tell that there is one."""
    return DnsAnswer("x.example.com", "TXT", status, aliases=aliases)


def advised(removed: tuple[tuple[str, str], ...], live: DnsAnswer | Unobserved) -> list[str]:
    """What is advised of removals, from line 3 on."""
    rrsets = tuple(
        ChangedRRset(name, rdtype, Place("a.patch", line))
        for line, (name, rdtype) in enumerate(removed, 3)
    )
    change = ZoneChange("example.com", "a.patch", whole=False, removed=rrsets)
    changes = ChangesFact({"example.com": change})
    found = removing_nothing(changes, {("x.example.com", "TXT"): live})
    assert all(one.tag == "removes-nothing" for one in found)
    return [one.text for one in found]


RRSET = ("x.example.com", "TXT")
WHOLE = ("x.example.com", "")


@pytest.mark.parametrize(
    ("removed", "live", "shown"),
    [
        pytest.param(WHOLE, said("nxdomain"), "x.example.com (a.patch:3)", id="no such name"),
        pytest.param(RRSET, said("nxdomain"), "x.example.com TXT (a.patch:3)", id="nor an RRset"),
        pytest.param(RRSET, said("nodata"), "x.example.com TXT (a.patch:3)", id="no such RRset"),
        pytest.param(WHOLE, said("nodata"), "", id="it may have others"),
        pytest.param(RRSET, said("data"), "", id="it is there"),
        pytest.param(RRSET, said("data", "y.test"), "x.example.com TXT (a.patch:3)", id="an alias"),
        pytest.param(WHOLE, said("nxdomain", "y.test"), "", id="an alias to nothing is there"),
        pytest.param(RRSET, said("refused"), "", id="refused"),
        pytest.param(RRSET, REFERRAL, "", id="it lies in another zone"),
        pytest.param(RRSET, Unobserved("timeout"), "", id="nobody answers"),
        pytest.param(("y.example.com", "TXT"), said("nxdomain"), "", id="nobody asked"),
    ],
)
def test_what_is_seen_not_to_be_there_is_advised(
    removed: tuple[str, str], live: DnsAnswer | Unobserved, shown: str
) -> None:
    expected = [f"the change removes what is not there: {shown}"] if shown else []
    assert advised((removed,), live) == expected


def test_an_alias_that_is_removed_as_such_is_there() -> None:
    alias = replace(said("nodata", "y.test"), rdtype="CNAME")
    change = ZoneChange("example.com", "a", whole=False, removed=(ChangedRRset(WHOLE[0], "CNAME"),))
    live = {("x.example.com", "CNAME"): alias}
    assert removing_nothing(ChangesFact({"example.com": change}), live) == ()


def test_of_many_some_are_named() -> None:
    [text] = advised((WHOLE,) * 7, said("nxdomain"))
    assert text.endswith("x.example.com (a.patch:7), 2 more")
