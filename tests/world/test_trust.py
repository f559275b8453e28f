"""The authorities are read once, when a chain is asked about, and a machine without says so."""

from __future__ import annotations

import datetime

import pytest

from mailcheck.facts.tls.trust import ChainTrust, ChainTrustFact
from mailcheck.lab.certificates import Authorities, HostCertificate
from mailcheck.question import Unobserved
from mailcheck.world.trust import Trust
from tests.world.chains import chain_of

TODAY = datetime.datetime.now(datetime.UTC).date()
LAB = Authorities()
ASKED = ChainTrust(chain_of(LAB, HostCertificate(("mail.example.com",))))


def test_the_authorities_are_read_once_and_late() -> None:
    read: list[int] = []

    def anchors() -> tuple[bytes, ...]:
        read.append(1)
        return (LAB.trusted,)

    trust = Trust(anchors, TODAY)
    assert read == []
    for _ in range(2):
        assert trust.answer(ASKED) == ChainTrustFact("CN=mail.example.com")
    assert read == [1]


def test_without_authorities_nothing_can_be_said() -> None:
    found = Trust(lambda: (), TODAY).answer(ASKED)
    assert isinstance(found, Unobserved)
    assert found.cause == "no-trust-anchors"
    assert "--mail-ca-file" in found.text


def test_a_bug_ends_its_question_only() -> None:
    def broken() -> tuple[bytes, ...]:
        raise ZeroDivisionError

    found = Trust(broken, TODAY).answer(ASKED)
    assert isinstance(found, Unobserved)
    assert found.cause == "probe-crashed"


@pytest.mark.parametrize("days", [-3, -300, 90, 9999])
def test_the_dates_of_the_certificate_are_judged_elsewhere(days: int) -> None:
    asked = ChainTrust(chain_of(LAB, HostCertificate(("mail.example.com",), days)))
    found = Trust(lambda: (LAB.trusted,), TODAY).answer(asked)
    assert found == ChainTrustFact("CN=mail.example.com")
