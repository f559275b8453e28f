"""How a resolver behaves, by what it says of the root and of names that do not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.conduct import ConductFact, ResolverConduct, conduct
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, Source, name_server
from mailcheck.facts.dns import told as told_of
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.root import RunRoot, RunRootFact
from mailcheck.facts.run import RunLabel, RunLabelFact, RunResolvers, RunResolversFact
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.check import Told

RESOLVER = name_server("192.0.2.53")
LABEL = (RunLabel(), RunLabelFact("qzxv"))
SOA = "a.root.example. nstld.example. 1 1800 900 604800 86400"
LIE = "203.0.113.80"


def asked(name: str, rdtype: str, said: str, *, server: NameServer = RESOLVER) -> Told:
    """What the resolver says, ``AD`` in front if it has validated it."""
    words = said.removeprefix("AD ")
    answer = told_of(f"{name} {rdtype}", words)[1]
    if isinstance(answer, DnsAnswer):
        source = Source(str(server))
        answer = replace(answer, authenticated=words != said, source=source)
    return ServerQuery(name, rdtype, server, recursive=True), answer


def behaves(root: str, com: str, org: str, aaaa: str = "NODATA") -> tuple[Told, ...]:
    """What the resolver says of the root and of the two invented names."""
    return (
        LABEL,
        asked(".", "SOA", root),
        asked("qzxv.com", "A", com),
        asked("qzxv.org", "A", org),
        asked("qzxv.com", "AAAA", aaaa),
        asked("qzxv.org", "AAAA", aaaa),
    )


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        pytest.param(
            behaves(f"AD {SOA}", "NXDOMAIN", "NXDOMAIN"),
            "answers, validates, does not rewrite",
            id="as it should",
        ),
        pytest.param(
            behaves(SOA, "NXDOMAIN", "NODATA"),
            "answers, does not validate, does not rewrite",
            id="does not validate",
        ),
        pytest.param(
            behaves(SOA, LIE, LIE),
            f"answers, does not validate, rewrites what does not exist to {LIE}",
            id="rewrites",
        ),
        pytest.param(
            behaves(SOA, "NXDOMAIN", LIE, "2001:db8::80"),
            f"answers, does not validate, rewrites what does not exist to 2001:db8::80, {LIE}",
            id="rewrites one zone, and both families",
        ),
        pytest.param(
            behaves("REFUSED", "REFUSED", "REFUSED"),
            "refuses whatever it was asked: it may not serve this client",
            id="refuses",
        ),
        pytest.param(
            behaves("NO-RECURSION", "NO-RECURSION", "NO-RECURSION"),
            "does not resolve for this client: it may serve zones of its own only",
            id="is no resolver",
        ),
        pytest.param(
            behaves("BUDGET-SPENT", "BUDGET-SPENT", "BUDGET-SPENT"),
            "not found out (budget-spent)",
            id="was not asked in time",
        ),
        pytest.param(
            behaves("SERVFAIL", "SERVFAIL", "SERVFAIL"),
            "answers, knows no root (servfail), rewriting unknown",
            id="in a network without the public root",
        ),
        pytest.param(
            behaves("REFUSED", "NXDOMAIN", "TIMEOUT"),
            "answers, knows no root (refused), rewriting unknown",
            id="tells half",
        ),
        pytest.param(
            behaves("TIMEOUT", "NXDOMAIN", "NXDOMAIN"),
            "answers, knows no root (timeout), does not rewrite",
            id="is silent about the root alone",
        ),
        pytest.param(
            behaves("TIMEOUT", "TIMEOUT", "TIMEOUT"), "does not answer (timeout)", id="is silent"
        ),
        pytest.param(
            behaves("UNREACHABLE", "UNREACHABLE", "UNREACHABLE"),
            "does not answer (unreachable)",
            id="is not there",
        ),
        pytest.param(
            behaves("NXDOMAIN", "NXDOMAIN", "NXDOMAIN"),
            "answers, denies every name, even the root",
            id="denies everything",
        ),
        pytest.param(
            behaves("NODATA", "NODATA", "NODATA"),
            "answers, denies every name, even the root",
            id="has nothing of anything",
        ),
    ],
)
def test_a_resolver_is_described(
    answered: Callable[..., Any], told: tuple[Told, ...], shown: str
) -> None:
    found = answered(ResolverConduct(RESOLVER), *told)
    assert str(found).removesuffix(", public") == shown


@pytest.mark.parametrize(
    ("transports", "shown"),
    [
        pytest.param(("TCP", "TCP"), "answers over TCP only, does not validate", id="all over TCP"),
        pytest.param(("UDP", "TCP"), "answers, does not validate", id="one was too long"),
    ],
)
def test_a_resolver_that_is_deaf_to_datagrams_is_named(
    transports: tuple[str, str], shown: str
) -> None:
    answers = (asked(".", "SOA", SOA)[1], asked("qzxv.com", "A", "NXDOMAIN")[1])
    root, absent = (
        replace(answer, source=Source(str(RESOLVER), transport))
        for answer, transport in zip(answers, transports, strict=True)
    )
    assert str(conduct(RESOLVER, root, (absent, absent))).startswith(shown)


@pytest.mark.parametrize(
    ("cause", "text", "shown"),
    [
        pytest.param(
            "unreachable",
            "the server's certificate is not valid for dns.example",
            "unreachable: the server's certificate is not valid for dns.example",
            id="a certificate that does not hold",
        ),
        pytest.param("timeout", "no answer came", "timeout", id="a text that says no more"),
    ],
)
def test_why_it_does_not_answer_is_said(cause: str, text: str, shown: str) -> None:
    nothing = Unobserved(cause, text)
    assert str(conduct(RESOLVER, nothing, (nothing, nothing))) == f"does not answer ({shown})"


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("192.0.2.53", "public"),
        ("10.0.0.53", "private use (RFC 1918)"),
        ("127.0.0.53", "loopback (RFC 1122)"),
    ],
)
def test_where_it_stands_is_said(answered: Callable[..., Any], address: str, scope: str) -> None:
    server = name_server(address)
    told = [
        (replace(query, server=server), answer)
        if isinstance(query, ServerQuery)
        else (query, answer)
        for query, answer in behaves(SOA, "NXDOMAIN", "NXDOMAIN")
    ]
    assert answered(ResolverConduct(server), *told).scope == scope


def translates(said: str) -> Told:
    """What the resolver says of the AAAA of a name that has none."""
    return asked("ipv4only.arpa", "AAAA", said)


@pytest.mark.parametrize(
    ("said", "prefixes", "shown"),
    [
        pytest.param("64:ff9b::c000:aa", {"64:ff9b::/96"}, ", synthesises IPv6 (DNS64)", id="one"),
        pytest.param(
            "2001:db8:64::192.0.0.170 | 2001:db8:64::192.0.0.171 | 2001:db8:c000:aa::",
            {"2001:db8:64::/96", "2001:db8::/32"},
            ", synthesises IPv6 (DNS64)",
            id="two",
        ),
        pytest.param("NODATA", set(), "", id="as it should"),
        pytest.param("2001:db8::80", set(), "", id="the address of somebody's web server"),
        pytest.param("NXDOMAIN", None, "", id="in a network without that name"),
        pytest.param("TIMEOUT", None, "", id="silent about it"),
    ],
)
def test_a_resolver_that_synthesises_addresses_shows_where(
    answered: Callable[..., Any], said: str, prefixes: set[str] | None, shown: str
) -> None:
    told = behaves(SOA, "NXDOMAIN", "NXDOMAIN")
    found = answered(ResolverConduct(RESOLVER), *told, translates(said))
    known = found.translates_to
    assert (known if known is None else set(map(str, known))) == prefixes
    assert str(found) == f"answers, does not validate, does not rewrite{shown}, public"


def run(*told: Told, resolvers: tuple[NameServer, ...] = (RESOLVER,)) -> tuple[Told, ...]:
    return ((RunResolvers(), RunResolversFact(resolvers)), *told)


# ── what it changes ──────────────────────────────────────────────────────────────────────────


def from_resolver(query: str, said: str) -> tuple[DnsQuery, DnsAnswer]:
    """What the run's resolver answers."""
    asks, answer = told_of(query, said, denier="example" if "N" in said else "")
    assert isinstance(answer, DnsAnswer)
    return asks, replace(answer, source=Source(str(RESOLVER)))


LIAR = run(*behaves(SOA, LIE, LIE, "2001:db8::80"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("n.example MX", "NXDOMAIN", id="a name that is denied"),
        pytest.param("n.example MX", "NODATA", id="a type that is denied"),
        pytest.param("n.example A", LIE, id="the address it puts everywhere"),
        pytest.param("n.example AAAA", "2001:db8::80", id="the IPv6 address it puts everywhere"),
        pytest.param("n.example A", f"-> gone.example | {LIE}", id="behind an alias"),
    ],
)
def test_a_rewriting_resolver_is_not_believed(
    answered: Callable[..., Any], query: str, said: str
) -> None:
    found = answered(Lookup(*query.split()), from_resolver(query, said), *LIAR)
    assert isinstance(found, Unobserved)
    assert found.cause == "resolver-rewrites"
    assert any(line.result == LIE for line in found.evidence)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("n.example A", "192.0.2.80", id="another address"),
        pytest.param("n.example A", f"192.0.2.80 | {LIE}", id="another address beside its own"),
        pytest.param("n.example MX", "10 mx.example.", id="an MX record"),
    ],
)
def test_but_where_it_shows_what_it_cannot_have_invented(
    answered: Callable[..., Any], query: str, said: str
) -> None:
    asks, fact = from_resolver(query, said)
    assert answered(Lookup(*query.split()), (asks, fact), *LIAR) == fact


@pytest.mark.parametrize(
    "conduct",
    [
        pytest.param(behaves(SOA, "NXDOMAIN", "NXDOMAIN"), id="honest"),
        pytest.param(behaves("SERVFAIL", "SERVFAIL", "SERVFAIL"), id="unknown"),
        pytest.param((), id="never asked"),
    ],
)
@pytest.mark.parametrize(
    ("query", "said"),
    [("n.example MX", "NXDOMAIN"), ("n.example A", "NODATA"), ("n.example A", LIE)],
)
def test_any_other_resolver_is_believed(
    answered: Callable[..., Any], conduct: tuple[Told, ...], query: str, said: str
) -> None:
    asks, fact = from_resolver(query, said)
    assert answered(Lookup(*query.split()), (asks, fact), *run(*conduct)) == fact


HONEST = tuple(
    (query, replace(answer, denier="com") if answer.name == "qzxv.com" else answer)
    if isinstance(answer, DnsAnswer)
    else (query, answer)
    for query, answer in behaves(SOA, "NXDOMAIN", "NXDOMAIN")
)
"""A resolver whose denials carry the SOA of the zone that denies."""


@pytest.mark.parametrize("denial", ["NXDOMAIN", "NODATA"])
def test_a_denial_of_one_who_denies_even_the_root_is_none(
    answered: Callable[..., Any], denial: str
) -> None:
    asks, fact = from_resolver("n.example MX", denial)
    everything = run(*behaves(denial, denial, denial))
    found = answered(Lookup("n.example", "MX"), (asks, replace(fact, denier="")), *everything)
    assert found.cause == "resolver-denies-everything"
    assert answered(Lookup("n.example", "MX"), (asks, fact), *everything) == fact


def test_an_mx_record_waits_for_no_preflight(answered: Callable[..., Any]) -> None:
    """Nothing is known of the resolver here, not even that it is one of the run's."""
    asks, fact = told_of("n.example MX", "10 mx.example.")
    assert answered(Lookup("n.example", "MX"), (asks, fact)) == fact


def with_authority(query: str, said: str) -> DnsAnswer:
    """What a server of the zone says."""
    answer = told_of(query, said)[1]
    assert isinstance(answer, DnsAnswer)
    return replace(answer, authoritative=True)


ROOT, SERVER = name_server("192.0.2.1", "a.root.example"), name_server("192.0.2.2", "ns.example")


def the_zone_says(truth: DnsAnswer | Unobserved) -> tuple[Told, ...]:
    """The way from the root to n.example, and what its server says of its MX."""
    referral = DnsAnswer(
        "example", "NS", "referral", cut="example", delegated_to=("ns.example",), glue=(SERVER,)
    )
    return (
        (RunRoot(), RunRootFact((ROOT,), (RESOLVER,))),
        (ServerQuery(".", "NS", ROOT), with_authority(". NS", "a.root.example.")),
        (ServerQuery("example", "NS", ROOT), referral),
        (ServerQuery("n.example", "NS", SERVER), with_authority("n.example NS", "NODATA")),
        (ServerQuery("n.example", "MX", SERVER), truth),
    )


@pytest.mark.parametrize("said", ["10 mx.example.", "NODATA", "NXDOMAIN"])
def test_the_zone_s_servers_decide_in_its_place(answered: Callable[..., Any], said: str) -> None:
    truth = with_authority("n.example MX", said)
    found = answered(
        Lookup("n.example", "MX"),
        from_resolver("n.example MX", "NXDOMAIN"),
        *LIAR,
        *the_zone_says(truth),
    )
    assert found == truth


TRUTH = with_authority("n.example MX", "10 mx.example.")
SILENCE = Unobserved("timeout")
STUB = behaves(SOA, "NXDOMAIN", "NXDOMAIN")


@pytest.mark.parametrize("said", ["NXDOMAIN", "NODATA", "-> gone.example | NXDOMAIN"])
@pytest.mark.parametrize(
    ("denier", "conduct", "zone", "believed"),
    [
        pytest.param("", HONEST, TRUTH, False, id="a policy where the zone has records"),
        pytest.param("", HONEST, SILENCE, True, id="a policy perhaps, and the zone is silent"),
        pytest.param("example", HONEST, TRUTH, True, id="a zone's own denial"),
        pytest.param("", STUB, TRUTH, True, id="a stub, which drops every SOA"),
    ],
)
def test_a_denial_without_the_soa_that_others_carry_is_asked_of_the_zone(
    answered: Callable[..., Any],
    denier: str,
    conduct: tuple[Told, ...],
    zone: DnsAnswer | Unobserved,
    said: str,
    *,
    believed: bool,
) -> None:
    asks, denial = from_resolver("n.example MX", said)
    denial = replace(denial, denier=denier)
    found = answered(
        Lookup("n.example", "MX"),
        *((asks, denial), told_of(". NS", "a.root.example.")),
        *(*run(*conduct), *the_zone_says(zone)),
    )
    assert found == (denial if believed else zone)


def test_what_is_said_of_hostile_names_is_escaped() -> None:
    fact = ConductFact(RESOLVER, rewrites=True)
    doubt = fact.doubt(DnsAnswer("a\x1b[2J.example", "A", "nxdomain"))
    assert doubt is not None
    assert "\x1b" not in doubt.text


def test_whose_answer_it_is_decides_whom_to_doubt(answered: Callable[..., Any]) -> None:
    """Another resolver of the run rewrites; this one gave the answer."""
    other = name_server("192.0.2.54")
    honest = [
        asked(name, rdtype, said, server=other)
        for name, rdtype, said in (
            (".", "SOA", SOA),
            ("qzxv.com", "A", "NXDOMAIN"),
            ("qzxv.org", "A", "NXDOMAIN"),
        )
    ]
    fact = DnsAnswer("n.example", "MX", "nodata", denier="example", source=Source(str(other)))
    told = run(*behaves(SOA, LIE, LIE), *honest, resolvers=(RESOLVER, other))
    assert answered(Lookup("n.example", "MX"), (DnsQuery("n.example", "MX"), fact), *told) == fact


# ── addresses that lead through a translator ─────────────────────────────────────────────────


DNS64 = run(*behaves(SOA, "NXDOMAIN", "NXDOMAIN"), translates("2001:db8:64::c000:aa"))
PLAIN = run(*behaves(SOA, "NXDOMAIN", "NXDOMAIN"), translates("NODATA"))
UNKNOWN = run(*behaves(SOA, "NXDOMAIN", "NXDOMAIN"), translates("NXDOMAIN"))

OWN, USUAL, REAL = "2001:db8:64::cb00:7119", "64:ff9b::cb00:7119", "2001:db8::25"


def aaaa_of_zone(truth: str) -> tuple[Told, ...]:
    """The way to n.example, and what its server says of its AAAA."""
    told = the_zone_says(Unobserved("timeout"))
    return (*told, (ServerQuery("n.example", "AAAA", SERVER), with_authority_or(truth)))


def with_authority_or(said: str) -> DnsAnswer | Unobserved:
    """What a server of the zone says, or why it does not."""
    return Unobserved("timeout") if said == "TIMEOUT" else with_authority("n.example AAAA", said)


@pytest.mark.parametrize(
    ("resolver", "said", "zone", "ends"),
    [
        pytest.param(DNS64, OWN, "NODATA", "nodata", id="the zone has none"),
        pytest.param(DNS64, USUAL, "NODATA", "nodata", id="behind the prefix that all may use"),
        pytest.param(DNS64, OWN, REAL, REAL, id="the zone has another"),
        pytest.param(DNS64, OWN, "TIMEOUT", "dns64", id="the zone is silent"),
        pytest.param(DNS64, OWN, OWN, "dns64", id="it serves the zone as well"),
        pytest.param(DNS64, f"{OWN} | {REAL}", "TIMEOUT", "2 records", id="beside a real one"),
        pytest.param(DNS64, REAL, "TIMEOUT", REAL, id="a real one alone"),
        pytest.param(UNKNOWN, USUAL, "NODATA", "nodata", id="nothing known, the zone has none"),
        pytest.param(UNKNOWN, USUAL, USUAL, "dns64", id="nothing known, and the zone says so too"),
        pytest.param(UNKNOWN, OWN, "TIMEOUT", OWN, id="nothing known of this prefix"),
        pytest.param(PLAIN, USUAL, USUAL, USUAL, id="the zone really has it"),
        pytest.param(PLAIN, USUAL, "TIMEOUT", "dns64", id="whether it really has is not known"),
    ],
)
def test_a_synthesised_address_is_asked_of_the_zone(
    answered: Callable[..., Any], resolver: tuple[Told, ...], said: str, zone: str, ends: str
) -> None:
    found = answered(
        Lookup("n.example", "AAAA"),
        from_resolver("n.example AAAA", said),
        *(*resolver, *aaaa_of_zone(zone)),
    )
    if isinstance(found, Unobserved):
        assert found.cause == ends
        assert found.evidence[0].result == said
    elif found.status == "data":
        assert ends in (found.texts[0], f"{len(found.texts)} records")
    else:
        assert found.status == ends


@pytest.mark.parametrize("query", ["n.example A", "n.example MX"])
def test_a_resolver_that_synthesises_is_believed_about_other_types(
    answered: Callable[..., Any], query: str
) -> None:
    for said in ("NODATA", "192.0.2.80" if query.endswith(" A") else "10 mx.example."):
        asks, fact = from_resolver(query, said)
        assert answered(Lookup(*query.split()), (asks, fact), *DNS64) == fact
