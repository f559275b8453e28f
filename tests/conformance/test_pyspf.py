"""pyspf as a second opinion: policies and zones that hypothesis makes have the same result.

Where the two differ, the RFC was asked; each such difference is listed in :data:`DIFFERENCES`.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from mailcheck.engine import Engine
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.txt import txt_record
from mailcheck.finding import Finding, met
from tests.conformance.peer import Peer, Zones, ZonesWorld

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import SpfCheckFact

CLIENT = "192.0.2.1"
CLIENT6 = "2001:db8::1"
NAMES = [f"n{n}.example" for n in range(5)]
HOSTS = [*NAMES, "mail.n0.example", "nowhere.example"]
NEAR = ["192.0.2.1", "192.0.2.2", "192.0.3.1", "203.0.113.1"]
NEAR6 = ["2001:db8::1", "2001:db8::2", "2001:db8:1::1", "::1"]


PTR = "1.2.0.192.in-addr.arpa"


def txt(text: str) -> str:
    return txt_record("x", text.encode()).partition("TXT  ")[2]


@dataclass(frozen=True)
class Difference:
    """Zones of which pyspf makes something else, and the words of RFC 7208 that decide."""

    id: str
    zones: Zones
    here: str
    there: str
    why: str
    helo: str = "mail.n0.example"


def spf(terms: str, name: str = "n0.example") -> Zones:
    return {(name, "TXT"): [txt(f"v=spf1 {terms}")]}


DIFFERENCES = (
    Difference(
        "an include of oneself behind a match",
        spf("ip4:192.0.2.1 include:n0.example -all"),
        "pass",
        "permerror",
        "§4.6.4 limits the terms of an evaluation, and §4.6 has a match end it",
    ),
    Difference(
        "a redirect that is not followed",
        spf("a " * 10 + "ip4:192.0.2.1 redirect=n1.example") | {("n0.example", "A"): ["192.0.2.9"]},
        "pass",
        "permerror",
        "§6.1: redirect is evaluated if no directive matches; until then it asks nothing",
    ),
    Difference(
        "void lookups behind the exchange that matches",
        spf("mx -all")
        | {("n0.example", "MX"): [f"{n} n{n}.example." for n in range(1, 5)]}
        | {("n1.example", "A"): ["192.0.2.1"]},
        "pass",
        "permerror",
        "§5.4: if any address matches, the mechanism matches; nothing has to be asked any more",
    ),
    Difference(
        "an mx with exchanges that have no address",
        spf("mx -all") | {("n0.example", "MX"): [f"{n} n{n}.example." for n in range(1, 4)]},
        "fail",
        "permerror",
        "§4.6.4 limits the terms for which queries find nothing, and this is one",
    ),
    Difference(
        "a failure behind the exchange that matches",
        spf("mx -all")
        | {("n0.example", "MX"): ["1 n1.example.", "2 n2.example."]}
        | {("n1.example", "A"): ["192.0.2.1"], ("n2.example", "A"): []},
        "pass",
        "temperror",
        "§5.4, as above",
    ),
    Difference(
        "void lookups behind the name of the client that matches",
        spf("ptr -all")
        | {(PTR, "PTR"): ["n0.example.", "n1.example.", "n2.example.", "n3.example."]}
        | {("n0.example", "A"): ["192.0.2.1"]},
        "pass",
        "permerror",
        "§5.5: if any validated name matches, the mechanism does; its pseudocode looks all up before, "
        "and leaves open whether a limit may be reached by what cannot change the result",
    ),
    Difference(
        "a PTR lookup that fails",
        spf("ptr -all") | {(PTR, "PTR"): []},
        "fail",
        "temperror",
        "§5.5: if a DNS error occurs while doing the PTR lookup, the mechanism fails to match",
    ),
    Difference(
        "a name of the client that cannot be looked up",
        spf("ptr -all") | {(PTR, "PTR"): ["n0.example."], ("n0.example", "A"): []},
        "fail",
        "temperror",
        "§5.5: if a DNS error occurs while doing an A lookup, that name is skipped",
    ),
    Difference(
        "the client's name is not needed",
        spf("ip4:192.0.2.1 exists:%{p}.example -all") | {(PTR, "PTR"): []},
        "pass",
        "temperror",
        "§4.6.2 evaluates mechanisms in turn; §7.3: if a DNS error occurs, %{p} is unknown",
    ),
    Difference(
        "the client's name is one lookup more",
        spf("a " * 9 + "exists:%{p}.example +all") | {("n0.example", "A"): ["192.0.2.9"]},
        "permerror",
        "pass",
        "§4.6.4: PTR queries of %{p} are included in the limit of ten",
    ),
    Difference(
        "no part is kept",
        spf("exists:%{d0} +all"),
        "permerror",
        "pass",
        "§7.1: if a DIGIT is specified, it must be nonzero",
    ),
    Difference(
        "a delimiter that is none",
        spf("exists:%{l~} +all"),
        "permerror",
        "pass",
        "§7.1 lists the delimiters",
    ),
    Difference(
        "a capital that reverses",
        spf("exists:%{d2R} -all") | {("example.n0", "A"): ["127.0.0.2"]},
        "pass",
        "fail",
        "§12: literal strings of ABNF are case-insensitive (RFC 5234 §2.3)",
    ),
    Difference(
        "a modifier in capitals",
        spf("REDIRECT=n1.example") | spf("-all", "n1.example"),
        "fail",
        "neutral",
        "§12, as above",
    ),
    Difference(
        "an unknown modifier that stands twice",
        spf("x=1 x=2 +all"),
        "pass",
        "permerror",
        "§6: unrecognized modifiers must be ignored, no matter how often they appear",
    ),
    Difference(
        "a name that is too long by several labels",
        spf("exists:" + "%{d}." * 26 + "n1.example -all")
        | {(".".join(["n0.example"] * 22 + ["n1.example"]), "A"): ["127.0.0.2"]},
        "pass",
        "fail",
        "§7.3 removes labels until the name fits",
    ),
    Difference(
        "a single label",
        spf("include:%{h} -all") | spf("+all", "host"),
        "permerror",
        "pass",
        "§4.3: what is no multi-label domain name has the result none",
        helo="host",
    ),
)
"""Each was judged by the text of the RFC; the terms of the policies above avoid most of them."""


@pytest.mark.parametrize("one", [pytest.param(one, id=one.id) for one in DIFFERENCES])
def test_a_difference(one: Difference) -> None:
    asked = replace(question(), helo=one.helo)
    assert (evaluated(asked, one.zones).result, Peer(one.zones).opinion(asked)) == (
        one.here,
        one.there,
    )


def question(ip: str = CLIENT) -> SpfCheck:
    return SpfCheck(ipaddress.ip_address(ip), "n0.example", "user@n0.example", "mail.n0.example")


def evaluated(asked: SpfCheck, zones: Zones) -> SpfCheckFact:
    found: list[Any] = []

    async def judge() -> Finding:
        found.append(await asked)
        return met()

    engine = Engine(ZonesWorld(zones))
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Finding), outcome
    fact: SpfCheckFact = found[0]
    return fact


hosts = st.sampled_from(HOSTS)
macros = st.sampled_from(
    [
        *("%{d}", "%{d1}.example", "%{o}", "%{ir}.n1.example", "%{l}.n0.example", "%{h}", "%{s}"),
        *(
            "%{i}.%{v}.n2.example",
            "%{L1r-}.n0.example",
            "%%n0.example",
            "n0%-.example",
            "n0..example",
        ),
        *("%{d2r}.example", "a" * 64 + ".example", "%{H}.example", "%{o1r}%_.example"),
    ]
)
domains = st.one_of(hosts, hosts, macros)
# What expands to the domain itself is a difference of its own.
included = st.one_of(hosts, st.sampled_from(["%%n0.example", "%{L1r-}.n0.example", "n0..example"]))
lengths = st.sampled_from(["", "", "", "/24", "/0", "//64", "/24//64", "//0"])
qualifiers = st.sampled_from(["", "", "", "+", "-", "~", "?"])
mechanisms = st.one_of(
    st.sampled_from(
        [
            *(f"ip4:{ip}{rest}" for ip in NEAR for rest in ("", "/24", "/16", "/31", "/0")),
            *(f"ip6:{ip}{rest}" for ip in NEAR6 for rest in ("", "/64", "/32", "/127", "/0")),
            *("ip6:::ffff:192.0.2.1", "IP4:192.0.2.1", "ip6:2001:DB8::1"),
        ]
    ),
    st.builds("{}{}".format, st.sampled_from(["a", "mx", "A", "MX"]), lengths),
    st.builds("{}:{}{}".format, st.sampled_from(["a", "mx"]), domains, lengths),
    st.builds("include:{}".format, included),
    st.builds("include:{}".format, hosts),
    st.builds("exists:{}".format, domains),
    st.builds("ptr:{}".format, hosts),
    st.sampled_from(["ptr", "ptr:%{o}", "all"]),
)
modifiers = st.sampled_from(["x=", "y=%{d}", "z.a-b_c=a:b/c", "v=spf1"])
broken = st.one_of(
    st.sampled_from(
        [
            *(
                "ip4:192.0.2",
                "ip4:192.0.2.01",
                "ip4:192.0.2.1/33",
                "ip6:1::2::3",
                "ip4",
                "ip6:::1/129",
            ),
            *(
                "ip6:192.0.2.1",
                "ip4:2001:db8::1",
                "include",
                "exists",
                "moo",
                "all.",
                "x=%a",
                "ptr/24",
            ),
            *(
                "include:",
                "exists:",
                "redirect=",
                "all:n0.example",
                "all/8",
                "1up=foo",
                "=all",
                "++a",
            ),
            *(
                "redirect:n0.example",
                "ip4:192.0.2.1//32",
                "ip4:192.0.2.1/024",
                "192.0.2.1",
                "n0.example",
            ),
        ]
    ),
    st.builds(
        "{}:{}".format,
        st.sampled_from(["a", "mx", "include", "exists", "ptr"]),
        st.sampled_from(
            [
                *(
                    "n0",
                    "192.0.2.1",
                    "n0.example/",
                    "%{x}.example",
                    "n0.-example",
                    "%d.example",
                    "",
                ),
                *(
                    "n0.123",
                    "%{d",
                    "n0.example:25",
                    "%{c}.example",
                    "n0.example/33",
                    "n0.example//129",
                ),
            ]
        ),
    ),
    st.builds("{}{}".format, st.sampled_from(["a", "mx"]), st.sampled_from(["/", "/33", "/24/64"])),
)
directives = st.builds("{}{}".format, qualifiers, mechanisms)
redirects = st.builds("redirect={}".format, domains)


@st.composite
def made_record(draw: st.DrawFn) -> str:
    """Draw a record, mostly one without fault."""
    terms = draw(st.lists(directives, max_size=6))
    terms += draw(st.lists(modifiers, max_size=1)) + draw(st.lists(redirects, max_size=1))
    if draw(st.integers(0, 9)) == 0:
        terms.insert(draw(st.integers(0, len(terms))), draw(broken))
    return draw(st.sampled_from([" ", " ", "  "])).join(["v=spf1", *terms])


@st.composite
def made_zones(draw: st.DrawFn) -> Zones:
    """A handful of names with records that point at each other; some lookups fail."""
    zones: Zones = {}
    for name in NAMES:
        if name == "n0.example" or draw(st.integers(0, 3)):
            texts = {
                txt(draw(made_record()).replace(f"include:{name}", "include:mail.n0.example"))
                for _ in range(1 + (draw(st.integers(0, 15)) == 0))
            }
            zones[name, "TXT"] = sorted({*texts, *draw(st.sampled_from([[], ['"hello"']]))})
    for name in [*NAMES, "mail.n0.example", "user.n0.example"]:
        if addresses := draw(st.lists(st.sampled_from(NEAR), max_size=2, unique=True)):
            zones[name, "A"] = addresses
        if addresses := draw(st.lists(st.sampled_from(NEAR6), max_size=2, unique=True)):
            zones[name, "AAAA"] = addresses
        if exchanges := draw(st.lists(hosts, max_size=3, unique=True)):
            zones[name, "MX"] = [f"{n} {host}." for n, host in enumerate(exchanges)]
    if pointers := draw(st.lists(hosts, max_size=3, unique=True)):
        for ip in (CLIENT, CLIENT6):
            zones[ipaddress.ip_address(ip).reverse_pointer, "PTR"] = [f"{p}." for p in pointers]
    if draw(st.integers(0, 3)) == 0:
        zones[draw(st.sampled_from(sorted(zones)))] = []
    return zones


def excused(zones: Zones, fact: SpfCheckFact, peer: Peer) -> str:
    """Return which of the listed differences may be at work; the empty text if none can be."""
    texts = " ".join(
        text for (_, rdtype), data in zones.items() if rdtype == "TXT" for text in data
    )
    if "Void lookup" in peer.why and ("mx" in texts or "ptr" in texts):
        return "lookups that find nothing, of one term"
    decided_by = {step.term.mechanism for step in fact.path if isinstance(step.term, Directive)}
    if "redirect=" in texts and fact.lookups >= MOST_LOOKUPS - 1:
        return "a redirect that is not followed"
    if "mx" in decided_by:
        return "lookups behind the exchange that matches"
    if "ptr" in decided_by or fact.overlooked or _some_name_fails(zones):
        return "lookups of names behind the one that matches, and those that fail"
    return ""


def _some_name_fails(zones: Zones) -> bool:
    named = {p for (_, rdtype), data in zones.items() if rdtype == "PTR" for p in data}
    return any(zones.get((n.removesuffix("."), t)) == [] for n in named for t in ("A", "AAAA"))


@settings(max_examples=400)
@given(made_zones(), st.sampled_from([CLIENT, CLIENT6]))
def test_both_say_the_same(zones: Zones, ip: str) -> None:
    asked = question(ip)
    fact = evaluated(asked, zones)
    peer = Peer(zones)
    theirs = peer.opinion(asked)
    event(fact.result)
    if fact.result != theirs:
        why = excused(zones, fact, peer)
        event(f"differs: {why}")
        assert why, f"{fact.result} here, {theirs} there: {fact}"
