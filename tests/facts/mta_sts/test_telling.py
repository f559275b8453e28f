"""What to publish and to serve where no policy is discovered."""

from __future__ import annotations

import re

import pytest

from mailcheck.facts.mta_sts.policy import read_policy
from mailcheck.facts.mta_sts.record import read_record
from mailcheck.facts.mta_sts.telling import (
    LINES,
    NOT_DISCOVERED,
    record_of,
    to_be_discovered,
)
from mailcheck.finding import Reason

TAGS = re.findall(r"^([a-z0-9-]+):", NOT_DISCOVERED, re.MULTILINE)


def test_the_record_that_is_shown_is_one() -> None:
    record = record_of("example.com")
    assert record.startswith("_mta-sts.example.com.  3600  IN  TXT  ")
    assert read_record(record.split('"')[1].encode())


def test_the_policy_that_is_shown_is_one() -> None:
    policy = read_policy("\n".join(LINES).format(domain="example.com").encode())
    assert policy.covers("mail.example.com")


@pytest.mark.parametrize("tag", TAGS)
def test_every_reason_has_something_to_do_of_its_own(tag: str) -> None:
    remedy = to_be_discovered("example.com", Reason(tag, "", "example.com"))
    said = " ".join((*remedy.publish, remedy.instruction))
    assert "example.com" in said
    assert not {"{", "\\"}.intersection(said)


@pytest.mark.parametrize("tag", ["several-records", "malformed-record"])
def test_a_record_replaces_what_is_there(tag: str) -> None:
    remedy = to_be_discovered("example.com", Reason(tag, ""))
    assert remedy.publish == (record_of("example.com"),)
    assert "In place of" in remedy.instruction
