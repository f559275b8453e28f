"""What a run may ask of a blocklist for nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists.registry import unknown
from mailcheck.catalogue import load_catalogue
from mailcheck.errors import UsageError
from mailcheck.list_quota import refuse_too_many
from mailcheck.secrets import Secret
from mailcheck.settings import Settings
from mailcheck.suite.load import load_item

if TYPE_CHECKING:
    from mailcheck.suite.requirement import Requirement

CATALOGUE = load_catalogue(None)
LIVE = Settings(blocklist_limit=3)


def said(sentence: str, count: int) -> list[Requirement]:
    """Say *sentence* of so many addresses or domains."""
    return [r for n in range(count) for r in load_item(sentence.format(n), CATALOGUE)]


@pytest.mark.parametrize(
    ("sentence", "zone"),
    [
        pytest.param("IP 203.0.113.{} is not on list.example", "list.example", id="a list"),
        pytest.param("IP 203.0.113.{} is not on DUL", "zen.spamhaus.org", id="DUL"),
        pytest.param("IP 203.0.113.{} is not on any blocklist", "zen.spamhaus.org", id="any"),
        pytest.param(
            "domain d{}.example is not on any blocklist", "dbl.spamhaus.org", id="domains"
        ),
    ],
)
def test_more_than_so_many_are_refused_before_anything_is_asked(sentence: str, zone: str) -> None:
    refuse_too_many(said(sentence, 3), LIVE)
    with pytest.raises(UsageError, match="4 subjects") as raised:
        refuse_too_many(said(sentence, 4), LIVE)
    assert zone in str(raised.value)


def test_the_keyed_service_is_named_and_with_its_key_nothing_is_refused() -> None:
    asked = said("IP 203.0.113.{} is not on zen.spamhaus.org", 4)
    with pytest.raises(UsageError, match=r"zen\.dq\.spamhaus\.net"):
        refuse_too_many(asked, LIVE)
    keyed = replace(LIVE, blocklist_keys=(("zen.dq.spamhaus.net", Secret("DQS")),))
    refuse_too_many(said("IP 203.0.113.{} is not on zen.dq.spamhaus.net", 4), keyed)


def test_every_list_that_would_be_asked_too_much_is_named() -> None:
    with pytest.raises(UsageError, match=r"zen\.spamhaus\.org \(and of dyna\.spamrats\.com, noptr"):
        refuse_too_many(said("IP 203.0.113.{} is not on DUL", 4), LIVE)


def test_a_list_that_takes_a_key_is_named_itself() -> None:
    with pytest.raises(UsageError, match=r"take a key for spam\.spamrats\.com"):
        refuse_too_many(said("IP 203.0.113.{} is not on spam.spamrats.com", 4), LIVE)


def test_what_cannot_be_asked_is_not_counted() -> None:
    """Lists that answer nobody without a key, and DUL without one for them."""
    refuse_too_many(said("IP 203.0.113.{} is not on combined.mail.abusix.zone", 4), LIVE)
    keys = ("zen.dq.spamhaus.net", "dyna.spamrats.com", "noptr.spamrats.com")
    keyed = replace(LIVE, blocklist_keys=tuple((zone, Secret("KEY")) for zone in keys))
    refuse_too_many(said("IP 203.0.113.{} is not on DUL", 4), keyed)


def test_addresses_that_a_list_does_not_take_are_not_counted() -> None:
    """They are not asked for."""
    refuse_too_many(said("IP 2001:db8::{} is not on bl.spamcop.net", 4), LIVE)
    refuse_too_many(said("IP 203.0.113.{} is not on dbl.spamhaus.org", 4), LIVE)


def test_lists_of_a_block_are_counted() -> None:
    ours = unknown("ours.example", default=True)
    asked = said("domain d{}.example is not on any blocklist", 4)
    with pytest.raises(UsageError, match=r"ours\.example"):
        refuse_too_many([one._replace(lists=(ours,)) for one in asked], LIVE)


def test_a_subject_counts_once_and_a_lab_asks_nobody() -> None:
    same = said("IP 203.0.113.7 is not on list.example", 9)
    refuse_too_many(same, LIVE)
    many = said("IP 203.0.113.{} is not on list.example", 9)
    refuse_too_many(many, replace(LIVE, lab="auto"))


def test_what_asks_no_list_is_not_counted() -> None:
    refuse_too_many(said("domain d{}.example has MX", 9), LIVE)
