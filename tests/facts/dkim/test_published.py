from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.dkim.published import PublishedDkimKey, PublishedDkimKeyFact
from mailcheck.facts.dns import told
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

ASKED = PublishedDkimKey("s1", "example.com")
NAME = "s1._domainkey.example.com"


def test_a_record_through_aliases(answered: Answered) -> None:
    found = answered(ASKED, told(f"{NAME} TXT", '-> a.esp.example | -> b.esp.example | "p=" "x"'))
    assert isinstance(found, PublishedDkimKeyFact)
    assert found.record is not None
    assert (found.record.text, found.record.owner) == (b"p=x", "b.esp.example")
    assert found.where == f"{NAME} (alias of a.esp.example → b.esp.example)"


def test_of_several_texts_none_counts(answered: Answered) -> None:
    assert answered(ASKED, told(f"{NAME} TXT", '"p=a" | "v=spf1 -all"')).record is None


def test_there_may_be_more_than_the_one_that_was_read(answered: Answered) -> None:
    found = answered(ASKED, told(f"{NAME} TXT", '"p=a" | ...'))
    assert isinstance(found, Unobserved)
    assert found.cause == "too-many-records"


def test_two_are_enough_to_know_that_there_are_several(answered: Answered) -> None:
    assert len(answered(ASKED, told(f"{NAME} TXT", '"p=a" | "p=b" | ...')).texts) == 2


def test_a_name_too_long_to_be_asked_for(answered: Answered) -> None:
    domain = ".".join(["x" * 60] * 4)
    found = answered(PublishedDkimKey("s1", domain))
    assert (found.texts, found.answer.status) == ((), "nxdomain")
