"""What a run was told about blocklists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists.reading import shipped
from mailcheck.errors import SourceError, UsageError
from mailcheck.facts.dns import name_server
from mailcheck.secrets import Secret
from mailcheck.settings import Settings
from mailcheck.world.lists import lists_of

if TYPE_CHECKING:
    from pathlib import Path

SERVER = name_server("192.0.2.1")
OURS = "blocklists: 1\nlists:\n  ours.example: {default: yes, codes: {127.0.0.9: 'spam, ours'}}\n"


def test_without_a_word_they_are_those_that_are_shipped() -> None:
    run = lists_of(Settings(), ())()
    assert run.registry.lists.keys() == shipped().lists.keys()
    assert (run.resolvers, run.authoritative, dict(run.keys)) == ((), False, {})


def test_the_shipped_ones_are_read_when_somebody_asks() -> None:
    """Of two thousand lines of YAML, most runs want none."""
    shipped.cache_clear()
    make = lists_of(Settings(), ())
    assert shipped.cache_info().currsize == 0
    make()
    assert shipped.cache_info().currsize == 1


def test_a_file_adds_to_them(tmp_path: Path) -> None:
    (tmp_path / "lists.yml").write_text(OURS, "utf-8")
    run = lists_of(Settings(blocklists=tmp_path / "lists.yml"), (SERVER,))()
    assert run.resolvers == (SERVER,)
    assert "ours.example" in [one.zone for one in run.by_default("ip4")]
    assert run.registry.find("zen.spamhaus.org").operator == "Spamhaus"


def test_a_file_that_cannot_be_read_is_told_before_anybody_asks(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"lists\.yml"):
        lists_of(Settings(blocklists=tmp_path / "lists.yml"), ())


def test_keys_belong_to_their_zones() -> None:
    secret = Secret("DQS")
    run = lists_of(Settings(blocklist_keys=(("zen.dq.spamhaus.net", secret),)), ())()
    assert next(one.zone for one in run.of_dul("ip4")) == "zen.dq.spamhaus.net"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        pytest.param("zen.spamhaus.org", "zen.dq.spamhaus.net does", id="its public zone"),
        pytest.param("bl.spamcop.net", "take a key", id="a list that has none"),
        pytest.param("dnsbl.sorbs.net", "take a key", id="a list that ended"),
    ],
)
def test_a_key_that_its_list_would_misread_is_refused(zone: str, said: str) -> None:
    """As part of an address, and so nothing would be listed."""
    with pytest.raises(UsageError, match=said) as raised:
        lists_of(Settings(blocklist_keys=((zone, Secret("DQS")),)), ())
    assert zone in str(raised.value)


def test_a_list_that_nobody_described_may_take_one() -> None:
    run = lists_of(Settings(blocklist_keys=(("ours.example", Secret("OURS")),)), ())()
    assert run.zone_asked(run.registry.find("ours.example")) == "${env:OURS}.ours.example"


def test_a_network_that_holds_one_list_has_one_list() -> None:
    run = lists_of(Settings(), (), lambda zone: zone == "zen.spamhaus.org")()
    assert [one.zone for one in run.of_dul("ip4")] == ["zen.spamhaus.org"]
    assert [one.zone for one in run.by_default("ip4")] == ["zen.spamhaus.org"]
