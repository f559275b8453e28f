"""What a zone says about a name: RFC 1034 §4.3.2 step 3, RFC 4592 and RFC 6672, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype
import pytest

if TYPE_CHECKING:
    from tests.zones.conftest import MakeZone

DIGEST = "00" * 32

RECORDS = f"""\
@        MX   10 mail
mail     A    192.0.2.25
www      CNAME mail
a.b.c    A    192.0.2.3
*.wild   MX   10 mail
*.alias  CNAME mail
x.wild   A    192.0.2.4
x.*.ent  A    192.0.2.5
sub      NS   ns.sub
sub      DS   1 13 2 {DIGEST}
ns.sub   A    192.0.2.54
deep.sub NS   ns.deep.sub
ns.deep.sub A 192.0.2.55
d.sub    DNAME mail
old      DNAME new
old      MX   10 mail
a.old    A    192.0.2.6
b.old    NS   mail
x.new    A    192.0.2.7
*.dn     DNAME new
both     NS   mail
both     DNAME new
"""


@pytest.mark.parametrize(
    ("asked", "kind", "rrset"),
    [
        pytest.param("mail A", "data", "mail 3600 IN A 192.0.2.25", id="data"),
        pytest.param("MAIL A", "data", "mail 3600 IN A 192.0.2.25", id="case has no meaning"),
        pytest.param("mail MX", "nodata", "", id="another type"),
        pytest.param("none A", "nxdomain", "", id="no such name"),
        pytest.param("www A", "alias", "www 3600 IN CNAME mail", id="alias"),
        pytest.param("www CNAME", "data", "www 3600 IN CNAME mail", id="the alias itself"),
        pytest.param("b.c A", "nodata", "", id="empty non-terminal"),
        pytest.param("x.c A", "nxdomain", "", id="beside an empty non-terminal's child"),
        pytest.param("y.wild MX", "data", "y.wild 3600 IN MX 10 mail", id="wildcard"),
        pytest.param("z.y.wild MX", "data", "z.y.wild 3600 IN MX 10 mail", id="wildcard, deeper"),
        pytest.param("y.wild A", "nodata", "", id="wildcard without the type"),
        pytest.param("x.wild MX", "nodata", "", id="a name that exists blocks the wildcard"),
        pytest.param("y.x.wild MX", "nxdomain", "", id="a closer encloser blocks the wildcard"),
        pytest.param("wild MX", "nodata", "", id="the wildcard's parent is not matched"),
        pytest.param("y.alias A", "alias", "y.alias 3600 IN CNAME mail", id="wildcard alias"),
        pytest.param("y.ent A", "nodata", "", id="wildcard that is an empty non-terminal"),
        pytest.param("sub A", "delegation", "sub 3600 IN NS ns.sub", id="the cut"),
        pytest.param("ns.sub A", "delegation", "sub 3600 IN NS ns.sub", id="glue is not data"),
        pytest.param("a.b.sub A", "delegation", "sub 3600 IN NS ns.sub", id="below the cut"),
        pytest.param("sub DS", "data", f"sub 3600 IN DS 1 13 2 {DIGEST}", id="the parent's DS"),
        pytest.param("x.sub DS", "delegation", "sub 3600 IN NS ns.sub", id="a DS below the cut"),
        pytest.param("x.deep.sub A", "delegation", "sub 3600 IN NS ns.sub", id="two cuts"),
        pytest.param("deep.sub DS", "delegation", "sub 3600 IN NS ns.sub", id="a DS of another"),
        pytest.param("x.d.sub A", "delegation", "sub 3600 IN NS ns.sub", id="DNAME below a cut"),
        pytest.param("x.old A", "dname", "old 3600 IN DNAME new", id="below a DNAME"),
        pytest.param("y.x.old A", "dname", "old 3600 IN DNAME new", id="DNAME, deeper"),
        pytest.param("x.old CNAME", "dname", "old 3600 IN DNAME new", id="the alias it makes"),
        pytest.param("a.old A", "dname", "old 3600 IN DNAME new", id="a DNAME hides a name"),
        pytest.param("b.old NS", "dname", "old 3600 IN DNAME new", id="a DNAME hides a cut"),
        pytest.param("old MX", "data", "old 3600 IN MX 10 mail", id="beside a DNAME"),
        pytest.param("old A", "nodata", "", id="a DNAME is no alias of its own name"),
        pytest.param("old DNAME", "data", "old 3600 IN DNAME new", id="the DNAME itself"),
        pytest.param("x.dn A", "nodata", "", id="a DNAME at a wildcard is no alias"),
        pytest.param("x.dn DNAME", "data", "x.dn 3600 IN DNAME new", id="a wildcard's DNAME"),
        pytest.param("both A", "delegation", "both 3600 IN NS mail", id="a cut with a DNAME"),
        pytest.param("x.both A", "delegation", "both 3600 IN NS mail", id="a cut before a DNAME"),
    ],
)
def test_lookup(make_zone: MakeZone, asked: str, kind: str, rrset: str) -> None:
    """Every kind of outcome, and the names between them."""
    zone = make_zone("example.com", RECORDS)
    name, rdtype = asked.split()
    outcome = zone.lookup(dns.name.from_text(name, zone.origin), dns.rdatatype.from_text(rdtype))
    shown = outcome.rrset.to_text(origin=zone.origin, relativize=True) if outcome.rrset else ""
    assert (kind, rrset.lower()) == (outcome.kind, shown.lower())


def test_a_dname_of_the_zone_itself_leaves_it_its_own_records(make_zone: MakeZone) -> None:
    """All that is below is elsewhere (RFC 6672 §2.3)."""
    apex = """\
$TTL 3600
@ SOA ns.example.net. h.example.net. 1 7200 3600 1209600 300
@ NS ns.example.net.
@ DNAME example.net.
"""
    zone = make_zone("example.com", "@ MX 10 mail\n", apex)
    asked = ["example.com. NS", "example.com. MX", "example.com. A", "mail.example.com. A"]
    kinds = []
    for name, rdtype in map(str.split, asked):
        found = zone.lookup(dns.name.from_text(name), dns.rdatatype.from_text(rdtype))
        kinds.append(found.kind)
    assert kinds == ["data", "data", "nodata", "dname"]


def test_a_denial_lives_as_long_as_the_soa_minimum(make_zone: MakeZone) -> None:
    """The SOA's TTL is 3600, its MINIMUM 300 (RFC 2308 §3); the zone's own record keeps its TTL."""
    zone = make_zone("example.com", "")
    assert zone.denial().ttl == 300
    soa = zone.rrset(zone.origin, dns.rdatatype.SOA)
    assert soa is not None
    assert soa.ttl == 3600


def test_glue_is_what_lies_below_a_cut(make_zone: MakeZone) -> None:
    """The apex NS records are no cut, and names outside of the zone are none of its business."""
    zone = make_zone("example.com", RECORDS)
    glue = ["ns.sub.example.com.", "sub.example.com.", "both.example.com."]
    others = ["mail.example.com.", "a.old.example.com.", "b.old.example.com.", "example.net."]
    named = [name for name in glue + others if zone.is_delegated(dns.name.from_text(name))]
    assert named == glue
