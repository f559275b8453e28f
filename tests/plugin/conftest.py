"""A project with a lab in which something is met, something unmet, something unknown."""

from __future__ import annotations

import pytest

from mailcheck.plugin import collect, reports

LOADED = (collect, reports)
"""pytester forgets every module that a session inside the process imported. PyYAML's C extension
does not survive that: its parser would make events of classes that nobody knows any more."""

LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        @ MX 10 mail
        mail A 203.0.113.25
        tour A 203.0.113.80
      silent.example: |
        $TTL 3600
        @ SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
        @ NS ns1.example.com.
    faults: {silent.example: silent}
resolvers:
  house:
    address: 192.0.2.1
    faults: {silent.example: servfail}
"""

SUITE = """\
mailcheck: 1
title: Mail of example.com
for: {domain: example.com}
checks:
  - domain has MX
  - domain tour.example.com has MX
  - domain silent.example has MX
  - domain tour.example.com has MX: {at_least: 2, severity: advised, tags: [wishes]}
  - domain tour.example.com has MX: {at_least: 3, expect: no-mx}
"""

MET = "domain example.com has MX"
UNMET = "domain tour.example.com has MX"
UNKNOWN = "domain silent.example has MX"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with ``suites/lab.yml`` and ``suites/mail.yml``, judged in its lab."""
    suites = pytester.mkdir("suites")
    (suites / "lab.yml").write_text(LAB, "utf-8")
    (suites / "mail.yml").write_text(SUITE, "utf-8")
    pytester.makeini("[pytest]\nmail_lab = auto\n")
    return pytester


@pytest.fixture
def own_check() -> str:
    """The file of a check that a project has of its own."""
    return OWN_CHECK


OWN_CHECK = '''\
"""The domain offers a tour.

Requires
    A host named tour below the domain.

Why
    Visitors like it.

Met when
    The host has an address.

Unmet when
    no-tour: there is none.
        Nobody comes.

Not judged here
    Whether the tour is any good.
"""
from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class OffersTour:
    domain: Domain = slot("the domain")


async def judge(wanted: OffersTour) -> Finding:
    found = await HostAddresses("tour." + wanted.domain)
    if not found.addresses:
        return unmet("no-tour", "there is no tour")
    return met()


def remedy(wanted: OffersTour, reason: Reason) -> Remedy:
    return Remedy(instruction="Offer one.")


CHECK = check(
    __doc__,
    template="domain [{domain}] offers a tour",
    parameters=OffersTour,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1034",),
    examples=(),
)
'''
