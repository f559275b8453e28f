"""MX hosts of D resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.mx_hosts_resolve import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.scope import AddressScope
from mailcheck.names import parse_address
from mailcheck.question import Unobserved
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "MX hosts of example.com resolve"
IMPLICIT = '{"MX hosts of example.com resolve": {implicit_mx: true}}'


def mx(said: str) -> Told:
    return told("example.com MX", said)


def host(name: str, a: str, aaaa: str = "NODATA") -> tuple[Told, Told]:
    return told(f"{name} A", a), told(f"{name} AAAA", aaaa)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("sentence", "said", "ends"),
    [
        pytest.param(SENTENCE, "NODATA", "no-mx", id="no MX"),
        pytest.param(SENTENCE, "NXDOMAIN", "no-such-domain", id="no such domain"),
        pytest.param(SENTENCE, "0 .", "null-mx", id="null MX"),
        pytest.param(SENTENCE, "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
        pytest.param(SENTENCE, "TIMEOUT", "inconclusive: timeout", id="silent"),
        pytest.param(IMPLICIT, "0 .", "null-mx", id="null MX leaves no implicit one"),
        pytest.param(IMPLICIT, "NXDOMAIN", "no-such-domain", id="implicit MX of nothing"),
        pytest.param(IMPLICIT, "SERVFAIL", "inconclusive: servfail", id="implicit, MX unknown"),
    ],
)
def test_without_an_exchange_there_is_nothing_to_look_up(
    sentence: str, said: str, ends: str
) -> None:
    address = host("example.com", "192.0.2.80")
    assert ending(judged(CHECK, sentence, mx(said), *address)) == (ends,)


@pytest.mark.parametrize(
    ("a", "aaaa", "ends"),
    [
        pytest.param("192.0.2.1", "NODATA", "met", id="IPv4 only"),
        pytest.param("NODATA", "2001:db8::1", "met", id="IPv6 only"),
        pytest.param("192.0.2.1 | 192.0.2.2", "2001:db8::1", "met", id="three addresses"),
        pytest.param("NODATA", "NODATA", "exchange-without-address", id="no address"),
        pytest.param("NXDOMAIN", "NXDOMAIN", "no-such-exchange", id="no such host"),
        pytest.param("NXDOMAIN", "TIMEOUT", "no-such-exchange", id="NXDOMAIN speaks for both"),
        pytest.param("10.0.0.1", "NODATA", "exchange-not-public", id="private"),
        pytest.param("192.0.2.1 | 127.0.0.1", "NODATA", "exchange-not-public", id="one of two"),
        pytest.param("192.0.2.1", "fd00::1", "exchange-not-public", id="private over IPv6"),
        pytest.param("NODATA", "::ffff:192.0.2.1", "exchange-not-public", id="IPv4 in disguise"),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"
        ),
        pytest.param("192.0.2.1", "TIMEOUT", "inconclusive: timeout", id="IPv6 may be private"),
        pytest.param("NODATA", "TIMEOUT", "inconclusive: timeout", id="IPv6 may be the address"),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "TIMEOUT", "inconclusive: timeout", id="refused for A only"
        ),
        pytest.param("10.0.0.1", "TIMEOUT", "exchange-not-public", id="private, IPv6 unknown"),
        pytest.param(
            "-> www.example.com | 192.0.2.1",
            "-> www.example.com | NODATA",
            "exchange-is-alias",
            id="alias",
        ),
        pytest.param(
            "-> www.example.com | 192.0.2.1", "TIMEOUT", "exchange-is-alias", id="alias, unknown"
        ),
    ],
)
def test_one_exchange(a: str, aaaa: str, ends: str) -> None:
    records = (mx("10 mx1.example.com."), *host("mx1.example.com", a, aaaa))
    assert ending(judged(CHECK, SENTENCE, *records)) == (ends,)


def test_an_alias_of_nothing_is_wrong_twice() -> None:
    nothing = "-> gone.example.net | NXDOMAIN"
    records = (mx("10 mx1.example.com."), *host("mx1.example.com", nothing, nothing))
    verdict = judged(CHECK, SENTENCE, *records)
    assert verdict.tags == ("exchange-is-alias", "no-such-exchange")


GOOD = ("192.0.2.1", "NODATA")
BAD = ("NODATA", "NODATA")
UNKNOWN = ("TIMEOUT", "TIMEOUT")


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    [
        pytest.param(GOOD, GOOD, "met", id="both"),
        pytest.param(GOOD, BAD, "exchange-without-address", id="the backup fails"),
        pytest.param(BAD, GOOD, "exchange-without-address", id="the primary fails"),
        pytest.param(GOOD, UNKNOWN, "inconclusive: timeout", id="the backup is unknown"),
        pytest.param(BAD, UNKNOWN, "exchange-without-address", id="what fails decides"),
        pytest.param(
            UNKNOWN, BAD, "exchange-without-address", id="what fails decides, in any order"
        ),
    ],
)
def test_every_exchange_counts(first: tuple[str, str], second: tuple[str, str], ends: str) -> None:
    records = (
        mx("10 mx1.example.com. | 20 mx2.example.com."),
        *host("mx1.example.com", *first),
        *host("mx2.example.com", *second),
    )
    assert ending(judged(CHECK, SENTENCE, *records)) == (ends,)


@pytest.mark.parametrize("exchange", ["192.0.2.1.", "[192.0.2.1]."])
def test_an_address_in_place_of_a_host_is_not_looked_up(exchange: str) -> None:
    name = exchange.removesuffix(".")
    verdict = judged(CHECK, SENTENCE, mx(f"10 {exchange}"), *host(name, "NXDOMAIN", "NXDOMAIN"))
    assert verdict.tags == ("exchange-is-address",)
    [remedy] = verdict.remedies
    assert remedy.publish == (
        "example.com.  3600  IN  MX  10 mail.example.com.",
        "mail.example.com.  3600  IN  A  192.0.2.1",
    )


def test_an_address_beside_a_host_that_is_unknown_decides() -> None:
    records = (mx("10 192.0.2.1. | 20 mx.example.com."), *host("mx.example.com", *UNKNOWN))
    assert judged(CHECK, SENTENCE, *records).tags == ("exchange-is-address",)


def test_an_exchange_named_twice_fails_once() -> None:
    records = (mx("10 mx.example.com. | 20 mx.example.com."), *host("mx.example.com", *BAD))
    assert len(judged(CHECK, SENTENCE, *records).reasons) == 1


def test_an_exchange_named_very_often_is_one() -> None:
    often = mx(" | ".join(f"{i} mx.example.com." for i in range(60)))
    assert judged(CHECK, SENTENCE, often, *host("mx.example.com", *GOOD))


def test_exchanges_in_one_zone_that_refuses_are_one_reason() -> None:
    refused = [
        told(f"{name}.example.net {rdtype}", "REFUSED-BY-AUTHORITY", denier="example.net")
        for name in ("mx1", "mx2")
        for rdtype in ("A", "AAAA")
    ]
    verdict = judged(CHECK, SENTENCE, mx("1 mx1.example.net. | 2 mx2.example.net."), *refused)
    [reason] = verdict.reasons
    assert (reason.tag, reason.about) == ("refused-by-authority", "example.net")


def test_a_null_mx_beside_exchanges_is_passed_over() -> None:
    records = (mx("0 . | 10 mx.example.com."), *host("mx.example.com", *GOOD))
    assert judged(CHECK, SENTENCE, *records)


@pytest.mark.parametrize(
    ("a", "ends"),
    [
        pytest.param("192.0.2.80", "met", id="the domain's own address"),
        pytest.param("-> web.example.net | 192.0.2.80", "met", id="an alias is allowed here"),
        pytest.param("NODATA", "exchange-without-address", id="no address either"),
        pytest.param("10.0.0.80", "exchange-not-public", id="a private address"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="unknown"),
    ],
)
def test_the_implicit_mx_is_the_domain_itself(a: str, ends: str) -> None:
    records = (mx("NODATA"), *host("example.com", a))
    assert ending(judged(CHECK, IMPLICIT, *records)) == (ends,)


def test_the_implicit_mx_counts_only_without_mx() -> None:
    records = (mx("10 mx.example.com."), *host("mx.example.com", *BAD), *host("example.com", *GOOD))
    assert judged(CHECK, IMPLICIT, *records).tags == ("exchange-without-address",)


def test_an_address_whose_scope_is_unknown_is_not_taken_for_public() -> None:
    unknown = (AddressScope(parse_address("192.0.2.1")), Unobserved("no-registry"))
    records = (mx("10 mx.example.com."), *host("mx.example.com", *GOOD), unknown)
    assert ending(judged(CHECK, SENTENCE, *records)) == ("inconclusive: no-registry",)


def test_a_hostile_number_of_exchanges_is_never_met() -> None:
    names = [f"mx{i:03}.example.com" for i in range(60)]
    hosts = [record for name in names for record in host(name, *GOOD)]
    many = mx(" | ".join(f"{i} {name}." for i, name in enumerate(names)))
    verdict = judged(CHECK, SENTENCE, many, *hosts)
    assert ending(verdict) == ("inconclusive: too-many-exchanges",)


@pytest.mark.parametrize("answer", ["10 mx.example.com. | ...", "0 . | ..."])
def test_exchanges_that_were_not_read_may_be_at_fault(answer: str) -> None:
    verdict = judged(CHECK, SENTENCE, mx(answer), *host("mx.example.com", *GOOD))
    assert ending(verdict) == ("inconclusive: too-many-records",)


def test_addresses_that_were_not_read_may_be_private() -> None:
    records = (mx("10 mx.example.com."), *host("mx.example.com", "192.0.2.1 | ..."))
    assert ending(judged(CHECK, SENTENCE, *records)) == ("inconclusive: too-many-records",)


def test_a_null_mx_is_told_in_u_labels() -> None:
    name = "xn--c1yn36f.example"
    verdict = judged(CHECK, "MX hosts of 點看.example resolve", told(f"{name} MX", "0 ."))
    assert verdict.reasons[0].text == "點看.example publishes the null MX"


def test_the_remedy_stays_in_ones_own_zone() -> None:
    records = (mx("10 mx.example.net."), *host("mx.example.net", *BAD))
    [remedy] = judged(CHECK, SENTENCE, *records).remedies
    assert remedy.publish == ("example.com.  3600  IN  MX  10 mail.example.com.",)
    records = (mx("10 mx.example.com."), *host("mx.example.com", *BAD))
    [remedy] = judged(CHECK, SENTENCE, *records).remedies
    assert remedy.publish == ("mx.example.com.  3600  IN  A  192.0.2.25",)


@pytest.mark.parametrize(
    ("exchange", "meant"),
    [
        ("mx.example.com.example.com", "mx.example.com"),
        ("example.com.example.com", "example.com"),
        ("mx.example.org.example.org", "mx.example.org"),
    ],
)
def test_the_remedy_of_a_forgotten_dot_is_the_dot(exchange: str, meant: str) -> None:
    records = (mx(f"10 {exchange}."), *host(exchange, *BAD))
    [remedy] = judged(CHECK, SENTENCE, *records).remedies
    assert remedy.publish == (f"example.com.  3600  IN  MX  10 {meant}.",)
    assert "lacks a dot" in remedy.instruction


def test_internationalised_names() -> None:
    name = "xn--c1yn36f.example"
    records = (told(f"{name} MX", f"10 mx.{name}."), *host(f"mx.{name}", "10.0.0.1"))
    verdict = judged(CHECK, "MX hosts of 點看.example resolve", *records)
    assert verdict.reasons[0].text == (
        "mx.點看.example has the address 10.0.0.1, which is for private use (RFC 1918)"
    )


AT_ONCE = ("example.com.  3600  IN  MX  10 www.example.net.",)
BY_ADDRESS = ("mx.example.com.  3600  IN  A  192.0.2.25",)


@pytest.mark.parametrize(
    ("a", "aaaa", "publish"),
    [
        pytest.param("-> www.example.net | 192.0.2.1", "TIMEOUT", AT_ONCE, id="seen to resolve"),
        pytest.param(
            "-> www.example.net | NODATA", "-> www.example.net | 2001:db8::1", AT_ONCE, id="IPv6"
        ),
        pytest.param("-> a.example | -> www.example.net | 192.0.2.1", "NODATA", AT_ONCE, id="two"),
        pytest.param(
            "-> www.example.net | NODATA", "TIMEOUT", BY_ADDRESS, id="not seen to resolve"
        ),
        pytest.param(
            "-> a.example | 192.0.2.1", "-> b.example | 2001:db8::1", BY_ADDRESS, id="two hosts"
        ),
        pytest.param("-> a\\032b.example | 192.0.2.1", "NODATA", BY_ADDRESS, id="no host name"),
        pytest.param("-> www.example.net | 10.0.0.1", "NODATA", BY_ADDRESS, id="private"),
    ],
)
def test_an_alias_gives_way_to_the_host_itself_if_that_was_seen(
    a: str, aaaa: str, publish: tuple[str, ...]
) -> None:
    records = (mx("10 mx.example.com."), *host("mx.example.com", a, aaaa))
    verdict = judged(CHECK, SENTENCE, *records)
    assert verdict.tags[0] == "exchange-is-alias"
    assert verdict.remedies[0].publish == publish


def test_the_host_itself_is_published_at_each_preference_of_its_alias() -> None:
    alias = host("mx.example.net", "-> www.example.net | 192.0.2.1", "-> www.example.net | NODATA")
    records = (mx("10 mx.example.net. | 20 ok.example.com. | 30 mx.example.net."), *alias)
    [remedy] = judged(CHECK, SENTENCE, *records, *host("ok.example.com", *GOOD)).remedies
    assert remedy.publish == (
        "example.com.  3600  IN  MX  10 www.example.net.",
        "example.com.  3600  IN  MX  30 www.example.net.",
    )
    assert remedy.instruction == "The host itself, in place of its alias mx.example.net:"
