"""What a proposed change writes, as a list."""

from __future__ import annotations

from dataclasses import replace

import dns.name
import dns.rdatatype
import dns.rrset

from mailcheck.errors import Place
from mailcheck.facts.change.changes import ChangedRRset, CopiedRRset, ZoneChange
from mailcheck.world.proposed import ProposedZone
from mailcheck.world.proposed.changes import change_to
from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch, PlacedRRset, UnknownRRset
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.proposed.unserved import UnservedZone
from tests.world.proposed.zones import proposed

FILE = "example.com.zone"


def test_a_whole_zone_writes_what_stands_in_its_file() -> None:
    zone = proposed("example.com", "@ MX 10 Mail\nMail A 192.0.2.25\nmail A 192.0.2.26\n")
    assert change_to(zone) == ZoneChange(
        "example.com",
        FILE,
        whole=True,
        written=(
            ChangedRRset("example.com", "SOA", Place(FILE, 1)),
            ChangedRRset("example.com", "NS", Place(FILE, 2)),
            ChangedRRset("example.com", "MX", Place(FILE, 3)),
            ChangedRRset("mail.example.com", "A", Place(FILE, 4)),
        ),
    )


def test_a_zone_that_does_not_load_writes_nothing() -> None:
    zone = ProposedZone("example.com", FILE, None)
    assert change_to(zone) == ZoneChange("example.com", FILE, whole=True)


def test_of_servers_nobody_knows_what_they_hold() -> None:
    served = ServedZone("example.com", ("ns1.example.net",))
    assert change_to(served) == ZoneChange("example.com", "ns1.example.net", whole=True)


def test_of_a_zone_that_nobody_serves_nothing_is_written() -> None:
    here = Place("plan.json", 1, of="r.a")
    gone = UnservedZone("example.com", "plan.json", "the zone is deleted", here)
    assert change_to(gone) == ZoneChange("example.com", "plan.json", whole=True, planned=True)


def test_a_patch_removes_what_it_says_and_leaves_the_rest() -> None:
    mail, old = dns.name.from_text("mail.example.com"), dns.name.from_text("old.example.com")
    rrset = dns.rrset.from_text(mail, 300, "IN", "A", "192.0.2.25")
    patch = Patch(
        "example.com",
        "example.patch",
        {(mail, dns.rdatatype.A): PlacedRRset(rrset, Place("example.patch", 2))},
        {(old, None): Place("example.patch", 3), (mail, dns.rdatatype.TXT): None},
        {(mail, dns.rdatatype.AAAA): UnknownRRset("an address", Place("main.tf", 7))},
    )
    assert change_to(patch) == ZoneChange(
        "example.com",
        "example.patch",
        whole=False,
        written=(
            ChangedRRset("mail.example.com", "A", Place("example.patch", 2)),
            ChangedRRset("mail.example.com", "AAAA", Place("main.tf", 7)),
        ),
        removed=(
            ChangedRRset("old.example.com", "", Place("example.patch", 3)),
            ChangedRRset("mail.example.com", "TXT"),
        ),
    )


def test_a_patch_of_a_whole_zone_leaves_nothing_else_and_says_what_it_copies() -> None:
    apex, old = dns.name.from_text("example.com"), dns.name.from_text("old.example.com")
    here = Place("plan.json", 1, of="r.a")
    copied = FlattenedRRset(dns.name.from_text("LB.example.net"), 60, here)
    patch = Patch(
        "example.com",
        "plan.json",
        {},
        {(old, dns.rdatatype.A): here},
        whole=True,
        flattened={(apex, dns.rdatatype.A): copied},
    )
    assert change_to(patch) == ZoneChange(
        "example.com",
        "plan.json",
        whole=True,
        written=(ChangedRRset("example.com", "A", here),),
        removed=(ChangedRRset("old.example.com", "A", here),),
        copied=(CopiedRRset("example.com", "A", "lb.example.net", here),),
    )


def test_something_may_be_left_of_a_whole_zone() -> None:
    patch = Patch("example.com", "plan.json", {}, whole=True, stays=lambda *_: True)
    assert change_to(patch).left
    assert not change_to(patch).says_all
    assert change_to(replace(patch, stays=None)).says_all
