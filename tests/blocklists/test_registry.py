"""Lists by their zones."""

from __future__ import annotations

from ipaddress import IPv4Address

from mailcheck.blocklists import Blocklist, Registry

LIVE = Blocklist("live.example", dul="extra", default=True, takes=frozenset({"ip4"}))
MAIN = Blocklist("main.example", dul="essential", takes=frozenset({"ip4", "ip6"}))
GONE = Blocklist("gone.example", defunct="2024-01-31, nothing", dul="extra", default=True)
KNOWN = Registry({one.zone: one for one in (LIVE, MAIN, GONE)})


def test_a_list_is_found_by_its_zone() -> None:
    assert KNOWN.find("live.example") is LIVE


def test_what_lay_below_a_defunct_list_is_defunct() -> None:
    assert KNOWN.find("dul.dnsbl.gone.example") is GONE


def test_what_lies_below_a_live_list_is_another() -> None:
    assert KNOWN.find("other.live.example").zone == "other.live.example"


def test_of_an_unknown_list_one_code_means_listed() -> None:
    one = KNOWN.find("private.example")
    assert [m.category for m in one.meanings(IPv4Address("127.0.0.2"))] == ["listed"]
    assert one.meanings(IPv4Address("127.0.0.3")) == ()
    assert one.takes == {"ip4", "ip6", "domain"}


def test_essential_lists_of_dynamic_users_come_first_and_defunct_ones_do_not() -> None:
    assert [one.zone for one in KNOWN.of_dul("ip4")] == ["main.example", "live.example"]
    assert [one.zone for one in KNOWN.of_dul("ip6")] == ["main.example"]


def test_what_stands_in_for_another_list_is_not_asked_beside_it() -> None:
    public = Blocklist("public.example", dul="essential", keyed="keyed.example")
    keyed = Blocklist("keyed.example", dul="essential", key="required")
    known = Registry({one.zone: one for one in (public, keyed)})
    assert known.of_dul("ip4") == (public,)


def test_defaults_are_live_and_take_what_is_asked() -> None:
    assert KNOWN.by_default("ip4") == (LIVE,)
    assert KNOWN.by_default("ip6") == ()


def test_a_project_may_describe_a_list_anew() -> None:
    again = Blocklist("live.example", operator="ours")
    more = KNOWN.extended(Registry({"live.example": again}))
    assert more.find("live.example") is again
    assert more.find("main.example") is MAIN


def test_in_a_network_that_holds_few_lists_these_are_the_sets() -> None:
    held = KNOWN.within(lambda zone: zone == "live.example")
    assert [one.zone for one in held.of_dul("ip4")] == ["main.example", "live.example"]
    assert [one.zone for one in held.by_default("ip4")] == ["live.example"]
    none = KNOWN.within(lambda _: False)
    assert [one.zone for one in none.of_dul("ip4")] == ["main.example"], "the essential one"
    assert none.by_default("ip4") == ()
    assert held.find("live.example").takes == LIVE.takes
