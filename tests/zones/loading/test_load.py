"""Which zones load, what is said of them, and what becomes of them."""

from __future__ import annotations

import dns.name
import dns.rdatatype
import pytest

from mailcheck.errors import Place, UsageError
from mailcheck.zones.loading import tree
from mailcheck.zones.loading.load import Loaded, load
from tests.zones.loading_scenarios import APEX, SCENARIOS, Scenario, placed

ORIGIN = dns.name.from_text("example.com")


def loaded(records: str, apex: str = APEX) -> Loaded:
    return load(ORIGIN, placed(apex + records, "example.com"))


@pytest.mark.parametrize(
    "scenario", [pytest.param(scenario, id=name) for name, scenario in SCENARIOS.items()]
)
def test_faults(scenario: Scenario) -> None:
    """What is wrong with a zone, in order of place; what refuses is marked."""
    result = load(dns.name.from_text(scenario.origin), placed(scenario.text, scenario.origin))
    marked = [fault.tag + "!" * fault.refuses for fault in result.faults]
    assert marked == scenario.faults.split()
    assert (result.zone is None) == ("!" in scenario.faults)


@pytest.mark.parametrize(
    ("records", "text", "line"),
    [
        pytest.param(
            "mail CNAME ns1\nmail A 192.0.2.1\nmail TXT x\n",
            "mail.example.com is an alias (CNAME) and has other records (A)",
            5,
            id="alias",
        ),
        pytest.param(
            "@ NS ns2\n",
            "the name server ns2.example.com has no A or AAAA record in the zone",
            4,
            id="name server",
        ),
        pytest.param(
            "@ MX 10 www\nwww CNAME ns1\n",
            "www.example.com, a mail host of example.com, is an alias (CNAME)",
            4,
            id="mail host",
        ),
        pytest.param(
            "sub NS ns.sub\n",
            "ns.sub.example.com, a name server of sub.example.com, lies below that delegation and"
            " has no A or AAAA record as glue",
            4,
            id="glue",
        ),
        pytest.param(
            "www 60 A 192.0.2.1\nwww A 192.0.2.2\n",
            "the A records of www.example.com have different TTLs; all are served with 60",
            5,
            id="TTL",
        ),
        pytest.param(
            "sub NS ns1\na.sub TXT x\n",
            "a.sub.example.com lies below the delegation of sub.example.com, which hides its"
            " records (TXT)",
            5,
            id="hidden",
        ),
        pytest.param(
            "sub NS ns1\nsub TXT x\n",
            "the delegation of sub.example.com hides other records of that name (TXT)",
            5,
            id="hidden at the cut",
        ),
        pytest.param(
            "@ DS 1 8 2 " + "00" * 32,
            "the zone example.com has a DS record of its own, which belongs into the zone above",
            4,
            id="DS",
        ),
        pytest.param(
            "www CNAME nowhere\n",
            "www.example.com is an alias for nowhere.example.com, which does not exist",
            4,
            id="alias to nothing",
        ),
        pytest.param(
            "www CNAME cdn.example.net\n",
            "the CNAME record of www.example.com names cdn.example.net.example.com, which the zone"
            " does not have: a trailing dot may be missing",
            4,
            id="trailing dot of a target",
        ),
        pytest.param(
            "www.example.com A 192.0.2.1\n",
            "www.example.com.example.com repeats the name of the zone: a trailing dot may be"
            " missing",
            4,
            id="trailing dot",
        ),
        pytest.param(
            "xn--mnchen-3ya_.example.net. A 192.0.2.1\n",
            "xn--mnchen-3ya_.example.net lies outside of the zone example.com and is ignored",
            4,
            id="a label that is none of IDNA",
        ),
        pytest.param(
            "_.xn--mnchen-3ya A 192.0.2.1\n",
            "_.münchen.example.com has an A record, but is no host name",
            4,
            id="U-label",
        ),
        pytest.param(
            r"\027[31mred A 192.0.2.1" + "\n",
            r"\027[31mred.example.com has an A record, but is no host name",
            4,
            id="escape sequence",
        ),
    ],
)
def test_texts(records: str, text: str, line: int) -> None:
    """A fault stands alone: whom it concerns, what is wrong, and where that is written."""
    (fault,) = loaded(records).faults
    assert fault.text == text
    assert fault.place == Place("zone", line)


def test_a_missing_record_has_no_place() -> None:
    """What is not there cannot be shown; it comes first."""
    faults = loaded(
        "ns1 A 192.0.2.53\nwww CNAME ns1\nwww CNAME mail.example.net.\n", apex=""
    ).faults
    assert [(fault.tag, fault.place) for fault in faults] == [
        ("no-soa", None),
        ("no-ns", None),
        ("several-cnames", Place("zone", 3)),
    ]


def test_faults_are_in_order_of_files() -> None:
    """A file that was included later comes later, whatever its lines and its name."""
    main = list(placed(APEX + "a_a A 192.0.2.1\nb_b A 192.0.2.1\n", "example.com"))
    included = [record._replace(file="a") for record in placed("c_c A 192.0.2.1\n", "example.com")]
    faults = load(ORIGIN, [*main[:4], *included, main[4]]).faults
    places = [fault.place and (fault.place.file, fault.place.line) for fault in faults]
    assert places == [("zone", 4), ("zone", 5), ("a", 1)]


@pytest.mark.parametrize(
    ("records", "ttl"),
    [
        pytest.param("www 60 A 192.0.2.1\nwww 300 A 192.0.2.2\n", 60, id="the first of a block"),
        pytest.param("www 300 A 192.0.2.1\nwww 60 A 192.0.2.2\n", 300, id="even if it is longer"),
        pytest.param(
            "www 60 A 192.0.2.1\nmail A 192.0.2.3\nwww 300 A 192.0.2.2\n", 300, id="the last block"
        ),
        pytest.param(
            "www 60 A 192.0.2.1\nmail A 192.0.2.3\nwww 300 A 192.0.2.1\n",
            300,
            id="the last block, though its record is known",
        ),
        pytest.param("www 60 A 192.0.2.1\nWWW 300 A 192.0.2.2\n", 300, id="case makes a block"),
        pytest.param(
            "www 60 A 192.0.2.1\nwww NS ns.www\nns.www A 192.0.2.9\nwww 300 A 192.0.2.2\n",
            60,
            id="glue makes none",
        ),
        pytest.param("www 2147483648 A 192.0.2.1\n", 0, id="too long"),
    ],
)
def test_the_ttl_that_is_served(records: str, ttl: int) -> None:
    """One RRset has one TTL, the one that named serves."""
    zone = loaded(records).zone
    assert zone is not None
    rrset = zone.rrset(dns.name.from_text("www", ORIGIN), dns.rdatatype.A)
    assert rrset is not None
    assert rrset.ttl == ttl


def test_an_included_file_is_a_block_of_its_own() -> None:
    """named takes in what it has when it opens another file."""
    one, two = placed("www 60 A 192.0.2.1\nwww 300 A 192.0.2.2\n", "example.com")
    zone = load(ORIGIN, [*placed(APEX, "example.com"), one, two._replace(file="other")]).zone
    assert zone is not None
    rrset = zone.rrset(one.name, dns.rdatatype.A)
    assert rrset is not None
    assert rrset.ttl == 300


def test_the_zone_that_is_served() -> None:
    """Duplicates, names of other zones and hashes are not in it; empty non-terminals exist."""
    zone = loaded(
        "a.b.c A 192.0.2.1\na.b.c A 192.0.2.1\nA.b.c A 192.0.2.2\nwww.example.net. A 192.0.2.1\n"
        "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom NSEC3 1 0 1 AA 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom A\n"
        "www RRSIG A 8 3 3600 20380101000000 20200101000000 1 @ AAAA\n"
        "www RRSIG TXT 8 3 60 20380101000000 20200101000000 1 @ AAAA\n"
    ).zone
    assert zone is not None
    names = ("@", "ns1", "a.b.c", "b.c", "c", "www")
    assert zone.names == {dns.name.from_text(name, ORIGIN) for name in names}
    assert zone.nodes.keys() == zone.names - {dns.name.from_text(n, ORIGIN) for n in ("c", "b.c")}
    rrset = zone.rrset(dns.name.from_text("a.b.c", ORIGIN), dns.rdatatype.A)
    assert rrset is not None
    assert sorted(map(str, rrset)) == ["192.0.2.1", "192.0.2.2"]
    assert len(zone.apex_ns()) == 1
    assert zone.denial().ttl == 300
    for name in ("c", "a.b.c", "none"):
        outcome = zone.lookup(dns.name.from_text(name, ORIGIN), dns.rdatatype.A)
        assert outcome.kind == {"c": "nodata", "a.b.c": "data", "none": "nxdomain"}[name]


@pytest.mark.parametrize(
    ("count", "each", "faults"),
    [
        pytest.param(100, 4, "", id="a hundred"),
        pytest.param(101, 4, "too-many-records", id="more than named wants"),
        pytest.param(10_918, 4, "too-many-records", id="as many as there is room for"),
        pytest.param(10_919, 4, "too-many-records rrset-too-big!", id="one more"),
        pytest.param(258, 250, "too-many-records", id="longer ones"),
        pytest.param(259, 250, "too-many-records rrset-too-big!", id="longer ones, one more"),
    ],
)
def test_sizes(count: int, each: int, faults: str) -> None:
    """An RRset has an end; the numbers are named's."""
    address = "www A 10.{0}.{1}.{2}\n".format
    records = "".join(
        address(i >> 16, i >> 8 & 255, i & 255) if each == 4 else f'www TXT "{i:0{each}}"\n'
        for i in range(count)
    )
    found = [fault.tag + "!" * fault.refuses for fault in loaded(records).faults]
    assert sorted(found) == sorted(faults.split())


def test_types_of_one_name() -> None:
    """named wants no more than a hundred."""
    records = [f"www TYPE{1000 + number} \\# 0\n" for number in range(101)]
    assert [fault.tag for fault in loaded("".join(records)).faults] == ["too-many-types"]
    assert loaded("".join(records[:100])).faults == ()


def test_zones_are_compared_by_what_is_in_them() -> None:
    """RRsets are made when they are asked for, which nobody notices."""
    one, other, third = (
        loaded(f"www A 192.0.2.{number}\nwww A 192.0.2.9\n").zone for number in (1, 1, 2)
    )
    assert one is not None
    node = one.nodes[dns.name.from_text("www", ORIGIN)]
    assert dict(node) == {dns.rdatatype.A: node[dns.rdatatype.A]}
    assert node[dns.rdatatype.A] is node[dns.rdatatype.A]
    assert dns.rdatatype.A in node
    assert dns.rdatatype.AAAA not in node
    assert one == other
    assert one != third


def test_names_of_many_labels_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them makes the names above it exist."""
    monkeypatch.setattr(tree, "MAX_EMPTY", 40)
    deep = "a." * 9
    assert loaded("".join(f"{deep}{n} A 192.0.2.1\n" for n in range(4))).zone
    with pytest.raises(UsageError, match="more than 40 names that have no records"):
        loaded("".join(f"{deep}{n} A 192.0.2.1\n" for n in range(5)))
