"""Names that records point at, and what is needed of them."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.pointers import needs_of, pointed_at, usual_names, usual_types
from mailcheck.facts.dns import DnsAnswer, told


def shown(answer: object) -> list[str]:
    assert isinstance(answer, DnsAnswer)
    return [f"{need.name} {'/'.join(need.rdtypes)}" for need in pointed_at(answer)]


@pytest.mark.parametrize(
    ("asked", "answer", "points_at"),
    [
        pytest.param(
            "a.example MX",
            "10 mx1.a.example. | 20 MX2.a.example.",
            ["mx1.a.example A/AAAA", "mx2.a.example A/AAAA"],
            id="MX",
        ),
        pytest.param("a.example MX", "0 .", [], id="null MX"),
        pytest.param("a.example NS", "ns.b.example.", ["ns.b.example A/AAAA"], id="NS"),
        pytest.param(
            "_imaps._tcp.a.example SRV",
            "0 1 993 imap.a.example.",
            ["imap.a.example A/AAAA"],
            id="SRV",
        ),
        pytest.param("_pop3._tcp.a.example SRV", "0 0 0 .", [], id="a service that is not there"),
        pytest.param(
            "1.2.0.192.in-addr.arpa PTR", "mail.a.example.", ["mail.a.example A/AAAA"], id="PTR"
        ),
        pytest.param(
            "www.a.example CNAME",
            "web.a.example.",
            ["web.a.example A/AAAA", "web.a.example MX"],
            id="CNAME of a host",
        ),
        pytest.param(
            "s1._domainkey.a.example CNAME",
            "s1.b.example.",
            ["s1.b.example TXT", "s1.b.example A/AAAA"],
            id="CNAME of a selector",
        ),
        pytest.param(
            "_dmarc.a.example CNAME",
            "_dmarc.b.example.",
            ["_dmarc.b.example TXT"],
            id="CNAME of a policy",
        ),
        pytest.param(
            "www.a.example A",
            "-> web.a.example | -> cdn.example | 192.0.2.1",
            ["web.a.example A/AAAA", "cdn.example A/AAAA"],
            id="aliases on the way to an address",
        ),
        pytest.param(
            "s1._domainkey.a.example TXT",
            '-> s1.b.example | "v=DKIM1"',
            ["s1.b.example TXT"],
            id="aliases on the way to a text",
        ),
        pytest.param(
            "a.example TXT",
            '"v=spf1 include:_spf.a.example ?a:h.a.example/24 mx:b.example -all"'
            ' | "v=spf1 include:. exists:x.example redirect=c.example exp=why.example x=y.example"',
            [
                "_spf.a.example TXT",
                "h.a.example A/AAAA",
                "b.example MX",
                "x.example A/AAAA",
                "c.example TXT",
                "why.example TXT",
            ],
            id="SPF",
        ),
        pytest.param(
            "a.example TXT",
            '"v=spf1 a mx ip4:192.0.2.1 exists:%{i}.x.example include:%{d}.example -all"',
            [],
            id="SPF that names nothing of its own",
        ),
        pytest.param("a.example TXT", '"include:_spf.a.example"', [], id="no policy"),
        pytest.param(
            "_dmarc.a.example TXT",
            '"v=DMARC1; p=none; rua=mailto:r@a.example!10m,mailto:x@b.example; ruf=mailto:f@c.example"',
            [
                "a.example MX/A/AAAA",
                "b.example MX/A/AAAA",
                "a.example._report._dmarc.b.example TXT",
                "c.example MX/A/AAAA",
                "a.example._report._dmarc.c.example TXT",
            ],
            id="DMARC",
        ),
        pytest.param(
            "_dmarc.sub.a.example TXT",
            '"v=DMARC1; p=none; rua=mailto:r@a.example; ruf=mailto:f@x.sub.a.example"',
            ["a.example MX/A/AAAA", "x.sub.a.example MX/A/AAAA"],
            id="DMARC reports within one domain need no consent",
        ),
        pytest.param("a.example A", "192.0.2.1", [], id="an address points nowhere"),
        pytest.param("a.example MX", "NODATA", [], id="nothing"),
    ],
)
def test_what_records_point_at(asked: str, answer: str, points_at: list[str]) -> None:
    assert shown(told(asked, answer)[1]) == points_at


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("mail.a.example", ["A/AAAA", "MX"]),
        ("_dmarc.a.example", ["TXT"]),
        ("_imaps._tcp.a.example", ["SRV", "TXT"]),
        ("_25._tcp.a.example", ["TLSA"]),
        ("1.2.0.192.in-addr.arpa", ["PTR"]),
        ("8.b.d.0.1.0.0.2.ip6.arpa", ["PTR"]),
    ],
)
def test_what_a_name_is_for(name: str, needs: list[str]) -> None:
    assert ["/".join(need.rdtypes) for need in needs_of(name)] == needs


@pytest.mark.parametrize(
    ("name", "zone", "types"),
    [
        ("a.example", "a.example", ("A", "AAAA", "MX", "TXT", "NS", "CAA")),
        ("mail.a.example", "a.example", ("A", "AAAA", "MX", "TXT")),
        ("_smtp._tls.a.example", "a.example", ("TXT",)),
        ("2.0.192.in-addr.arpa", "2.0.192.in-addr.arpa", ("PTR", "NS", "CAA")),
    ],
)
def test_what_is_usual_at_a_name(name: str, zone: str, types: tuple[str, ...]) -> None:
    assert usual_types(name, zone) == types


def test_names_that_a_domain_has_and_the_root_has_not() -> None:
    assert {"www.a.example", "_mta-sts.a.example", "*.a.example"} < {*usual_names("a.example")}
    assert usual_names(".") == ()


@pytest.mark.parametrize(
    ("zone", "first", "last", "count"),
    [
        pytest.param("2.0.192.in-addr.arpa", 0, 255, 256, id="of 256 addresses"),
        pytest.param("0/25.2.0.192.in-addr.arpa", 0, 127, 128, id="of 128"),
        pytest.param("192/26.2.0.192.in-addr.arpa", 192, 255, 64, id="of the last 64"),
        pytest.param("0/24.2.0.192.in-addr.arpa", 0, 255, 256, id="of all"),
        pytest.param("64-127.2.0.192.in-addr.arpa", 64, 127, 64, id="from one to another"),
        pytest.param("64-26.2.0.192.in-addr.arpa", 64, 127, 64, id="another spelling"),
        pytest.param("250-999.2.0.192.in-addr.arpa", 250, 255, 6, id="there are no more"),
        pytest.param("0/8.2.0.192.in-addr.arpa", 0, 0, 0, id="too large a part"),
        pytest.param("0.192.in-addr.arpa", 0, 0, 0, id="of 65536 addresses"),
        pytest.param("25.2.0.192.in-addr.arpa", 0, 0, 0, id="one address"),
        pytest.param("0.8.b.d.0.1.0.0.2.ip6.arpa", 0, 0, 0, id="of IPv6"),
    ],
)
def test_all_names_of_a_small_reverse_zone(zone: str, first: int, last: int, count: int) -> None:
    names = usual_names(zone)
    listed = ("*", *map(str, range(first, last + 1))) if count else ()
    assert names == tuple(f"{label}.{zone}" for label in listed)
    assert len(listed) == (count + 1 if count else 0)
