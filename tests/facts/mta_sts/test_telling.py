"""What to publish and to serve where no policy is discovered."""

from __future__ import annotations

import re

import pytest

from mailcheck.facts.mta_sts.policy import read_policy
from mailcheck.facts.mta_sts.record import read_record
from mailcheck.facts.mta_sts.telling import (
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
    said = to_be_discovered("example.com", Reason("not-served", "")).instruction
    lines = "\n".join(re.findall("`([^`]+)`", said))
    assert read_policy(lines.encode()).covers("mail.example.com")


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


def test_what_the_reason_holds_comes_first() -> None:
    lines = ("version: STSv1", "mode: none", "max_age: 1")
    said = to_be_discovered("example.com", Reason("malformed-policy", "", "", lines)).instruction
    assert "`version: STSv1`, `mode: none`, `max_age: 1`." in said
    record = ('_mta-sts.example.com. 3600 IN TXT "v=STSv1; id=2"',)
    assert to_be_discovered("d", Reason("malformed-record", "", "", record)).publish == record
