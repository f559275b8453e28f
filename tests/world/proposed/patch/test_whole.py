"""A zone of which a patch says everything: it answers as the file of the zone would, and asks nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dns.name
import dns.rrset
import pytest
from dns.rdatatype import NS as NS_TYPE
from dns.rdatatype import SOA, TXT, A
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, told
from mailcheck.question import Unobserved
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.patch.patch import Patch, PlacedRRset, UnknownRRset
from tests.world.proposed.changes import Change, changes, loaded
from tests.world.proposed.patched import (
    NS,
    LiveZone,
    Through,
    answer_of,
    judged,
    patch_of,
    words,
)

if TYPE_CHECKING:
    from mailcheck.zones.zone import Zone
    from tests.world.proposed.changes import RRsets


def there(rrsets: RRsets) -> Zone:
    """A zone that a server loads."""
    zone = loaded(rrsets)
    assert zone is not None
    return zone


EMPTY = there({})


def whole(zone: Zone, *, apex: bool = True) -> Patch:
    """A patch that says all of a zone, or all but what a provider keeps."""
    replaced = {
        (name, kind): PlacedRRset(rrset, Place("plan", 7, of=f"r[{name}]"))
        for name, node in zone.nodes.items()
        for kind, rrset in node.items()
        if apex or name != zone.origin or kind not in (SOA, NS_TYPE)
    }
    return Patch("example.com", "plan", replaced, whole=True)


def write(text: str) -> Patch:
    """The same of a text in master file format."""
    patch = patch_of(text)
    return Patch(patch.origin, patch.by, patch.replaced, whole=True)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(change=changes(), data=st.data())
def test_it_answers_as_a_server_that_has_the_zone(change: Change, data: st.DataObject) -> None:
    before, after = loaded(change.before), loaded(change.after)
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    asked = data.draw(st.lists(st.sampled_from(change.questions), min_size=12, max_size=12))
    queries = [
        ServerQuery(f"{name}.example.com".removeprefix("."), kind, NS)
        for name, kind in (*asked, ("", "SOA"), ("", "MX"))
    ]
    world = LiveZone(before)
    got = judged(world, Through(whole(after)), *queries)
    for query, answer in zip(queries, got, strict=True):
        assert words(answer) == words(answer_of(after, query)), query
    assert not world.asked


@pytest.mark.parametrize(
    ("asked", "then", "line"),
    [
        pytest.param(
            "mail A",
            "192.0.2.99",
            "mail.example.com A → 192.0.2.99, proposed, change:3",
            id="what is written",
        ),
        pytest.param(
            "gone A",
            "NXDOMAIN",
            "gone.example.com A → NXDOMAIN (denied by example.com), proposed, change",
            id="a name that is not written goes",
        ),
        pytest.param(
            "mail TXT",
            "NODATA",
            "mail.example.com TXT → NODATA (in zone example.com), proposed, change",
            id="a type that is not written",
        ),
        pytest.param(
            "@ TXT",
            "NODATA",
            "example.com TXT → NODATA (in zone example.com), proposed, change",
            id="a type of the zone itself that is not written",
        ),
        pytest.param(
            "x.w TXT",
            '"w"',
            'x.w.example.com TXT → "w", proposed, change:4',
            id="a wildcard",
        ),
        pytest.param(
            "www A",
            "-> mail.example.com",
            "www.example.com A → alias of mail.example.com, proposed, change:5",
            id="an alias",
        ),
    ],
)
def test_nobody_is_asked_for_what_it_decides(asked: str, then: str, line: str) -> None:
    patch = write("mail A 192.0.2.99\n*.w TXT w\nwww CNAME mail\n")
    live = there({("gone", "A"): "192.0.2.1", ("mail", "TXT"): "x", ("@", "TXT"): "x"})
    world = LiveZone(live)
    name, kind = asked.split()
    full = "example.com" if name == "@" else f"{name}.example.com"
    [answer] = judged(world, Through(patch), ServerQuery(full, kind, NS))
    assert words(answer) == then
    assert [str(seen) for seen in answer.evidence] == [line]
    assert not world.asked


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        pytest.param("mail TXT", "change:7", id="that RRset"),
        pytest.param("gone A", "change:8", id="all of its name"),
        pytest.param("mail MX", "change", id="another type of its name"),
    ],
)
def test_what_it_removes_has_the_line_that_says_so(asked: str, line: str) -> None:
    mail, gone = (dns.name.from_text(f"{name}.example.com") for name in ("mail", "gone"))
    removed = {(mail, TXT): Place("change", 7), (gone, None): Place("change", 8)}
    patch = replace(write("mail A 192.0.2.99\n"), removed=removed)
    name, kind = asked.split()
    world = LiveZone(EMPTY)
    [answer] = judged(world, Through(patch), ServerQuery(f"{name}.example.com", kind, NS))
    assert isinstance(answer, DnsAnswer)
    assert answer.evidence[0].source == f"proposed, {line}"


@pytest.mark.parametrize("kind", ["SOA", "NS"])
def test_what_the_provider_keeps_stays_as_it_is_live(kind: str) -> None:
    world = LiveZone(EMPTY)
    query = ServerQuery("example.com", kind, NS)
    [answer] = judged(world, Through(write("mail A 192.0.2.99\n")), query)
    assert type(answer) is DnsAnswer
    assert words(answer) == words(answer_of(EMPTY, query))


@pytest.mark.parametrize("kind", ["DNSKEY", "CDS", "CDNSKEY", "NSEC3PARAM"])
def test_its_keys_are_the_providers(kind: str) -> None:
    world = LiveZone(EMPTY)
    judged(world, Through(write("m A 192.0.2.9\n")), ServerQuery("example.com", kind, NS))
    assert world.asked == [f"example.com {kind}"]


def test_of_what_the_provider_keeps_nothing_is_known_if_nobody_answers() -> None:
    world = LiveZone(EMPTY, unseen={"example.com NS": "timeout"})
    patch = write("mail A 192.0.2.99\n")
    queries = [ServerQuery("example.com", kind, NS) for kind in ("NS", "MX")]
    silent, denied = judged(world, Through(patch), *queries)
    assert (words(silent), words(denied)) == ("timeout", "NODATA")


def test_of_a_zone_that_is_not_there_yet_the_provider_makes_the_rest() -> None:
    patch = Patch("new.example.com", "plan", {}, whole=True)
    queries = [ServerQuery("new.example.com", kind, NS) for kind in ("SOA", "MX")]
    open_, denied = judged(LiveZone(EMPTY), Through(patch), *queries)
    assert isinstance(open_, Unobserved)
    assert open_.cause == "not-known-yet"
    assert "new.example.com is no zone yet" in open_.text
    assert words(denied) == "NODATA"


def test_what_it_says_of_the_apex_is_no_longer_the_providers() -> None:
    world = LiveZone(EMPTY)
    patch = write("@ NS ns9.example.net.\n")
    [answer] = judged(world, Through(patch), ServerQuery("example.com", "NS", NS))
    assert (words(answer), world.asked) == ("ns9.example.net.", [])


@pytest.mark.parametrize(
    ("owner", "asked", "then"),
    [
        pytest.param("mail A", "mail A", "not-known-yet", id="the RRset"),
        pytest.param("mail A", "mail MX", "NODATA", id="another type of its name"),
        pytest.param("mail A", "other A", "NXDOMAIN", id="another name"),
        pytest.param("*.w A", "x.w A", "not-known-yet", id="a wildcard"),
        pytest.param("sub NS", "x.sub A", "not-known-yet", id="a delegation"),
        pytest.param("sub DNAME", "x.sub A", "not-known-yet", id="a DNAME"),
        pytest.param("www CNAME", "www A", "not-known-yet", id="an alias"),
    ],
)
def test_what_is_known_only_later_leaves_open_what_turns_on_it(
    owner: str, asked: str, then: str
) -> None:
    name, kind = owner.split()
    key = (dns.name.from_text(f"{name}.example.com"), dns.rdatatype.from_text(kind))
    unknown = {key: UnknownRRset("aws_eip.mail.public_ip", Place("main.tf", 7))}
    patch = Patch("example.com", "plan", {}, unknown=unknown, whole=True)
    name, kind = asked.split()
    world = LiveZone(EMPTY)
    [answer] = judged(world, Through(patch), ServerQuery(f"{name}.example.com", kind, NS))
    assert (words(answer), world.asked) == (then, [])


@pytest.mark.parametrize("is_whole", [True, False])
@pytest.mark.parametrize("name", ["www", "*"])
def test_an_alias_beside_other_data_is_served_by_nobody(name: str, *, is_whole: bool) -> None:
    one, other = patch_of(f"{name} CNAME mail\n"), patch_of(f"{name} TXT x\n")
    patch = Patch("example.com", "plan", {**one.replaced, **other.replaced}, whole=is_whole)
    queries = [ServerQuery("www.example.com", kind, NS) for kind in ("A", "TXT", "CNAME")]
    got = judged(LiveZone(EMPTY), Through(patch), *queries)
    assert {words(answer) for answer in got} == {"alias-and-other-data"}


def test_nor_is_an_alias_in_place_of_the_zone_itself() -> None:
    alias = dns.rrset.from_text("example.com.", 300, "IN", "CNAME", "mail.example.com.")
    patch = Patch("example.com", "plan", {(alias.name, alias.rdtype): PlacedRRset(alias, None)})
    patch = replace(patch, whole=True)
    [answer] = judged(LiveZone(EMPTY), Through(patch), ServerQuery("example.com", "MX", NS))
    assert words(answer) == "alias-and-other-data"


def ask(patch: Patch, *questions: Any, told: Any = ()) -> tuple[LiveZone, list[Any]]:
    """What the network will answer."""
    world = LiveZone(EMPTY, told)
    return world, judged(world, ProposedNetwork({"example.com": patch}), *questions)


def test_aliases_lead_out_of_the_zone() -> None:
    live = told("web.example.net A", "192.0.2.80")
    _, [answer] = ask(
        write("www CNAME web.example.net.\n"), DnsQuery("www.example.com", "A"), told=(live,)
    )
    assert answer.texts == ("192.0.2.80",)


def test_a_server_that_has_the_zone_will_say_what_is_proposed() -> None:
    query = ServerQuery("mail.example.com", "A", NS)
    _, [answer] = ask(write("mail A 192.0.2.99\n"), query)
    assert answer.texts == ("192.0.2.99",)


def test_names_below_a_delegation_are_asked_at_the_glue() -> None:
    patch = write("sub NS ns.sub\nns.sub A 192.0.2.54\n")
    assert [key[1] for key in patch.replaced] == [NS_TYPE, A]
    [answer] = judged(LiveZone(EMPTY), Through(patch), ServerQuery("x.sub.example.com", "A", NS))
    assert words(answer) == (
        "cut sub.example.com to ns.sub.example.com ns.sub.example.com=192.0.2.54"
    )


UNKNOWABLE = {"names-below-unseen", "hidden-till-then"}
"""Why it may be open what a zone will say, of which something stays: of these nobody shows anything."""

seen: Counter[str] = Counter()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(change=changes(), data=st.data(), kind=st.sampled_from(["TXT", "A", "NS", "CNAME"]))
def test_what_stays_is_there_beside_what_it_says(
    change: Change, data: st.DataObject, kind: str
) -> None:
    """A plan that writes what the change does, and whose tool leaves what is of one type."""
    left = {key: text for key, text in change.before.items() if key[1] == kind}
    before, after = loaded(change.before), loaded({**left, **change.replaced})
    written = loaded(change.replaced)
    assume(change.replaced and before is not None and after is not None and written is not None)
    assert before is not None
    assert after is not None
    assert written is not None
    asked = data.draw(st.lists(st.sampled_from(change.questions), min_size=12, max_size=12))
    queries = [
        ServerQuery(f"{name}.example.com".removeprefix("."), kind, NS) for name, kind in asked
    ]
    patch = replace(whole(written, apex=False), stays=lambda _, rdtype: rdtype == kind)
    got = judged(LiveZone(before), Through(patch), *queries)
    for query, answer in zip(queries, got, strict=True):
        if isinstance(answer, Unobserved):
            assert answer.cause in UNKNOWABLE, (query, answer)
            seen["open"] += 1
        else:
            assert words(answer) == words(answer_of(after, query)), query
            seen["said"] += 1


def test_little_of_what_stays_is_open() -> None:
    """After the test above."""
    assert seen["open"] * 4 < seen["said"] or not seen


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        pytest.param("_acme-challenge.www TXT", '"x"', id="what stays"),
        pytest.param("_acme-challenge.www A", "NODATA", id="another type of its name"),
        pytest.param("www A", "NODATA", id="a name above it"),
        pytest.param("mail A", "192.0.2.99", id="what is written"),
        pytest.param("old A", "NXDOMAIN", id="what is not"),
        pytest.param("old TXT", "NXDOMAIN", id="nor stays"),
    ],
)
def test_a_tool_may_leave_names_alone(asked: str, then: str) -> None:
    live = there(
        {("_acme-challenge.www", "TXT"): "x", ("www", "A"): "192.0.2.1", ("old", "TXT"): "x"}
    )
    patch = write("mail A 192.0.2.99\n")
    patch = replace(patch, stays=lambda name, _: name.startswith("_acme-challenge."))
    name, kind = asked.split()
    query = ServerQuery(f"{name}.example.com", kind, NS)
    [answer] = judged(LiveZone(live), Through(patch), query)
    assert words(answer) == then


LEFT_LIVE = {
    ("@", "TXT"): '"live"',
    ("@", "MX"): "10 mail",
    ("old", "A"): "192.0.2.1",
    ("old", "TXT"): '"old"',
    ("mail", "A"): "192.0.2.2",
    ("mail", "TXT"): '"mail"',
    ("*.w", "TXT"): '"wild"',
    ("alias", "CNAME"): "mail",
    ("written", "CNAME"): "old",
}
LEFT_PLAN = "mail A 192.0.2.99\n*.v TXT v\nx.v A 192.0.2.5\nwritten TXT new\n"


@pytest.mark.parametrize(
    ("left", "asked", "then"),
    [
        pytest.param({"TXT"}, "@ TXT", '"live"', id="at the apex"),
        pytest.param({"TXT"}, "@ MX", "NODATA", id="another type"),
        pytest.param({"TXT"}, "old TXT", '"old"', id="at a name that goes otherwise"),
        pytest.param({"TXT"}, "old A", "NODATA", id="which is there then"),
        pytest.param({"MX"}, "old A", "NXDOMAIN", id="and is not without it"),
        pytest.param({"TXT"}, "mail TXT", '"mail"', id="beside what is written"),
        pytest.param({"A"}, "mail A", "192.0.2.99", id="what is written is not left"),
        pytest.param({"TXT"}, "a.w TXT", '"wild"', id="a wildcard that is left"),
        pytest.param({"A"}, "a.w TXT", "NXDOMAIN", id="one that is not"),
        pytest.param({"TXT"}, "a.v TXT", '"v"', id="a wildcard that is written"),
        pytest.param({"CNAME"}, "alias A", "-> mail.example.com", id="an alias"),
        pytest.param({"A"}, "alias A", "NXDOMAIN", id="an alias that goes"),
        pytest.param({"TXT"}, "none TXT", "NXDOMAIN", id="where nothing is"),
    ],
)
def test_rrsets_that_are_left(left: set[str], asked: str, then: str) -> None:
    live = loaded(LEFT_LIVE)
    assert live is not None
    whole = replace(patch_of(LEFT_PLAN), whole=True, stays=lambda _, rdtype: rdtype in left)
    name, kind = asked.split()
    full = "example.com" if name == "@" else f"{name}.example.com"
    [answer] = judged(LiveZone(live), Through(whole), ServerQuery(full, kind, NS))
    assert words(answer) == then


def test_names_that_are_left() -> None:
    live = loaded(LEFT_LIVE)
    assert live is not None
    whole = replace(
        patch_of(LEFT_PLAN), whole=True, stays=lambda name, _: name.startswith("old.example.com")
    )
    queries = [ServerQuery(f"{name}.example.com", "TXT", NS) for name in ("old", "mail")]
    assert [*map(words, judged(LiveZone(live), Through(whole), *queries))] == ['"old"', "NODATA"]
