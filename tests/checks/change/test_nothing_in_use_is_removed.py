"""``nothing in use is removed``: whoever names a host goes on finding it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.change.nothing_in_use_is_removed import CHECK
from mailcheck.errors import Place
from mailcheck.facts.change.asking import LIMIT
from mailcheck.facts.change.changes import (
    ChangedRRset,
    Changes,
    ChangesFact,
    NamesInUse,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.loss import told_published, told_zone
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.verdict import Verdict

SENTENCE = "nothing in use is removed"
NS = {"example.com NS": "ns1.example.net."}
HOST = "mx1.example.com"
ELSEWHERE = (
    told("ns1.example.net A", "192.0.2.53"),
    told("ns1.example.net AAAA", "NODATA"),
)


def verdict(
    *said: Told,
    used: tuple[str, ...] = (),
    written: tuple[str, ...] = (),
    zones: tuple[str, ...] = ("example.com",),
) -> Verdict:
    """Judge changes to *zones*; suites use some names, and the first change writes something."""
    rrsets = tuple(
        ChangedRRset(name, rdtype) for name, _, rdtype in (one.partition(" ") for one in written)
    )
    changes = {zone: ZoneChange(zone, f"zones/{zone}", whole=True) for zone in zones}
    first = zones[0]
    changes[first] = ZoneChange(first, f"zones/{first}", whole=True, written=rrsets)
    places = {name: (Place("suites/mail.yml", line),) for line, name in enumerate(used, 4)}
    return judged(
        CHECK,
        SENTENCE,
        (Changes(), ChangesFact(changes)),
        (NamesInUse(), NamesInUseFact(places)),
        *ELSEWHERE,
        *said,
    )


def zone(live: dict[str, str], after: dict[str, str], *names: str) -> tuple[Told, ...]:
    """The zone example.com before and after."""
    return told_zone("example.com", NS | live, NS | after, *names)


def both(asked: str, live: str, after: str) -> tuple[Told, Told]:
    return told_published(asked, live), told(asked, after)


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("live", "after", "ends"),
    [
        pytest.param({"A": "192.0.2.1"}, {"A": "192.0.2.2"}, "met", id="another address"),
        pytest.param({"A": "192.0.2.1"}, {"AAAA": "2001:db8::1"}, "met", id="another family"),
        pytest.param({"A": "192.0.2.1"}, {}, "in-use-removed", id="no address"),
        pytest.param({"A": "192.0.2.1"}, {"MX": "10 b."}, "in-use-removed", id="MX is no address"),
        pytest.param(
            {"A": "192.0.2.1", "MX": "10 b."}, {"A": "192.0.2.1"}, "in-use-removed", id="its MX"
        ),
        pytest.param({"TXT": '"a"'}, {}, "in-use-removed", id="its only text"),
        pytest.param({"TXT": '"a"'}, {"A": "192.0.2.1"}, "met", id="an address for a text"),
        pytest.param({"TXT": '"a"', "A": "192.0.2.1"}, {"A": "192.0.2.1"}, "met", id="one text"),
        pytest.param({"TXT": "TIMEOUT"}, {}, "inconclusive: timeout", id="perhaps a text"),
        pytest.param({}, {}, "met", id="never there"),
        pytest.param({"A": "TIMEOUT"}, {}, "inconclusive: timeout", id="live unknown"),
        pytest.param(
            {"A": "TIMEOUT", "AAAA": "2001:db8::1"}, {}, "in-use-removed", id="half known"
        ),
        pytest.param({"A": "192.0.2.1"}, {"A": "SERVFAIL"}, "inconclusive: servfail", id="after"),
        pytest.param({}, {"A": "SERVFAIL"}, "met", id="unknown, and never there"),
        pytest.param({"A": "-> b.example.net | 192.0.2.1"}, {}, "in-use-removed", id="an alias"),
    ],
)
def test_a_host_of_the_suites(live: dict[str, str], after: dict[str, str], ends: str) -> None:
    before, then = ({f"{HOST} {t}": s for t, s in side.items()} for side in (live, after))
    targets = [f"{name} {t}" for name in ("b", "b.example.net") for t in ("A", "AAAA")]
    mx = [one for target in targets for one in both(target, "NODATA", "NODATA")]
    found = verdict(*zone(before, then, HOST), *mx, used=(HOST,))
    assert ending(found) == (ends,)


def test_it_says_who_uses_it() -> None:
    mx = {"example.com MX": f"10 {HOST}."}
    found = verdict(*zone({f"{HOST} A": "192.0.2.1"} | mx, mx, HOST), used=(HOST,))
    [reason] = found.reasons
    assert reason.text == (
        f"{HOST} has the address 192.0.2.1, and will have none; it is used by suites/mail.yml:4, "
        "the MX of example.com"
    )
    assert reason.instead == (f"{HOST}.  3600  IN  A  192.0.2.1",)


@pytest.mark.parametrize(
    ("live", "after", "written", "by"),
    [
        pytest.param(
            {"example.com MX": "10 x.example.com."},
            {"example.com MX": "10 y.example.com.", "y.example.com A": "192.0.2.2"},
            (),
            "the MX of example.com as it is",
            id="a live MX, which caches keep",
        ),
        pytest.param(
            {},
            {"example.com MX": "10 x.example.com."},
            (),
            "the MX of example.com",
            id="the new MX",
        ),
        pytest.param(
            {},
            {"_imaps._tcp.example.com SRV": "0 0 993 x.example.com."},
            ("_imaps._tcp.example.com SRV",),
            "the SRV of _imaps._tcp.example.com",
            id="a service",
        ),
        pytest.param(
            {},
            {"www.example.com CNAME": "x.example.com."},
            ("www.example.com CNAME",),
            "the CNAME of www.example.com",
            id="an alias",
        ),
        pytest.param(
            {},
            {"example.com TXT": '"v=spf1 a:x.example.com -all"'},
            (),
            "the TXT of example.com",
            id="SPF",
        ),
    ],
)
def test_what_records_point_at(
    live: dict[str, str], after: dict[str, str], written: tuple[str, ...], by: str
) -> None:
    names = ("x.example.com", "y.example.com")
    said = zone({"x.example.com A": "192.0.2.1"} | live, after, *names)
    found = verdict(*said, written=written)
    assert found.tags == ("in-use-removed",)
    assert found.reasons[0].text.endswith(f"it is used by {by}")


@pytest.mark.parametrize(
    ("include", "live", "ends"),
    [
        pytest.param("include:_spf.example.com", '"v=spf1 -all"', "in-use-removed", id="goes"),
        pytest.param("include:_spf.example.com", "NXDOMAIN", "met", id="never was"),
        pytest.param("redirect=_spf.example.com", '"v=spf1 -all"', "in-use-removed", id="redirect"),
    ],
)
def test_a_policy_that_is_included(include: str, live: str, ends: str) -> None:
    spf = {"example.com TXT": f'"v=spf1 {include}"'}
    said = zone(spf | {"_spf.example.com TXT": live}, spf, "_spf.example.com")
    assert ending(verdict(*said)) == (ends,)


def test_a_reverse_name_of_an_address_in_the_suites() -> None:
    reverse, name = "2.0.192.in-addr.arpa", "25.2.0.192.in-addr.arpa"
    ns = {f"{reverse} NS": "ns1.example.net."}
    said = told_zone(reverse, ns | {f"{name} PTR": "mail.example.net."}, ns, name)
    policies = [
        one
        for asked in (f"{reverse} MX", f"{reverse} TXT")
        for one in (told(asked, "NODATA"), told_published(asked, "NODATA"))
    ]
    found = verdict(
        *said, *policies, told("mail.example.net A", "192.0.2.25"), used=(name,), zones=(reverse,)
    )
    assert ending(found) == ("in-use-removed",)
    assert [reason.about for reason in found.reasons] == [name]


@pytest.mark.parametrize(
    ("live", "after", "ends"),
    [
        pytest.param("192.0.2.1", "192.0.2.1", "met", id="as ever"),
        pytest.param("NXDOMAIN", "NXDOMAIN", "met", id="gone long since"),
        pytest.param("TIMEOUT", "TIMEOUT", "met", id="nobody knows, and nobody changes it"),
        pytest.param(
            "-> gone.example.com | 192.0.2.1",
            "-> gone.example.com | NXDOMAIN",
            "in-use-removed",
            id="an alias of a name that goes",
        ),
        pytest.param(
            "-> gone.example.com | 192.0.2.1", "TIMEOUT", "inconclusive: timeout", id="perhaps"
        ),
    ],
)
def test_a_name_of_another_zone(live: str, after: str, ends: str) -> None:
    name = "shop.example.net"
    said = (*both(f"{name} A", live, after), *both(f"{name} AAAA", "NODATA", "NODATA"))
    also = (*both(f"{name} MX", "NODATA", "NODATA"), *both(f"{name} TXT", "NODATA", "NODATA"))
    gone = (
        *both("gone.example.com A", "NODATA", "NODATA"),
        *both("gone.example.com AAAA", "NODATA", "NODATA"),
    )
    assert ending(verdict(*zone({}, {}), *said, *also, *gone, used=(name,))) == (ends,)


OTHER = "example.org"


def elsewhere(mx: str) -> tuple[Told, ...]:
    """The domain example.org, which the suites name, as it is."""
    asked = [f"{OTHER} {rdtype}" for rdtype in ("A", "AAAA", "TXT")]
    asked += [f"_dmarc.{OTHER} {rdtype}" for rdtype in ("CNAME", "TXT")]
    return (told(f"{OTHER} MX", mx), *(told(one, "NODATA") for one in asked))


@pytest.mark.parametrize(
    ("mx", "after", "ends"),
    [
        pytest.param(f"10 {HOST}.", {}, "in-use-removed", id="its host goes"),
        pytest.param(f"10 {HOST}.", {f"{HOST} A": "192.0.2.2"}, "met", id="its host moves"),
        pytest.param("10 mx.example.org.", {}, "met", id="it uses something else"),
        pytest.param("TIMEOUT", {}, "met", id="nobody knows what it uses, nor that the host goes"),
    ],
)
def test_a_domain_that_only_the_suites_name(mx: str, after: dict[str, str], ends: str) -> None:
    said = zone({f"{HOST} A": "192.0.2.1"}, after, HOST)
    found = verdict(*said, *elsewhere(mx), used=(OTHER,))
    assert ending(found) == (ends,)
    assert [one.tag for one in found.advice] == ["users-unknown"] * (mx == "TIMEOUT")
    if found.reasons:
        assert found.reasons[0].text.endswith(
            "it is used by the MX of example.org (named in suites/mail.yml:4)"
        )
        assert "example.org MX" in [line.subject for line in found.evidence]


@pytest.mark.parametrize(
    ("mx", "host", "ends"),
    [
        pytest.param("TIMEOUT", "192.0.2.1", "inconclusive: timeout", id="perhaps it is used"),
        pytest.param("NODATA", "192.0.2.1", "met", id="nobody uses it"),
        pytest.param("TIMEOUT", "NXDOMAIN", "met", id="it was never there"),
    ],
)
def test_a_name_that_a_patch_removes(mx: str, host: str, ends: str) -> None:
    removed = (ChangedRRset(HOST, "A"),)
    patch = ZoneChange("example.com", "zones/patch", whole=False, removed=removed)
    places = {OTHER: (Place("suites/mail.yml", 4),)}
    found = judged(
        CHECK,
        SENTENCE,
        (Changes(), ChangesFact({"example.com": patch})),
        (NamesInUse(), NamesInUseFact(places)),
        *ELSEWHERE,
        *zone({f"{HOST} A": host}, {}, HOST),
        *elsewhere(mx),
    )
    assert ending(found) == (ends,)


def test_a_name_that_a_wildcard_takes_over_resolves_and_that_is_told() -> None:
    after = {f"{HOST} A": "192.0.2.9"}
    said = zone({f"{HOST} A": "192.0.2.1"}, after, HOST)
    found = verdict(*said, used=(HOST,), written=("example.com NS", "*.example.com A"))
    assert ending(found) == ("met",)
    assert [one.tag for one in found.advice] == ["wildcard-takes-over"]


def test_all_names_that_suites_use_are_looked_for_in_a_file() -> None:
    many = tuple(f"h{n}.example.com" for n in range(1200))
    there = {f"{name} A": "192.0.2.1" for name in many}
    after = {asked: said for asked, said in there.items() if not asked.startswith("h1199.")}
    found = verdict(*zone(there, after, *many), used=many, written=("example.com NS",))
    assert [reason.about for reason in found.reasons] == ["h1199.example.com"]


def test_a_change_that_does_not_load_is_unknown() -> None:
    said = dict(zone({}, {})) | dict([told("example.com NS", "ZONE-DOES-NOT-LOAD")])
    assert ending(verdict(*said.items())) == ("inconclusive: zone-does-not-load",)


def test_without_a_change_nothing_is_evaluated() -> None:
    assert ending(judged(CHECK, SENTENCE)) == ("not evaluated: nothing-proposed",)


def test_of_more_names_than_are_asked_for_the_rest_is_counted() -> None:
    many = tuple(f"h{n}.example.com" for n in range(LIMIT))
    found = verdict(*zone({}, {}), used=many)
    assert "not-compared" in [advice.tag for advice in found.advice]


def test_a_removal_of_nothing_is_advised() -> None:
    removed = (ChangedRRset(HOST, "", Place("a.patch", 3)),)
    to_zone = ZoneChange("example.com", "a.patch", whole=False, removed=removed)
    absent = {f"{HOST} {rdtype}": "NXDOMAIN" for rdtype in ("A", "AAAA", "MX", "TXT")}
    used = NamesInUseFact({HOST: (Place("suites/mail.yml", 4),)})
    found = judged(
        CHECK,
        SENTENCE,
        (Changes(), ChangesFact({"example.com": to_zone})),
        (NamesInUse(), used),
        *ELSEWHERE,
        *zone(absent, absent, HOST),
    )
    assert ending(found) == ("met",)
    assert [advice.tag for advice in found.advice] == ["removes-nothing"]


@pytest.mark.parametrize(
    ("used", "written", "removed", "ends"),
    [
        pytest.param(4000, 0, 4000, "inconclusive: not-compared", id="used names go"),
        pytest.param(900, 0, 900, "inconclusive: not-compared", id="few enough to be looked up"),
        pytest.param(1, 0, 1200, "met", id="nobody uses what goes"),
        pytest.param(1, 1200, 1, "inconclusive: not-compared", id="one of many may use it"),
        pytest.param(1, 900, 1, "met", id="none of them uses it"),
    ],
)
def test_no_removal_is_hidden_among_many(used: int, written: int, removed: int, ends: str) -> None:
    """Names that are not there, but for the last of those removed; not all can be asked for."""
    names = [f"h{n}.example.com" for n in range(max(used, removed))]
    patch = ZoneChange(
        "example.com",
        "zones/patch",
        whole=False,
        written=tuple(ChangedRRset(f"w{n}.example.com", "MX") for n in range(written)),
        removed=tuple(ChangedRRset(name, "") for name in (["x.example.com", *names][:removed])),
    )
    types = ("A", "AAAA", "MX", "TXT")
    facts = dict(
        [
            *(told_published(f"{name} {kind}", "NXDOMAIN") for name in names for kind in types),
            *(told(f"{name} {kind}", "NXDOMAIN") for name in names for kind in types),
            *(told(f"w{n}.example.com MX", "10 mx.example.net.") for n in range(written)),
            *(told_published(f"w{n}.example.com MX", "NODATA") for n in range(written)),
            *both("mx.example.net A", "192.0.2.9", "192.0.2.9"),
            *both("mx.example.net AAAA", "NODATA", "NODATA"),
            *zone({"x.example.com A": "192.0.2.1"}, {}, "x.example.com"),
        ]
    )
    found = judged(
        CHECK,
        SENTENCE,
        (Changes(), ChangesFact({"example.com": patch})),
        (NamesInUse(), NamesInUseFact(dict.fromkeys(names[:used], (Place("suites/mail.yml", 4),)))),
        *ELSEWHERE,
        *facts.items(),
    )
    assert ending(found) == (ends,)


def test_what_a_patch_removes_is_kept_by_taking_its_line_out() -> None:
    patch = ZoneChange(
        "example.com", "zones/patch", whole=False, removed=(ChangedRRset(HOST, "A"),)
    )
    found = judged(
        CHECK,
        SENTENCE,
        (Changes(), ChangesFact({"example.com": patch})),
        (NamesInUse(), NamesInUseFact({HOST: (Place("suites/mail.yml", 4),)})),
        *ELSEWHERE,
        *zone({f"{HOST} A": "192.0.2.1"}, {}, HOST),
    )
    [remedy] = found.remedies
    assert remedy.publish == ()
    assert remedy.instruction == (
        f"Take what removes {HOST} or its records out of the change until nobody uses it, and "
        "caches have forgotten who did."
    )
