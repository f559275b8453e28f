"""Whether an identifier counts; the table is with the sentence that judges it."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.dmarc.discovery import DmarcDiscovery
from mailcheck.facts.dmarc.identifier import Mechanism, aligned
from mailcheck.facts.dns import told
from mailcheck.finding import Part, met
from mailcheck.question import Question, Unobserved, each_of, question


@question
class _Aligned(Question[Part]):
    mechanism: Mechanism

    async def derive(self) -> Part:
        [found] = await each_of([DmarcDiscovery("b.example")])
        return await aligned("b.example", "a.b.example", self.mechanism, found)


@pytest.mark.parametrize(
    ("record", "spf", "dkim"),
    [
        ("p=none", True, True),
        ("p=none; aspf=s", False, True),
        ("p=none; adkim=s", True, False),
    ],
)
def test_each_mechanism_has_its_mode(answered: Any, record: str, *, spf: bool, dkim: bool) -> None:
    dns = (
        told("_dmarc.b.example TXT", f'"v=DMARC1; {record}"'),
        told("_dmarc.a.b.example TXT", "NXDOMAIN"),
        told("_dmarc.example TXT", "NXDOMAIN"),
    )
    assert (answered(_Aligned("spf"), *dns) == met()) is spf
    assert (answered(_Aligned("dkim"), *dns) == met()) is dkim


def test_an_unknown_record_may_ask_for_strict_alignment(answered: Any) -> None:
    dns = (
        told("_dmarc.b.example TXT", "TIMEOUT"),
        told("_dmarc.a.b.example TXT", "NXDOMAIN"),
        told("_dmarc.example TXT", "NXDOMAIN"),
    )
    assert isinstance(answered(_Aligned("spf"), *dns), Unobserved)
