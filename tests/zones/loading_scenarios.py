"""Zones as people write them, and what is wrong with each: the table of two tests.

``tests/zones/loading/test_load.py`` holds it against our rules, ``tests/servers/test_loading.py``
against ``named-checkzone``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from mailcheck.zones.placed import PlacedRecord
from mailcheck.zones.reading.lexing import entries
from mailcheck.zones.reading.rdata_text import Fields, Names

if TYPE_CHECKING:
    from collections.abc import Iterator

APEX = """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.53
"""

TTL = 3600

H = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"
DIGEST = "00" * 32
DS = f"1 8 2 {DIGEST}"
KEY = "256 3 8 AwEAAcw5QLr0"


class Scenario(NamedTuple):
    """A zone, and the tags of its faults in order; what a server refuses has an exclamation mark."""

    records: str
    faults: str
    origin: str = "example.com"
    apex: str = APEX

    @property
    def text(self) -> str:
        """Return all of the zone but its default TTL."""
        return self.apex + self.records


def data_of(kind: str, text: str, origin: dns.name.Name) -> dns.rdata.Rdata:
    """Return the data *text*, as our reader has them where dnspython does not take them."""
    try:
        return dns.rdata.from_text(dns.rdataclass.IN, kind, text, origin, relativize=False)
    except dns.exception.SyntaxError:
        [entry] = entries(text)
        return Fields(Names()).rdata(dns.rdatatype.from_text(kind), entry.fields, 0, origin)


def placed(text: str, origin: str) -> Iterator[PlacedRecord]:
    """Read a zone that has each record on a line of its own: NAME [TTL] TYPE DATA."""
    zone = dns.name.from_text(origin)
    for line, entry in enumerate(text.splitlines(), 1):
        owner, _, rest = entry.partition(" ")
        first, _, behind = rest.partition(" ")
        ttl, rest = (int(first), behind) if first.isdigit() else (TTL, rest)
        kind, _, data = rest.partition(" ")
        rdata = data_of(kind, data, zone)
        yield PlacedRecord(dns.name.from_text(owner, zone), ttl, rdata, "zone", line)


SCENARIOS = {
    "NSEC3 of a hash of five octets and a half": Scenario(
        f"CPNMU NSEC3 1 0 0 - {H} A\n00000 NSEC3 1 0 0 - {H} A\n0000008 NSEC3 1 0 0 - {H} A\n"
        f"CPN NSEC3 1 0 0 - {H} A\nCPNMU1 NSEC3 1 0 0 - {H} A\nCPNMV NSEC3 1 0 0 - {H} A\n",
        "bad-nsec3-name! bad-nsec3-name! bad-nsec3-name!",
    ),
    "hashes of certificates": Scenario(
        f"_25._tcp.a TLSA 3 1 1 {DIGEST}\n_25._tcp.b TLSA 3 1 2 {DIGEST}{DIGEST}\n"
        "_25._tcp.c TLSA 3 1 0 ab\n_25._tcp.d TLSA 3 1 9 ab\n",
        "",
    ),
    "hashes of certificates that are cut off": Scenario(
        f"_25._tcp.a TLSA \\# 4 030101ab\n_25._tcp.b TLSA \\# 35 030102{DIGEST}\n"
        "a._smimecert SMIMEA \\# 4 030101ab\n",
        "wrong-hash-length wrong-hash-length wrong-hash-length",
    ),
    "CDS of a digest that is known by its number only": Scenario(
        "@ CDS \\# 5 0001080300\n", "cds-without-key!"
    ),
    # the top of the zone
    "a whole zone": Scenario(
        "",
        "",
    ),
    "only SOA and NS, the server elsewhere": Scenario(
        """\
@ SOA ns.example.net. hostmaster 1 7200 3600 1209600 300
@ NS ns.example.net.
""",
        "",
        apex="",
    ),
    "an empty zone": Scenario(
        "",
        "no-soa! no-ns!",
        apex="",
    ),
    "no SOA": Scenario(
        """\
@ NS ns.example.net.
""",
        "no-soa!",
        apex="",
    ),
    "no NS": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
ns1 A 192.0.2.53
""",
        "no-ns!",
        apex="",
    ),
    "neither, but names": Scenario(
        """\
www A 192.0.2.1
""",
        "no-soa! no-ns!",
        apex="",
    ),
    "NS below the top only": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
sub NS ns.example.net.
""",
        "no-ns!",
        apex="",
    ),
    "the SOA is not the first record": Scenario(
        """\
@ NS ns.example.net.
www A 192.0.2.1
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
""",
        "",
        apex="",
    ),
    "a second SOA with another serial": Scenario(
        """\
@ SOA ns1 hostmaster 2 7200 3600 1209600 300
""",
        "several-soas!",
    ),
    "a second SOA with another serial, later": Scenario(
        """\
www A 192.0.2.1
@ SOA ns1 hostmaster 2 7200 3600 1209600 300
""",
        "several-soas!",
    ),
    "the same SOA twice": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
""",
        "",
    ),
    "the same SOA in other case": Scenario(
        """\
@ SOA NS1 HostMaster 1 7200 3600 1209600 300
""",
        "",
    ),
    "an SOA below the top": Scenario(
        """\
sub SOA ns1 hostmaster 1 7200 3600 1209600 300
""",
        "soa-below-apex!",
    ),
    "an SOA below a delegation": Scenario(
        """\
sub NS ns1
sub SOA ns1 hostmaster 1 7200 3600 1209600 300
""",
        "soa-below-apex!",
    ),
    "an SOA outside of the zone": Scenario(
        """\
example.net. SOA ns1 hostmaster 1 7200 3600 1209600 300
""",
        "out-of-zone-data",
    ),
    "an SOA right behind the NS that names its owner": Scenario(
        """\
@ NS ns2
ns2 SOA ns1 hostmaster 1 7200 3600 1209600 300
ns2 A 192.0.2.54
""",
        "soa-below-apex!",
    ),
    "the SOA of names of one label": Scenario(
        """\
@ SOA . . 1 7200 3600 1209600 300
@ NS ns.example.net.
""",
        "",
        apex="",
    ),
    "SOA numbers of zero": Scenario(
        """\
@ SOA ns1 hostmaster 0 0 0 0 0
@ NS ns.example.net.
""",
        "",
        apex="",
    ),
    "SOA numbers at their end": Scenario(
        """\
@ SOA ns1 hostmaster 4294967295 2147483647 2147483647 2147483647 2147483647
@ NS ns.example.net.
""",
        "",
        apex="",
    ),
    "the SOA names a hidden primary": Scenario(
        """\
@ SOA hidden.example.net. hostmaster 1 7200 3600 1209600 300
@ NS ns.example.net.
""",
        "",
        apex="",
    ),
    # the name servers of the zone
    "a server without address": Scenario(
        """\
@ NS ns2
""",
        "ns-without-address!",
    ),
    "a server with AAAA only": Scenario(
        """\
@ NS ns2
ns2 AAAA 2001:db8::1
""",
        "",
    ),
    "a server with TXT only": Scenario(
        """\
@ NS ns2
ns2 TXT "x"
""",
        "ns-without-address!",
    ),
    "a server that is an empty non-terminal": Scenario(
        """\
@ NS ns2
x.ns2 A 192.0.2.1
""",
        "ns-without-address!",
    ),
    "a server that is an alias": Scenario(
        """\
@ NS ns2
ns2 CNAME ns1
""",
        "ns-is-alias!",
    ),
    "a server that is an alias out of the zone": Scenario(
        """\
@ NS ns2
ns2 CNAME ns.example.net.
""",
        "ns-is-alias!",
    ),
    "a server below a DNAME": Scenario(
        """\
@ NS ns.old
old DNAME new.example.net.
""",
        "ns-is-alias!",
    ),
    "a server below a DNAME, with an address there": Scenario(
        """\
@ NS ns.old
old DNAME new.example.net.
ns.old A 192.0.2.1
""",
        "ns-is-alias! hidden-data",
    ),
    "a server at a DNAME": Scenario(
        """\
@ NS old
old DNAME new.example.net.
""",
        "ns-without-address!",
    ),
    "a server at a DNAME, with an address": Scenario(
        """\
@ NS old
old DNAME new.example.net.
old A 192.0.2.1
""",
        "",
    ),
    "a server by a wildcard": Scenario(
        """\
@ NS ns.any
*.any A 192.0.2.1
""",
        "",
    ),
    "a server by a wildcard without address": Scenario(
        """\
@ NS ns.any
*.any TXT "x"
""",
        "ns-without-address!",
    ),
    "a server by a wildcard that is an alias": Scenario(
        """\
@ NS ns.any
*.any CNAME ns1
""",
        "ns-is-alias!",
    ),
    "a server by a wildcard that is an empty non-terminal": Scenario(
        """\
@ NS ns.any
x.*.any TXT "x"
""",
        "ns-without-address! inner-wildcard",
    ),
    "a server hidden from the wildcard": Scenario(
        """\
@ NS ns.any
*.any A 192.0.2.1
x.ns.any A 192.0.2.1
""",
        "ns-without-address!",
    ),
    "a server at a delegation": Scenario(
        """\
@ NS sub
sub NS ns.example.net.
""",
        "",
    ),
    "a server below a delegation, without glue": Scenario(
        """\
@ NS ns.sub
sub NS ns.example.net.
""",
        "",
    ),
    "a server below a delegation, with glue": Scenario(
        """\
@ NS ns.sub
sub NS ns.sub
ns.sub A 192.0.2.1
""",
        "",
    ),
    "a server below a delegation, an alias there": Scenario(
        """\
@ NS ns.sub
sub NS ns.example.net.
ns.sub CNAME ns1
""",
        "hidden-data",
    ),
    "the zone itself as a server, without address": Scenario(
        """\
@ NS @
""",
        "ns-without-address!",
    ),
    "the zone itself as a server": Scenario(
        """\
@ NS @
@ A 192.0.2.1
""",
        "",
    ),
    "the root as a server": Scenario(
        """\
@ NS .
""",
        "",
    ),
    "the server's name in other case": Scenario(
        """\
@ NS NS1
""",
        "",
    ),
    "a server of which the zone's name is written twice": Scenario(
        """\
@ NS ns1.example.com
""",
        "ns-without-address! trailing-dot",
    ),
    "an address as a server": Scenario(
        """\
@ NS 192.0.2.1
""",
        "ns-without-address! ns-is-literal",
    ),
    "an address as a server, with its dot": Scenario(
        """\
@ NS 192.0.2.1.
""",
        "ns-is-literal",
    ),
    "an IPv6 address as a server": Scenario(
        """\
@ NS 2001:db8::1
""",
        "ns-without-address! ns-is-literal",
    ),
    "a server with an underscore": Scenario(
        """\
@ NS ns_2
ns_2 A 192.0.2.1
""",
        "bad-host-name bad-host-name",
    ),
    "the address of the server before the NS": Scenario(
        """\
ns1 A 192.0.2.53
@ NS ns1
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
""",
        "",
        apex="",
    ),
    "two servers without address": Scenario(
        """\
@ NS ns2
@ NS ns3
""",
        "ns-without-address! ns-without-address!",
    ),
    "a DNAME at the top": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns.example.net.
@ DNAME example.net.
""",
        "",
        apex="",
    ),
    "a DNAME at the top, above the server": Scenario(
        """\
@ DNAME example.net.
""",
        "ns-is-alias! hidden-data",
    ),
    # aliases
    "an alias": Scenario(
        """\
www CNAME ns1
""",
        "",
    ),
    "an alias to nowhere": Scenario(
        """\
www CNAME nowhere
""",
        "alias-to-nothing",
    ),
    "an alias to itself": Scenario(
        """\
www CNAME www
""",
        "",
    ),
    "an alias at the top": Scenario(
        """\
@ CNAME www.example.net.
""",
        "cname-and-other-data!",
    ),
    "an alias and an address": Scenario(
        """\
www CNAME ns1
www A 192.0.2.1
""",
        "cname-and-other-data!",
    ),
    "an address and an alias": Scenario(
        """\
www A 192.0.2.1
www CNAME ns1
""",
        "cname-and-other-data!",
    ),
    "an alias and an address, apart": Scenario(
        """\
www CNAME ns1
mail A 192.0.2.25
www A 192.0.2.1
""",
        "cname-and-other-data!",
    ),
    "an alias and an address, in other case": Scenario(
        """\
www CNAME ns1
WWW A 192.0.2.1
""",
        "cname-and-other-data!",
    ),
    "an alias and TXT": Scenario(
        """\
www CNAME ns1
www TXT "x"
""",
        "cname-and-other-data!",
    ),
    "an alias and MX": Scenario(
        """\
www CNAME ns1
www MX 10 ns1
""",
        "cname-and-other-data!",
    ),
    "an alias and NS": Scenario(
        """\
www CNAME ns1
www NS ns1
""",
        "hidden-data cname-and-other-data!",
    ),
    "an alias and a DNAME": Scenario(
        """\
www CNAME ns1
www DNAME ns1
""",
        "cname-and-other-data!",
    ),
    "an alias and DS": Scenario(
        f"""\
www CNAME ns1
www DS {DS}
""",
        "cname-and-other-data!",
    ),
    "an alias and DNSKEY": Scenario(
        f"""\
www CNAME ns1
www DNSKEY {KEY}
""",
        "cname-and-other-data!",
    ),
    "an alias and a type without name": Scenario(
        r"""www CNAME ns1
www TYPE65280 \# 0
""",
        "cname-and-other-data!",
    ),
    "an alias and NXT": Scenario(
        r"""www CNAME ns1
www TYPE30 \# 4 01620040
""",
        "cname-and-other-data! old-dnssec",
    ),
    "an alias and NSEC": Scenario(
        """\
www CNAME ns1
www NSEC x CNAME NSEC
""",
        "",
    ),
    "an alias and RRSIG": Scenario(
        """\
www CNAME ns1
www RRSIG CNAME 8 3 3600 20380101000000 20200101000000 1 @ AAAA
""",
        "",
    ),
    "an alias and KEY": Scenario(
        f"""\
www CNAME ns1
www KEY {KEY}
""",
        "",
    ),
    "an alias and SIG": Scenario(
        """\
www CNAME ns1
www SIG CNAME 8 3 3600 20380101000000 20200101000000 1 @ AAAA
""",
        "old-dnssec",
    ),
    "an alias at a hash and NSEC3": Scenario(
        f"""\
{H} CNAME ns1
{H} NSEC3 1 0 1 AA {H} A
""",
        "",
    ),
    "an alias with several other records": Scenario(
        """\
www CNAME ns1
www A 192.0.2.1
www TXT "x"
www MX 10 ns1
""",
        "cname-and-other-data!",
    ),
    "an alias below a delegation and an address": Scenario(
        """\
sub NS ns1
a.sub CNAME ns1
a.sub A 192.0.2.1
""",
        "hidden-data cname-and-other-data!",
    ),
    "an alias outside of the zone and an address": Scenario(
        """\
www.example.net. CNAME ns1
www.example.net. A 192.0.2.1
""",
        "out-of-zone-data out-of-zone-data",
    ),
    "two different aliases": Scenario(
        """\
www CNAME ns1
www CNAME ns2
""",
        "several-cnames! alias-to-nothing",
    ),
    "two different aliases, apart": Scenario(
        """\
www CNAME ns1
mail A 192.0.2.1
www CNAME ns2
""",
        "several-cnames! alias-to-nothing",
    ),
    "three different aliases": Scenario(
        """\
www CNAME a
www CNAME b
www CNAME c
""",
        "alias-to-nothing several-cnames! alias-to-nothing alias-to-nothing",
    ),
    "the same alias twice": Scenario(
        """\
www CNAME ns1
www CNAME ns1
""",
        "",
    ),
    "the same alias in other case": Scenario(
        """\
www CNAME ns1
www CNAME NS1
""",
        "",
    ),
    "a wildcard alias": Scenario(
        """\
* CNAME ns1
""",
        "",
    ),
    "a wildcard alias and an address": Scenario(
        """\
* CNAME ns1
* A 192.0.2.1
""",
        "cname-and-other-data!",
    ),
    "an alias and names below it": Scenario(
        """\
www CNAME ns1
a.www A 192.0.2.1
""",
        "",
    ),
    # DNAME
    "a DNAME": Scenario(
        """\
old DNAME new
""",
        "",
    ),
    "two different DNAMEs": Scenario(
        """\
old DNAME new
old DNAME newer
""",
        "several-dnames!",
    ),
    "two different DNAMEs, apart": Scenario(
        """\
old DNAME new
www A 192.0.2.1
old DNAME newer
""",
        "several-dnames!",
    ),
    "the same DNAME twice": Scenario(
        """\
old DNAME new
old DNAME new
""",
        "",
    ),
    "names below a DNAME": Scenario(
        """\
old DNAME new
www.old A 192.0.2.1
a.b.old TXT "x"
""",
        "hidden-data hidden-data",
    ),
    "a DNAME with an address": Scenario(
        """\
old DNAME new
old A 192.0.2.1
""",
        "",
    ),
    "a DNAME and NS": Scenario(
        """\
old DNAME new
old NS ns1
""",
        "hidden-data",
    ),
    "a DNAME below a DNAME": Scenario(
        """\
old DNAME new
very.old DNAME newer
""",
        "hidden-data",
    ),
    "a delegation below a DNAME": Scenario(
        """\
old DNAME new
sub.old NS ns.sub.old
""",
        "hidden-data",
    ),
    "a wildcard DNAME": Scenario(
        """\
*.old DNAME new
""",
        "",
    ),
    # delegations
    "a delegation out of the zone": Scenario(
        """\
sub NS ns.example.net.
""",
        "",
    ),
    "a delegation with glue": Scenario(
        """\
sub NS ns.sub
ns.sub A 192.0.2.1
""",
        "",
    ),
    "a delegation with IPv6 glue": Scenario(
        """\
sub NS ns.sub
ns.sub AAAA 2001:db8::1
""",
        "",
    ),
    "a delegation without glue": Scenario(
        """\
sub NS ns.sub
""",
        "missing-glue",
    ),
    "a delegation to itself without glue": Scenario(
        """\
sub NS sub
""",
        "missing-glue",
    ),
    "a delegation to itself with glue": Scenario(
        """\
sub NS sub
sub A 192.0.2.1
""",
        "",
    ),
    "a delegation to a sibling without glue": Scenario(
        """\
sub NS ns.other
other NS ns.example.net.
""",
        "missing-sibling-glue",
    ),
    "a delegation to a sibling with glue": Scenario(
        """\
sub NS ns.other
other NS ns.example.net.
ns.other A 192.0.2.1
""",
        "",
    ),
    "a delegation to an alias": Scenario(
        """\
sub NS ns2
ns2 CNAME ns1
""",
        "ns-is-alias",
    ),
    "a delegation to a host without address": Scenario(
        """\
sub NS ns2
""",
        "ns-without-address",
    ),
    "a delegation to a host below a DNAME": Scenario(
        """\
sub NS ns.old
old DNAME new
""",
        "ns-is-alias",
    ),
    "a delegation to a wildcard": Scenario(
        """\
sub NS ns.any
*.any A 192.0.2.1
""",
        "",
    ),
    "a wildcard below a delegation is no glue": Scenario(
        """\
sub NS ns.sub
*.sub A 192.0.2.1
""",
        "missing-glue hidden-data",
    ),
    "a delegation with DS": Scenario(
        f"""\
sub NS ns1
sub DS {DS}
""",
        "",
    ),
    "DS without a delegation": Scenario(
        f"""\
sub DS {DS}
""",
        "",
    ),
    "DS at the top": Scenario(
        f"""\
@ DS {DS}
""",
        "ds-at-apex!",
    ),
    "DS right behind the NS that names its owner": Scenario(
        f"""\
@ NS ns2
ns2 DS {DS}
ns2 A 192.0.2.54
""",
        "ds-at-apex!",
    ),
    "DS of a server of the zone, further down": Scenario(
        f"""\
www A 192.0.2.1
ns1 DS {DS}
""",
        "",
    ),
    "DS outside of the zone behind the NS that names it": Scenario(
        f"""\
@ NS ns.example.net.
ns.example.net. DS {DS}
""",
        "out-of-zone-data",
    ),
    "policies without quotes": Scenario(
        """\
@ TXT v=spf1 mx -all
_dmarc TXT v=DMARC1; p=reject
s1._domainkey TXT v=DKIM1; p=AAAA
""",
        "txt-without-quotes txt-without-quotes txt-without-quotes",
    ),
    "policies in quotes": Scenario(
        """\
@ TXT "v=spf1" " mx -all"
a TXT "v=spf1"
b TXT "v=spf1 mx" " -all"
_dmarc TXT "v=DMARC1; p=reject"
c TXT v=spf10 mx
""",
        "",
    ),
    "a wildcard delegation": Scenario(
        """\
*.sub NS ns1
""",
        "wildcard-ns!",
    ),
    "a delegation below a wildcard": Scenario(
        """\
a.*.sub NS ns1
""",
        "inner-wildcard",
    ),
    "names below a delegation": Scenario(
        """\
sub NS ns1
www.sub A 192.0.2.1
sub TXT "x"
""",
        "hidden-data hidden-data",
    ),
    "a delegation below a delegation": Scenario(
        """\
sub NS ns1
a.sub NS ns.a.sub
""",
        "hidden-data",
    ),
    "mail hosts below a delegation are not looked at": Scenario(
        """\
sub NS ns1
www.sub MX 10 nowhere
""",
        "hidden-data",
    ),
    "a delegation with an address as server": Scenario(
        """\
sub NS 192.0.2.1
""",
        "ns-without-address ns-is-literal",
    ),
    "glue of another delegation and its host": Scenario(
        """\
sub NS ns.sub
other NS ns.sub
ns.sub A 192.0.2.1
""",
        "",
    ),
    # mail hosts and services
    "a mail host": Scenario(
        """\
@ MX 10 mail
mail A 192.0.2.25
""",
        "",
    ),
    "a mail host with AAAA only": Scenario(
        """\
@ MX 10 mail
mail AAAA 2001:db8::25
""",
        "",
    ),
    "a mail host elsewhere": Scenario(
        """\
@ MX 10 mail.example.net.
""",
        "",
    ),
    "a mail host without address": Scenario(
        """\
@ MX 10 mail
""",
        "mx-without-address",
    ),
    "two mail hosts without address": Scenario(
        """\
@ MX 10 mail
@ MX 20 mail2
""",
        "mx-without-address mx-without-address",
    ),
    "a mail host with TXT only": Scenario(
        """\
@ MX 10 mail
mail TXT "x"
""",
        "mx-without-address",
    ),
    "a mail host that is an alias": Scenario(
        """\
@ MX 10 mail
mail CNAME ns1
""",
        "mx-is-alias",
    ),
    "a mail host below a DNAME": Scenario(
        """\
@ MX 10 mail.old
old DNAME new
""",
        "mx-is-alias",
    ),
    "a mail host by a wildcard": Scenario(
        """\
@ MX 10 mail
* A 192.0.2.25
""",
        "",
    ),
    "a mail host by a wildcard alias": Scenario(
        """\
@ MX 10 mail
* CNAME ns1
""",
        "mx-is-alias",
    ),
    "a mail host below a delegation": Scenario(
        """\
@ MX 10 mail.sub
sub NS ns1
""",
        "",
    ),
    "no mail": Scenario(
        """\
@ MX 0 .
""",
        "",
    ),
    "an address as a mail host": Scenario(
        """\
@ MX 10 192.0.2.25
""",
        "mx-without-address mx-is-literal",
    ),
    "an address as a mail host, with its dot": Scenario(
        """\
@ MX 10 192.0.2.25.
""",
        "mx-is-literal",
    ),
    "an IPv6 address as a mail host": Scenario(
        """\
@ MX 10 2001:db8::25
""",
        "mx-without-address mx-is-literal",
    ),
    "a mail host whose name is numbers": Scenario(
        """\
@ MX 10 25.2.0.192.example.com.
25.2.0.192 A 192.0.2.25
""",
        "",
    ),
    "a mail host with an underscore": Scenario(
        """\
@ MX 10 mail_1
mail_1 A 192.0.2.25
""",
        "bad-host-name bad-host-name",
    ),
    "a wildcard as a mail host": Scenario(
        """\
@ MX 10 *
* A 192.0.2.25
""",
        "bad-host-name",
    ),
    "mail hosts of a wildcard": Scenario(
        """\
*.any MX 10 mail
""",
        "mx-without-address",
    ),
    "a mail host of which the zone's name is written twice": Scenario(
        """\
@ MX 10 mail.example.com
mail A 192.0.2.25
""",
        "mx-without-address trailing-dot",
    ),
    "a mail host elsewhere without its dot": Scenario(
        """\
@ MX 10 mx1.example.org
""",
        "mx-without-address trailing-dot",
    ),
    "a mail host that ends like another domain and exists": Scenario(
        """\
@ MX 10 mx1.example.org
mx1.example.org A 192.0.2.25
""",
        "",
    ),
    "a service": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail
mail A 192.0.2.25
""",
        "",
    ),
    "a service at a host without address": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail
""",
        "srv-without-address",
    ),
    "a service at an alias": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail
mail CNAME ns1
""",
        "srv-is-alias",
    ),
    "a service below a DNAME": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail.old
old DNAME new
""",
        "srv-is-alias",
    ),
    "no service": Scenario(
        """\
_imap._tcp SRV 0 0 0 .
""",
        "",
    ),
    "a service at a host with an underscore": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail_1
mail_1 AAAA 2001:db8::25
""",
        "bad-host-name bad-host-name",
    ),
    "a service at a host elsewhere": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail.example.net.
""",
        "",
    ),
    "a service at a host below a delegation": Scenario(
        """\
_imap._tcp SRV 0 0 143 mail.sub
sub NS ns1
""",
        "",
    ),
    "SPF in both types": Scenario(
        """\
@ SPF "v=spf1 -all"
@ TXT "v=spf1 -all"
""",
        "",
    ),
    "SPF in its own type only": Scenario(
        """\
@ SPF "v=spf1 -all"
""",
        "spf-without-txt",
    ),
    "SPF in its own type beside another TXT": Scenario(
        """\
@ SPF "v=spf1 -all"
@ TXT "v=spf10 -all"
""",
        "spf-without-txt",
    ),
    "SPF in its own type beside one in pieces": Scenario(
        """\
@ SPF "v=spf1 -all"
@ TXT "v=sp" "f1"
""",
        "",
    ),
    "SPF in its own type below a delegation": Scenario(
        """\
sub NS ns1
a.sub SPF "v=spf1 -all"
""",
        "hidden-data",
    ),
    "SPF in TXT only": Scenario(
        """\
@ TXT "v=spf1 -all"
""",
        "",
    ),
    # names of hosts
    "an address at an underscore": Scenario(
        """\
mail_1 A 192.0.2.25
""",
        "bad-host-name",
    ),
    "an IPv6 address at an underscore": Scenario(
        """\
mail_1 AAAA 2001:db8::25
""",
        "bad-host-name",
    ),
    "mail at an underscore": Scenario(
        """\
mail_1 MX 10 ns1
""",
        "bad-host-name",
    ),
    "TXT and SRV at an underscore": Scenario(
        """\
_dmarc TXT "v=DMARC1; p=none"
_imap._tcp SRV 0 0 143 ns1
""",
        "",
    ),
    "an alias at an underscore to an underscore": Scenario(
        """\
s1._domainkey CNAME s1._domainkey.example.net.
""",
        "",
    ),
    "HTTPS at an underscore": Scenario(
        """\
_8443._https HTTPS 1 ns1
""",
        "",
    ),
    "HTTPS to an underscore": Scenario(
        """\
www HTTPS 1 a_b
""",
        "bad-host-name",
    ),
    "SVCB to an underscore": Scenario(
        """\
_dns SVCB 1 a_b
""",
        "bad-host-name",
    ),
    "a hyphen in front": Scenario(
        """\
-www A 192.0.2.1
""",
        "bad-host-name",
    ),
    "a hyphen behind": Scenario(
        """\
www- A 192.0.2.1
""",
        "bad-host-name",
    ),
    "hyphens inside": Scenario(
        """\
w--w A 192.0.2.1
""",
        "",
    ),
    "digits only": Scenario(
        """\
123 A 192.0.2.1
""",
        "",
    ),
    "an address at a wildcard": Scenario(
        """\
*.any A 192.0.2.1
""",
        "",
    ),
    "an address at a wildcard below an underscore": Scenario(
        """\
*._any A 192.0.2.1
""",
        "bad-host-name",
    ),
    "an asterisk inside": Scenario(
        """\
a.*.any A 192.0.2.1
""",
        "bad-host-name inner-wildcard",
    ),
    "an asterisk inside a label": Scenario(
        """\
a*b A 192.0.2.1
""",
        "bad-host-name",
    ),
    "a space in a name": Scenario(
        r"""a\032b A 192.0.2.1
""",
        "bad-host-name",
    ),
    "an octet that is no ASCII": Scenario(
        r"""caf\233 A 192.0.2.1
""",
        "bad-host-name",
    ),
    "an escaped dot": Scenario(
        r"""a\.b A 192.0.2.1
""",
        "bad-host-name",
    ),
    "a line feed in a name": Scenario(
        r"""a\010b A 192.0.2.1
""",
        "bad-host-name",
    ),
    "an A-label": Scenario(
        """\
xn--mnchen-3ya A 192.0.2.1
""",
        "",
    ),
    "the global catalogue of Active Directory": Scenario(
        """\
gc._msdcs A 192.0.2.1
gc._msdcs AAAA 2001:db8::1
""",
        "",
    ),
    "other names of Active Directory": Scenario(
        """\
pdc._msdcs A 192.0.2.1
""",
        "bad-host-name",
    ),
    "AFSDB to an underscore": Scenario(
        """\
@ AFSDB 1 a_b
""",
        "bad-host-name",
    ),
    "RP of an underscore": Scenario(
        """\
@ RP me.a_b .
""",
        "bad-mailbox",
    ),
    "RP of a usual mailbox": Scenario(
        r"""@ RP first\.last .
""",
        "",
    ),
    "the SOA's names with underscores": Scenario(
        """\
@ SOA n_s h_m.a_b 1 7200 3600 1209600 300
@ NS ns.example.net.
""",
        "bad-host-name bad-mailbox",
        apex="",
    ),
    "the SOA's mailbox with a dot in its local part": Scenario(
        r"""@ SOA ns1 first\.last 1 7200 3600 1209600 300
@ NS ns.example.net.
""",
        "",
        apex="",
    ),
    "WKS at an underscore": Scenario(
        """\
a_b WKS 192.0.2.1 6 25
""",
        "bad-host-name",
    ),
    # what is left out
    "a name of another zone": Scenario(
        """\
www.example.net. A 192.0.2.1
""",
        "out-of-zone-data",
    ),
    "the zone above": Scenario(
        """\
com. NS ns1
""",
        "out-of-zone-data",
    ),
    "the root": Scenario(
        """\
. NS ns1
""",
        "out-of-zone-data",
    ),
    "a name that only ends alike": Scenario(
        """\
notexample.com. A 192.0.2.1
""",
        "out-of-zone-data",
    ),
    "glue for a server elsewhere": Scenario(
        """\
@ NS ns.example.net.
ns.example.net. A 192.0.2.1
""",
        "out-of-zone-data",
    ),
    "the same record twice": Scenario(
        """\
www A 192.0.2.1
www A 192.0.2.1
""",
        "",
    ),
    "the same TXT twice, apart": Scenario(
        """\
@ TXT "x"
www A 192.0.2.1
@ TXT "x"
""",
        "",
    ),
    "TXT of the same letters in other pieces": Scenario(
        """\
@ TXT "ab"
@ TXT "a" "b"
""",
        "",
    ),
    "TXT in other case": Scenario(
        """\
@ TXT "x"
@ TXT "X"
""",
        "",
    ),
    "the same server in other case": Scenario(
        """\
@ NS NS1
@ NS Ns1
""",
        "",
    ),
    "the same IPv6 address in other letters": Scenario(
        """\
www AAAA 2001:db8::1
www AAAA 2001:DB8:0:0::1
""",
        "",
    ),
    "the same MX in other case": Scenario(
        """\
@ MX 10 ns1
@ MX 10 NS1
""",
        "",
    ),
    "two HTTPS whose targets differ in case": Scenario(
        """\
www HTTPS 1 ns1
www HTTPS 1 NS1
""",
        "",
    ),
    "obsolete types": Scenario(
        r"""www TYPE3 \# 5 036e733100
""",
        "obsolete-type!",
    ),
    "an obsolete type outside of the zone": Scenario(
        r"""www.example.net. TYPE4 \# 5 036e733100
""",
        "obsolete-type! out-of-zone-data",
    ),
    "types of messages": Scenario(
        r"""www TYPE255 \# 0
""",
        "meta-type!",
    ),
    "a type of messages without name": Scenario(
        r"""www TYPE200 \# 0
""",
        "meta-type!",
    ),
    "types of questions": Scenario(
        r"""www TYPE251 \# 0
""",
        "meta-type!",
    ),
    "a type without name": Scenario(
        r"""www TYPE65280 \# 4 00000000
""",
        "",
    ),
    "NSEC3 at a hash": Scenario(
        f"""\
{H} NSEC3 1 0 1 AA {H} A
""",
        "",
    ),
    "NSEC3 at another name": Scenario(
        f"""\
www NSEC3 1 0 1 AA {H} A
""",
        "bad-nsec3-name!",
    ),
    "NSEC3 at the top": Scenario(
        f"""\
@ NSEC3 1 0 1 AA {H} A
""",
        "bad-nsec3-name!",
    ),
    "NSEC3 at a wildcard": Scenario(
        f"""\
*.any NSEC3 1 0 1 AA {H} A
""",
        "bad-nsec3-name!",
    ),
    "NSEC3 at letters that are no hash": Scenario(
        f"""\
wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww NSEC3 1 0 1 AA {H} A
""",
        "bad-nsec3-name!",
    ),
    "NSEC3 at a hash of an octet less": Scenario(
        f"""\
{H[:-1]} NSEC3 1 0 1 AA {H} A
""",
        "",
    ),
    "NSEC3 at a hash that has bits to spare": Scenario(
        f"""\
{H[:-2]}v NSEC3 1 0 1 AA {H} A
""",
        "bad-nsec3-name!",
    ),
    "NSEC3 at a hash that is cut short within an octet": Scenario(
        f"""\
{H[:-3]}0 NSEC3 1 0 1 AA {H} A
""",
        "bad-nsec3-name!",
    ),
    "a server that has a hash only": Scenario(
        f"""\
@ NS {H}
{H} NSEC3 1 0 1 AA {H} A
""",
        "ns-without-address!",
    ),
    "NSEC3PARAM": Scenario(
        """\
@ NSEC3PARAM 1 0 0 -
""",
        "",
    ),
    "NSEC3PARAM with an unknown hash": Scenario(
        """\
@ NSEC3PARAM 2 0 0 -
""",
        "unknown-nsec3-hash!",
    ),
    "NSEC3PARAM with a known and an unknown hash": Scenario(
        """\
@ NSEC3PARAM 2 0 0 -
@ NSEC3PARAM 1 0 0 -
""",
        "unknown-nsec3-hash",
    ),
    "NSEC3PARAM with many iterations": Scenario(
        """\
@ NSEC3PARAM 1 0 151 AA
""",
        "many-nsec3-iterations",
    ),
    "NSEC3PARAM with as many iterations as nobody minds": Scenario(
        """\
@ NSEC3PARAM 1 0 150 AA
""",
        "",
    ),
    "NSEC3PARAM below the top": Scenario(
        """\
www NSEC3PARAM 2 0 0 -
""",
        "",
    ),
    "two NSEC": Scenario(
        """\
www NSEC a A
www NSEC b A
""",
        "",
    ),
    "SIG of the first DNSSEC": Scenario(
        """\
www SIG A 8 3 3600 20380101000000 20200101000000 1 @ AAAA
""",
        "old-dnssec",
    ),
    "CDS without a key": Scenario(
        f"""\
@ CDS {DS}
""",
        "cds-without-key!",
    ),
    "CDS with a key": Scenario(
        f"""\
@ CDS {DS}
@ DNSKEY {KEY}
""",
        "",
    ),
    "CDS of another algorithm than the key": Scenario(
        f"""\
@ CDS 1 13 2 {DIGEST}
@ DNSKEY {KEY}
""",
        "cds-without-key!",
    ),
    "CDS of two algorithms, with one key": Scenario(
        f"""\
@ CDS {DS}
@ CDS 1 13 2 {DIGEST}
@ DNSKEY {KEY}
""",
        "cds-without-key!",
    ),
    "CDS below the top": Scenario(
        f"""\
www CDS {DS}
""",
        "",
    ),
    "CDS asks for removal": Scenario(
        """\
@ CDS 0 0 0 00
""",
        "",
    ),
    "CDS asks for removal and more": Scenario(
        f"""\
@ CDS 0 0 0 00
@ CDS {DS}
@ DNSKEY {KEY}
""",
        "cds-without-key!",
    ),
    "CDNSKEY without a key": Scenario(
        f"""\
@ CDNSKEY {KEY}
""",
        "cds-without-key!",
    ),
    "CDNSKEY with a key": Scenario(
        f"""\
@ CDNSKEY {KEY}
@ DNSKEY {KEY}
""",
        "",
    ),
    "CDNSKEY asks for removal": Scenario(
        """\
@ CDNSKEY 0 3 0 AA==
""",
        "",
    ),
    "CDNSKEY of algorithm 0 that does not": Scenario(
        """\
@ CDNSKEY 256 3 0 AA==
""",
        "cds-without-key!",
    ),
    "DNSKEY with the exponent 3": Scenario(
        """\
@ DNSKEY 256 3 8 AQNxxxxx
""",
        "weak-key",
    ),
    "DNSKEY with another exponent of one octet": Scenario(
        """\
@ DNSKEY 256 3 8 ARHHHHHH
""",
        "",
    ),
    # TTLs and sizes
    "TTL 0": Scenario(
        """\
www 0 A 192.0.2.1
""",
        "",
    ),
    "the longest TTL": Scenario(
        """\
www 2147483647 A 192.0.2.1
""",
        "",
    ),
    "a TTL that is too long": Scenario(
        """\
www 2147483648 A 192.0.2.1
""",
        "ttl-too-long",
    ),
    "a TTL that fills its field": Scenario(
        """\
www 4294967295 A 192.0.2.1
""",
        "ttl-too-long",
    ),
    "different TTLs in an RRset": Scenario(
        """\
www 60 A 192.0.2.1
www 300 A 192.0.2.2
""",
        "ttl-differs",
    ),
    "different TTLs in an RRset, apart": Scenario(
        """\
www 60 A 192.0.2.1
mail A 192.0.2.25
www 300 A 192.0.2.2
""",
        "ttl-differs",
    ),
    "different TTLs of different types": Scenario(
        """\
www 60 A 192.0.2.1
www 300 AAAA 2001:db8::1
""",
        "",
    ),
    "different TTLs of the same record": Scenario(
        """\
www 60 A 192.0.2.1
www 300 A 192.0.2.1
""",
        "ttl-differs",
    ),
    "the TTL too long and another one": Scenario(
        """\
www 60 A 192.0.2.1
www 2147483648 A 192.0.2.2
""",
        "ttl-too-long ttl-differs",
    ),
    "signatures of different types, with the TTLs of what they sign": Scenario(
        """\
www 60 A 192.0.2.1
www 60 RRSIG A 8 3 60 20380101000000 20200101000000 1 @ AAAA
www 300 TXT "x"
www 300 RRSIG TXT 8 3 300 20380101000000 20200101000000 1 @ AAAA
""",
        "",
    ),
    "the TTL goes on behind glue": Scenario(
        """\
sub 60 NS ns.sub
ns.sub 100 A 192.0.2.1
sub 300 NS ns1
""",
        "ttl-differs",
    ),
    # slips
    "an owner with the zone's name twice": Scenario(
        """\
www.example.com A 192.0.2.1
""",
        "trailing-dot",
    ),
    "an owner with the zone's name twice in other case": Scenario(
        """\
www.Example.COM A 192.0.2.1
""",
        "trailing-dot",
    ),
    "the zone's name itself below the zone": Scenario(
        """\
example.com MX 10 ns1
""",
        "trailing-dot",
    ),
    "an alias with the zone's name twice": Scenario(
        """\
www CNAME ns1.example.com
""",
        "trailing-dot",
    ),
    "an alias elsewhere without its dot": Scenario(
        """\
www CNAME host.example.org
""",
        "trailing-dot",
    ),
    "an alias elsewhere without its dot, under a wildcard": Scenario(
        """\
www CNAME host.example.org
* A 192.0.2.1
""",
        "trailing-dot",
    ),
    "an alias into a name that only looks like it": Scenario(
        """\
www CNAME com
com A 192.0.2.1
""",
        "",
    ),
    "a report address of DMARC": Scenario(
        """\
example.com._report._dmarc TXT "v=DMARC1"
""",
        "",
    ),
    "the SOA's mailbox with the zone's name twice": Scenario(
        """\
@ SOA ns1 hostmaster.example.com 1 7200 3600 1209600 300
@ NS ns.example.net.
""",
        "trailing-dot",
        apex="",
    ),
    # other zones
    "a reverse zone": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
25 PTR mail.example.com.
""",
        "",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "a reverse zone of IPv6": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
1.0.0 PTR mail.example.com.
""",
        "",
        origin="8.b.d.0.1.0.0.2.ip6.arpa",
        apex="",
    ),
    "a PTR to an underscore": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
25 PTR mail_1.example.com.
""",
        "bad-host-name",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "a PTR to a wildcard": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
25 PTR *.example.com.
""",
        "bad-host-name",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "a PTR without its dot": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
25 PTR mail.example.com
""",
        "trailing-dot",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "a PTR for browsing to an underscore": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
b._dns-sd._udp PTR my_services.example.com.
lb._dns-sd._udp PTR my_services.example.com.
x._dns-sd._udp PTR my_services.example.com.
""",
        "bad-host-name",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "RFC 2317, the zone above": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
0/25 NS ns.example.org.
1 CNAME 1.0/25
2 CNAME 2.0/25
""",
        "",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "RFC 2317, the zone below": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
1 PTR mail.example.com.
2 PTR www.example.com.
""",
        "",
        origin="0/25.2.0.192.in-addr.arpa",
        apex="",
    ),
    "an IPv4 address as a server of a reverse zone": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS 192.0.2.53.
""",
        "ns-is-literal",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "the whole name written into a reverse zone": Scenario(
        """\
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns.example.com.
25.2.0.192.in-addr.arpa PTR mail.example.com.
""",
        "trailing-dot",
        origin="2.0.192.in-addr.arpa",
        apex="",
    ),
    "the root zone": Scenario(
        """\
@ SOA a.root-servers.net. nstld.verisign-grs.com. 1 7200 3600 1209600 300
@ NS a.root-servers.net.
com NS a.gtld-servers.net.
net NS a.gtld-servers.net.
a.gtld-servers.net A 192.0.2.1
a.root-servers.net A 192.0.2.2
""",
        "",
        origin=".",
        apex="",
    ),
    "the root zone without glue": Scenario(
        """\
@ SOA a.root-servers.net. nstld.verisign-grs.com. 1 7200 3600 1209600 300
@ NS a.root-servers.net.
com NS a.gtld-servers.net.
net NS a.gtld-servers.net.
""",
        "missing-sibling-glue missing-glue",
        origin=".",
        apex="",
    ),
    "the root as its own server": Scenario(
        """\
@ SOA . . 1 7200 3600 1209600 300
@ NS .
""",
        "ns-without-address!",
        origin=".",
        apex="",
    ),
    "a delegation to the root in its zone": Scenario(
        """\
@ SOA . . 1 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.1
com NS .
net MX 0 .
""",
        "ns-without-address",
        origin=".",
        apex="",
    ),
    "a zone of one label": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.1
com NS ns1
www.com CNAME ns1.com
""",
        "hidden-data",
        origin="com",
        apex="",
    ),
    "a zone below a zone": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.1
c.example.com. A 192.0.2.2
""",
        "out-of-zone-data",
        origin="a.b.c.example.com",
        apex="",
    ),
    "an internationalised zone": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
""",
        "ns-without-address!",
        origin="xn--mnchen-3ya.example",
        apex="",
    ),
    "a zone written in upper case": Scenario(
        """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1.example.COM.
NS1 A 192.0.2.1
Www.example.com. CNAME ns1
""",
        "",
        origin="EXAMPLE.com",
        apex="",
    ),
}
