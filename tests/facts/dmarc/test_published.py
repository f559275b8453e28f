"""What stands at _dmarc below a name."""

from __future__ import annotations

import time
from typing import Any

from mailcheck.facts.dmarc.published import PublishedDmarc, looks_like_record
from mailcheck.facts.dns import told
from mailcheck.question import Unobserved


def published(answered: Any, answer: str) -> Any:
    return answered(PublishedDmarc("example.com"), told("_dmarc.example.com TXT", answer))


def test_one_record_among_other_texts(answered: Any) -> None:
    fact = published(answered, '"v=spf1 -all" | "v=DMARC1; p=" "none"')
    assert fact.record.text == b"v=DMARC1; p=none"
    assert fact.others == (b"v=spf1 -all",)
    assert fact.alike == ()


def test_several_records_are_none(answered: Any) -> None:
    fact = published(answered, '"v=DMARC1; p=none" | "v=DMARC1; p=reject"')
    assert len(fact.records) == 2
    assert fact.record is None


def test_what_was_meant_to_be_a_record(answered: Any) -> None:
    texts = '"v=dmarc1" | "DMARC1; p=none" | "p=reject" | "google-site-verification=x"'
    assert len(published(answered, texts).alike) == 3


def test_texts_that_were_not_read_may_hold_a_record(answered: Any) -> None:
    assert isinstance(published(answered, '"v=DMARC1" | ...'), Unobserved)
    assert published(answered, '"v=DMARC1" | "v=DMARC1; p=none" | ...').record is None


def test_a_name_that_is_too_long_has_none(answered: Any) -> None:
    name = ".".join(["a" * 60] * 4) + ".example"
    assert answered(PublishedDmarc(name)).record is None


def test_a_text_of_64_kb_costs_no_time() -> None:
    begun = time.process_time()
    assert not looks_like_record(b"v" + b" " * 65_000)
    assert time.process_time() - begun < 1
