"""A zone loads exactly where ``named-checkzone`` with its defaults would load it.

It runs without any network: what it would look up outside of the zone it leaves undecided.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mailcheck.zones.loading.load import load
from tests.conftest import server_path
from tests.zones.loading_scenarios import APEX, SCENARIOS, TTL, data_of, placed

from .namespace import PUBLIC, Namespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dns.rdatatype import RdataType

    from mailcheck.zones.zone import Zone

pytestmark = pytest.mark.servers("named-checkzone")

ORIGIN = "example.com"

CLASSES = {
    "has 0 SOA records": "no-soa",
    "has no NS records": "no-ns",
    "SOA record not at top|: not at top of zone$": "soa-below-apex",
    "DS record at top of zone": "ds-at-apex",
    "CNAME and other data$": "cname-and-other-data",
    "multiple RRs of singleton type$": "several",
    r"invalid NS owner name \(wildcard\)": "wildcard-ns",
    "': obsolete$": "obsolete-type",
    "': invalid use of a meta type": "meta-type",
    "n?supported nsec3 hash": "unknown-nsec3-hash",
    "excessive NSEC3PARAM": "many-nsec3-iterations",
    "consistency checks failed": "cds-without-key",
    r"/MX '.*(is a CNAME|below a DNAME)": "mx-is-alias",
    r"/SRV '.*(is a CNAME|below a DNAME)": "srv-is-alias",
    r"NS '.*(is a CNAME|below a DNAME)": "ns-is-alias",
    r"REQUIRED GLUE": "missing-glue",
    r"SIBLING GLUE": "missing-sibling-glue",
    r"/MX '.*has no address": "mx-without-address",
    r"/SRV '.*has no address": "srv-without-address",
    r"NS '.*has no address": "ns-without-address",
    "MX is an address": "mx-is-literal",
    "appears to be an address": "ns-is-literal",
    r"\(check-names\)$|invalid NSEC3 owner": "names",
    "ignoring out-of-zone data": "out-of-zone-data",
    "contains an non-terminal wildcard": "inner-wildcard",
    "TTL set to prior TTL": "ttl-differs",
    "> MAXTTL": "ttl-too-long",
    "found type SPF record": "spf-without-txt",
    "old style DNSSEC": "old-dnssec",
    r"weak .* key found": "weak-key",
    "ran out of space": "rrset-too-big",
}
"""What it says of each fault."""

UNREAD = {
    dns.rdatatype.NSEC3,  # no name exists by it, so that the zone does not have it
    dns.rdatatype.RRSIG,  # the zone keeps those of a name together
    dns.rdatatype.NXT,  # dnspython does not read what named writes
}

SUMMARY = re.compile(
    r"OK$|zone \S+: (loaded serial|not loaded|loading from master file|getaddrinfo)"
    r"|dns_rdata_fromtext: .* invalid use of a meta type$"  # once more
    r"|zone .*\(out of zone\) has no addresses records"  # without a network: what is no host name
    r"|addnode: NSEC node already exists$"
    r"|.* file does not end with newline$"  # said behind an SOA that is misplaced, true or not
)

OWN = {
    "alias-to-nothing",
    "trailing-dot",
    "txt-without-quotes",
    "hidden-data",
    "ttl-differs",
    "too-many-records",
    "too-many-types",
    "wrong-hash-length",
}
"""Advice of ours alone; of TTLs it speaks only where the records stand together."""


class Verdict(NamedTuple):
    loads: bool
    read: bool
    classes: set[str]
    said: str
    served: str


class CheckZone:
    """``named-checkzone`` in a namespace, for many zones at a time."""

    def __init__(self, space: Namespace) -> None:
        self.space = space

    def judge(self, zones: Iterable[tuple[str, str]]) -> Iterator[Verdict]:
        """Yield what becomes of each zone of an origin and a text."""
        script = []
        for number, (origin, text) in enumerate(zones):
            (self.space.folder / f"{number}.zone").write_text(f"$TTL {TTL}\n{text}")
            given = f"-D -o {number}.dump '{origin}' {number}.zone"
            script.append(f"{server_path('named-checkzone')} {given}; echo status $?\n")
        said = self.space.run("sh", stdin=f"cd {PUBLIC}\n" + "".join(script))
        found = re.findall(r"((?:.*\n)*?)status (\d+)\n", said)
        return (self._verdict(number, *each) for number, each in enumerate(found))

    def _verdict(self, number: int, said: str, status: str) -> Verdict:
        lines = [line for line in said.splitlines() if not SUMMARY.match(line)]
        classes = {
            next((tag for pattern, tag in CLASSES.items() if re.search(pattern, line)), line)
            for line in lines
        }
        read = "loading from master file" not in said
        dump = self.space.folder / f"{number}.dump"
        served = dump.read_text() if status == "0" else ""
        return Verdict(status == "0", read, classes, said, served)


@pytest.fixture(scope="module")
def checkzone(folder: Path) -> Iterator[CheckZone]:
    with Namespace(folder) as space:
        yield CheckZone(space)


def differences(origin: str, text: str, verdict: Verdict) -> list[str]:
    """Say where our verdict about a zone is not that of named-checkzone."""
    result = load(dns.name.from_text(origin), placed(text, origin))
    ours = {class_of(fault.tag) for fault in result.faults}
    said = set(verdict.classes)
    if ours & {"mx-is-literal", "ns-is-literal", "out-of-zone-data"}:
        # An IPv6 address is no host name either, and a name that is ignored may be none.
        ours, said = ours - {"names"}, said - {"names"}
    if not verdict.read:
        # Nor has a record that is not taken in.
        said -= {"names", "inner-wildcard", "ttl-differs"}
    found = []
    if (result.zone is not None) != verdict.loads:
        found.append(f"loads: {result.zone is not None}")
    if missed := said - ours:
        found.append(f"missed: {missed}")
    # It stops where the file cannot be read to its end, and where the top is not whole.
    if (more := ours - said - OWN) and verdict.loads:
        found.append(f"more: {more}")
    if result.zone is not None and verdict.loads:
        found += served_otherwise(result.zone, verdict.served)
    return [f"{line}\n{text}\n{verdict.said}" for line in found]


def served_otherwise(zone: Zone, dump: str) -> Iterator[str]:
    """Say which RRsets are served otherwise than named would, with their TTLs."""
    theirs: dict[tuple[dns.name.Name, RdataType], set[tuple[int, str]]] = {}
    for line in re.findall(r"^[^;].*", dump, re.MULTILINE):  # a signature has a remark behind it
        owner, ttl, _, kind, data = line.split(None, 4)
        key = (dns.name.from_text(owner), dns.rdatatype.from_text(kind))
        if key[1] not in UNREAD:
            rdata = data_of(kind, data, dns.name.root)
            theirs.setdefault(key, set()).add((int(ttl), str(rdata.to_digestable())))
    ours = {
        (name, rdtype): {(rrset.ttl, str(rdata.to_digestable())) for rdata in rrset}
        for name, node in zone.nodes.items()
        for rdtype, rrset in node.items()
        if rdtype not in UNREAD
    }
    for name, rdtype in sorted(ours.keys() | theirs.keys()):
        if ours.get((name, rdtype)) != theirs.get((name, rdtype)):
            yield f"served: {name} {rdtype!r} {ours.get((name, rdtype))}"


def class_of(tag: str) -> str:
    """Return what named-checkzone tells apart."""
    if tag.startswith("several-"):
        return "several"
    return "names" if tag.startswith("bad-") else tag


def test_scenarios(checkzone: CheckZone) -> None:
    """Each zone of the table loads or does not, for the reason that is given."""
    texts = [(scenario.origin, scenario.text) for scenario in SCENARIOS.values()]
    verdicts = list(checkzone.judge(texts))
    assert len(verdicts) == len(texts)
    found = {
        name: said
        for (name, scenario), verdict in zip(SCENARIOS.items(), verdicts, strict=True)
        if (said := differences(scenario.origin, scenario.text, verdict))
    }
    assert not found, "\n".join(line for lines in found.values() for line in lines)


def test_sizes(checkzone: CheckZone) -> None:
    """The room that an RRset has, to the octet."""
    addresses = [f"a A 10.{i >> 16}.{i >> 8 & 255}.{i & 255}\n" for i in range(10_919)]
    texts = [f'a TXT "{i:0250}"\n' for i in range(259)]
    zones = [
        "".join(addresses),
        "".join(addresses[:-1]),
        "".join(texts),
        "".join(texts[:-1]),
        "".join(texts[:-1]) + f'a TXT "{"y" * 235}"\n',
        "".join(texts[:-1]) + f'a TXT "{"y" * 236}"\n',
    ]
    whole = [(ORIGIN, APEX + zone) for zone in zones]
    for (origin, text), verdict in zip(whole, checkzone.judge(whole), strict=True):
        assert [line[:200] for line in differences(origin, text, verdict)] == []


NAMES = [
    *("@", "a", "A", "b", "a.b", "b.a.b", "*", "*.b", "*.a.b", "c.*.b", "q.q", "ns1", "ns2"),
    *("_t", "a_b", "com", "a.com", "example.com", "example.com.", "out.example.org.", "com.", "."),
]
name = st.sampled_from(NAMES)
usual_name = st.sampled_from(["ns1"] * 12 + NAMES)

DATA: dict[str, st.SearchStrategy[str]] = {
    "A": st.sampled_from(["192.0.2.1", "192.0.2.2"]),
    "AAAA": st.just("2001:db8::1"),
    "CNAME": name,
    "DNAME": name,
    "NS": name,
    "MX": st.builds("{} {}".format, st.sampled_from("01"), name),
    "SRV": st.builds("0 0 25 {}".format, name),
    "PTR": name,
    "TXT": st.sampled_from(['"x"', '"v=spf1"', '"v=spf1 -all"']),
    "SPF": st.just('"v=spf1"'),
    "HTTPS": st.builds("1 {}".format, name),
    "RP": st.builds("{} {}".format, name, name),
    "NSEC": st.builds("{} A".format, name),
    "KEY": st.just("256 3 8 AAAA"),
    "DS": st.just(f"1 8 2 {'00' * 32}"),
    "SOA": st.builds("{} {} 1 7200 3600 1209600 300".format, usual_name, usual_name),
}

KINDS = [*DATA, *["A", "CNAME", "DNAME", "NS", "NS", "MX", "SRV"] * 3]


@st.composite
def records(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(KINDS))
    ttl = draw(st.sampled_from(["", "60 "]))
    return f"{draw(name)} {ttl}{kind} {draw(DATA[kind])}\n"


@st.composite
def zones(draw: st.DrawFn) -> tuple[str, str]:
    soa = "@ SOA ns1 hostmaster 1 7200 3600 1209600 300\n"
    top = f"{soa}@ NS {draw(usual_name)}\nns1 A 192.0.2.53\n"
    apex = draw(st.sampled_from([*[top] * 12, soa, ""]))
    origin = draw(st.sampled_from([*[ORIGIN] * 8, "com", "."]))
    return origin, apex + "".join(draw(st.lists(records(), max_size=6)))


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make a zone smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(batch=st.lists(zones(), min_size=20, max_size=20))
def test_made_up_zones(checkzone: CheckZone, batch: list[tuple[str, str]]) -> None:
    """Whatever stands together in a zone, the verdict is the same."""
    for (origin, text), verdict in zip(batch, checkzone.judge(batch), strict=True):
        assert differences(origin, text, verdict) == []
