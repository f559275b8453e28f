"""How a suite names a list, and whom a run asks about lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import Blocklist, Registry
from mailcheck.engine import Engine
from mailcheck.facts.authority import told_by
from mailcheck.facts.blocklists import ListLookup, ListZone, RunBlocklists, RunBlocklistsFact
from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.finding import Finding
from mailcheck.question import Unobserved, each_of
from mailcheck.secrets import Secret
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.dns import NameServer

ONE, TWO = name_server("192.0.2.1"), name_server("192.0.2.2")
NAME = "2.0.0.127.list.example"


@pytest.mark.parametrize("text", ["DUL", "PBL", "", "192.0.2.1", "a..b", "b c.example"])
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ListZone.parse(text)


def test_a_zone_is_read_in_normal_form() -> None:
    assert ListZone.parse("DNSBL.Example.NET.") == "dnsbl.example.net"


def looked_up(
    run: RunBlocklistsFact, *answers: Told, server: NameServer | None = None
) -> DnsAnswer | Unobserved:
    """Look up the test point in a run that was told *run*."""
    found: list[DnsAnswer | Unobserved] = []

    async def ask() -> Finding:
        found.extend(await each_of([ListLookup(NAME, "A", server)]))
        return Finding()

    engine = Engine(ToldWorld([(RunBlocklists(), run), *answers]))
    engine.finish(engine.plan(ask))
    return found[0]


def test_the_run_s_resolvers_are_asked_unless_there_are_others() -> None:
    said = looked_up(RunBlocklistsFact(Registry({})), told(f"{NAME} A", "127.0.0.2"))
    assert isinstance(said, DnsAnswer)
    assert said.texts == ("127.0.0.2",)


def test_a_resolver_of_its_own_is_asked_by_itself() -> None:
    run = RunBlocklistsFact(Registry({}), (ONE, TWO))
    silent = told_by(ONE, f"{NAME} A", "TIMEOUT", recursive=True)
    answers = told_by(TWO, f"{NAME} A", "127.0.0.4", recursive=True)
    first = looked_up(run, silent, answers, server=ONE)
    assert isinstance(first, Unobserved)
    second = looked_up(run, silent, answers, server=TWO)
    assert isinstance(second, DnsAnswer)
    assert second.texts == ("127.0.0.4",)
    assert run.askers == (ONE, TWO)
    assert RunBlocklistsFact(Registry({}), (ONE,), authoritative=True).askers == (None,)


def test_an_alias_that_a_resolver_leaves_unfollowed_is_followed() -> None:
    run = RunBlocklistsFact(Registry({}), (ONE,))
    alias = told_by(ONE, f"{NAME} A", "-> spam.codes.example | NODATA", recursive=True)
    target = told_by(ONE, "spam.codes.example A", "127.0.0.2", recursive=True)
    said = looked_up(run, alias, target, server=ONE)
    assert isinstance(said, DnsAnswer)
    assert (said.name, said.aliases, said.texts) == (NAME, ("spam.codes.example",), ("127.0.0.2",))


def test_aliases_that_a_resolver_leads_in_a_circle_are_no_answer() -> None:
    run = RunBlocklistsFact(Registry({}), (ONE,))
    there = told_by(ONE, f"{NAME} A", "-> b.example | NODATA", recursive=True)
    back = told_by(ONE, "b.example A", f"-> {NAME} | NODATA", recursive=True)
    said = looked_up(run, there, back, server=ONE)
    assert isinstance(said, Unobserved)
    assert said.cause == "alias-loop"


def test_a_key_stands_before_its_zone_by_name() -> None:
    one = Blocklist("list.example", key="required")
    without = RunBlocklistsFact(Registry({}))
    keyed = RunBlocklistsFact(Registry({}), keys={"list.example": Secret("LIST_KEY")})
    assert not without.is_usable(one)
    assert keyed.is_usable(one)
    assert keyed.zone_asked(one) == "${env:LIST_KEY}.list.example"
    assert without.zone_asked(Blocklist("other.example")) == "other.example"


def test_a_defunct_list_is_not_usable() -> None:
    assert not RunBlocklistsFact(Registry({})).is_usable(Blocklist("x.example", defunct="2024"))


def test_a_keyed_list_is_asked_in_place_of_the_one_it_stands_in_for() -> None:
    public = Blocklist("public.example", dul="essential", default=True, keyed="keyed.example")
    keyed = Blocklist("keyed.example", dul="essential", key="required")
    known = Registry({one.zone: one for one in (public, keyed)})
    without = RunBlocklistsFact(known)
    having = RunBlocklistsFact(known, keys={"keyed.example": Secret("KEY")})
    assert without.of_dul("ip4") == without.by_default("ip4") == (public,)
    assert having.of_dul("ip4") == having.by_default("ip4") == (keyed,)


PUBLIC = Blocklist("zen.example", dul="essential", keyed="keyed.example")
KEYED = Blocklist("keyed.example", dul="essential", key="required")
EXTRA = Blocklist("extra.example", dul="extra", key="required")


@pytest.mark.parametrize(
    ("lists", "keys", "zones"),
    [
        pytest.param((PUBLIC, KEYED), (), ["zen.example"], id="the public one"),
        pytest.param((PUBLIC, KEYED), ("keyed.example",), ["keyed.example"], id="with a key"),
        pytest.param(
            (replace(PUBLIC, keyed=""), KEYED), (), ["zen.example"], id="the public one, copied"
        ),
        pytest.param((KEYED,), (), ["keyed.example"], id="there is no other"),
        pytest.param(
            (PUBLIC, EXTRA), (), ["zen.example", "extra.example"], id="others are told of"
        ),
    ],
)
def test_an_essential_list_that_cannot_be_asked_is_none_beside_one_that_can(
    lists: tuple[Blocklist, ...], keys: tuple[str, ...], zones: list[str]
) -> None:
    known = Registry({one.zone: one for one in lists})
    run = RunBlocklistsFact(known, keys={zone: Secret("KEY") for zone in keys})
    assert [one.zone for one in run.of_dul("ip4")] == zones
