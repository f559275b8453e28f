"""What is said of a record that lets too many pass; verdicts are in tests/checks/spf/."""

from __future__ import annotations

from ipaddress import ip_network

from mailcheck.facts.spf.evaluation.result import Fault
from mailcheck.facts.spf.networks.amount import broken, judged, remedied
from mailcheck.facts.spf.networks.authorised import Ended, Listed, SpfNetworksFact, Unlisted
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.finding import Reason

RECORD = read_record(b"v=spf1 -all")


def test_the_record_to_cut_is_that_of_the_broadest_term() -> None:
    listed = (
        Listed(("example.com",), "ip4:192.0.2.1", (ip_network("192.0.2.1"),)),
        Listed(("example.com", "b.example"), "ip4:10.0.0.0/8", (ip_network("10.0.0.0/8"),)),
    )
    [reason] = judged(SpfNetworksFact(RECORD, "example.com", listed), "example.com", 9).reasons
    assert reason.about == "b.example"
    assert remedied(reason).instruction.startswith("In the record of b.example, name the addresses")


def test_only_the_first_terms_that_nobody_can_list_are_named() -> None:
    unlisted = tuple(Unlisted((f"{n}.example",), "ptr", passes=True) for n in range(5))
    fact = SpfNetworksFact(RECORD, "example.com", unlisted=unlisted)
    [reason] = judged(fact, "example.com", 9).reasons
    assert reason.text == (
        "nobody can list whom 0.example: ptr, 1.example: ptr, 2.example: ptr and 2 more lets pass"
    )


def test_each_family_may_end_elsewhere() -> None:
    faults = [Ended("a.example", (f,), Fault("too-many-voids", f"{f} voids")) for f in (4, 6)]
    fact = SpfNetworksFact(RECORD, "example.com", ended=tuple(faults))
    assert broken(fact, "example.com") == (
        Reason("spf-permerror", "for IPv4, 4 voids", "a.example"),
        Reason("spf-permerror", "for IPv6, 6 voids", "a.example"),
    )
