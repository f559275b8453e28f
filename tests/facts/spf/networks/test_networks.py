"""The networks that SPF lets pass: those for whose clients the evaluation says pass."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.networks.networks import SpfNetworks
from mailcheck.facts.txt import txt_record
from mailcheck.question import Unobserved
from tests.facts.conftest import answer_to

if TYPE_CHECKING:
    from mailcheck.facts.spf.networks.authorised import SpfNetworksFact


LAST = "the last of them for AAAA of d.example"


def listed(*said: str, domain: str = "example.com") -> Any:
    return answer_to(SpfNetworks(domain), *(told(*line.split(": ", 1)) for line in said))


def spf(text: str, name: str = "example.com") -> str:
    return f'{name} TXT: "v=spf1 {text}"'


def shown(fact: SpfNetworksFact) -> list[str]:
    return [f"{' '.join(o.path)} {o.term} {' '.join(map(str, o.networks))}" for o in fact.listed]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            (spf("ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"),),
            [
                "example.com ip4:192.0.2.0/24 192.0.2.0/24",
                "example.com ip6:2001:db8::/32 2001:db8::/32",
            ],
            id="networks of both families",
        ),
        pytest.param(
            (spf("-ip4:192.0.2.0/25 ip4:192.0.2.0/24 -all"),),
            ["example.com ip4:192.0.2.0/24 192.0.2.128/25"],
            id="what is kept out before",
        ),
        pytest.param(
            (spf("ip4:192.0.2.0/24 -ip4:192.0.2.0/25 -all"),),
            ["example.com ip4:192.0.2.0/24 192.0.2.0/24"],
            id="what is kept out too late",
        ),
        pytest.param(
            (spf("?ip4:192.0.2.0/24 ~ip4:198.51.100.0/24 all:x"),), [], id="nobody, and a fault"
        ),
        pytest.param(
            (spf("+all"),), ["example.com +all 0.0.0.0/0 ::/0"], id="everybody, of both families"
        ),
        pytest.param(
            (spf("-all ip4:192.0.2.1"),), [], id="nothing after all, and no redirect either"
        ),
        pytest.param(
            (spf("a/24//64 -all"), "example.com A: 192.0.2.9", "example.com AAAA: 2001:db8::9"),
            ["example.com a/24//64 192.0.2.0/24 2001:db8::/64"],
            id="a with lengths",
        ),
        pytest.param(
            (
                spf("mx -all"),
                "example.com MX: 10 a.example. | 20 b.example. | 30 .",
                "a.example A: 192.0.2.1",
                "a.example AAAA: NODATA",
                "b.example A: 192.0.2.3",
                "b.example AAAA: 2001:db8::1",
            ),
            ["example.com mx 192.0.2.1/32 192.0.2.3/32 2001:db8::1/128"],
            id="exchanges",
        ),
        pytest.param(
            (
                spf("include:b.example ip4:192.0.2.1 -all"),
                spf("ip4:198.51.100.0/24 include:c.example -all", "b.example"),
                spf("-ip4:203.0.113.0/25 ip4:203.0.113.0/24 ~all", "c.example"),
            ),
            [
                "example.com b.example ip4:198.51.100.0/24 198.51.100.0/24",
                "example.com b.example c.example ip4:203.0.113.0/24 203.0.113.128/25",
                "example.com ip4:192.0.2.1 192.0.2.1/32",
            ],
            id="includes in includes, of which only what passes counts",
        ),
        pytest.param(
            (spf("-include:b.example ip4:192.0.2.0/24"), spf("ip4:192.0.2.0/25", "b.example")),
            ["example.com ip4:192.0.2.0/24 192.0.2.128/25"],
            id="an include that keeps out",
        ),
        pytest.param(
            (spf("-ip4:192.0.2.0/25 redirect=b.example"), spf("ip4:192.0.2.0/24", "b.example")),
            ["example.com b.example ip4:192.0.2.0/24 192.0.2.128/25"],
            id="redirect decides about those that are left",
        ),
        pytest.param(
            (spf("include:_spf.%{d} -all"), spf("ip4:192.0.2.1 -all", "_spf.example.com")),
            ["example.com _spf.example.com ip4:192.0.2.1 192.0.2.1/32"],
            id="a macro that is the same for all clients",
        ),
        pytest.param(
            (spf("exists:b.example -all"), "b.example A: 127.0.0.2"),
            ["example.com exists:b.example 0.0.0.0/0 ::/0"],
            id="a name that is there for all clients",
        ),
    ],
)
def test_each_term_lists_whom_it_lets_pass(said: tuple[str, ...], expected: list[str]) -> None:
    assert shown(listed(*said)) == expected


def test_where_everything_is_decided_nothing_is_asked() -> None:
    fact = listed(spf("ip4:0.0.0.0/0 ip6:::/0 include:b.example"))
    assert (len(fact.listed), fact.unknown) == (2, None)


@pytest.mark.parametrize(
    ("record", "unlisted"),
    [
        pytest.param("ptr -all", [("ptr", True)], id="ptr"),
        pytest.param("ptr:b.example", [("ptr:b.example", True)], id="ptr of another"),
        pytest.param("-exists:%{i}.b.example", [("-exists:%{i}.b.example", False)], id="exists"),
        pytest.param("a:%{l}.b.example", [("a:%{l}.b.example", True)], id="a"),
        pytest.param("redirect=%{i}.b.example", [("redirect=%{i}.b.example", True)], id="redirect"),
        pytest.param("?include:%{s}.b.example", [("?include:%{s}.b.example", False)], id="include"),
    ],
)
def test_what_depends_on_the_client_is_named(record: str, unlisted: list[tuple[str, bool]]) -> None:
    fact = listed(spf(record))
    assert [(one.term, one.passes) for one in fact.unlisted] == unlisted
    assert fact.networks == ()


def test_what_cannot_be_listed_in_an_include_that_keeps_out_lets_nobody_pass() -> None:
    fact = listed(spf("-include:b.example +all"), spf("ptr", "b.example"))
    assert [(one.path, one.passes) for one in fact.unlisted] == [
        (("example.com", "b.example"), False)
    ]


@pytest.mark.parametrize(
    ("said", "networks", "ended"),
    [
        pytest.param(
            (spf("ip4:192.0.2.1 include:b.example ip4:192.0.2.3"), "b.example TXT: NODATA"),
            ["192.0.2.1/32"],
            ["example.com include leads to b.example, which has no SPF record"],
            id="an include without a record",
        ),
        pytest.param(
            (spf("include:b.example ip4:192.0.2.3"), spf("ip4:192.0.2.1 ip5:x", "b.example")),
            [],
            ['b.example in ip5:x, "ip5" is no mechanism'],
            id="an include with a fault",
        ),
        pytest.param(
            (spf("ip4:192.0.2.1 redirect=example.com"),),
            ["192.0.2.1/32"],
            ["example.com 11 terms ask DNS, and 10 may"],
            id="a loop",
        ),
        pytest.param(
            (
                spf(f"exists:%{{p}}.b.example {'a:b.example ' * 8} ip4:192.0.2.1 a:b.example"),
                "b.example A: 192.0.2.9",
                "b.example AAAA: 2001:db8::9",
            ),
            ["192.0.2.1/32", "192.0.2.9/32", "2001:db8::9/128"],
            ["example.com 11 terms ask DNS, and 10 may"],
            id="the name of the client counts, once",
        ),
        pytest.param(
            (
                spf("a:b.example a:c.example a:d.example ip4:192.0.2.1 ip6:2001:db8::1"),
                *(f"{n}.example A: 192.0.2.9" for n in "bcd"),
                *(f"{n}.example AAAA: NODATA" for n in "bcd"),
            ),
            ["192.0.2.1/32", "192.0.2.9/32"],
            [
                "example.com for IPv6, 3 terms found nothing, and 2 should at most; " + LAST,
            ],
            id="one family finds too little",
        ),
        pytest.param(
            (
                spf("ip4:192.0.2.1 mx:b.example ip4:192.0.2.3"),
                "b.example MX: " + " | ".join(f"10 m{n}.example." for n in range(11)),
            ),
            ["192.0.2.1/32"],
            ["example.com b.example has 11 exchanges, and 10 may be asked"],
            id="too many exchanges",
        ),
        pytest.param(
            ('example.com TXT: "v=spf1 ip4:192.0.2.1" | "v=spf1 -all"',),
            [],
            ["example.com example.com has 2 records that begin with v=spf1"],
            id="two records",
        ),
        pytest.param(
            (spf("ip4:192.0.2.1 a:b.example ip4:192.0.2.3"), "b.example A: REFUSED-BY-AUTHORITY"),
            ["192.0.2.1/32"],
            ["example.com for IPv4, all name servers of b.example refuse to answer"],
            id="servers that refuse; the other family is unknown",
        ),
    ],
)
def test_where_it_breaks_off_who_passed_before_passes(
    said: tuple[str, ...], networks: list[str], ended: list[str]
) -> None:
    fact = listed(*said)
    assert [str(network) for network in fact.networks] == networks
    assert [f"{end.domain} {end}" for end in fact.ended] == ended


@pytest.mark.parametrize(
    ("included", "networks", "undecided"),
    [
        pytest.param(
            "-ip4:192.0.2.0/24 include:none.example", ["192.0.2.0/25"], [], id="a permerror"
        ),
        pytest.param(
            "-ip4:192.0.2.0/24 include:lost.example",
            ["192.0.2.0/25"],
            ["0.0.0.0/1"],
            id="a temperror",
        ),
        pytest.param(
            "-ip4:192.0.2.0/24" + " a:h.example" * 9,
            ["192.0.2.0/25", "198.51.100.1/32"],
            [],
            id="too many lookups",
        ),
        pytest.param(
            "?ip4:192.0.2.0/24 a:none.example a:none.example a:none.example",
            ["192.0.2.0/25"],
            [],
            id="too many void lookups",
        ),
    ],
)
def test_who_is_matched_in_an_include_goes_on_where_others_break_off(
    included: str, networks: list[str], undecided: list[str]
) -> None:
    fact = listed(
        spf("-ip6:::/0 include:b.example a:g.example ip4:192.0.2.0/25 -all"),
        spf(included, "b.example"),
        "g.example A: 203.0.113.1",
        "h.example A: 198.51.100.1",
        "none.example TXT: NODATA",
        "none.example A: NODATA",
        "lost.example TXT: TIMEOUT",
    )
    assert [str(network) for network in fact.networks] == networks
    assert [str(network) for network in fact.undecided[:1]] == undecided


def test_more_terms_than_are_followed_leave_open_who_comes_there() -> None:
    """Each include keeps some out before it has asked, and these come to the next."""
    fact = listed(
        spf(" ".join(f"include:i{n}.example" for n in range(9)) + " -all"),
        *(
            spf(f"-ip4:192.0.2.1 {f'a:h.example -ip4:192.0.2.{n + 2} ' * 8}", f"i{n}.example")
            for n in range(9)
        ),
        "h.example A: 198.51.100.1",
        "h.example AAAA: 2001:db8::1",
    )
    assert fact.unknown is not None
    assert fact.unknown.cause == "too-many-terms"
    assert [str(network) for network in fact.undecided] == ["192.0.2.1/32"]


def test_what_could_not_be_looked_up_leaves_open_what_nothing_decided() -> None:
    fact = listed(
        spf("ip4:192.0.2.0/24 -ip6:::/0 include:b.example ip4:198.51.100.1 -all"),
        "b.example TXT: TIMEOUT",
    )
    assert fact.unknown is not None
    assert fact.unknown.cause == "timeout"
    assert [str(network) for network in fact.networks] == ["192.0.2.0/24"]
    assert {network.version for network in fact.undecided} == {4}
    assert not any(n.overlaps(ipaddress.ip_network("192.0.2.0/24")) for n in fact.undecided)
    assert sum(n.num_addresses for n in fact.undecided) == 2**32 - 256


def test_exchanges_that_were_found_before_one_is_unknown_pass() -> None:
    fact = listed(
        spf("mx"),
        "example.com MX: 10 a.example. | 20 b.example. | 30 c.example.",
        "a.example A: 192.0.2.1",
        "b.example A: TIMEOUT",
        "c.example A: 192.0.2.3",
    )
    assert [str(network) for network in fact.networks] == ["192.0.2.1/32"]


@pytest.mark.parametrize(
    ("said", "absent"),
    [
        pytest.param("example.com TXT: NXDOMAIN", "no-such-domain", id="no such domain"),
        pytest.param('example.com TXT: "something"', "", id="no record"),
    ],
)
def test_a_domain_without_a_record(said: str, absent: str) -> None:
    fact = listed(said)
    assert fact.record is None
    assert (fact.absent.tag if fact.absent else "") == absent


def test_the_record_stands_where_an_alias_leads() -> None:
    fact = listed('example.com TXT: -> spf.example | "v=spf1 -all"')
    assert fact.owner == "spf.example"


def test_more_networks_than_are_listed() -> None:
    """Spans of IPv6 that are no networks: each is made of hundreds."""
    out = " ".join(f"-ip6:2001:db8:{n:x}::1" for n in range(500))
    record = txt_record("example.com", f"v=spf1 {out} ip6:2001:db8::/32".encode())
    fact = listed(f"example.com TXT: {record.partition('TXT')[2].strip()}")
    assert isinstance(fact, Unobserved)
    assert fact.cause == "too-many-networks"


NETWORKS = st.sampled_from(
    ["192.0.2.0/24", "192.0.2.0/25", "192.0.2.64/26", "192.0.2.65", "192.0.0.0/8", "0.0.0.0/0"]
)
NAMES = ("example.com", "b.example", "c.example")
QUALIFIERS = st.sampled_from(["", "", "-", "~", "?"])
TERMS = st.one_of(
    NETWORKS.map("ip4:{}".format),
    st.sampled_from(
        ["a:h.example/25", "a", "mx:h.example", "exists:h.example", "exists:none.example"],
    ),
    st.sampled_from(
        ["a:none.example", "a:lost.example", "bad:term"],
    ),
    st.sampled_from(NAMES[1:]).map("include:{}".format),
    st.just("all"),
)
RECORDS = st.tuples(
    st.lists(st.tuples(QUALIFIERS, TERMS).map("".join), max_size=5).map(" ".join),
    st.sampled_from(["", "", " redirect=c.example", " redirect=none.example"]),
).map("".join)
CLIENTS = [f"192.0.2.{n}" for n in (0, 1, 63, 64, 65, 127, 128, 255)] + ["192.1.1.1", "8.8.8.8"]


@settings(deadline=None, max_examples=300)
@given(st.tuples(RECORDS, RECORDS, RECORDS))
def test_it_lists_just_the_clients_that_pass(records: tuple[str, str, str]) -> None:
    """Held against the evaluation of each client, the limits and what breaks off included."""
    zone = [told(f"{n} TXT", f'"v=spf1 {r}"') for n, r in zip(NAMES, records, strict=True)]
    zone += [told(f"{name} A", "192.0.2.65") for name in (*NAMES, "h.example")]
    zone += [told("h.example MX", "10 h.example."), told("none.example TXT", "NODATA")]
    zone += [told("none.example A", "NXDOMAIN"), told("lost.example A", "TIMEOUT")]
    fact = answer_to(SpfNetworks("example.com"), *zone)
    if fact.unknown and fact.unknown.cause == "too-many-terms":
        return
    for client in map(ipaddress.ip_address, CLIENTS):
        result = answer_to(SpfCheck(client, "example.com", "a@example.com", "h.example"), *zone)
        passes = any(client in network for network in fact.networks)
        undecided = any(client in network for network in fact.undecided)
        assert passes == (result.result == "pass"), (client, result)
        assert undecided == (result.result == "temperror"), (client, result)
        if result.fault:
            assert result.fault in [end.fault for end in fact.ended]
