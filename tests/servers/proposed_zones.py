"""Zones to propose and to serve: those with a point by hand, and such as hypothesis makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_APEX = """\
$TTL 3600
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.53
"""


def whole(origin: str, text: str) -> str:
    """Return the master file of the zone *origin* that has *text*, besides an apex if it has none."""
    apex = "" if " SOA " in text else _APEX
    return f"$ORIGIN {origin.rstrip('.')}.\n{apex}{text}"


DIGEST = "00" * 32

LONG = ".".join(["x" * 60] * 3)


class Scenario(NamedTuple):
    """Zones by origin, without their apex, and what is said to some of what is asked about them.

    Each is ``NAME TYPE END``: its status, or the cause why there is none.
    """

    zones: dict[str, str]
    ends: tuple[str, ...]


def many(zones: dict[str, str], *ends: str) -> Scenario:
    """Return the scenario of several zones."""
    return Scenario(zones, ends)


def one(text: str, *ends: str) -> Scenario:
    """Return the scenario of the zone ``example.com``, below which all names lie."""
    return Scenario({"example.com": text}, tuple(end.replace(" ", _BELOW, 1) for end in ends))


_BELOW = ".example.com "


WILD = "*.wild MX 10 mail\n*.wild TXT any\nx.wild A 192.0.2.1\nx.y.wild A 192.0.2.2\n"
CUT = f"""\
sub NS ns.sub
sub NS ns.example.net.
sub DS 1 13 2 {DIGEST}
ns.sub A 192.0.2.1
ns.sub AAAA 2001:db8::1
a.b.sub A 192.0.2.2
*.sub A 192.0.2.3
b.sub CNAME ns1
"""
DNAME = """\
old DNAME new
old MX 10 mail
x.new A 192.0.2.1
*.wild.new A 192.0.2.2
y.new CNAME x.old
z.new NS ns1
"""

SCENARIOS: dict[str, Scenario] = {
    "data": one("mail 60 A 192.0.2.1\nmail 60 A 192.0.2.2\n", "mail A data"),
    "an empty non-terminal": one("a.b.c A 192.0.2.1\n", "b.c A nodata", "x.c A nxdomain"),
    "a wildcard": one(
        WILD,
        "y.x.z.wild MX data",
        "x.wild MX nodata",
        "z.y.wild MX nxdomain",
    ),
    "a wildcard at the apex": one("* TXT any\nmail A 192.0.2.1\n", "a.b TXT data"),
    "a wildcard that is an alias": one("* CNAME mail\nmail A 192.0.2.1\n", "x A data"),
    "a wildcard that is its own alias": one("* CNAME x\n", "y A servfail"),
    "a wildcard with a name below": one("a.*.b A 192.0.2.1\n*.b TXT any\n", "x.b TXT data"),
    "a wildcard beside a cut": one("* A 192.0.2.1\nsub NS ns1\n", "x.sub A referral"),
    "a wildcard of nothing": one("a.*.b A 192.0.2.1\n", "x.b A nodata", "a.x.b A nodata"),
    "a DNAME at a wildcard": one("*.b DNAME new\nx.new A 192.0.2.1\n", "x.y.b A nodata"),
    "a cut": one(
        CUT,
        "sub NS referral",
        "x.y.sub MX referral",
        "ns.sub A referral",
        "sub DS data",
    ),
    "a cut below a cut": one(CUT + "c.sub NS ns1\n", "x.c.sub DS referral"),
    "an alias into a cut": one(CUT + "www CNAME b.sub\n", "www A nodata"),
    "an alias to a cut": one(CUT + "www CNAME sub\n", "www NS nodata", "www DS data"),
    "an alias to glue": one(CUT + "www CNAME ns.sub\n", "www A nodata", "www AAAA nodata"),
    "a DNAME": one(
        DNAME,
        "old MX data",
        "x.old A data",
        "x.old CNAME data",
        "a.b.wild.old A data",
        "y.old A data",
        "a.z.old A nodata",
        "no.old A nxdomain",
    ),
    "a DNAME hides what is below": one(DNAME + "a.old A 192.0.2.9\n", "a.old A nxdomain"),
    "a DNAME below a DNAME": one(DNAME + "a.old DNAME out.\n", "x.a.old A nxdomain"),
    "a DNAME below a cut": one(CUT + "c.sub DNAME new\n", "x.c.sub A referral"),
    "a DNAME at a cut": one("sub NS ns1\nsub DNAME new\n", "x.sub A referral"),
    "a DNAME to outside": one("old DNAME example.net.\n", "x.old A nodata"),
    "a DNAME to itself": one("old DNAME old\n", "x.old A servfail"),
    "a DNAME to below itself": one("old DNAME x.old\n", "y.old A servfail"),
    "a DNAME that makes too long": one(f"old DNAME {LONG}\n", f"{'y' * 60}.old A yxdomain"),
    "a DNAME at the apex": many(
        {
            "example.com": "$TTL 60\n@ SOA ns1.example.net. h 1 7200 3600 1209600 300\n"
            "@ NS ns1.example.net.\n@ MX 10 a\n@ DNAME example.net.\n"
        },
        "x.example.com MX nodata",
    ),
    "aliases": one("a CNAME b\nb CNAME c\nc A 192.0.2.1\n", "a A data"),
    "aliases of different age": one("a 60 CNAME b\nb 30 CNAME c\nc MX 0 .\n", "a MX data"),
    "aliases to nothing": one("a CNAME b\nb CNAME c\n", "a A nxdomain"),
    "aliases in a circle": one("a CNAME b\nb CNAME c\nc CNAME a\n", "a A servfail"),
    "an alias of itself": one("a CNAME a\n", "a A servfail"),
    "an alias to outside": one("a CNAME example.net.\n", "a A nodata"),
    "an alias to the zone itself": one("a CNAME @\n@ MX 10 ns1\n", "a MX data"),
    "as many aliases as named follows": one(
        "".join(f"a{n} CNAME a{n + 1}\n" for n in range(11)) + "a11 A 192.0.2.1\n", "a0 A data"
    ),
    "an alias at the apex": one("@ CNAME a\n", "ns1 A servfail"),
    "an alias and more": one("a CNAME b\na TXT x\n", "b A servfail"),
    "an alias and its signature's types": one("a CNAME b\na NSEC b A\nb A 192.0.2.1\n", "a A data"),
    "strings": one(f'a TXT "x y" z "" "\\"; \\\\ \\010"\nb TXT "{"x" * 255}" y\n', "a TXT data"),
    "an escaped dot": one("a\\.b A 192.0.2.1\n*.a\\.c A 192.0.2.2\n", "x.a\\.c A data"),
    "escaped octets": one("a\\000\\255\\@\\; TXT x\n", "a\\000\\255\\@\\; TXT data"),
    "capitals": one(
        "MAIL A 192.0.2.1\nwww CNAME Mail\n$ORIGIN EXAMPLE.Com.\nmail TXT X\n", "mail TXT data"
    ),
    "a U-label": one("münchen A 192.0.2.1\n", "m\\195\\188nchen A data"),
    "an A-label": one("xn--mnchen-3ya A 192.0.2.1\n", "xn--mnchen-3ya A data"),
    "underscores": one("_s._tcp SRV 0 0 25 ns1\n_x A 192.0.2.1\n", "_s._tcp SRV data"),
    "different TTLs": one("a 60 TXT x\na 30 TXT y\nb TXT x\na 90 TXT z\n", "a TXT data"),
    "TTLs that are inherited": one("a 60 TXT x\nb TXT y\n$TTL 5\nc TXT z\n", "b TXT data"),
    "no TTL at all": one("a 0 TXT x\n", "a TXT data"),
    "an unknown type": one("a TYPE65534 \\# 3 0102ff\n", "a TYPE65534 data"),
    "a known type, as if unknown": one("a TYPE1 \\# 4 c0000201\n", "a A data"),
    "the same twice": one("a TXT x\na TXT x\na A 192.0.2.1\nA A 192.0.2.1\n", "a A data"),
    "the same but for case": one("a MX 10 B\na MX 10 b\nb A 192.0.2.1\n", "a MX data"),
    "what lies outside": one("a.example.net. A 192.0.2.1\nb A 192.0.2.2\n", "b A data"),
    "generated": one("$GENERATE 1-3 h$ A 192.0.2.$\n$GENERATE 0-9/3 * CNAME h1\n", "h3 A data"),
    "another origin": one("$ORIGIN sub.example.com.\na A 192.0.2.1\n@ TXT x\n", "a.sub A data"),
    "services": one('a HTTPS 1 . alpn="h2" port=8443\na CAA 0 issue "x"\n', "a HTTPS data"),
    "reverse names": many(
        {"2.0.192.in-addr.arpa": "25 PTR mail.example.com.\n$GENERATE 1-3 $ PTR h$.example.com.\n"},
        "25.2.0.192.in-addr.arpa PTR data",
    ),
    "reverse names of IPv6": many(
        {"8.b.d.0.1.0.0.2.ip6.arpa": f"5.2{'.0' * 22} PTR mail.example.com.\n"},
        f"5.2{'.0' * 22}.8.b.d.0.1.0.0.2.ip6.arpa PTR data",
    ),
    "a block smaller than an octet": many(
        {
            "2.0.192.in-addr.arpa": "0/26 NS ns1.0/26\nns1.0/26 A 192.0.2.1\n"
            "$GENERATE 0-5 $ CNAME $.0/26\n",
            "0/26.2.0.192.in-addr.arpa": "5 PTR mail.example.com.\n",
        },
        "5.2.0.192.in-addr.arpa PTR nodata",
    ),
    "the root": many({".": "com NS ns.com\nns.com A 192.0.2.1\nmail MX 0 .\n"}, "x.com A referral"),
    "a zone and its child": many(
        {
            "example.com": "child NS ns1.child\nns1.child A 192.0.2.1\nup CNAME www.child\n"
            f"child DS 1 13 2 {DIGEST}\nold DNAME child\n",
            "child.example.com": "www A 192.0.2.2\nup CNAME ns1.example.com.\n* CNAME www\n",
        },
        "child.example.com DS data",
    ),
    "a child that is not delegated": many(
        {"example.com": "* TXT x\n", "a.child.example.com": "www A 192.0.2.2\n"},
        "www.a.child.example.com A data",
    ),
    "a child below another cut": many(
        {"example.com": "child NS ns1\n", "a.child.example.com": "www A 192.0.2.2\n"},
        "x.child.example.com A referral",
    ),
    "a child below a DNAME": many(
        {"example.com": "child DNAME new\n", "a.child.example.com": "www A 192.0.2.2\n"},
        "www.a.child.example.com A data",
    ),
}


_LABELS = st.sampled_from(["a", "b", "*", "A"])
_NAMES = st.lists(_LABELS, min_size=1, max_size=4).map(".".join)
_TTLS = st.sampled_from(["", "60 ", "30 "])
_ADDRESSES = st.integers(1, 3).map("192.0.2.{}".format)


@st.composite
def made_zones(draw: st.DrawFn) -> dict[str, str]:
    """Draw a zone and up to two below it, out of names so few that they meet."""
    names = draw(st.lists(_NAMES, min_size=1, max_size=8, unique=True))
    below = st.sampled_from([f"{name}.example.com" for name in names if "*" not in name] or ["com"])
    origins = ["example.com", *draw(st.lists(below, max_size=2, unique_by=str.lower))]
    targets = st.sampled_from(
        [f"{name}.{origin}." for origin in origins for name in [*names, "ns1"]]
        + [f"{origin}." for origin in origins]
        + ["example.net."]
    )
    made = {}
    for number, origin in enumerate(origins):
        lines = [line for name in names for line in draw(_records(name, targets))]
        if number:
            lines = lines[: draw(st.integers(0, len(lines)))]
        elif draw(st.booleans()):
            lines += [f"{cut}. NS ns1.{cut}.\nns1.{cut}. A 192.0.2.9\n" for cut in origins[1:]]
        made[origin] = whole(origin, "".join(lines))
    return made


def _records(name: str, targets: SearchStrategy[str]) -> SearchStrategy[list[str]]:
    """Return what may stand at *name*: seldom what no server would load."""

    def line(rdtype: str, data: SearchStrategy[str]) -> SearchStrategy[str]:
        return st.builds(f"{name} {{}}{rdtype} {{}}\n".format, _TTLS, data)

    hosts = st.sampled_from(["ns1", "ns.example.net."])
    address, text = line("A", _ADDRESSES), line("TXT", st.sampled_from(["x", "X", '"" y']))
    mail, digest = line("MX", targets.map("10 {}".format)), line("DS", st.just(f"1 13 2 {DIGEST}"))
    cut = line("NS", hosts | targets)
    alias, dname = line("CNAME", targets), line("DNAME", targets)
    usual = [
        st.just([]),
        st.lists(address | text | mail, min_size=1, max_size=3),
        st.tuples(alias).map(list),
        st.tuples(dname).map(list),
        st.tuples(dname, address | mail | text).map(list),
    ]
    if name[0] == "*":
        return st.one_of(usual)
    cuts = [st.lists(cut, min_size=1, max_size=2), st.tuples(cut, digest | address).map(list)]
    return st.one_of(*usual, *cuts, st.lists(address | text | digest | cut | alias, max_size=3))
