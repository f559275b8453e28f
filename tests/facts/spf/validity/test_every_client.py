"""What ``SPF of D is valid`` says of a record holds for whoever is evaluated by it.

Records and names are made up by hypothesis: a valid record gives nobody a permerror, and one that
is not gives it to strangers of one family at least; but for those behind an include that all others
pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck.checks.spf.spf_is_valid import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.validity.counting import ending, places
from mailcheck.facts.spf.validity.tree import SpfTree
from mailcheck.names import parse_address
from mailcheck.testing import judged
from tests.facts.conftest import answer_to

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.verdict import Verdict

DOMAINS = [f"d{n}.e" for n in range(4)]
HOSTS = [f"h{n}.e" for n in range(4)]
STRANGERS = ("203.0.113.99", "2001:db8:ffff::99")
CLIENTS = ("192.0.2.1", "2001:db8::1", *STRANGERS)

domains = st.sampled_from(DOMAINS)
hosts = st.sampled_from(HOSTS)
names = st.one_of(domains, hosts)
terms = st.one_of(
    st.builds("include:{}".format, domains),
    st.builds("-include:{}".format, domains),
    st.builds("a:{}".format, names),
    st.builds("mx:{}".format, names),
    st.builds("exists:{}".format, names),
    st.builds("a:%{{p}}.{}".format, names),
    st.sampled_from(["ip4:192.0.2.1", "ip6:2001:db8::1", "-ip4:192.0.2.1", "a", "mx", "ptr"]),
    st.sampled_from(["include:%{d}", "a:%{o}", "moo"]),
)
ends = st.one_of(
    st.sampled_from(["-all", "~all", "", "+all"]), st.builds("redirect={}".format, domains)
)
records = st.builds(
    lambda most, end: " ".join(["v=spf1", *most, end]), st.lists(terms, max_size=5), ends
)
addresses = st.sampled_from(
    [("192.0.2.1", "2001:db8::1"), ("192.0.2.2", "NODATA"), ("NODATA", "NODATA")]
)
exchanges = st.one_of(
    st.just("NODATA"),
    st.lists(hosts, min_size=1, max_size=4, unique=True).map(
        lambda found: " | ".join(f"10 {host}." for host in found)
    ),
)


@st.composite
def worlds(draw: st.DrawFn) -> list[Told]:
    """Return what DNS says of all names there are."""
    said: list[Told] = []
    for name in (*DOMAINS, *HOSTS):
        a, aaaa = draw(addresses)
        said += [
            told(f"{name} A", a),
            told(f"{name} AAAA", aaaa),
            told(f"{name} MX", draw(exchanges)),
        ]
        record = draw(st.one_of(records, st.just(""))) if name in DOMAINS else ""
        said.append(told(f"{name} TXT", f'"{record}"' if record else "NODATA"))
    said += [told(f"{parse_address(ip).reverse_pointer} PTR", "NODATA") for ip in CLIENTS]
    for name in (*DOMAINS, *HOSTS):
        said += [
            told(f"unknown.{name} {rdtype}", "127.0.0.1" if rdtype == "A" else "::1")
            for rdtype in ("A", "AAAA")
        ]
    return said


@settings(max_examples=300, deadline=None)
@given(worlds())
def test_a_record_is_valid_if_nobody_meets_a_fault(world: list[Told]) -> None:
    verdict = judged(CHECK, "SPF of d0.e is valid", *world)
    results = {
        ip: answer_to(SpfCheck(parse_address(ip), "d0.e", "a@d0.e", "d0.e"), *world)
        for ip in CLIENTS
    }
    faulty = {ip for ip, fact in results.items() if fact.result == "permerror"}
    told_of_voids = any(advice.tag == "void-lookups" for advice in verdict.advice)
    if verdict.kind == "met":
        assert not faulty or told_of_voids
    elif verdict.tags not in (("no-spf",), ("several-records",)) and not has_escape(world):
        assert faulty & {*STRANGERS}


@st.composite
def trees(draw: st.DrawFn, asked: str = "ptr") -> list[Told]:
    """Return records that include those after them, with many terms that ask; the last is silent.

    *asked* is a term that stands in some of them.
    """
    said: list[Told] = [told("h0.e A", "192.0.2.1"), told("h0.e AAAA", "2001:db8::1")]
    said += [told(f"h1.e {rdtype}", "NODATA") for rdtype in ("A", "AAAA", "TXT")]
    for number, domain in enumerate(DOMAINS[:-1]):
        below = st.sampled_from(DOMAINS[number + 1 :])
        qualified = st.builds("{}include:{}".format, st.sampled_from(["", "", "-", "?"]), below)
        asks = st.integers(1, 6).map(lambda count: " ".join(["a:h0.e"] * count))
        others = st.sampled_from(["-ip4:192.0.2.9", "a:h1.e a:h1.e", "include:h1.e", "moo", asked])
        most = draw(st.lists(st.one_of(qualified, asks, others), max_size=4))
        end = draw(
            st.one_of(st.sampled_from(["-all", "+all"]), st.builds("redirect={}".format, below))
        )
        said.append(told(f"{domain} TXT", f'"v=spf1 {" ".join([*most, end])}"'))
    return said


@settings(max_examples=300, deadline=None)
@given(trees())
def test_a_record_is_faulty_if_it_is_whatever_a_silent_one_holds(said: list[Told]) -> None:
    def verdict(answer: str) -> Verdict:
        return judged(CHECK, "SPF of d0.e is valid", *said, told(f"{DOMAINS[-1]} TXT", answer))

    silent = verdict("TIMEOUT")
    heard = [verdict(f'"v=spf1 {holds}"') for holds in ("+all", "-all", "-ip4:192.0.2.1 +all")]
    if silent.kind == "unmet":
        assert {one.kind for one in heard} == {"unmet"}
    if len({one.kind for one in heard}) > 1:
        assert silent.cause == "timeout"


@settings(max_examples=300, deadline=None)
@given(trees("exists:h2.e"))
def test_a_record_is_faulty_if_it_is_whatever_a_silent_exists_finds(said: list[Told]) -> None:
    end = told(f"{DOMAINS[-1]} TXT", '"v=spf1 -all"')

    def verdict(answer: str) -> Verdict:
        return judged(CHECK, "SPF of d0.e is valid", *said, end, told("h2.e A", answer))

    silent = verdict("TIMEOUT")
    heard = {verdict(answer).kind for answer in ("127.0.0.2", "NXDOMAIN")}
    if silent.kind == "unmet":
        assert heard == {"unmet"}
    if silent.kind == "met":
        assert heard == {"met"}


def has_escape(world: list[Told]) -> bool:
    """Whether everybody passes an include but some, who alone come to what is behind it."""
    tree = answer_to(SpfTree("d0.e"), *world)
    below = [reached.below for place in places(tree.root) for reached in place.terms]
    return any(place is not None and ending(place)[0] == "+" for place in below)
