"""``check_host()``: which term decides, what is asked for it, and what ends an evaluation.

The cases of the test suite of RFC 7208 are in tests/conformance/.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.check import SpfCheck

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import SpfCheckFact
    from tests.facts.conftest import Answered
    from tests.facts.spf.conftest import Evaluate


def spf(text: str, name: str = "example.com") -> str:
    return f'{name} TXT: "v=spf1 {text}"'


LONGEST = f"{'b' * 61}.{'c' * 63}.{'d' * 63}.{'e' * 63}"


def steps(fact: SpfCheckFact) -> list[str]:
    return [f"{step.domain} {step.term.text if step.term else '-'}" for step in fact.path]


@pytest.mark.parametrize(
    ("said", "result", "path"),
    [
        pytest.param((spf("-all"),), "fail", ["example.com -all"], id="all"),
        pytest.param((spf("~all a"),), "softfail", ["example.com ~all"], id="nothing after all"),
        pytest.param((spf("?all"),), "neutral", ["example.com ?all"], id="neutral"),
        pytest.param((spf(""),), "neutral", ["example.com -"], id="no term"),
        pytest.param((spf("ip4:192.0.2.2"),), "neutral", ["example.com -"], id="no term matches"),
        pytest.param(
            (spf("ip6:::/0 ip4:192.0.2.0/24 -all"),),
            "pass",
            ["example.com ip4:192.0.2.0/24"],
            id="a network of the family",
        ),
        pytest.param(
            (spf("-a:b.example +all"), "b.example A: 192.0.2.9 | 192.0.2.1"),
            "fail",
            ["example.com -a:b.example"],
            id="an address among several",
        ),
        pytest.param(
            (spf("a/24 -all"), "example.com A: 192.0.2.250"), "pass", ["example.com a/24"], id="a"
        ),
        pytest.param(
            (spf("a/25 -all"), "example.com A: 192.0.2.250"),
            "fail",
            ["example.com -all"],
            id="a/25",
        ),
        pytest.param(
            (
                spf("mx -all"),
                "example.com MX: 10 a.example. | 20 b.example.",
                "a.example A: 192.0.2.9",
                "b.example A: 192.0.2.1",
            ),
            "pass",
            ["example.com mx"],
            id="an exchange",
        ),
        pytest.param(
            (spf("mx ~all"), "example.com MX: 0 .", "example.com A: 192.0.2.1"),
            "softfail",
            ["example.com ~all"],
            id="the null MX has no addresses",
        ),
        pytest.param(
            (
                spf("ptr -all"),
                "1.2.0.192.in-addr.arpa PTR: mail.Example.com.",
                "mail.example.com A: 192.0.2.1",
            ),
            "pass",
            ["example.com ptr"],
            id="a name below the domain",
        ),
        pytest.param(
            (
                spf("ptr -all"),
                "1.2.0.192.in-addr.arpa PTR: notexample.com.",
                "notexample.com A: 192.0.2.1",
            ),
            "fail",
            ["example.com -all"],
            id="a name that ends alike",
        ),
        pytest.param(
            (
                spf("ptr -all"),
                "1.2.0.192.in-addr.arpa PTR: mail.example.com.",
                "mail.example.com A: 192.0.2.9",
            ),
            "fail",
            ["example.com -all"],
            id="a name that leads elsewhere",
        ),
        pytest.param(
            (spf("exists:%{ir}.x.example -all"), "1.2.0.192.x.example A: 127.0.0.2"),
            "pass",
            ["example.com exists:%{ir}.x.example"],
            id="exists",
        ),
        pytest.param(
            (spf("include:a.example -all"), spf("ip4:192.0.2.1", "a.example")),
            "pass",
            ["example.com include:a.example", "a.example ip4:192.0.2.1"],
            id="an include that lets it pass",
        ),
        pytest.param(
            (spf("-include:a.example +all"), spf("ip4:192.0.2.1", "a.example")),
            "fail",
            ["example.com -include:a.example", "a.example ip4:192.0.2.1"],
            id="an include that is excluded",
        ),
        pytest.param(
            (
                spf("include:a.example include:b.example ~all"),
                spf("-all", "a.example"),
                spf("?all", "b.example"),
            ),
            "softfail",
            ["example.com ~all"],
            id="includes that do not let it pass",
        ),
        pytest.param(
            (spf("redirect=a.example"), spf("-all", "a.example")),
            "fail",
            ["example.com redirect=a.example", "a.example -all"],
            id="a redirect",
        ),
        pytest.param(
            (spf("redirect=a.example ~all"),),
            "softfail",
            ["example.com ~all"],
            id="a redirect beside all is not asked for",
        ),
        pytest.param(
            (spf("redirect=a.example"), spf("ip4:192.0.2.9", "a.example")),
            "neutral",
            ["example.com redirect=a.example", "a.example -"],
            id="a redirect after which no term matches",
        ),
        pytest.param(
            (spf("a:b..example a:" + "b" * 64 + ".example -all"),),
            "fail",
            ["example.com -all"],
            id="names that cannot be are not asked for",
        ),
    ],
)
def test_the_term_that_decides(
    said: tuple[str, ...], result: str, path: list[str], evaluate: Evaluate
) -> None:
    """What the table does not hold is unknown: to ask for it would end in temperror."""
    fact = evaluate(*said)
    assert (fact.result, steps(fact)) == (result, path)


def test_a_client_of_ipv6_has_addresses_of_its_own(evaluate: Evaluate) -> None:
    said = (spf("ip4:0.0.0.0/0 a//64 -all"), "example.com AAAA: 2001:db8::ffff")
    assert evaluate(*said, ip="2001:db8::1").result == "pass"
    assert evaluate(*said, ip="2001:db8:1::1").result == "fail"


def test_ipv4_through_ipv6_is_ipv4(answered: Answered) -> None:
    through = ipaddress.ip_address("::ffff:192.0.2.1")
    record = told("example.com TXT", '"v=spf1 ip6:::ffff:0:0/96 ip4:192.0.2.1 -all"')
    fact = answered(SpfCheck(through, "example.com", "", "example.com"), record)
    assert steps(fact) == ["example.com ip4:192.0.2.1"]


@pytest.mark.parametrize(
    ("said", "domain"),
    [
        pytest.param(("example.com TXT: NODATA",), "example.com", id="no text"),
        pytest.param(("example.com TXT: NXDOMAIN",), "example.com", id="no such name"),
        pytest.param(('example.com TXT: "v=DMARC1"',), "example.com", id="other texts"),
        pytest.param((), "com", id="a single label"),
        pytest.param((), "a..example", id="an empty label"),
        pytest.param((), "[192.0.2.1]", id="an address literal"),
        pytest.param((), "", id="nothing"),
        pytest.param((spf("+all", LONGEST),), f"a.{LONGEST}", id="longer than a name can be"),
    ],
)
def test_no_record(said: tuple[str, ...], domain: str, evaluate: Evaluate) -> None:
    fact = evaluate(*said, domain=domain)
    assert (fact.result, fact.voids) == ("none", 0)


@pytest.mark.parametrize(
    ("said", "kind", "what"),
    [
        pytest.param(
            ('example.com TXT: "v=spf1 -all" | "v=spf1 +all"',),
            "several-records",
            "2 records",
            id="two records",
        ),
        pytest.param(
            (spf("+all moo"),), "syntax", "moo", id="a fault behind the term that matches"
        ),
        pytest.param(('example.com TXT: "v=spf1 \\195all"',), "syntax", r"\xc3all", id="no UTF-8"),
        pytest.param(
            ('example.com TXT: "v=spf1 \\195\\164ll"',),
            "syntax",
            "in äll, it holds",
            id="not ASCII",
        ),
        pytest.param(
            (spf("include:a.example +all"), "a.example TXT: NXDOMAIN"),
            "include-without-record",
            "a.example",
            id="an include of nothing",
        ),
        pytest.param(
            (spf("include:%{h} +all"),), "include-without-record", "host", id="of a single label"
        ),
        pytest.param(
            (spf("redirect=a.example"), 'a.example TXT: "hello"'),
            "redirect-without-record",
            "a.example",
            id="a redirect to nothing",
        ),
        pytest.param(
            (spf("include:a.example +all"), spf("moo", "a.example")),
            "syntax",
            "moo",
            id="an include with a fault",
        ),
        pytest.param((spf("include:example.com +all"),), "too-many-lookups", "11", id="a loop"),
        pytest.param((spf("redirect=example.com"),), "too-many-lookups", "11", id="a turning loop"),
        pytest.param(
            (spf("a:a.b a:b.b a:c.b +all"), *(f"{n}.b A: NXDOMAIN" for n in "abc")),
            "too-many-voids",
            "3 terms found nothing",
            id="voids",
        ),
        pytest.param(
            (
                spf("mx +all"),
                "example.com MX: " + " | ".join(f"{n} m{n}.example." for n in range(11)),
            ),
            "too-many-exchanges",
            "11 exchanges",
            id="exchanges",
        ),
    ],
)
def test_permerror(said: tuple[str, ...], kind: str, what: str, evaluate: Evaluate) -> None:
    fact = evaluate(*said, helo="host")
    assert fact.fault
    assert (fact.result, fact.fault.kind) == ("permerror", kind)
    assert what in fact.fault.what


@pytest.mark.parametrize(
    ("said", "lookups", "voids"),
    [
        pytest.param((spf("ip4:192.0.2.1 a mx"),), 0, 0, id="what comes after is not counted"),
        pytest.param((spf("a " * 10 + "+all"), "example.com A: 192.0.2.9"), 10, 0, id="ten terms"),
        pytest.param(
            (spf("a:a.b a:b.b +all"), "a.b A: NXDOMAIN", "b.b A: NODATA"), 2, 2, id="two voids"
        ),
        pytest.param(
            (
                spf("mx +all"),
                "example.com MX: " + " | ".join(f"{n} m.example." for n in range(10)),
                "m.example A: 192.0.2.9",
            ),
            1,
            0,
            id="ten exchanges are one term",
        ),
        pytest.param(
            (
                spf("mx +all"),
                "example.com MX: 1 a.b. | 2 b.b. | 3 c.b. | 4 d.b.",
                "a.b A: 192.0.2.1",
                *(f"{n}.b A: NXDOMAIN" for n in "bcd"),
            ),
            1,
            0,
            id="voids behind the exchange that matches",
        ),
        pytest.param(
            (
                spf("exists:%{p}.x.y a:%{p} +all"),
                "1.2.0.192.in-addr.arpa PTR: NXDOMAIN",
                "unknown.x.y A: 192.0.2.9",
            ),
            2,
            1,
            id="the name of the client",
        ),
    ],
)
def test_what_is_counted(
    said: tuple[str, ...], lookups: int, voids: int, evaluate: Evaluate
) -> None:
    fact = evaluate(*said)
    assert fact.result == "pass"
    assert (fact.lookups, fact.voids) == (lookups, voids)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(("example.com TXT: TIMEOUT",), id="the record"),
        pytest.param((spf("a +all"), "example.com A: TIMEOUT"), id="a"),
        pytest.param((spf("mx +all"), "example.com MX: TIMEOUT"), id="mx"),
        pytest.param(
            (
                spf("mx +all"),
                "example.com MX: 1 a.b. | 2 c.d.",
                "a.b A: TIMEOUT",
                "c.d A: 192.0.2.1",
            ),
            id="the first exchange",
        ),
        pytest.param((spf("exists:a.b +all"), "a.b A: TIMEOUT"), id="exists"),
        pytest.param((spf("include:a.b +all"), "a.b TXT: TIMEOUT"), id="an include"),
        pytest.param((spf("redirect=a.b"), "a.b TXT: TIMEOUT"), id="a redirect"),
    ],
)
def test_temperror(said: tuple[str, ...], evaluate: Evaluate) -> None:
    fact = evaluate(*said)
    assert fact.result == "temperror"
    assert fact.unknown
    assert fact.unknown.cause == "timeout"


@pytest.mark.parametrize(
    ("said", "result"),
    [
        pytest.param((spf("+all a"), "example.com A: TIMEOUT"), "pass", id="all decides"),
        pytest.param(
            (
                spf("mx -all"),
                "example.com MX: 1 a.b. | 2 c.d.",
                "a.b A: 192.0.2.1",
                "c.d A: TIMEOUT",
            ),
            "pass",
            id="an exchange decides",
        ),
        pytest.param(
            (spf("include:a.b a:c.d -all"), spf("+all", "a.b"), "c.d A: TIMEOUT"),
            "pass",
            id="an include decides",
        ),
    ],
)
def test_a_match_before_the_failure_decides(
    said: tuple[str, ...], result: str, evaluate: Evaluate
) -> None:
    assert evaluate(*said).result == result


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(("example.com TXT: REFUSED-BY-AUTHORITY",), id="the record"),
        pytest.param((spf("a -all"), "example.com A: REFUSED-BY-AUTHORITY"), id="an address"),
    ],
)
def test_a_refusal_is_a_failure_that_is_known(said: tuple[str, ...], evaluate: Evaluate) -> None:
    fact = evaluate(*said)
    assert (fact.result, fact.unknown) == ("temperror", None)
    assert fact.refused
    assert fact.refused.tag == "refused-by-authority"


@pytest.mark.parametrize(
    ("said", "result"),
    [
        pytest.param(('example.com TXT: "v=spf1 -all" | ...',), "temperror", id="texts"),
        pytest.param(
            ('example.com TXT: "v=spf1 -all" | "v=spf1 a" | ...',), "permerror", id="two are enough"
        ),
        pytest.param(
            (spf("a -all"), "example.com A: 192.0.2.9 | ..."), "temperror", id="addresses"
        ),
        pytest.param(
            (spf("a -all"), "example.com A: 192.0.2.1 | ..."), "pass", id="the one wanted"
        ),
        pytest.param(
            (spf("exists:a.b -all"), "a.b A: 192.0.2.9 | ..."), "pass", id="any is enough"
        ),
    ],
)
def test_records_that_were_not_kept(said: tuple[str, ...], result: str, evaluate: Evaluate) -> None:
    assert evaluate(*said).result == result


PTR = "1.2.0.192.in-addr.arpa PTR"


@pytest.mark.parametrize(
    ("said", "result", "overlooked"),
    [
        pytest.param((spf("ptr -all"), f"{PTR}: TIMEOUT"), "fail", ["pass"], id="its names"),
        pytest.param((spf("-ptr -all"), f"{PTR}: TIMEOUT"), "fail", ["fail"], id="either way fail"),
        pytest.param(
            (spf("ptr -all"), f"{PTR}: a.example.com.", "a.example.com A: TIMEOUT"),
            "fail",
            ["pass"],
            id="the address of a name that is wanted",
        ),
        pytest.param(
            (spf("ptr -all"), f"{PTR}: a.example.net.", "a.example.net A: TIMEOUT"),
            "fail",
            [],
            id="the address of one that is not",
        ),
        pytest.param(
            (spf("~include:a.b -all"), spf("ptr", "a.b"), f"{PTR}: TIMEOUT"),
            "fail",
            ["softfail"],
            id="in an include",
        ),
        pytest.param(
            (spf("include:a.b -all"), spf("-ptr +all", "a.b"), f"{PTR}: TIMEOUT"),
            "pass",
            [""],
            id="in an include that would end otherwise",
        ),
        pytest.param(
            (spf("redirect=a.b"), spf("ptr -all", "a.b"), f"{PTR}: TIMEOUT"),
            "fail",
            ["pass"],
            id="behind a redirect",
        ),
        pytest.param(
            (spf("exists:%{p}.x.y -all"), f"{PTR}: TIMEOUT", "unknown.x.y A: NXDOMAIN"),
            "fail",
            [""],
            id="in a macro",
        ),
        pytest.param(
            (spf("ptr -all"), f"{PTR}: REFUSED-BY-AUTHORITY"), "fail", [], id="refused to everybody"
        ),
    ],
)
def test_failures_that_are_passed_over(
    said: tuple[str, ...], result: str, overlooked: list[str], evaluate: Evaluate
) -> None:
    fact = evaluate(*said)
    assert fact.result == result
    assert [one.result for one in fact.overlooked] == overlooked


def test_only_ten_names_of_the_client_are_looked_at(evaluate: Evaluate) -> None:
    names = [f"a{n}.example.net" for n in range(10)]
    said = [f"{name} A: 192.0.2.9" for name in names]
    pointers = f"{PTR}: " + " | ".join(f"{name}." for name in (*names, "zzzzzzz.example.com"))
    fact = evaluate(spf("ptr -all"), pointers, *said)
    assert fact.result == "fail"
    [passed_by] = fact.overlooked
    assert (passed_by.unknown.cause, passed_by.result) == ("too-many-names", "pass")


@pytest.mark.parametrize(
    ("term", "last", "result", "overlooked"),
    [
        pytest.param("ptr", "zzzzzzz.example.net", "fail", [], id="no name is wanted"),
        pytest.param("ptr:a1.example.net", "zzzzzzz.example.net", "pass", [""], id="one matches"),
        pytest.param(
            "exists:%{p}.x", "zzzzzzz.example.com", "fail", [""], id="the name of the client"
        ),
    ],
)
def test_which_ten_are_looked_at_is_not_known(
    term: str, last: str, result: str, overlooked: list[str], evaluate: Evaluate
) -> None:
    names = [f"a{n}.example.net" for n in range(10)]
    addresses = [f"{name} A: 192.0.2.1" for name in names]
    pointers = f"{PTR}: " + " | ".join(f"{name}." for name in (*names, last))
    fact = evaluate(spf(f"{term} -all"), pointers, *addresses, "a0.example.net.x A: NXDOMAIN")
    assert fact.result == result
    assert [one.result for one in fact.overlooked] == overlooked


@pytest.mark.parametrize("term", ["exists:%{l}.a.b", "include:%{s}", "a:%{L}.b.c"])
def test_a_local_part_that_is_not_ascii_matches_nothing(term: str, evaluate: Evaluate) -> None:
    fact = evaluate(spf(f"{term} -all"), sender="jürgen@example.com")
    assert (fact.result, fact.lookups) == ("fail", 1)


def test_a_record_that_stands_behind_an_alias(evaluate: Evaluate) -> None:
    fact = evaluate('example.com TXT: -> spf.example.net | "v=spf1 -all"')
    assert (fact.result, fact.owner) == ("fail", "spf.example.net")
